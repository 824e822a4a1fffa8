/// Where a character may stand after a step, as far as the answers so far decide it.
///
/// The states of a machine are those that its live guards can still lead to; a variable is nil while a
/// guard that can still fire would write it. What is decided here no further answer can change.
struct Outlook {
  var facts: Facts
  /// For each machine the states it can be in, ascending; exactly one where it is decided.
  var states: [[Int]]
  /// For each variable its value; nil while it is not decided.
  var variables: [Int?]
  /// For each machine its belief, empty where it carries none; nil while it is not decided.
  var beliefs: [[Double]?]

  /// Everything as it stands before the step.
  init(_ facts: Facts) {
    self.facts = facts
    states = facts.states.map { [$0] }
    variables = facts.variables
    beliefs = facts.beliefs
  }

  /// What a condition can still come to.
  func outcomes(of condition: Condition) -> Outcomes {
    switch condition {
    case .question(let index): facts.answers[index].map { Outcomes($0.truth) } ?? .all
    case .not(let condition): outcomes(of: condition).inverted
    case .all(let conditions): conditions.reduce(.yes) { $0.and(outcomes(of: $1)) }
    case .any(let conditions): conditions.reduce(.no) { $0.or(outcomes(of: $1)) }
    case .constant, .chance: Outcomes(condition.truth(facts))
    case .holds(let operand): settle([operand]) { condition.truth($0) }
    case .compare(let left, _, let right): settle([left, right]) { condition.truth($0) }
    case .isMember(let operand, let list): settle([operand] + list) { condition.truth($0) }
    }
  }

  /// Evaluates over every state that the machines read may be in; an undecided variable leaves yes and no.
  private func settle(_ operands: [Operand], _ truth: (Facts) -> Truth) -> Outcomes {
    guard operands.allSatisfy({ isDecided($0) }) else { return [.yes, .no] }
    let machines = Set(operands.flatMap(\.machines)).sorted()
    var worlds = [facts]
    for (index, value) in variables.enumerated() {
      if let value { worlds[0].variables[index] = value }
    }
    for (index, belief) in beliefs.enumerated() {
      if let belief { worlds[0].beliefs[index] = belief }
    }
    for machine in machines {
      worlds = worlds.flatMap { world in
        states[machine].map { state in
          var world = world
          world.states[machine] = state
          return world
        }
      }
    }
    return worlds.reduce(into: []) { $0.formUnion(Outcomes(truth($1))) }
  }

  private func isDecided(_ operand: Operand) -> Bool {
    operand.variables.allSatisfy { variables[$0] != nil }
      && operand.believed.allSatisfy { beliefs[$0] != nil }
  }
}

extension Operand {
  /// The machines whose current state it reads.
  package var machines: [Int] {
    switch self {
    case .machine(let index), .probability(let index, _): [index]
    case .negated(let operand), .inverted(let operand): operand.machines
    case .arithmetic(let left, _, let right): left.machines + right.machines
    default: []
    }
  }

  /// The machines whose probabilities it reads.
  var believed: [Int] {
    if case .probability(let machine, _) = self { [machine] } else { [] }
  }

  /// The variables that it reads.
  var variables: [Int] {
    switch self {
    case .variable(let index): [index]
    case .negated(let operand), .inverted(let operand): operand.variables
    case .arithmetic(let left, _, let right): left.variables + right.variables
    default: []
    }
  }
}
