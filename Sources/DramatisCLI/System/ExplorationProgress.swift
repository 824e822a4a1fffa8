/// How many positions were explored so far, on one line of a terminal that is cleared in the end.
struct ExplorationProgress {
  /// Short explorations show nothing.
  private static let interval = 250

  private var visited = 0

  /// Counts a position before it is explored, and says whether somebody wants no more.
  mutating func isInterrupted() -> Bool {
    visited += 1
    if visited.isMultiple(of: Self.interval), Console.error.isTerminal {
      Console.error.write("\r\(visited) positions explored")
    }
    return Interruption.wasRequested
  }

  func clear() {
    if visited >= Self.interval, Console.error.isTerminal { Console.error.write("\r\u{1B}[K") }
  }
}
