import Dramatis

/// Finds machines on which nothing depends.
///
/// A machine whose states are described says something to whoever speaks, and one that sets variables moves others.
enum UnreadMachine: LintRule {
  static let code = DiagnosticCode.unreadMachine

  static func check(_ context: LintContext) -> [Diagnostic] {
    guard context.speaks else { return [] }
    return context.program.machines.indices.filter { !isRead($0, in: context.program) }.map { index in
      let key = context.layout.machines[index].key
      return Diagnostic(
        code, "nothing depends on the machine '\(key.text)'", at: key.span,
        help: ["describe its states, read it in a condition or as {\(key.text)} in a line, or remove it"])
    }
  }

  private static func isRead(_ index: Int, in program: Program) -> Bool {
    let machine = program.machines[index]
    if machine.states.contains(where: { !$0.description.isEmpty }) { return true }
    if machine.transitions.contains(where: { !$0.effects.isEmpty }) { return true }
    if program.slots.contains(.machine(index)) { return true }
    let others = program.machines.indices.filter { $0 != index }.flatMap { program.machines[$0].transitions }
    let own = Set(machine.transitions.map(\.guardCondition))
    let conditions =
      others.map(\.guardCondition) + program.conditions.filter { !own.contains($0) }
    return conditions.contains { condition in
      condition.leaves.flatMap(\.reads).contains { $0.machines.contains(index) }
    }
  }
}
