import Dramatis

/// Finds probabilities of several states that would have to add up to more than 1.
enum ImpossibleProbabilities: LintRule {
  static let code = DiagnosticCode(
    "L020", name: "impossible-probabilities", severity: .warning,
    summary: "Probabilities that add up to more than 1.")
  static let looksAtStories = true

  static func check(_ context: LintContext) -> [Diagnostic] {
    mixtures(context)
      + context.places.filter { asksTooMuch($0.condition, of: context.program) }.map { place in
        Diagnostic(
          code, message: "these probabilities can never hold together", at: place.node.span,
          label: "those of one machine's states add up to 1",
          help: ["lower them, or join them with 'or'"])
      }
  }

  private static func mixtures(_ context: LintContext) -> [Diagnostic] {
    zip(context.program.machines, context.layout.machines).compactMap { machine, written in
      guard let mixed = machine.mixed, mixed > 0.5, let node = written.body[\MachineKeys.mixed] else {
        return nil
      }
      return Diagnostic(
        code, message: "two states can never reach this probability together", at: node.span,
        label: "a mixed mood takes two, and all add up to 1", help: ["give it at most 0.5"])
    }
  }

  /// Whether a conjunction in a condition demands more than there is.
  private static func asksTooMuch(_ condition: Condition, of program: Program) -> Bool {
    switch condition {
    case .not(let condition): return asksTooMuch(condition, of: program)
    case .joined(let connective, let conditions):
      return connective == .and && isTooMuch(conditions, of: program)
        || conditions.contains { asksTooMuch($0, of: program) }
    case .constant, .question, .chance, .holds, .compare, .isMember: return false
    }
  }

  private static func isTooMuch(_ conditions: [Condition], of program: Program) -> Bool {
    var least: [Int: [Int: Double]] = [:]
    var strict: Set<Int> = []
    for case .compare(let left, let comparison, let right) in conditions {
      guard let (machine, state, value, isStrict) = bound(of: left, comparison, to: right),
        program.machines[machine].kind == .belief
      else { continue }
      least[machine, default: [:]][state] = max(value, least[machine]?[state] ?? 0)
      if isStrict { strict.insert(machine) }
    }
    return least.contains { machine, states in
      let sum = states.values.sorted().reduce(0, +)
      return states.count > 1 && (sum > 1 || sum == 1 && strict.contains(machine))
    }
  }

  /// The least that a comparison demands of a state's probability.
  private static func bound(
    of left: Operand, _ comparison: Comparison, to right: Operand
  ) -> (machine: Int, state: Int, value: Double, isStrict: Bool)? {
    switch (left, comparison, right) {
    case (.probability(let machine, let state), .greater, .number(let value)),
      (.number(let value), .less, .probability(let machine, let state)):
      (machine, state, value, true)
    case (.probability(let machine, let state), .greaterOrEqual, .number(let value)),
      (.probability(let machine, let state), .equal, .number(let value)),
      (.number(let value), .lessOrEqual, .probability(let machine, let state)):
      (machine, state, value, false)
    default: nil
    }
  }
}
