import TestSupport

@testable import Dramatis

/// Makes random conditions, sensible or not, as long as a program may hold them.
struct ConditionGenerator {
  private var random: SeededGenerator
  private let hasChance: Bool
  private let connectives: [Connective]

  init(seed: UInt64, hasChance: Bool = true, connectives: [Connective] = Connective.allCases) {
    random = SeededGenerator(seed: seed)
    self.hasChance = hasChance
    self.connectives = connectives
  }

  /// A machine and a belief that move on the condition, and a gate that says what it came to.
  static func program(_ condition: Condition) -> Program {
    let states = ["unactivated", "a", "b", "other"].map { Machine.State(name: $0, description: "") }
    let transition = Transition(
      from: [0, 1, 2, 3], to: 3, guardCondition: condition, role: .any,
      effects: [Effect(variable: 0, value: .arithmetic(.variable(0), .plus, .integer(1)))])
    let belief = Transition(from: [0, 1, 2, 3], to: 1, guardCondition: condition, role: .any, effects: [])
    let gate = Gate(condition: condition, then: 1, else: 2, unknown: 3)
    return Program(
      character: "Mara", aliases: [], summary: "", voice: "", setting: "", greetings: [], examples: [],
      window: 1, statementBudget: nil, relevance: nil,
      variables: [
        Variable(name: "n", kind: .integer(min: -2, max: 2), initial: 0),
        Variable(name: "is", kind: .boolean, initial: 1),
      ],
      questions: [Question(name: "q0", text: "0?"), Question(name: "q1", text: "1?")],
      machines: [
        Machine(name: "moves", states: states, transitions: [transition]),
        Machine(name: "believes", kind: .belief, states: states, transitions: [belief]),
      ],
      topics: [Topic(name: "t", partner: nil, root: 0)],
      treeNodes: [TreeNode(statements: [], gates: [gate])]
        + (0..<3).map { TreeNode(statements: [$0], gates: []) },
      statements: ["yes", "no", "unknown"],
      commitments: [
        Commitment(
          name: "debt", foreshadow: "", trigger: .constant(true), payoff: "", plant: nil, notBefore: 0,
          dueWithin: nil, after: [], priority: 0, owner: nil, abandonWhen: nil)
      ],
      lines: [])
  }

  mutating func snapshot(of program: Program) -> Snapshot {
    var snapshot = program.initialSnapshot(seed: random.next())
    snapshot.turn = Int.random(in: 0...3, using: &random)
    snapshot.states = snapshot.states.map { _ in Int.random(in: 0...3, using: &random) }
    snapshot.variables = [Int.random(in: -2...2, using: &random), Int.random(in: 0...1, using: &random)]
    snapshot.beliefs[1] = pick([[1, 0, 0, 0], [0.25, 0.25, 0.25, 0.25], [0, 0.5, 0.5, 0]])
    snapshot.commitments = [CommitmentProgress(pick(CommitmentStatus.allCases))]
    for past in program.pasts {
      switch past {
      case .machine: snapshot.memory.values[past] = Int.random(in: 0...3, using: &random)
      case .variable, .question: snapshot.memory.values[past] = Int.random(in: 0...1, using: &random)
      }
      if case .question(let index) = past, pick([true, false]) { snapshot.memory.held.insert(index) }
    }
    return snapshot
  }

  mutating func event() -> Event {
    Event(
      actor: pick([nil, "Rowan", "ROWAN ", "Mara", "planned"]), text: "…",
      kind: pick(["speech", "Rowan", "planned", "shot"]),
      data: pick([
        [:], ["x": .number(1)], ["x": .number(.nan)], ["x": .text("shot"), "y": .text("rowan")],
        ["x": .boolean(true), "y": .number(0.5)], ["x": .null, "y": .text("Nobody")],
        ["x": .text("Nobody"), "y": .text("Nobody")],
      ]))
  }

  mutating func condition(depth: Int) -> Condition {
    switch Int.random(in: 0...(depth > 0 ? 10 : 6), using: &random) {
    case 0: return .question(Int.random(in: 0...1, using: &random))
    case 1: return .holds(operand(1))
    case 2:
      return .isMember(operand(1), of: (0..<Int.random(in: 0...3, using: &random)).map { _ in literal() })
    case 3: return hasChance ? .chance(pick([0, 0.4, 1]), site: 5) : .constant(pick([true, false]))
    case 4, 5, 6: return comparison()
    case 7: return .not(condition(depth: depth - 1))
    default: return .joined(pick(connectives), parts(depth))
    }
  }

  private mutating func parts(_ depth: Int) -> [Condition] {
    (0..<Int.random(in: 0...3, using: &random)).map { _ in condition(depth: depth - 1) }
  }

  /// Of one machine at most, which is what a program may hold.
  private mutating func comparison() -> Condition {
    let (left, right) = (operand(2), operand(1))
    let isAllowed = Set(left.machines + right.machines).count <= 1
    return .compare(left, pick(Comparison.allCases), isAllowed ? right : literal())
  }

  private mutating func operand(_ depth: Int) -> Operand {
    switch Int.random(in: 0...(depth > 0 ? 14 : 10), using: &random) {
    case 0, 1: .variable(Int.random(in: 0...1, using: &random))
    case 2, 3: .machine(0)
    case 4: .commitment(0)
    case 5: pick([.actor, .turn])
    case 6: .kind
    case 7, 8: .data(pick(["x", "y"]))
    case 9: .probability(machine: 0, state: Int.random(in: 0...3, using: &random))
    case 10:
      .previous(pick([.machine(0), .variable(0), .variable(1), .question(0), .question(1)]))
    case 11: .negated(operand(depth - 1))
    case 12: .inverted(operand(depth - 1))
    case 13: .arithmetic(operand(depth - 1), pick(Arithmetic.allCases), literal())
    default: literal()
    }
  }

  private mutating func literal() -> Operand {
    pick([
      .integer(1), .integer(-2), .number(0.5), .number(1), .text("shot"), .text("Rowan"), .text("planned"),
      .boolean(true), .boolean(false), .choice(variable: 1, value: 0), .state(machine: 0, state: 1),
      .status(.paid), .status(.planned), .integer(.max),
    ])
  }

  private mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[Int.random(in: choices.indices, using: &random)]
  }
}
