import Dramatis
import DramatisCompiler
import FoundationEssentials

/// Finds the settings of the project that a profile belongs to.
struct ProjectSettings {
  /// What was found for a folder.
  private struct Found {
    var settings = LintSettings()
    /// The file with its mistakes, where there are any.
    var report: Compilation?
  }

  private var known: [String: Found] = [:]
  /// The settings files that have mistakes, each once, in the order found.
  private(set) var reports: [Compilation] = []

  /// The settings for a path: those of its folder, or of the nearest folder above it within the repository.
  mutating func settings(for path: String) throws(Failure) -> LintSettings {
    let start = path == InputStream.standardInput ? "." : path
    var folder = URL(filePath: start).absoluteURL.standardized
    if start != "." { folder.deleteLastPathComponent() }
    return try find(in: folder.path).settings
  }

  private mutating func find(in folder: String) throws(Failure) -> Found {
    if let found = known[folder] { return found }
    let trimmed = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    let base = trimmed == "/" ? "/" : trimmed + "/"
    let found: Found
    if OutputFile(path: base + LintSettings.fileName).exists {
      found = try read(base + LintSettings.fileName)
    } else if trimmed == "/" || OutputFile(path: base + ".git").exists {
      found = Found()
    } else {
      found = try find(in: String(trimmed[..<(trimmed.lastIndex(of: "/") ?? trimmed.startIndex)]).orRoot)
    }
    known[folder] = found
    return found
  }

  private mutating func read(_ path: String) throws(Failure) -> Found {
    let bytes = try Failure.mapping(
      try InputStream(found: path).readAll(limit: ReadLimits.standard.fileBytes))
    let (settings, report) = LintSettings.read(bytes, name: path)
    if !report.diagnostics.isEmpty { reports.append(report) }
    return Found(settings: settings, report: report)
  }
}

extension String {
  fileprivate var orRoot: String { isEmpty ? "/" : self }
}
