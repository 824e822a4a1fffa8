import Dramatis

/// Finds transitions before which another is always taken.
enum ShadowedTransition: LintRule {
  static let code = DiagnosticCode(
    "L003", name: "shadowed-transition", severity: .warning,
    summary: "A transition before which another is always taken.")
  /// How many combinations of values are looked at in one profile before nothing more is claimed.
  private static let mostWork = 20_000_000

  static func check(_ context: LintContext) -> [Diagnostic] {
    var work = mostWork
    var found: [Diagnostic] = []
    for (index, machine) in context.program.machines.enumerated() where machine.kind == .deterministic {
      var search = ShadowSearch(machine: index, context: context, work: work)
      found += machine.transitions.indices.compactMap { search.diagnostic($0) }
      work = search.work
    }
    return found
  }
}

/// Looks for shadowed transitions in one machine.
private struct ShadowSearch {
  /// How many transitions before one are looked at.
  private static let reach = 64
  private let context: LintContext
  private let machine: Int
  private let transitions: [Transition]
  /// By transition and state, whether the one leaves the other.
  private let leaves: [[Bool]]
  private(set) var work: Int

  init(machine: Int, context: LintContext, work: Int) {
    (self.machine, self.context, self.work) = (machine, context, work)
    transitions = context.program.machines[machine].transitions
    let nowhere = context.program.machines[machine].states.map { _ in false }
    leaves = transitions.map { $0.from.reduce(into: nowhere) { $0[$1] = true } }
  }

  /// How many of the others are shown.
  private static let marked = 5

  mutating func diagnostic(_ number: Int) -> Diagnostic? {
    guard context.reach.canFire[machine][number], number > 0, work > 0 else { return nil }
    var first: Set<Int> = []
    var known: Set<[Int]> = []
    let related = related(to: number)
    for state in transitions[number].from where context.reach.states[machine][state] {
      let earlier = related.filter { leaves[$0][state] }
      let readsState = ([number] + earlier).contains { context.formulas.readsOwnState($0, of: machine) }
      // Where no guard reads the state, the same transitions shadow in every state that they leave.
      guard known.insert(earlier).inserted || readsState else { continue }
      guard let shadowing = shadows(of: number, among: earlier, in: state) else { return nil }
      first.formUnion(shadowing)
    }
    guard !first.isEmpty, let node = context.layout.guardNode(of: number, in: machine) else { return nil }
    let others = first.sorted().compactMap { context.layout.guardNode(of: $0, in: machine)?.span }
    return Diagnostic(
      ShadowedTransition.code, message: "this transition is never taken", at: node.span,
      label: "whenever this is yes, \(others.count == 1 ? "the other" : "one of the others") is taken before",
      help: ["the first transition whose guard is yes wins: put this one before, or remove it"],
      marks: others.prefix(Self.marked).map { Diagnostic.Mark($0, "this one is taken") })
  }

  /// The transitions one of which is always taken before in a state; nil where there are none.
  private mutating func shadows(of number: Int, among earlier: [Int], in state: Int) -> [Int]? {
    let guards = context.formulas.guards[machine]
    let here = context.anything.with(state, of: machine, in: context.space)
    let own = Constraint(guards[number], is: .yes)
    guard context.space.possibility(of: [own], in: here, work: &work) != .impossible else { return nil }
    let no = earlier.map { Constraint(guards[$0], is: .notYes) }
    for (index, demand) in zip(earlier, no)
    where context.space.possibility(of: [own, demand], in: here, work: &work) == .impossible {
      return [index]
    }
    guard earlier.count > 1, context.space.possibility(of: [own] + no, in: here, work: &work) == .impossible
    else {
      return nil
    }
    return earlier
  }

  /// The earlier transitions that have to do with one: they read what it reads, or read nothing free.
  private func related(to number: Int) -> [Int] {
    let role = transitions[number].role
    let own = Set(context.formulas.guardAtoms[machine][number])
    return (max(0, number - Self.reach)..<number).filter { index in
      guard transitions[index].role == .any || transitions[index].role == role else { return false }
      let atoms = context.formulas.guardAtoms[machine][index]
      return atoms.contains(where: own.contains) || !atoms.contains { context.space.atoms[$0].isFree }
    }
  }
}
