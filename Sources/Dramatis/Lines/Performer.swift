/// Writes the character's line from what a turn's step says.
public protocol Performer: Sendable {
  /// Whether lines are chosen among those of the profile, so that their conditions need answers.
  var choosesAuthoredLines: Bool { get }

  /// Writes a line.
  ///
  /// - Returns: What the character says; nil to stay silent.
  func line(for request: LineRequest) async throws -> String?
}

/// All that a performer may speak from.
public struct LineRequest: Sendable {
  /// The character's program.
  public let program: Program
  /// Where the character stands after the event.
  public let snapshot: Snapshot
  /// The event to which the line responds.
  public let event: Event
  /// The event among those before it.
  public let scene: Scene
  /// States, statements and role of this turn.
  public let grounding: Grounding
  /// The answers of this turn's rounds.
  public let answers: Answers
  /// What the character said in the last eight turns, oldest first.
  public let recentLines: [String]
  /// How many lines were already made for this turn.
  public let attempt: Int
}
