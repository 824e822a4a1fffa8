import Dramatis
import DramatisCompiler

/// What came of looking at one file.
enum FileCheck: Sendable {
  case checked(CheckedItem)
  /// A story, with the profiles of its cast.
  case story(CheckedItem, cast: [CheckedItem])
  /// A YAML file of another kind, found in a folder.
  case skipped
  case unreadable(Failure)

  /// What was found in a profile, or in a settings file.
  init(_ compilation: Compilation, _ kind: FileKind?) {
    self = .checked(Self.item(compilation, kind))
  }

  /// Reads and checks a file, unless that was done when it was changed.
  init(_ entry: ProjectFiles.Entry) {
    if let fixed = entry.fixed {
      self = fixed
      return
    }
    let file = entry.file
    do throws(Failure) {
      let source = ProfileSource(path: file.path)
      let bytes = try source.bytes()
      switch file.kind(of: bytes) {
      case nil: self = .skipped
      case .scenarios:
        let scenarios = ScenarioSource(path: file.path, bytes: bytes)
        self = .checked(CheckedItem(path: scenarios.name, kind: .scenarios, findings: scenarios.findings))
      default: self = try Self.check(source, bytes, entry.settings)
      }
    } catch {
      self = .unreadable(error)
    }
  }

  private static func check(
    _ source: ProfileSource, _ bytes: [UInt8], _ settings: LintSettings
  ) throws(Failure) -> FileCheck {
    switch source.content(of: bytes) {
    case .program: .checked(CheckedItem(path: source.name, kind: .profile, findings: []))
    case .damagedProgram(let error):
      .checked(
        CheckedItem(path: source.name, kind: .profile, findings: [FileFinding(error, in: source.name)]))
    case .profile(let compilation): .checked(item(compilation.linted(settings), .profile))
    case .story(let story): try FileCheck(story)
    }
  }

  /// Checks a story and its cast.
  init(_ story: StoryCompilation) throws(Failure) {
    let linted = try story.lintedForProjects()
    self = .story(
      Self.item(linted.document, .story), cast: linted.profiles.map { Self.item($0, .profile) })
  }

  private static func item(_ compilation: Compilation, _ kind: FileKind?) -> CheckedItem {
    CheckedItem(
      path: compilation.file.name, kind: kind,
      findings: compilation.diagnostics.limited().map { FileFinding($0, in: compilation.file) })
  }
}

extension FileFinder.File {
  /// What it is checked as; nil for a file that lies in a folder and is none of ours.
  func kind(of bytes: [UInt8]) -> FileKind? {
    let recognized = FileKind.recognize(bytes)
    guard isFound else { return recognized.kindWhenNamed ?? .profile }
    let isYAML = [.profile, .story, .scenarios].contains(recognized.kindWhenFound)
    return isYAML ? recognized.kindWhenFound : nil
  }
}

extension StoryCompilation {
  /// The same with what the rules find; each member of the cast is looked at as its own project asks.
  func lintedForProjects() throws(Failure) -> StoryCompilation {
    var settings = ProjectSettings()
    return try linted { name throws(Failure) in
      try settings.settings(for: name == "<stdin>" ? InputStream.standardInput : name)
    }
  }
}
