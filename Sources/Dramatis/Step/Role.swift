/// The side on which a character stands in an event.
public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
  /// The character acts.
  case active
  /// Somebody else acts, and it concerns the character.
  case passive
}
