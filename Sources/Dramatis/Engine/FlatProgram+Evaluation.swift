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
    let site = Draw.Site.chance(chance.site, in: event.side)
    return Draw.number(seed: position.seed, turn: position.turn, site: site) < chance.probability
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

extension FlatProgram {
  /// The probability of a condition: `and` is the least, `or` the greatest, `chance(q)` counts q.
  func probability(
    of place: Int32, _ position: Position, _ event: PreparedEvent, _ answers: Answers
  ) -> Double {
    switch weights[Int(place)] {
    case .constant(let value): value
    case .question(let question): answers.probability(question)
    case .compares(let comparison): Answer(compared(comparison, position, event)).probability
    case .holds(let operand): Answer(value(of: operand, position, event).isTrue).probability
    case .inverted(let inner):
      Answer.inverted(probability(of: inner, position, event, answers))
    case .least(let first, let count):
      least(of: Int(first)..<Int(first + count), position, event, answers)
    case .greatest(let first, let count):
      greatest(of: Int(first)..<Int(first + count), position, event, answers)
    }
  }

  private func least(
    of list: Range<Int>, _ position: Position, _ event: PreparedEvent, _ answers: Answers
  ) -> Double {
    var least = 1.0
    for place in list {
      least = min(least, probability(of: weightLists[place], position, event, answers))
    }
    return least
  }

  private func greatest(
    of list: Range<Int>, _ position: Position, _ event: PreparedEvent, _ answers: Answers
  ) -> Double {
    var greatest = 0.0
    for place in list {
      greatest = max(greatest, probability(of: weightLists[place], position, event, answers))
    }
    return greatest
  }
}

/// What an operand comes to in a step, with texts as numbers.
enum FlatValue: Hashable, Sendable {
  case integer(Int)
  case number(Double)
  case text(FlatText)
  /// A folded name by its number.
  case name(Int32)
  case boolean(Bool)
  /// The event does not give it, or gives something that conditions do not read.
  case missing
}

/// A text as two numbers: texts of the same bytes share one, texts that fold to the same name the other.
struct FlatText: Hashable, Sendable {
  let bytes: Int32
  let name: Int32
}

extension FlatValue {
  /// Whether a boolean variable or datum is true; unknown for anything else.
  var isTrue: Truth {
    switch self {
    case .boolean(let value): Truth(value)
    case .integer(let value): Truth(value != 0)
    default: .unknown
    }
  }

  private var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The comparison's outcome; unknown where the two are not comparable.
  func compared(_ comparison: Comparison, _ other: FlatValue) -> Truth {
    switch (self, other) {
    case (.integer(let left), .integer(let right)): Truth(comparison.holds(left, right))
    case (.text(let left), .text(let right)): comparison.equality(left.bytes == right.bytes)
    case (.name(let name), .text(let text)), (.text(let text), .name(let name)):
      comparison.equality(text.name == name)
    case (.name(let left), .name(let right)): comparison.equality(left == right)
    case (.boolean(let left), .boolean(let right)): comparison.equality(left == right)
    default:
      if let left = number, let right = other.number {
        Truth(comparison.holds(left, right))
      } else {
        .unknown
      }
    }
  }

  var negated: FlatValue {
    if case .integer(let value) = self { .integer(Arithmetic.minus(0, value)) } else { .missing }
  }

  var inverted: FlatValue {
    switch self {
    case .boolean(let value): .boolean(!value)
    case .integer(let value): .integer(value == 0 ? 1 : 0)
    default: .missing
    }
  }

  func combined(_ operation: Arithmetic, _ other: FlatValue) -> FlatValue {
    guard case .integer(let left) = self, case .integer(let right) = other else { return .missing }
    return .integer(operation(left, right))
  }
}
