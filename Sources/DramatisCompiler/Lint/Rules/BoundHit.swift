import Dramatis

/// Finds effects whose value is out of bounds whenever they apply.
enum BoundHit: LintRule {
  static let code = DiagnosticCode(
    "L009", name: "bound-hit", severity: .warning,
    summary: "An effect that always ends at a bound of its variable.")

  static func check(_ context: LintContext) -> [Diagnostic] {
    var found: [Diagnostic] = []
    let setters = firstSetters(context.program)
    for (index, machine) in context.program.machines.enumerated() {
      for (number, transition) in machine.transitions.enumerated()
      where context.layout.machines[index].transitions.indices.contains(number) {
        let written = context.layout.machines[index].transitions[number][\TransitionKeys.set]?.entries ?? []
        for (effect, entry) in zip(transition.effects, written) {
          guard let bound = bound(hitBy: effect, of: number, index, setters, context) else { continue }
          found.append(diagnostic(effect, bound, entry, context))
        }
      }
    }
    return found
  }

  private static func diagnostic(
    _ effect: Effect, _ bound: Int, _ entry: MappingEntry, _ context: LintContext
  ) -> Diagnostic {
    let variable = context.program.variables[effect.variable]
    return Diagnostic(
      code, message: "this effect always ends at a bound of '\(variable.name)'", at: entry.value.span,
      label: "whatever it comes to, the variable is \(bound) afterwards",
      help: ["widen the bounds, or write \(bound) if that is meant"])
  }

  /// For each variable the first machine that sets it.
  private static func firstSetters(_ program: Program) -> [Int: Int] {
    var setters: [Int: Int] = [:]
    for (index, machine) in program.machines.enumerated() {
      for effect in machine.transitions.flatMap(\.effects) where setters[effect.variable] == nil {
        setters[effect.variable] = index
      }
    }
    return setters
  }

  /// The bound at which an effect always ends because its value is beyond it; nil if it need not.
  private static func bound(
    hitBy effect: Effect, of transition: Int, _ machine: Int, _ setters: [Int: Int], _ context: LintContext
  ) -> Int? {
    let program = context.program
    guard case .integer = program.variables[effect.variable].kind else { return nil }
    let range = program.variables[effect.variable].range
    // Most effects stay within bounds for some value, whatever the guard; then there is no more to look at.
    guard let most = effect.value.results(program, { program.variables[$0].smallRange }),
      most.contains(where: { !range.contains($0) }),
      let results = effect.value.results(
        program, { values(of: $0, under: transition, machine, setters, context) }), !results.isEmpty
    else { return nil }
    if results.allSatisfy({ $0 > range.upperBound }) { return range.upperBound }
    if results.allSatisfy({ $0 < range.lowerBound }) { return range.lowerBound }
    return nil
  }

  /// The values that a variable can have when a transition is taken.
  ///
  /// Effects read running values, so the guard narrows none that some effect of this turn may have changed before.
  private static func values(
    of index: Int, under transition: Int, _ machine: Int, _ setters: [Int: Int], _ context: LintContext
  ) -> [Int]? {
    let range = context.program.variables[index].smallRange
    let own = context.program.machines[machine].transitions[transition].effects
    guard let lowest = range?.first, let atom = context.space.index(of: .variable(index)),
      machine <= setters[index] ?? machine, own.count(where: { $0.variable == index }) <= 1
    else { return range }
    let demand = Constraint(
      context.formulas.guards[machine][transition], context.formulas.firing(machine))
    let possible = context.space.domains[atom].all.filter { value in
      context.space.verdict([demand], in: context.anything.with(atom, at: value)) != .impossible
    }
    return possible.map { lowest + $0 }
  }
}

extension Variable {
  /// All its values, ascending; nil where they are too many to be followed.
  var smallRange: [Int]? { range.count <= AtomDomain.fullRange ? Array(range) : nil }
}
