/// By which rules of a turn a session goes.
///
/// What was recorded is replayed by the rules that it was recorded by, and a session that was resumed goes on by
/// them: a turn must not come to something else because the library has learned better since. Everything that
/// begins anew goes by the ``current`` ones.
///
/// ```swift
/// let step = program.step(from: snapshot, event: event, scene: scene, given: answers, rules: .first)
/// ```
public enum Rules: Int, Hashable, Sendable, Codable, CaseIterable {
  /// Those of version 0.1.0.
  case first = 1
  /// Those that this version writes.
  case second = 2

  /// The rules by which everything goes that begins anew.
  public static let current = Rules.second
}

extension Rules: Comparable {
  /// Earlier rules come before later ones.
  public static func < (left: Rules, right: Rules) -> Bool { left.rawValue < right.rawValue }
}
