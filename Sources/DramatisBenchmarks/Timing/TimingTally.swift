/// What became of the debts of many stories.
struct TimingTally {
  private(set) var debts = 0
  private(set) var right = 0
  private(set) var early = 0
  private(set) var late = 0
  private(set) var missed = 0
  private var delay = 0

  /// Notes the turn in which a debt became due; nil for never.
  mutating func note(_ turn: Int?, of debt: TimedStory.Debt) {
    debts += 1
    guard let turn else { return missed += 1 }
    if turn < debt.trigger {
      early += 1
    } else if debt.holds(in: turn) {
      right += 1
      delay += turn - debt.trigger
    } else {
      late += 1
    }
  }

  /// How many turns after the first possible one those that were right came, on average.
  var meanDelay: Double { right == 0 ? 0 : Double(delay) / Double(right) }

  /// Whether every debt became due in the very turn in which it should.
  var isPerfect: Bool { right == debts && delay == 0 }

  func percent(_ count: Int) -> Double { debts == 0 ? 0 : Double(count) * 100 / Double(debts) }
}
