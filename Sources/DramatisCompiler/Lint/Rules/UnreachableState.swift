import Dramatis

/// Finds states that no transition can lead to.
///
/// `unactivated` and `other` are there whether anybody needs them or not, so they are exempt.
enum UnreachableState: LintRule {
  static let code = DiagnosticCode(
    "L001", name: "unreachable-state", severity: .warning, summary: "A state that nothing leads to.")

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.program.machines.indices.flatMap { index in
      let machine = context.program.machines[index]
      let unreached = states(of: machine, reached: context.reach.states[index])
      guard !machine.transitions.isEmpty || unreached.isEmpty else { return [stuck(index, in: context)] }
      return unreached.compactMap { state in
        context.layout.machines[index].states[state].map { diagnostic(on: state, of: machine, at: $0) }
      }
    }
  }

  /// The states that are not exempt and that nothing leads to.
  static func states(of machine: Machine, reached isReached: [Bool]) -> [Int] {
    machine.states.indices.dropFirst().dropLast().filter { !isReached[$0] }
  }

  private static func stuck(_ index: Int, in context: LintContext) -> Diagnostic {
    let machine = context.program.machines[index]
    return Diagnostic(
      code, message: "nothing leads to any state of machine '\(machine.name)'",
      at: context.layout.machines[index].key.span, label: "it has no transitions",
      help: ["add a transition: { from: unactivated, to: \(machine.states[1].name), when: … }"])
  }

  private static func diagnostic(on state: Int, of machine: Machine, at key: Node) -> Diagnostic {
    let leading = machine.transitions.filter { $0.to == state && $0.from != [state] }
    return Diagnostic(
      code, message: "nothing leads to state '\(machine.states[state].name)' of machine '\(machine.name)'",
      at: key.span,
      label: leading.isEmpty ? "no transition has it as 'to'" : "no transition to it can ever be taken",
      help: [
        leading.isEmpty
          ? "add a transition to it, or remove it"
          : "look at the guards that lead to it, and at whether the states that they leave are reached"
      ])
  }
}
