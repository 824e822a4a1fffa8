import Dramatis

/// A conversation with a character or with the cast of a story, and what is expected after its turns.
public struct Scenario: Sendable {
  /// What a reader calls it.
  public let name: String
  /// Where the name stands.
  public let span: SourceSpan
  let settings: ScenarioSettings
  let turns: [ScenarioTurn]
}

/// What a file says of all its scenarios, and a scenario of itself.
struct ScenarioSettings: Sendable {
  /// Who acts in events that do not say it.
  let actor: String?
  /// Decides every draw.
  let seed: UInt64
  /// Whether the character says lines of the profile, which are actions of their own.
  let speaks: Bool
  /// Whether it is known to fail.
  var isKnownToFail = false
}

/// An event of a scenario.
struct ScenarioTurn: Sendable {
  let event: Event
  /// How often it happens, one turn after another; what is expected holds after the last.
  let times: Int
  /// By question name or exact text; the cues answer the rest.
  let answers: [String: Answer]
  /// Variables that a game writes before the event.
  let set: [String: Datum]
  let expectations: [ScenarioExpectation]
  /// The value of an `expect` that says nothing yet.
  let unrecorded: Node?
}

/// Something that a scenario expects after a turn.
struct ScenarioExpectation: Sendable {
  /// What is expected, by indices into the program.
  enum Content: Sendable {
    case state(machine: Int, Int)
    case variable(Int, stored: Int)
    case commitment(Int, CommitmentStatus)
    case probability(machine: Int, state: Int, Double, within: Double)
    /// All of these statements apply, or none does.
    case statements([Wanted], fire: Bool)
    /// What the character says; nil for nothing.
    case line(String?)
    /// Exactly these questions are asked.
    case asked([Int])
  }

  /// A statement that is expected to apply or not to apply.
  struct Wanted: Sendable {
    /// Its index; several where texts are the same.
    let statements: [Int]
    let node: Node
  }

  let content: Content
  /// The value as it is written.
  let node: Node
  /// Whether the value is a list in brackets.
  var isFlow = true
  /// Index of the member of the cast whom it is about; nil for whoever speaks.
  var member: Int? = 0
}
