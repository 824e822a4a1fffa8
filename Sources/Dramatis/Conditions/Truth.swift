/// One of the three values that an answer or a condition can have.
public enum Truth: String, Hashable, Sendable, Codable, CaseIterable {
  /// It does not hold.
  case no
  /// Nobody can tell.
  case unknown
  /// It holds.
  case yes
}
