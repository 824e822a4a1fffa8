/// Why an exploration went no further.
package enum ExplorationEnd: String, Hashable, Sendable, Encodable, Comparable, CaseIterable {
  /// Nothing was left to explore.
  case explored
  /// All that was looked for had been found.
  case found
  /// There were more positions than allowed.
  case positions
  /// There was more to look at than allowed.
  case work
  /// Whoever waited for it had enough.
  case stopped

  /// By how little they leave open, the least first.
  package static func < (left: ExplorationEnd, right: ExplorationEnd) -> Bool { left.rank < right.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
