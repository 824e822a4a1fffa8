import Dramatis

extension NameTable {
  /// Takes over the names of a compiled program, so that further conditions can be added to it.
  mutating func take(_ program: Program) {
    for (index, variable) in program.variables.enumerated() { declare(variable.name, .variable(index)) }
    variables = program.variables
    for (index, question) in program.questions.enumerated() {
      if let name = question.name { declare(name, .question(index)) }
      _ = add(question)
    }
    for (index, machine) in program.machines.enumerated() { declare(machine.name, .machine(index)) }
    machines = program.machines.map { ($0.name, $0.kind, $0.states) }
    for (index, commitment) in program.commitments.enumerated() {
      declare(commitment.name, .commitment(index))
    }
    commitments = program.commitments.map(\.name)
    let sites = program.conditions.flatMap(\.chanceSites)
    for _ in 0..<((sites.max() ?? -1) + 1) { _ = nextChance() }
  }
}

extension Condition {
  /// The places of its draws.
  fileprivate var chanceSites: [Int] {
    switch self {
    case .chance(_, let site): [site]
    case .not(let condition): condition.chanceSites
    case .all(let conditions), .any(let conditions): conditions.flatMap(\.chanceSites)
    case .constant, .question, .holds, .compare, .isMember: []
    }
  }
}
