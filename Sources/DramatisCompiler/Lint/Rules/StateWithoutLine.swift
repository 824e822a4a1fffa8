import Dramatis

/// Finds states in which no line can be said, though the character has lines.
enum StateWithoutLine: LintRule {
  static let code = DiagnosticCode(
    "L019", name: "state-without-line", severity: .warning,
    summary: "A state in which there is nothing to say.")
  /// How many pairs of a state and a line are looked at; beyond, nothing is claimed.
  private static let most = 50_000

  static func check(_ context: LintContext) -> [Diagnostic] {
    let program = context.program
    guard !program.lines.isEmpty,
      !program.lines.contains(where: { $0.condition == nil && $0.statement == nil })
    else { return [] }
    let worlds = context.reachable
    guard program.lines.count * program.machines.reduce(0, { $0 + $1.states.count }) <= most else {
      return []
    }
    let demands = program.lines.enumerated().map { index, line in
      (context.formulas.lines[index].map { [Constraint($0, is: .yes)] } ?? [])
        + (line.statement.map { context.formulas.paths[context.formulas.nodeOfStatement[$0]] } ?? [])
    }
    return program.machines.indices.flatMap { machine -> [Diagnostic] in
      program.machines[machine].states.indices.dropFirst().filter { state in
        let here = worlds.with(state, of: machine, in: context.space)
        return context.reach.states[machine][state]
          && demands.allSatisfy { context.space.possibility(of: $0, in: here) == .impossible }
      }.compactMap { state in
        context.layout.machines[machine].states[state].map { key in
          Diagnostic(
            code,
            message:
              "there is no line for state '\(key.text)' of machine '\(program.machines[machine].name)'",
            at: key.span, label: "whatever happens, the character stays silent",
            help: ["add a line for it, or one without 'when' that always fits"])
        }
      }
    }
  }
}
