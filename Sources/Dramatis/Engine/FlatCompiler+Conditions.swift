/// What a condition is tested for, and where the two outcomes lead.
struct ConditionTest {
  /// `yes` or `no`.
  let wanted: Truth
  let then: Int32
  let otherwise: Int32
  /// Whether only states, variables and constants count, so that whatever reads an answer, the event or a draw
  /// is never surely the one or the other.
  var isSure = false

  /// Whether a condition is yes: it leads to the end 1, else to the end 0.
  static let yes = ConditionTest(wanted: .yes, then: .end(1), otherwise: .end(0))

  /// The test of a condition under `not`.
  var inverted: ConditionTest {
    ConditionTest(wanted: wanted == .yes ? .no : .yes, then: then, otherwise: otherwise, isSure: isSure)
  }

  /// Where what is never unknown leads if it holds, and if not.
  var ways: (holds: Int32, fails: Int32) { wanted == .yes ? (then, otherwise) : (otherwise, then) }

  /// Where a value leads.
  subscript(truth: Truth) -> Int32 { truth == wanted ? then : otherwise }

  /// Whether a comparison of some operands does not count.
  func isUnsure(of operands: [Operand]) -> Bool { isSure && operands.contains(where: \.readsEvent) }
}

/// Where each value of a condition leads.
struct ConditionWays: Hashable {
  let no, unknown, yes: Int32

  subscript(truth: Truth) -> Int32 {
    switch truth {
    case .no: no
    case .unknown: unknown
    case .yes: yes
    }
  }
}

extension FlatCompiler {
  /// Compiles whether a condition is yes, or whether it is no.
  ///
  /// The graph grows from its ends to its beginning: what comes after stands earlier in the table.
  mutating func compile(_ condition: Condition, for test: ConditionTest) -> Int32 {
    if test.then == test.otherwise { return test.then }
    switch condition {
    case .constant(let value): return test[Truth(value)]
    case .not(let inner): return compile(inner, for: test.inverted)
    case .joined(let connective, let parts): return compile(parts, joinedBy: connective, for: test)
    case .chance(let probability, let site):
      return compile(FlatChance(site: site, probability: probability), for: test)
    case .question(let index):
      if test.isSure { return test.otherwise }
      let asked: Decision.Test =
        test.wanted == .yes ? .isYes(question: Int32(index)) : .isNo(question: Int32(index))
      return decide(asked, then: test.then, else: test.otherwise)
    case .holds(let operand):
      return test.isUnsure(of: [operand]) ? test.otherwise : compile(truthOf: operand, for: test)
    case .compare(let left, let comparison, let right):
      return test.isUnsure(of: [left, right]) ? test.otherwise : compile(left, comparison, right, for: test)
    case .isMember(let operand, let list):
      return test.isUnsure(of: [operand] + list) ? test.otherwise : compile(operand, in: list, for: test)
    }
  }

  /// Compiles which of its three values a condition has.
  mutating func compile(_ condition: Condition, for ways: ConditionWays, isSure: Bool = false) -> Int32 {
    if ways.yes == ways.unknown {
      return compile(
        condition, for: ConditionTest(wanted: .no, then: ways.no, otherwise: ways.yes, isSure: isSure))
    }
    let rest = compile(
      condition, for: ConditionTest(wanted: .no, then: ways.no, otherwise: ways.unknown, isSure: isSure))
    return compile(
      condition, for: ConditionTest(wanted: .yes, then: ways.yes, otherwise: rest, isSure: isSure))
  }

  /// Follows what the parts come to together, one after the other, as the connective says.
  ///
  /// Before each part there is a way for every value that those before it may have come to. Ways that lead on
  /// alike are one, so that of `and` and `or` every part is tested once.
  private mutating func compile(
    _ parts: [Condition], joinedBy connective: Connective, for test: ConditionTest
  ) -> Int32 {
    var next = ConditionWays(no: test[.no], unknown: test[.unknown], yes: test[.yes])
    for (index, part) in parts.enumerated().reversed() {
      var known: [ConditionWays: Int32] = [:]
      let behind = next
      func way(after truth: Truth) -> Int32 {
        let ways = ConditionWays(
          no: behind[connective.truth(truth, with: .no)],
          unknown: behind[connective.truth(truth, with: .unknown)],
          yes: behind[connective.truth(truth, with: .yes)])
        let way = known[ways] ?? compile(part, for: ways, isSure: test.isSure)
        known[ways] = way
        return way
      }
      if index == 0 { return way(after: connective.neutral) }
      next = ConditionWays(no: way(after: .no), unknown: way(after: .unknown), yes: way(after: .yes))
    }
    return next[connective.neutral]
  }

  private mutating func compile(_ chance: FlatChance, for test: ConditionTest) -> Int32 {
    if chance.probability <= 0 { return test[.no] }
    if chance.probability >= 1 { return test[.yes] }
    if test.isSure { return test.otherwise }
    flat.chances.append(chance)
    let test = test.ways
    return decide(.other(.draws(chance: Int32(flat.chances.count - 1))), then: test.holds, else: test.fails)
  }

  private mutating func compile(truthOf operand: Operand, for test: ConditionTest) -> Int32 {
    if cell(operand) != nil { return compile(operand, .notEqual, .integer(0), for: test) }
    return decide(
      .other(.holds(place(of: operand), is: test.wanted)), then: test.then, else: test.otherwise)
  }

  private mutating func compile(
    _ left: Operand, _ comparison: Comparison, _ right: Operand, for test: ConditionTest
  ) -> Int32 {
    if let cell = cell(left), let number = integer(right), let numbers = comparison.range(beside: number) {
      let (holds, fails) = test.ways
      return decide(
        .cellIsWithin(FlatRange(numbers.range), cell: cell), then: numbers.isInside ? holds : fails,
        else: numbers.isInside ? fails : holds)
    }
    if case .text(let text) = right, [.equal, .notEqual].contains(comparison), let slot = textSlot(left) {
      let isWanted = comparison.equality(true) == test.wanted
      let text = slots.texts.number(of: text)
      return decide(
        .slot(isWanted ? .holds(slot, text) : .differs(slot, text)), then: test.then, else: test.otherwise)
    }
    let place = add(FlatComparison(left: place(of: left), comparison: comparison, right: place(of: right)))
    return decide(.other(.compares(place, is: test.wanted)), then: test.then, else: test.otherwise)
  }

  /// Membership is being equal to one of those listed; what is calculated is so once.
  private mutating func compile(
    _ operand: Operand, in list: [Operand], for test: ConditionTest
  ) -> Int32 {
    let isYes = test.wanted == .yes
    let left = operand.isCalculated ? place(of: operand) : nil
    return list.reversed().reduce(isYes ? test.otherwise : test.then) { next, right in
      let one = ConditionTest(
        wanted: test.wanted, then: isYes ? test.then : next, otherwise: isYes ? next : test.otherwise)
      guard let left else { return compile(operand, .equal, right, for: one) }
      let place = add(FlatComparison(left: left, comparison: .equal, right: place(of: right)))
      return decide(.other(.compares(place, is: one.wanted)), then: one.then, else: one.otherwise)
    }
  }
}

extension FlatCompiler {
  /// Adds a condition to the table of probabilities.
  mutating func addProbability(of condition: Condition) -> Int32 {
    let probability = probability(of: condition)
    flat.probabilities.append(probability)
    return Int32(flat.probabilities.count - 1)
  }

  private mutating func probability(of condition: Condition) -> FlatProbability {
    switch condition {
    case .constant(let value): .constant(value ? 1 : 0)
    case .question(let index): .question(Int32(index))
    case .chance(let probability, _): .constant(probability)
    case .holds(let operand): .holds(place(of: operand))
    case .compare(let left, let comparison, let right):
      .compares(add(FlatComparison(left: place(of: left), comparison: comparison, right: place(of: right))))
    case .isMember(let operand, let list): membership(of: operand, in: list)
    case .not(let inner): .inverted(addProbability(of: inner))
    case .joined(let connective, let parts):
      joined(parts.map { addProbability(of: $0) }, by: connective)
    }
  }

  private mutating func membership(of operand: Operand, in list: [Operand]) -> FlatProbability {
    let left = place(of: operand)
    let parts = list.map { right in
      flat.probabilities.append(
        .compares(add(FlatComparison(left: left, comparison: .equal, right: place(of: right)))))
      return Int32(flat.probabilities.count - 1)
    }
    return joined(parts, by: .or)
  }

  private mutating func joined(_ parts: [Int32], by connective: Connective) -> FlatProbability {
    flat.probabilityLists += parts
    return .joined(
      connective, first: Int32(flat.probabilityLists.count - parts.count), count: Int32(parts.count))
  }
}

extension FlatCompiler {
  /// The cell that an operand reads, if it is nothing but a cell.
  func cell(_ operand: Operand) -> Int32? {
    switch operand {
    case .machine(let index): Int32(index)
    case .variable(let index): Int32(flat.firstVariable + index)
    case .previous(let past): flat.pasts.firstIndex(of: past).map { Int32(flat.firstPast + 2 * $0) }
    default: nil
    }
  }

  /// The whole number that an operand is as written.
  func integer(_ operand: Operand) -> Int? {
    switch operand {
    case .integer(let value), .choice(_, let value), .state(_, let value): value
    default: nil
    }
  }

  /// The slot that an operand reads, if what it holds may be a text.
  private mutating func textSlot(_ operand: Operand) -> Int32? {
    switch operand {
    case .kind: slots.kindSlot()
    case .data(let key): slots.dataSlot(key)
    default: nil
    }
  }

  /// Adds an operand to the table.
  mutating func place(of operand: Operand) -> Int32 {
    let flattened = flattened(operand)
    flat.operands.append(flattened)
    return Int32(flat.operands.count - 1)
  }

  private mutating func add(_ comparison: FlatComparison) -> Int32 {
    flat.comparisons.append(comparison)
    return Int32(flat.comparisons.count - 1)
  }

  private mutating func flattened(_ operand: Operand) -> FlatOperand {
    switch operand {
    case .integer(let value), .choice(_, let value), .state(_, let value): .constant(.integer(value))
    case .number(let value): .constant(.number(value))
    case .text(let text): .constant(.text(slots.texts.number(of: text)))
    case .boolean(let value): .constant(.boolean(value))
    case .status(let status): .constant(.text(slots.texts.number(of: status.rawValue)))
    case .machine(let index): .cell(Int32(index))
    case .variable(let index): .cell(Int32(flat.firstVariable + index))
    case .commitment(let index): .status(cell: Int32(flat.firstCommitment + index))
    case .probability(let machine, let state): probability(of: state, in: machine)
    case .actor: .slot(slots.actorSlot())
    case .kind: .slot(slots.kindSlot())
    case .data(let key): .slot(slots.dataSlot(key))
    case .turn: .turn
    case .previous: cell(operand).map { .cell($0) } ?? .constant(.missing)
    case .negated(let operand): .negated(place(of: operand))
    case .inverted(let operand): .inverted(place(of: operand))
    case .arithmetic(let left, let operation, let right):
      .arithmetic(place(of: left), operation, place(of: right))
    }
  }

  private func probability(of state: Int, in machine: Int) -> FlatOperand {
    guard program.machines[machine].kind == .belief else {
      return .certainty(cell: Int32(machine), state: Int32(state))
    }
    return .belief(Int32(firstBeliefs[machine] + state))
  }
}
