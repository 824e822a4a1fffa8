/// What a step's conditions come to, read from the tables; the evaluation over the tree says the same.
extension FlatProgram {
  /// Follows decisions to an end.
  ///
  /// - Returns: The number of the end.
  @inline(__always)
  func follow(
    _ start: Int32, at position: Position, on event: PreparedEvent, given answers: Answers
  ) -> Int {
    let cells = position.cells.span
    var way = start
    while way >= 0 {
      let decision = decisions[Int(way)]
      let holds =
        switch decision.test {
        case .cellIsWithin(let range, let cell): range.contains(cells[Int(cell)])
        case .isYes(let question): answers.probability(of: question) > 0.5
        case .isNo(let question): answers.probability(of: question) < 0.5
        case .slot(let test): passes(test, on: event)
        case .other(let test): passes(test, at: position, on: event)
        }
      way = holds ? decision.yes : decision.no
    }
    return Int(~way)
  }

  // The rarer tests stand apart, so that what is inlined everywhere stays short.

  @inline(never)
  private func passes(_ test: Decision.SlotTest, on event: PreparedEvent) -> Bool { event.slots.pass(test) }

  @inline(never)
  private func passes(_ test: Decision.OtherTest, at position: Position, on event: PreparedEvent) -> Bool {
    switch test {
    case .draws(let chance): draws(chances[Int(chance)], at: position, on: event)
    case .compares(let place, let truth): self.truth(ofComparison: place, at: position, on: event) == truth
    case .holds(let operand, let truth): value(of: operand, at: position, on: event).isTrue == truth
    }
  }

  private func draws(_ chance: FlatChance, at position: Position, on event: PreparedEvent) -> Bool {
    let site = Draw.Site.chance(chance.site, in: event.side)
    return Draw.number(seed: position.seed, turn: position.turn, site: site) < chance.probability
  }

  /// What the two operands of a comparison come to.
  private func truth(ofComparison place: Int32, at position: Position, on event: PreparedEvent) -> Truth {
    let comparison = comparisons[Int(place)]
    return value(of: comparison.left, at: position, on: event)
      .truth(of: comparison.comparison, with: value(of: comparison.right, at: position, on: event))
  }

  /// What an operand comes to.
  func value(of place: Int32, at position: Position, on event: PreparedEvent) -> FlatValue {
    switch operands[Int(place)] {
    case .constant(let value): value
    case .cell(let cell): .integer(position.cells[Int(cell)])
    case .status(let cell): .text(statuses[position.cells[Int(cell)]])
    case .certainty(let cell, let state): .number(position.cells[Int(cell)] == Int(state) ? 1 : 0)
    case .belief(let place): .number(position.beliefs[Int(place)])
    case .slot(let slot): event.slots[Int(slot)]
    case .turn: .integer(position.turn)
    case .negated(let operand): value(of: operand, at: position, on: event).negated
    case .inverted(let operand): value(of: operand, at: position, on: event).inverted
    case .arithmetic(let left, let operation, let right):
      value(of: left, at: position, on: event)
        .combined(by: operation, with: value(of: right, at: position, on: event))
    }
  }
}

extension FlatProgram {
  /// The probability of a condition: that of its parts joined, and `chance(q)` counts q.
  ///
  /// - Parameter end: Which end counts of what nobody answered and what the event does not say.
  func probability(
    of place: Int32, counting end: ProbabilityEnd, at position: Position, on event: PreparedEvent,
    given answers: Answers
  ) -> Double {
    switch probabilities[Int(place)] {
    case .constant(let value): end.of(value)
    case .question(let question): answers.probability(of: question, counting: end)
    case .compares(let comparison):
      truth(ofComparison: comparison, at: position, on: event).probability(counting: end)
    case .holds(let operand): value(of: operand, at: position, on: event).isTrue.probability(counting: end)
    case .inverted(let inner):
      Answer.inverted(
        probability(of: inner, counting: end.opposite, at: position, on: event, given: answers))
    case .joined(let connective, let first, let count):
      probability(
        of: Int(first)..<Int(first + count), joinedBy: connective, counting: end, at: position, on: event,
        given: answers)
    }
  }

  private func probability(
    of list: Range<Int>, joinedBy connective: Connective, counting end: ProbabilityEnd,
    at position: Position, on event: PreparedEvent, given answers: Answers
  ) -> Double {
    var whole = Answer(connective.neutral).probability
    for place in list {
      let part = probability(
        of: probabilityLists[place], counting: end, at: position, on: event, given: answers)
      whole = connective.probability(whole, with: part)
    }
    return whole
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

extension Answers {
  /// The probability of yes; one half while the question stands unanswered.
  @inline(__always)
  func probability(of question: Int32) -> Double {
    let known = known.span
    let place = Int(question)
    return place < known.count ? known[place]?.probability ?? 0.5 : 0.5
  }

  /// The probability of yes, as far as somebody said so.
  fileprivate func probability(of question: Int32, counting end: ProbabilityEnd) -> Double {
    guard let answer = self[Int(question)], !answer.isUnanswered else { return end.ofUnanswered }
    return end.of(answer.probability)
  }
}

extension Truth {
  /// 1 or 0 for what is decided.
  fileprivate func probability(counting end: ProbabilityEnd) -> Double {
    switch self {
    case .yes: 1
    case .no: 0
    case .unknown: end.ofUnanswered
    }
  }
}

/// What an operand comes to in a step, with texts as numbers.
typealias FlatValue = Value<FlatText>

/// A text as two numbers: texts of the same bytes share one, texts that fold to the same name the other.
struct FlatText: ValueText {
  let bytes: Int32
  let name: Int32

  func isSameText(as other: FlatText) -> Bool { bytes == other.bytes }

  func isSpelling(of name: Int32) -> Bool { self.name == name }
}

extension FlatValue {
  /// The number of a text's bytes; nil for anything but a text.
  @inline(__always)
  fileprivate var bytes: Int32? {
    if case .text(let text) = self { text.bytes } else { nil }
  }
}
