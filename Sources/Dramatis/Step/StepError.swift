/// What a step, or whoever looks at a position, was given that belongs to another program or does not exist.
///
/// Indices and whatever a program made are checked where they come in from outside: they never lead to another character.
public enum StepError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Something that was made by a program was given to another one.
  public enum Thing: String, Hashable, Sendable, CaseIterable {
    /// A ``Snapshot``.
    case snapshot
    /// A ``Position``.
    case position
    /// A ``PreparedEvent``.
    case event
    /// ``Answers``.
    case answers
    /// A ``Step``.
    case step
  }

  /// It was made by another program, or by another version of it.
  case otherProgram(Thing)
  /// The program has no machine of this index.
  case noSuchMachine(Int)
  /// The program has no variable of this index.
  case noSuchVariable(Int)
  /// The program has no commitment of this index.
  case noSuchCommitment(Int)
  /// The program has no question of this index.
  case noSuchQuestion(Int)
  /// The event cannot be stepped on.
  case unfit(EventError)

  /// A stable code for logs and tests.
  public var code: String {
    switch self {
    case .otherProgram: "other-program"
    case .noSuchMachine: "no-such-machine"
    case .noSuchVariable: "no-such-variable"
    case .noSuchCommitment: "no-such-commitment"
    case .noSuchQuestion: "no-such-question"
    case .unfit(let error): error.code
    }
  }

  /// What went wrong and what to do, in a sentence without a full stop.
  public var description: String {
    switch self {
    case .otherProgram(.snapshot):
      "the snapshot was made by another program; store it by name and restore it with Program.snapshot(from:)"
    case .otherProgram(.answers):
      "the answers are to another program's questions; make them with Program.answers(from:)"
    case .otherProgram(let thing): "the \(thing.rawValue) was made by another program; make it with this one"
    case .noSuchMachine(let index): "the program has no machine \(index)"
    case .noSuchVariable(let index): "the program has no variable \(index)"
    case .noSuchCommitment(let index): "the program has no commitment \(index)"
    case .noSuchQuestion(let index): "the program has no question \(index)"
    case .unfit(let error): error.description
    }
  }
}
