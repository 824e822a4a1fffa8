import Dramatis
import FoundationEssentials

/// Finds the settings of the project that a file belongs to.
struct ProjectSettings: Sendable {
  private var known: [String: LintSettings] = [:]
  /// The settings files that have mistakes, each once, in the order found.
  private(set) var reports: [Compilation] = []

  /// The settings for a path: those of its folder, or of the nearest folder above it within the repository.
  mutating func settings(for path: String) throws(ProjectError) -> LintSettings {
    let start = path == InputStream.standardInput ? "." : path
    var folder = URL(filePath: start).absoluteURL.standardized
    if start != "." { folder.deleteLastPathComponent() }
    return try find(in: folder.path)
  }

  private mutating func find(in folder: String) throws(ProjectError) -> LintSettings {
    if let found = known[folder] { return found }
    let trimmed = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    let base = trimmed == "/" ? "/" : trimmed + "/"
    let found: LintSettings
    if let name = LintSettings.fileNames.first(where: { OutputFile(path: base + $0).exists }) {
      found = try read(base + name)
    } else if trimmed == "/" || OutputFile(path: base + ".git").exists {
      found = LintSettings()
    } else {
      let above = trimmed[..<(trimmed.lastIndex(of: "/") ?? trimmed.startIndex)]
      found = try find(in: above.isEmpty ? "/" : String(above))
    }
    known[folder] = found
    return found
  }

  private mutating func read(_ path: String) throws(ProjectError) -> LintSettings {
    let bytes = try ProjectError.mapping(
      try InputStream(found: path).readAll(limit: ReadLimits.standard.fileBytes))
    let (settings, report) = LintSettings.read(bytes, name: path)
    if !report.diagnostics.isEmpty { reports.append(report) }
    return settings
  }
}

extension LintSettings {
  /// The settings of the project that a file belongs to: those of its folder, or of the nearest above it within the
  /// repository; the defaults where there are none.
  ///
  /// - Parameter path: The file; `-` stands for one in the current folder.
  public static func found(for path: String) throws(ProjectError) -> LintSettings {
    var settings = ProjectSettings()
    return try settings.settings(for: path)
  }
}

extension StoryCompilation {
  /// The same with what the rules find; each member of the cast is looked at as its own project asks.
  func lintedForProjects() throws(ProjectError) -> StoryCompilation {
    var settings = ProjectSettings()
    return try linted { name throws(ProjectError) in
      try settings.settings(for: name == "<stdin>" ? InputStream.standardInput : name)
    }
  }
}
