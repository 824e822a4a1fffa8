/// Why the bytes of a compiled program were refused.
public enum ProgramError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The first line is not that of a compiled program.
  case notAProgram
  /// It was compiled for another version of the format.
  case unsupportedFormat(String)
  /// The content does not match its hash: the file was cut off or changed.
  case corrupted
  /// The content hash fits, but the content breaks a rule of the format.
  case invalid(String)

  /// A stable code for logs and tests.
  public var code: String {
    switch self {
    case .notAProgram: "not-a-program"
    case .unsupportedFormat: "unsupported-format"
    case .corrupted: "corrupted"
    case .invalid: "invalid"
    }
  }

  /// What went wrong and what to do, in a sentence without a full stop.
  public var description: String {
    switch self {
    case .notAProgram: "this is not a compiled program; make one with 'dramatis compile'"
    case .unsupportedFormat(let version):
      "this program has format \(version), and this version of Dramatis reads \(Program.formatVersion); compile the profile again"
    case .corrupted:
      "the program does not match its hash: it was cut off or changed; compile the profile again"
    case .invalid(let why): "the program is damaged: \(why); compile the profile again"
    }
  }
}
