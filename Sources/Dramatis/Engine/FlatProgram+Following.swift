extension FlatProgram {
  /// Follows decisions to an end.
  ///
  /// - Returns: The number of the end.
  @inline(__always)
  func follow(_ start: Int32, _ position: Position, _ event: PreparedEvent, _ answers: Answers) -> Int {
    let cells = position.cells.span
    var way = start
    while way >= 0 {
      let decision = decisions[Int(way)]
      let holds =
        switch decision.test {
        case .cellIsWithin(let range, let cell): range.contains(cells[Int(cell)])
        case .isYes(let question): answers.probability(question) > 0.5
        case .isNo(let question): answers.probability(question) < 0.5
        case .slot(let test): passes(test, event)
        case .other(let test): passes(test, position, event)
        }
      way = holds ? decision.yes : decision.no
    }
    return Int(~way)
  }

  // The rarer tests stand apart, so that what is inlined everywhere stays short.

  @inline(never)
  private func passes(_ test: Decision.SlotTest, _ event: PreparedEvent) -> Bool { event.slots.pass(test) }

  @inline(never)
  private func passes(_ test: Decision.OtherTest, _ position: Position, _ event: PreparedEvent) -> Bool {
    switch test {
    case .draws(let chance): draws(chances[Int(chance)], position, event)
    case .compares(let place, let truth): compared(place, position, event) == truth
    case .holds(let operand, let truth): value(of: operand, position, event).isTrue == truth
    }
  }

  private func draws(_ chance: FlatChance, _ position: Position, _ event: PreparedEvent) -> Bool {
    let site = DrawSite.chance(chance.site, event.side)
    return draw(seed: position.seed, turn: position.turn, site: site) < chance.probability
  }

  /// What the two operands of a comparison come to.
  func compared(_ place: Int32, _ position: Position, _ event: PreparedEvent) -> Truth {
    let comparison = comparisons[Int(place)]
    return value(of: comparison.left, position, event)
      .compared(comparison.comparison, value(of: comparison.right, position, event))
  }

  /// What an operand comes to.
  func value(of place: Int32, _ position: Position, _ event: PreparedEvent) -> FlatValue {
    switch operands[Int(place)] {
    case .constant(let value): value
    case .cell(let cell): .integer(position.cells[Int(cell)])
    case .status(let cell): .text(statuses[position.cells[Int(cell)]])
    case .certainty(let cell, let state): .number(position.cells[Int(cell)] == Int(state) ? 1 : 0)
    case .belief(let place): .number(position.beliefs[Int(place)])
    case .slot(let slot): event.slots[Int(slot)]
    case .turn: .integer(position.turn)
    case .negated(let operand): value(of: operand, position, event).negated
    case .inverted(let operand): value(of: operand, position, event).inverted
    case .arithmetic(let left, let operation, let right):
      value(of: left, position, event).combined(operation, value(of: right, position, event))
    }
  }
}

extension Table<FlatValue> {
  /// Whether what an event says in a slot passes a test.
  @inline(__always)
  func pass(_ test: Decision.SlotTest) -> Bool {
    switch test {
    case .holds(let slot, let text): self[Int(slot)].bytes == text.bytes
    case .differs(let slot, let text): self[Int(slot)].bytes.map { $0 != text.bytes } ?? false
    }
  }
}

extension FlatValue {
  /// The number of a text's bytes; nil for anything but a text.
  @inline(__always)
  fileprivate var bytes: Int32? {
    if case .text(let text) = self { text.bytes } else { nil }
  }
}

extension Answers {
  /// The probability of yes; one half while the question stands unanswered.
  @inline(__always)
  func probability(_ question: Int32) -> Double {
    let known = known.span
    let place = Int(question)
    return place < known.count ? known[place]?.probability ?? 0.5 : 0.5
  }
}
