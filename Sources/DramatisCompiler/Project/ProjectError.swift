import Dramatis

/// Why a file of a project cannot be checked, changed or run.
public enum ProjectError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A file cannot be read or written.
  case file(FileError)
  /// No file is there, and nothing is known by this name; the sentence says what is.
  case unknownName(String)
  /// A compiled program is larger than it may be, in bytes.
  case programTooLarge(path: String, limit: Int)
  /// A character card cannot be read, or holds no character.
  case refusedCard(path: String, reason: String)
  /// Standard input holds something in which nothing can be put right.
  case notFixable
  /// A text that holds control characters would have to be written where they can do harm.
  case holdsControls
  /// A file was named for its scenarios that is neither a profile nor a file of scenarios.
  case notScenarios(path: String)
  /// There is no file of scenarios beside a profile.
  case noScenarios(path: String, profile: String)
  /// The file of scenarios beside a profile is empty.
  case emptyScenarios(path: String, profile: String)
  /// A file is no baseline.
  case notBaseline(path: String)
  /// A baseline is of another version than this one.
  case unsupportedBaseline(path: String, version: Int, supported: Int)

  /// Whose fault it is.
  public var fault: FileError.Fault {
    switch self {
    case .file(let error): error.fault
    case .unknownName: .environment
    case .programTooLarge, .refusedCard, .notFixable, .holdsControls, .notScenarios, .noScenarios,
      .emptyScenarios,
      .notBaseline, .unsupportedBaseline:
      .input
    }
  }

  /// A stable code for logs and tests.
  public var code: String {
    switch self {
    case .file(let error): error.code
    case .unknownName: "unknown-name"
    case .programTooLarge: "too-large"
    case .refusedCard: "refused-card"
    case .notFixable: "not-fixable"
    case .holdsControls: "holds-controls"
    case .notScenarios: "not-scenarios"
    case .noScenarios: "no-scenarios"
    case .emptyScenarios: "empty-scenarios"
    case .notBaseline: "not-a-baseline"
    case .unsupportedBaseline: "unsupported-version"
    }
  }

  /// What went wrong, in a sentence without a full stop.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .unknownName(let sentence): sentence
    case .programTooLarge(let path, let limit):
      "\(path.oneLine) is larger than the \(limit) bytes of a program"
    case .refusedCard(let path, let reason): "\(path.oneLine): \(reason)"
    case .notFixable: "standard input holds neither a profile nor a story"
    case .holdsControls: "the text holds control characters, so it is changed in a file only"
    case .notScenarios(let path): "\(path.oneLine) is neither a profile nor a file of scenarios"
    case .noScenarios(let path, let profile):
      "\(profile.oneLine) has no scenarios: there is no \(path.oneLine)"
    case .emptyScenarios(let path, _):
      "\(path.oneLine) is empty: a file of scenarios begins with 'scenarios: 1'"
    case .notBaseline(let path): "\(path.oneLine) is no baseline"
    case .unsupportedBaseline(let path, let version, let supported):
      "the baseline \(path.oneLine) has version \(version), and this version of Dramatis reads \(supported); write it anew"
    }
  }

  /// Does something with files; where that fails, it is the project's error.
  static func mapping<Result: ~Copyable>(
    _ work: @autoclosure () throws(FileError) -> Result
  ) throws(ProjectError) -> Result {
    do throws(FileError) {
      return try work()
    } catch {
      throw .file(error)
    }
  }
}
