import Dramatis

/// Finds transitions before which another is always taken.
enum ShadowedTransition: LintRule {
  static let code = DiagnosticCode.shadowedTransition
  /// How many transitions before one are looked at.
  private static let reach = 64

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.program.machines.indices.filter { context.program.machines[$0].kind == .deterministic }
      .flatMap { machine in
        context.program.machines[machine].transitions.indices.compactMap {
          check($0, of: machine, context)
        }
      }
  }

  private static func check(_ number: Int, of machine: Int, _ context: LintContext) -> Diagnostic? {
    let transition = context.program.machines[machine].transitions[number]
    guard context.reach.canFire[machine][number], number > 0 else { return nil }
    var first: Set<Int> = []
    var known: Set<[Int]> = []
    for state in transition.from where context.reach.states[machine][state] {
      let earlier = candidates(before: number, machine, in: state, context)
      let readsState = ([number] + earlier).contains { context.formulas.readsOwnState($0, machine) }
      // Where no guard reads the state, the same transitions shadow in every state that they leave.
      guard known.insert(earlier).inserted || readsState else { continue }
      guard let shadowing = shadows(of: number, machine, among: earlier, in: state, context) else {
        return nil
      }
      first.formUnion(shadowing)
    }
    guard !first.isEmpty, let node = context.layout.guardNode(machine, number) else { return nil }
    let lines = first.sorted().compactMap { context.layout.guardNode(machine, $0)?.span.start.line }
    let places = lines.map { "line \($0)" }.joined(separator: " or ")
    return Diagnostic(
      code, "this transition is never taken", at: node.span,
      label: "whenever this is yes, the transition at \(places) is taken before",
      help: ["the first transition whose guard is yes wins: put this one before, or remove it"])
  }

  /// The transitions one of which is always taken before in a state; nil where there are none.
  private static func shadows(
    of number: Int, _ machine: Int, among earlier: [Int], in state: Int, _ context: LintContext
  ) -> [Int]? {
    let guards = context.formulas.guards[machine]
    let here = context.anything.with(state, of: machine, in: context.space)
    let own = Constraint(guards[number], .yes)
    guard context.space.verdict([own], in: here) != .impossible else { return nil }
    let no = earlier.map { Constraint(guards[$0], [.no, .unknown]) }
    for (index, demand) in zip(earlier, no)
    where context.space.verdict([own, demand], in: here) == .impossible {
      return [index]
    }
    return earlier.count > 1 && context.space.verdict([own] + no, in: here) == .impossible ? earlier : nil
  }

  /// The earlier transitions out of a state that have to do with one: they read what it reads, or read nothing free.
  private static func candidates(
    before number: Int, _ machine: Int, in state: Int, _ context: LintContext
  ) -> [Int] {
    let transitions = context.program.machines[machine].transitions
    let role = transitions[number].role
    let own = Set(context.formulas.guardAtoms[machine][number])
    return (max(0, number - reach)..<number).filter { index in
      let earlier = transitions[index]
      guard earlier.from.contains(state), earlier.role == .any || earlier.role == role else { return false }
      let atoms = context.formulas.guardAtoms[machine][index]
      return atoms.contains(where: own.contains) || !atoms.contains { context.space.atoms[$0].isFree }
    }
  }
}
