import Dramatis

/// Finds effects whose value is out of bounds whenever they apply.
enum BoundHit: LintRule {
  static let code = DiagnosticCode.boundHit

  static func check(_ context: LintContext) -> [Diagnostic] {
    var found: [Diagnostic] = []
    for (index, machine) in context.program.machines.enumerated() {
      for (number, transition) in machine.transitions.enumerated()
      where context.layout.machines[index].transitions.indices.contains(number) {
        let written = context.layout.machines[index].transitions[number]["set"]?.entries ?? []
        for (effect, entry) in zip(transition.effects, written) {
          guard let bound = bound(hitBy: effect, of: number, index, context) else { continue }
          found.append(diagnostic(effect, bound, entry, context))
        }
      }
    }
    return found
  }

  private static func diagnostic(
    _ effect: Effect, _ bound: Int, _ entry: Entry, _ context: LintContext
  ) -> Diagnostic {
    let variable = context.program.variables[effect.variable]
    return Diagnostic(
      code, "this effect always ends at a bound of '\(variable.name)'", at: entry.value.span,
      label: "whatever it comes to, the variable is \(bound) afterwards",
      help: ["widen the bounds, or write \(bound) if that is meant"])
  }

  /// The bound at which an effect always ends because its value is beyond it; nil if it need not.
  private static func bound(
    hitBy effect: Effect, of transition: Int, _ machine: Int, _ context: LintContext
  ) -> Int? {
    let variable = context.program.variables[effect.variable]
    guard case .integer = variable.kind,
      let results = effect.value.results(
        context.program, { values(of: $0, under: transition, machine, context) }), !results.isEmpty
    else { return nil }
    if results.allSatisfy({ $0 > variable.range.upperBound }) { return variable.range.upperBound }
    if results.allSatisfy({ $0 < variable.range.lowerBound }) { return variable.range.lowerBound }
    return nil
  }

  /// The values that a variable can have when a transition is taken.
  ///
  /// Effects read running values, so the guard narrows none that some effect of this turn may have changed before.
  private static func values(
    of index: Int, under transition: Int, _ machine: Int, _ context: LintContext
  ) -> Set<Int>? {
    let range = context.program.variables[index].range
    guard range.count <= AtomDomain.fullRange else { return nil }
    guard let atom = context.space.index(of: .variable(index)),
      !isSetElsewhere(index, machine, transition, context)
    else { return Set(range) }
    let own = Constraint(
      context.formulas.guards[machine][transition], context.formulas.firing(machine))
    let possible = context.space.domains[atom].values.indices.filter { value in
      var worlds = context.anything
      worlds.allowed[atom] = [value]
      return context.space.verdict([own], in: worlds) != .impossible
    }
    return Set(possible.compactMap { range.lowerBound + $0 })
  }

  private static func isSetElsewhere(
    _ variable: Int, _ machine: Int, _ transition: Int, _ context: LintContext
  ) -> Bool {
    let own = context.program.machines[machine].transitions[transition].effects
    return context.program.machines[..<machine].flatMap(\.transitions).flatMap(\.effects)
      .contains { $0.variable == variable } || own.count { $0.variable == variable } > 1
  }
}
