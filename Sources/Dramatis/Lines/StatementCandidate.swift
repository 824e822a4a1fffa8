/// A statement that fired, with all that decides whether it is handed over.
struct StatementCandidate {
  let statement: FiredStatement
  /// Where in the traversal it comes; no two share a place.
  let place: Int
  let tokens: Int
  /// From 1 at the root.
  let depth: Int
  /// How many turns ago it last fired; `Int.max` for never.
  let pause: Int
  /// In how many earlier turns it fired.
  let count: Int

  func goesBefore(_ other: StatementCandidate) -> Bool {
    (other.depth, other.pause, count, place) < (depth, pause, other.count, other.place)
  }

  /// Why it was left out while others were kept.
  ///
  /// - Parameter last: The one of those kept that goes last; nil where none was kept.
  func reason(behind last: StatementCandidate?) -> LeftOutStatement.Reason {
    guard let last, last.goesBefore(self) else { return .tooLong }
    if depth < last.depth { return .lessSpecific }
    if pause < last.pause { return .firedLately }
    return count > last.count ? .firesOften : .comesLater
  }
}
