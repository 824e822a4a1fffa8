import Dramatis

/// A cast of characters with the commitments that they share.
public struct Story: Hashable, Sendable {
  /// What the story is called.
  public let title: String
  /// The first thing that happens; empty where nothing is said of it.
  public let opening: String
  /// The characters in order; each carries all shared commitments and moves those that it owns.
  public let cast: [Program]
}
