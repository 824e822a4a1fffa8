/// How often, and in which turn last, each statement of a character has fired.
///
/// A value that the steps of a session alone decide: to take turns back, note the steps of those that are left.
struct FiringHistory: Hashable, Sendable {
  private struct Firings: Hashable {
    var count = 0
    var lastTurn = 0
  }

  private var firings: [Int: Firings] = [:]

  /// Notes the statements of a step.
  mutating func note(_ step: Step) {
    for fired in step.grounding.statements {
      firings[fired.statement, default: Firings()].count += 1
      firings[fired.statement]?.lastTurn = step.snapshot.turn
    }
  }

  /// The history of the same statements in another program.
  func moved(from old: Program, to new: Program) -> FiringHistory {
    guard !firings.isEmpty else { return self }
    let (before, after) = (old.statementIdentifiers(), new.statementIdentifiers())
    let places = Dictionary(uniqueKeysWithValues: zip(after, after.indices))
    var moved = FiringHistory()
    for (statement, known) in firings {
      if let place = places[before[statement]] { moved.firings[place] = known }
    }
    return moved
  }

  /// How often a statement has fired.
  func count(of statement: Int) -> Int { firings[statement]?.count ?? 0 }

  /// How many turns before a turn a statement last fired; `Int.max` for never.
  func pause(of statement: Int, at turn: Int) -> Int {
    firings[statement].map { turn - $0.lastTurn } ?? .max
  }
}
