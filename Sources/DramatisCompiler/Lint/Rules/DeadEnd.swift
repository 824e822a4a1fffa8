import Dramatis

/// Finds states that cannot be left, in machines that otherwise go round.
///
/// A machine that only moves forward has to end somewhere; where others return, an end may be forgotten.
enum DeadEnd: LintRule {
  static let code = DiagnosticCode(
    "L002", name: "dead-end", severity: .warning,
    summary: "A state of a circling machine that cannot be left.")

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.program.machines.indices.flatMap { index in
      let machine = context.program.machines[index]
      let targets = targets(in: index, of: context)
      guard goesRound(targets) else { return [Diagnostic]() }
      return machine.states.indices.dropFirst().filter {
        context.reach.states[index][$0] && targets[$0].isEmpty
      }
      .compactMap { state in
        context.layout.machines[index].states[state].map { diagnostic(on: state, of: machine, at: $0) }
      }
    }
  }

  /// For each state the others to which a transition that can be taken leads.
  private static func targets(in index: Int, of context: LintContext) -> [Set<Int>] {
    let machine = context.program.machines[index]
    var targets = machine.states.map { _ in Set<Int>() }
    for (number, transition) in machine.transitions.enumerated() where context.reach.canFire[index][number] {
      for state in transition.from where state != transition.to && context.reach.states[index][state] {
        targets[state].insert(transition.to)
      }
    }
    return targets
  }

  /// Whether some way leads back to where it began.
  private static func goesRound(_ targets: [Set<Int>]) -> Bool {
    var incoming = targets.map { _ in 0 }
    for target in targets.joined() { incoming[target] += 1 }
    var waiting = incoming.indices.filter { incoming[$0] == 0 }
    var left = targets.count
    while let state = waiting.popLast() {
      left -= 1
      for target in targets[state] {
        incoming[target] -= 1
        if incoming[target] == 0 { waiting.append(target) }
      }
    }
    return left > 0
  }

  private static func diagnostic(on state: Int, of machine: Machine, at key: Node) -> Diagnostic {
    Diagnostic(
      code,
      message: "there is no way out of state '\(machine.states[state].name)' of machine '\(machine.name)'",
      at: key.span, label: "no transition leaves it",
      help: ["add one, or say that it is meant: # dramatis: ignore \(code.rawValue)"])
  }
}
