import Dramatis

/// Finds effects whose value is out of bounds whenever they apply.
enum BoundHit: LintRule {
  static let code = DiagnosticCode(
    "L009", name: "bound-hit", severity: .warning,
    summary: "An effect that always ends at a bound of its variable.")

  /// Where an effect stands, and which machine is the first to set each variable.
  private struct Place {
    let machine: Int
    let transition: Int
    let setters: [Int: Int]
  }

  static func check(_ context: LintContext) -> [Diagnostic] {
    var found: [Diagnostic] = []
    let setters = firstSetters(context.program)
    for (index, machine) in context.program.machines.enumerated() {
      for (number, transition) in machine.transitions.enumerated()
      where context.layout.machines[index].transitions.indices.contains(number) {
        let written = context.layout.machines[index].transitions[number][\TransitionKeys.set]?.entries ?? []
        for (effect, entry) in zip(transition.effects, written) {
          let place = Place(machine: index, transition: number, setters: setters)
          guard let bound = bound(hitBy: effect, at: place, in: context) else { continue }
          found.append(diagnostic(of: effect, endingAt: bound, writtenAs: entry, in: context))
        }
      }
    }
    return found
  }

  private static func diagnostic(
    of effect: Effect, endingAt bound: Int, writtenAs entry: MappingEntry, in context: LintContext
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
    hitBy effect: Effect, at place: Place, in context: LintContext
  ) -> Int? {
    let program = context.program
    guard case .integer = program.variables[effect.variable].kind else { return nil }
    let range = program.variables[effect.variable].range
    // Most effects stay within bounds for some value, whatever the guard; then there is no more to look at.
    guard let most = effect.value.results(in: program, values: { program.variables[$0].smallRange }),
      most.contains(where: { !range.contains($0) }),
      let results = effect.value.results(
        in: program, values: { values(of: $0, at: place, in: context) }), !results.isEmpty
    else { return nil }
    if results.allSatisfy({ $0 > range.upperBound }) { return range.upperBound }
    if results.allSatisfy({ $0 < range.lowerBound }) { return range.lowerBound }
    return nil
  }

  /// The values that a variable can have when a transition is taken.
  ///
  /// Effects read running values, so the guard narrows none that some effect of this turn may have changed before.
  private static func values(
    of index: Int, at place: Place, in context: LintContext
  ) -> [Int]? {
    let range = context.program.variables[index].smallRange
    let own = context.program.machines[place.machine].transitions[place.transition].effects
    guard let lowest = range?.first, let atom = context.space.index(of: .variable(index)),
      place.machine <= place.setters[index] ?? place.machine, own.count(where: { $0.variable == index }) <= 1
    else { return range }
    let demand = Constraint(
      context.formulas.guards[place.machine][place.transition],
      is: context.formulas.firing(place.machine))
    let possible = context.space.domains[atom].all.filter { value in
      context.space.possibility(of: [demand], in: context.anything.with(atom, at: value)) != .impossible
    }
    return possible.map { lowest + $0 }
  }
}

extension Variable {
  /// All its values, ascending; nil where they are too many to be followed.
  var smallRange: [Int]? { range.count <= AtomDomain.fullRange ? Array(range) : nil }
}
