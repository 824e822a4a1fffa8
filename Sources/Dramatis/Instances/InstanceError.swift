/// Why an instance or a crowd refused what it was given; it is as it was before.
public enum InstanceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The program has no machine of this name.
  case noSuchMachine(String, nearest: String?)
  /// The machine has no state of this name.
  case noSuchState(String, machine: String, nearest: String?)
  /// The program has no variable of this name.
  case noSuchVariable(String, nearest: String?)
  /// The program has no commitment of this name.
  case noSuchCommitment(String, nearest: String?)
  /// The value is not of the variable's kind.
  case wrongValue(String, expected: String)
  /// No turn can be taken on the event, or the line cannot be said.
  case unfit(EventError)
  /// A strict instance was given an answer to a question that its program does not have.
  case unknownQuestion(String, nearest: String?)
  /// A strict instance was given an event of a kind that its program never asks for.
  case unknownKind(String, nearest: String?)
  /// A strict instance was given a datum that its program never reads.
  case unknownDatum(String, nearest: String?)
  /// Nothing is to be said: no turn was taken for an own model, or nobody was concerned.
  case nothingToSay
  /// It was made by another program.
  case otherProgram(String)
  /// The handle is that of another crowd, or of a character that was removed.
  case staleHandle
  /// The bytes are no save, or of a later version.
  case badSave(String)

  /// A stable code for logs and tests.
  public var code: String {
    switch self {
    case .noSuchMachine: "no-such-machine"
    case .noSuchState: "no-such-state"
    case .noSuchVariable: "no-such-variable"
    case .noSuchCommitment: "no-such-commitment"
    case .wrongValue: "wrong-value"
    case .unfit(let error): error.code
    case .unknownQuestion: "unknown-question"
    case .unknownKind: "unknown-kind"
    case .unknownDatum: "unknown-datum"
    case .nothingToSay: "nothing-to-say"
    case .otherProgram: "other-program"
    case .staleHandle: "stale-handle"
    case .badSave: "bad-save"
    }
  }

  /// What went wrong and what to do, in a sentence without a full stop.
  public var description: String {
    switch self {
    case .noSuchMachine(let name, let nearest): Self.missing("machine", name, nearest)
    case .noSuchState(let name, let machine, let nearest):
      Self.missing("state", name, nearest, of: " of '\(machine.oneLine)'")
    case .noSuchVariable(let name, let nearest): Self.missing("variable", name, nearest)
    case .noSuchCommitment(let name, let nearest): Self.missing("commitment", name, nearest)
    case .wrongValue(let name, let expected): "variable '\(name.oneLine)' takes \(expected)"
    case .unfit(let error): error.description
    case .unknownQuestion(let name, let nearest): Self.missing("question", name, nearest)
    case .unknownKind(let name, let nearest):
      Self.missing("kind of event", name, nearest, of: " that the program asks for")
    case .unknownDatum(let name, let nearest):
      Self.missing("datum", name, nearest, of: " that the program reads")
    case .nothingToSay:
      "nothing is to be said; take a turn with the voice 'own' that concerns the character first"
    case .otherProgram(let what): "\(what) was made by another program; make it with this one"
    case .staleHandle: "the handle is that of another crowd, or of a character that was removed"
    case .badSave(let why): "this is no save of a character that can be read: \(why)"
    }
  }

  private static func missing(
    _ what: String, _ name: String, _ nearest: String?, of whole: String = ""
  ) -> String {
    "there is no \(what) '\(name.oneLine)'\(whole)" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
  }
}
