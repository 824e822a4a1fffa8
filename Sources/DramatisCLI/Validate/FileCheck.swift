import Dramatis
import DramatisCompiler

/// What came of looking at one file.
enum FileCheck: Sendable {
  case checked(CheckedItem)
  /// A YAML file of another kind, found in a folder.
  case skipped
  case unreadable(Failure)

  /// Reads and checks a file.
  init(_ file: ProfileFinder.File) {
    do throws(Failure) {
      let source = ProfileSource(path: file.path)
      let bytes = try source.bytes()
      let kind = file.isFound ? FileKind(guessedFrom: bytes) : FileKind(of: bytes)
      switch kind {
      case .other: self = .skipped
      case .profile: self = .checked(Self.item(source, bytes))
      case .scenarios:
        let scenarios = ScenarioSource(path: file.path, bytes: bytes)
        self = .checked(CheckedItem(path: scenarios.name, findings: scenarios.findings))
      }
    } catch {
      self = .unreadable(error)
    }
  }

  private static func item(_ source: ProfileSource, _ bytes: [UInt8]) -> CheckedItem {
    switch source.content(of: bytes) {
    case .program: CheckedItem(path: source.name, findings: [])
    case .damagedProgram(let error):
      CheckedItem(path: source.name, findings: [FileFinding(error, in: source.name)])
    case .profile(let compilation):
      CheckedItem(
        path: source.name, findings: compilation.diagnostics.map { FileFinding($0, in: compilation.file) })
    }
  }
}
