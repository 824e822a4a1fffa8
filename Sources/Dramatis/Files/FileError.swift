/// Why a file could not be read or written.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What went wrong.
  public enum Kind: Hashable, Sendable {
    /// An operation, such as "read", is refused, for a reason that is mostly the system's.
    case refused(operation: String, reason: String)
    /// A file was to be made that is there already; the advice says what to do.
    case exists(advice: String)
    /// It is a folder, a device, a pipe or a socket.
    case notPlain
    /// What is there is something else, and would be lost.
    case otherKind(expected: String)
    /// Another process has locked it, whose number may be known.
    case locked(process: Int32?)
    /// It is larger than the bytes that are read.
    case tooLarge(limit: Int)
    /// The path is empty.
    case unnamed
  }

  /// Whose fault it is.
  public enum Fault: Hashable, Sendable {
    /// What was given: another path or another file helps.
    case input
    /// The machine, the disk or the rights of the process.
    case environment
  }

  /// What went wrong with it.
  public let kind: Kind
  /// The file or folder, as it was named.
  public let path: String

  package init(_ kind: Kind, path: String) {
    self.kind = kind
    self.path = path
  }

  /// Whose fault it is.
  public var fault: Fault {
    switch kind {
    case .tooLarge, .unnamed: .input
    case .refused, .exists, .notPlain, .otherKind, .locked: .environment
    }
  }

  /// A stable code for logs and tests.
  public var code: String {
    switch kind {
    case .refused: "refused"
    case .exists: "exists"
    case .notPlain: "not-plain"
    case .otherKind: "other-kind"
    case .locked: "locked"
    case .tooLarge: "too-large"
    case .unnamed: "unnamed"
    }
  }

  /// What went wrong and what to do, in a sentence without a full stop.
  public var description: String {
    let path = path.oneLine
    return switch kind {
    case .refused(let operation, let reason): "cannot \(operation) \(path): \(reason)"
    case .exists(let advice): "the file \(path) exists already; \(advice)"
    case .notPlain: "\(path) is no plain file"
    case .otherKind(let expected):
      "\(path) exists and is not \(expected); remove it or choose another file"
    case .locked: "\(path) is locked by another process"
    case .tooLarge(let limit): "\(path) is larger than \(limit) bytes"
    case .unnamed: "the name of the file is empty"
    }
  }

  /// Runs system calls; where one fails, that is told as an operation with a path that was refused.
  static func naming<Result: ~Copyable>(
    _ operation: String, of path: String, _ calls: () throws(SystemError) -> Result
  ) throws(FileError) -> Result {
    do throws(SystemError) {
      return try calls()
    } catch {
      throw FileError(.refused(operation: operation, reason: "\(error)"), path: path)
    }
  }
}
