import TestSupport

/// Makes random small programs.
struct NaiveGenerator {
  var random: SeededGenerator
  let questionCount: Int
  /// Whether no condition names a question twice.
  let isReadOnce: Bool
  private var stateCounts: [Int] = []
  private var variables: [NaiveProgram.Variable] = []
  private var statementCount = 0
  private var unused: [Int] = []
  /// Where the condition that is made stands.
  private var place = Place.gate

  private enum Place { case relevance, transition, gate }

  init(seed: UInt64, questionCount: Int, isReadOnce: Bool) {
    random = SeededGenerator(seed: seed)
    self.questionCount = questionCount
    self.isReadOnce = isReadOnce
  }

  mutating func program() -> NaiveProgram {
    stateCounts = (0..<random.int(1...3)).map { _ in random.int(2...4) }
    variables = (0..<random.int(0...2)).map { _ in variable() }
    return NaiveProgram(
      questionCount: questionCount, relevance: random.once(in: 6) ? condition(.relevance) : nil,
      variables: variables, machines: stateCounts.map { machine($0) },
      topics: (0..<random.int(1...3)).map { _ in topic() })
  }

  mutating func event() -> NaiveEvent {
    NaiveEvent(
      actor: random.pick(["Rowan", "Rowan", "Rowan", "Ina", "Ina", "Mara"]),
      datum: random.once(in: 2) ? nil : random.int(0...3))
  }

  private mutating func variable() -> NaiveProgram.Variable {
    let least = random.int(-2...1)
    let greatest = least + random.int(0...3)
    return NaiveProgram.Variable(initial: random.int(least...greatest), least: least, greatest: greatest)
  }

  private mutating func machine(_ stateCount: Int) -> NaiveProgram.Machine {
    NaiveProgram.Machine(
      stateCount: stateCount, transitions: (0..<random.int(0...4)).map { _ in transition(stateCount) })
  }

  private mutating func transition(_ stateCount: Int) -> NaiveProgram.Transition {
    let all = Array(0..<stateCount)
    let some = all.filter { _ in random.once(in: 2) }
    let effectCount = variables.isEmpty ? 0 : random.int(0...2)
    let effects = (0..<effectCount).map { _ in effect() }
    return NaiveProgram.Transition(
      from: some.isEmpty ? all : some, to: random.int(0...stateCount - 1),
      guardCondition: condition(.transition),
      role: random.pick(["passive", "passive", "any", "active"]), effects: effects.distinct)
  }

  private mutating func effect() -> NaiveProgram.Effect {
    let places = Array(variables.indices)
    let value: NaiveExpression =
      switch random.int(0...2) {
      case 0: .constant(random.int(-3...3))
      case 1: .plus(random.pick(places), random.int(-2...2))
      default: .minus(random.pick(places), random.pick(places))
      }
    return NaiveProgram.Effect(variable: random.pick(places), value: value)
  }

  private mutating func topic() -> NaiveProgram.Topic {
    NaiveProgram.Topic(
      partner: random.once(in: 3) ? random.pick(["Rowan", "Ina"]) : nil, root: node(depth: 1))
  }

  private mutating func node(depth: Int) -> NaiveProgram.Node {
    let gates = depth > 3 ? 0 : random.int(depth == 1 ? 1...2 : 0...1)
    let items = (0..<random.int(1...2)).map { _ in statement() } + (0..<gates).map { _ in gate(depth) }
    return NaiveProgram.Node(items: items.shuffled(using: &random))
  }

  private mutating func statement() -> NaiveProgram.Item {
    statementCount += 1
    return .statement("Statement \(statementCount)")
  }

  private mutating func gate(_ depth: Int) -> NaiveProgram.Item {
    .gate(
      condition(.gate), then: node(depth: depth + 1),
      else: random.once(in: 2) ? node(depth: depth + 1) : nil,
      unknown: random.once(in: 3) ? node(depth: depth + 1) : nil)
  }
}

extension NaiveGenerator {
  private mutating func condition(_ place: Place) -> NaiveCondition {
    self.place = place
    unused = Array(0..<questionCount)
    return condition(depth: random.int(0...3))
  }

  private mutating func condition(depth: Int) -> NaiveCondition {
    guard depth > 0, !random.once(in: 4) else { return leaf() }
    switch random.int(0...4) {
    case 0: return .not(condition(depth: depth - 1))
    case 1, 2: return .and((0..<random.int(2...3)).map { _ in condition(depth: depth - 1) })
    default: return .or((0..<random.int(2...3)).map { _ in condition(depth: depth - 1) })
    }
  }

  private mutating func leaf() -> NaiveCondition {
    if !unused.isEmpty, !random.once(in: 4) { return question() }
    let comparison = random.pick(NaiveComparison.allCases)
    if place == .gate, random.once(in: 4) { return past(comparison) }
    switch random.int(0...6) {
    case 0: return .datum(comparison, random.int(0...3))
    case 1: return .turn(comparison, random.int(1...3))
    case 2...4 where !variables.isEmpty:
      let index = random.int(0...variables.count - 1)
      if random.once(in: 3) { return .variableIn(index, [random.int(-2...1), random.int(0...3)]) }
      return .variable(index, comparison, random.int(-2...3))
    default: return state()
    }
  }

  private mutating func past(_ comparison: NaiveComparison) -> NaiveCondition {
    if !variables.isEmpty, random.once(in: 2) {
      return .wasVariable(random.int(0...variables.count - 1), comparison, random.int(-2...3))
    }
    guard case .state(let machine, let states) = state() else { return .turn(comparison, 1) }
    return .wasState(machine: machine, isIn: states)
  }

  private mutating func state() -> NaiveCondition {
    let machine = random.int(0...stateCounts.count - 1)
    let states = Array(0..<stateCounts[machine]).shuffled(using: &random)
    return .state(machine: machine, isIn: Array(states.prefix(random.int(1...2))))
  }

  private mutating func question() -> NaiveCondition {
    let place = random.int(0...unused.count - 1)
    let index = isReadOnce ? unused.remove(at: place) : unused[place]
    return self.place != .relevance && random.once(in: 6) ? .newly(index) : .ask(index)
  }
}

extension [NaiveProgram.Effect] {
  /// One effect a variable, since a mapping has each key once.
  fileprivate var distinct: Self {
    enumerated().filter { index, effect in !self[..<index].contains { $0.variable == effect.variable } }
      .map(\.element)
  }
}
