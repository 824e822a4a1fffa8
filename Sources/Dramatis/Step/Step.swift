/// What one step made of an event: where the character stands now, and what to speak from.
public struct Step: Hashable, Sendable {
  /// The position after the step.
  public let snapshot: Snapshot
  /// What is handed to the performer.
  public let grounding: Grounding
}

/// What a turn hands to the performer, and why.
public struct Grounding: Hashable, Sendable {
  /// The side on which the character stood; nil where the event was not relevant.
  public let role: Role?
  /// The transitions that fired, in the order of machines.
  public let fired: [FiredTransition]
  /// For each probabilistic machine the distribution of the turn over its states; empty for the others.
  ///
  /// For a belief it is what is believed now; for a sample it is what the state was drawn from.
  public let distributions: [[Double]]
  /// The statements that apply, in traversal order.
  public let statements: [FiredStatement]
  /// What became of the commitments, in their order.
  public let commitments: [CommitmentChange]
  /// The commitments that the line has to pay, as indices, the most urgent first; none in an active step.
  public let due: [Int]

  /// What an event leaves that does not concern the character.
  static let irrelevant = Grounding(
    role: nil, fired: [], distributions: [], statements: [], commitments: [], due: [])

  /// Whether the event concerned the character at all.
  public var isRelevant: Bool { role != nil }
  /// The fired transitions that led to another state.
  public var changes: [FiredTransition] { fired.filter { $0.from != $0.to } }
}

/// A transition that fired in a step, or a belief whose most probable state has changed.
///
/// All indices are into the program.
public struct FiredTransition: Hashable, Sendable {
  /// Index of the machine.
  public let machine: Int
  /// Index of the transition within the machine; nil where a belief moved.
  public let transition: Int?
  /// Index of the state before.
  public let from: Int
  /// Index of the state after.
  public let to: Int
  /// The places of its effects among those of all machines.
  let effects: Range<Int>
}

/// A statement that applies in a step.
public struct FiredStatement: Hashable, Sendable {
  /// Index of the topic.
  public let topic: Int
  /// Index of the statement.
  public let statement: Int
}
