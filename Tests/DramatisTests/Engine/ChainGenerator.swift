import TestSupport

/// Writes random small programs with probabilistic machines.
struct ChainGenerator {
  var random: SeededGenerator
  let questionCount: Int
  /// Whether a condition names no question twice.
  let isReadOnce: Bool
  private var stateCounts: [Int] = []
  private var unused: [Int] = []

  static let answers = [0, 1, 0.5, 1e-9, 1 - 1e-9, 0.3, 0.8]

  init(seed: Int, questionCount: Int = 4, isReadOnce: Bool = false) {
    random = SeededGenerator(seed: UInt64(seed))
    self.questionCount = questionCount
    self.isReadOnce = isReadOnce
  }

  mutating func program(kinds: [String], gates: Int = 3) -> ChainProgram {
    stateCounts = kinds.map { _ in random.int(2...6) }
    let machines = kinds.indices.map { machine(kinds[$0], stateCounts[$0]) }
    return ChainProgram(
      questionCount: questionCount, machines: machines,
      gates: (0..<gates).map { _ in formula(mayDraw: false) })
  }

  private mutating func machine(_ kind: String, _ states: Int) -> ChainProgram.Machine {
    let isWeighed = kind != "false"
    let stay = (0..<states).map { _ in isWeighed ? bias() : 0 }
    let transitions = (0..<random.int(1...2 * states)).map { _ in
      let all = Array(0..<states).shuffled(using: &random)
      return ChainProgram.Transition(
        from: Array(all.prefix(random.int(1...2))), to: random.int(0...states - 1),
        when: formula(mayDraw: isWeighed), role: random.pick(["passive", "passive", "any", "active"]),
        bias: isWeighed ? bias() : 0,
        adds: ["sample", "false"].contains(kind) && random.once(in: 2) ? random.int(1...2) : nil)
    }
    return ChainProgram.Machine(kind: kind, stateCount: states, stay: stay, transitions: transitions)
  }

  private mutating func bias() -> Double {
    random.once(in: 2) ? 0 : random.pick([-100, -2.5, -0.25, 1.5, 3, 100])
  }

  /// Nil where nobody can tell.
  mutating func answer() -> Double? {
    if random.once(in: 5) { return nil }
    return random.once(in: 3) ? Double.random(in: 0...1, using: &random) : random.pick(Self.answers)
  }

  mutating func formula(mayDraw: Bool) -> ChainFormula {
    unused = Array(0..<questionCount)
    return formula(random.int(0...3), mayDraw)
  }

  private mutating func formula(_ depth: Int, _ mayDraw: Bool) -> ChainFormula {
    guard depth > 0, !random.once(in: 5) else { return leaf(mayDraw) }
    switch random.int(0...4) {
    case 0: return .not(formula(depth - 1, mayDraw))
    case 1, 2: return .and((0..<random.int(2...3)).map { _ in formula(depth - 1, mayDraw) })
    default: return .or((0..<random.int(2...3)).map { _ in formula(depth - 1, mayDraw) })
    }
  }

  private mutating func leaf(_ mayDraw: Bool) -> ChainFormula {
    if !unused.isEmpty, !random.once(in: 4) {
      let place = random.int(0...unused.count - 1)
      return .ask(isReadOnce ? unused.remove(at: place) : unused[place])
    }
    let machine = random.int(0...stateCounts.count - 1)
    let state = random.int(0...stateCounts[machine] - 1)
    switch random.int(0...5) {
    case 0 where mayDraw: return .chance(random.pick([0, 0.25, 0.5, 0.9, 1]))
    case 0: return .constant(random.once(in: 2))
    case 1: return .datum(random.pick(NaiveComparison.allCases), random.int(0...2))
    case 2: return .variable(random.pick(NaiveComparison.allCases), random.int(-1...3))
    case 3: return .likelier(machine: machine, state: state, than: random.pick([0.13, 0.37, 0.4, 0.62]))
    default: return .state(machine: machine, state: state)
    }
  }
}
