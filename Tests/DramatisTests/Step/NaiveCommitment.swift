/// A commitment's life told turn by turn from all that happened, with no state carried but the history.
///
/// Written from the rules alone, to compare the engine with.
struct NaiveCommitment {
  struct Rules {
    var hasPlant = false
    var hasAbandon = false
    var notBefore = 0
    var dueWithin: Int?
    var hold = (count: 1, window: 1)
    var isAfterOther = false
  }

  /// What was true in one turn.
  struct Turn: Hashable {
    var plant = true
    var trigger = true
    var abandon = false
    /// Whether all that had to be paid first was, before the turn.
    var isReady = true
    /// What the line held; nil where nobody spoke.
    var line: Line?
  }

  struct Line: Hashable {
    var hasForeshadow = false
    var hasPayoff = false
  }

  let rules: Rules
  let turns: [Turn]

  private func turn(_ number: Int) -> Turn { turns[number - 1] }

  private func first(_ turn: (Int) -> Bool) -> Int? {
    turns.isEmpty ? nil : (1...turns.count).first(where: turn)
  }

  private func isBefore(_ turn: Int, _ end: Int?) -> Bool { end.map { turn < $0 } ?? true }

  /// The turn in which it is given up, if nothing settles it before.
  private var abandonable: Int? { rules.hasAbandon ? first { turn($0).abandon } : nil }

  var planted: Int? {
    let planted = rules.hasPlant ? first { turn($0).plant } : first { _ in true }
    guard let planted, isBefore(planted, abandonable) else { return nil }
    return planted
  }

  var triggered: Int? {
    guard let planted else { return nil }
    let looked = (1...turns.count).filter {
      $0 >= planted + rules.notBefore && (!rules.isAfterOther || turn($0).isReady)
        && isBefore($0, abandonable)
    }
    return looked.first { now in
      let window = looked.filter { $0 <= now }.suffix(rules.hold.window)
      return window.filter { turn($0).trigger }.count >= rules.hold.count
    }
  }

  var paid: Int? {
    guard let triggered else { return nil }
    return first {
      $0 >= triggered && turn($0).line?.hasPayoff == true && isBefore($0, abandonable)
    }
  }

  var abandoned: Int? { paid == nil ? abandonable : nil }

  var status: String {
    if paid != nil { return "paid" }
    if abandoned != nil { return "abandoned" }
    if triggered != nil { return "triggered" }
    return planted == nil ? "planned" : "planted"
  }

  var early: Int? {
    first {
      turn($0).line?.hasPayoff == true && isBefore($0, triggered)
        && isBefore($0, abandonable)
    }
  }

  var written: Int? {
    guard let planted else { return nil }
    return first {
      $0 >= planted && turn($0).line?.hasForeshadow == true && isBefore($0, triggered)
        && isBefore($0, abandonable)
    }
  }

  var misses: Int {
    guard let triggered else { return 0 }
    let end = paid ?? abandoned ?? turns.count + 1
    return (triggered..<end).filter { turn($0).line != nil }.count
  }

  var isOverdue: Bool {
    guard let triggered, let within = rules.dueWithin, abandoned == nil else { return false }
    return (paid ?? turns.count) > triggered + within
  }
}
