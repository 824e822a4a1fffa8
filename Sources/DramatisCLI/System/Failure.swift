import Dramatis

/// What a command's exit code means.
enum ExitStatus: Int32 {
  case fine = 0
  /// The input has problems.
  case input = 1
  /// The command was used wrongly.
  case usage = 2
  /// A file, the terminal or the machine failed.
  case environment = 3
}

/// Why a command ends early; an empty message means that all has been said.
struct Failure: Error {
  let message: String
  let status: ExitStatus

  init(_ message: String = "", _ status: ExitStatus) {
    self.message = message
    self.status = status
  }
}

extension Failure {
  /// What went wrong with a file.
  ///
  /// - Parameter otherKind: What it means that a file to write is there and something else.
  init(_ error: FileError, otherKind: ExitStatus = .environment) {
    switch error.kind {
    case .unnamed: self.init("the name of the file to write (-o, --output) is empty", .usage)
    case .otherKind: self.init(error.description, otherKind)
    default: self.init(error.description, error.fault == .input ? .input : .environment)
    }
  }

  /// Does something with files; where that fails, the command ends.
  static func mapping<Result: ~Copyable>(
    _ work: @autoclosure () throws(FileError) -> Result
  ) throws(Failure) -> Result {
    do throws(FileError) {
      return try work()
    } catch {
      throw Failure(error)
    }
  }
}

/// The process itself.
enum Process {
  static let version = "0.1.0"

  static func exit(_ status: ExitStatus) -> Never { Device.exit(status.rawValue) }
}
