import Dramatis

/// Finds transitions that leave only a state that nothing enters.
///
/// That may be `other`, which is there whether anybody needs it or not; of the rest ``UnreachableState`` tells.
enum LeavesNowhere: LintRule {
  static let code = DiagnosticCode(
    "L063", name: "leaves-nowhere", severity: .warning,
    summary: "A transition that leaves a state that nothing enters.")

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.program.machines.indices.flatMap { index -> [Diagnostic] in
      let (machine, reached) = (context.program.machines[index], context.reach.states[index])
      let told = UnreachableState.states(of: machine, reached: reached)
      return machine.transitions.indices.compactMap { number in
        let from = machine.transitions[number].from
        guard !from.isEmpty, from.allSatisfy({ !reached[$0] && !told.contains($0) }),
          context.layout.machines[index].transitions.indices.contains(number)
        else { return nil }
        let node = context.layout.machines[index].transitions[number]
        let name = machine.states[from[0]].name
        return Diagnostic(
          code, message: "nothing leads to '\(name)', which this transition leaves",
          at: (node[\TransitionKeys.from] ?? node).span,
          help: ["add a transition to '\(name)', or remove this one"])
      }
    }
  }
}
