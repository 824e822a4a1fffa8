import Dramatis

/// Finds machines on which nothing depends.
///
/// A machine whose states are described says something to whoever speaks, and one that sets variables moves others.
enum UnreadMachine: LintRule {
  static let code = DiagnosticCode(
    "L017", name: "unread-machine", severity: .warning, summary: "A machine on which nothing depends.")
  static let looksForUse = true

  static func check(_ context: LintContext) -> [Diagnostic] {
    guard context.speaks else { return [] }
    let readers = Set(context.users.flatMap(readers))
    return context.program.machines.indices.filter { index in
      let machine = context.program.machines[index]
      return machine.states.allSatisfy { $0.description.isEmpty && $0.enter == nil }
        && !readers.contains(index)
        && machine.transitions.allSatisfy { $0.effects.isEmpty }
    }.map { index in
      let key = context.layout.machines[index].key
      return Diagnostic(
        code, message: "nothing depends on the machine '\(key.text)'", at: key.span,
        help: ["describe its states, read it in a condition or as {\(key.text)} in a line, or remove it"])
    }
  }

  /// The machines that conditions other than their own guards, or lines, read.
  private static func readers(of program: Program) -> Set<Int> {
    var read: Set<Int> = []
    for case .machine(let index) in program.slots { read.insert(index) }
    for (index, machine) in program.machines.enumerated() {
      for transition in machine.transitions {
        transition.guardCondition.forEachMachineRead { if $0 != index { read.insert($0) } }
      }
    }
    let others =
      [program.relevance] + program.treeNodes.flatMap(\.gates).map(\.condition)
      + program.lines.map(\.condition)
      + program.commitments.flatMap { [$0.trigger, $0.plant, $0.abandonWhen] }
    for condition in others { condition?.forEachMachineRead { read.insert($0) } }
    return read
  }
}

extension Condition {
  /// Calls for every machine whose states it reads.
  fileprivate func forEachMachineRead(_ body: (Int) -> Void) {
    forEachLeaf { leaf in
      leaf.forEachRead { for machine in $0.machines { body(machine) } }
    }
  }
}
