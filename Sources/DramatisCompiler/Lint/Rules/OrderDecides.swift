import Dramatis

/// Finds two guards over the same things that can both be yes, so that only their order decides.
///
/// That the order decides between different questions is how profiles are written. Two guards that read exactly the same
/// seem to divide its values between them; where they overlap, and neither is the narrower one, that went wrong.
enum OrderDecides: LintRule {
  static let code = DiagnosticCode(
    "L006", name: "order-decides", severity: .warning,
    summary: "Two guards over the same values that can both be yes.")
  /// How many guards over the same things are compared with one.
  private static let reach = 16

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.program.machines.indices.filter { context.program.machines[$0].kind == .deterministic }
      .flatMap { check($0, in: context) }
  }

  private static func check(_ machine: Int, in context: LintContext) -> [Diagnostic] {
    var groups: [[Int]: [Int]] = [:]
    var found: [Diagnostic] = []
    for (number, atoms) in context.formulas.guardAtoms[machine].enumerated() {
      guard context.reach.canFire[machine][number],
        atoms.contains(where: { !context.space.atoms[$0].isFree })
      else { continue }
      let earlier = (groups[atoms] ?? []).suffix(reach)
      if let first = earlier.first(where: { overlaps($0, with: number, of: machine, in: context) }) {
        found += diagnostic(on: number, after: first, of: machine, in: context)
      }
      groups[atoms, default: []].append(number)
    }
    return found
  }

  private static func overlaps(_ first: Int, with second: Int, of machine: Int, in context: LintContext)
    -> Bool
  {
    let (left, right) = (
      context.program.machines[machine].transitions[first],
      context.program.machines[machine].transitions[second]
    )
    guard left.to != right.to || left.effects != right.effects,
      left.role == right.role || left.role == .any || right.role == .any,
      let state = left.from.first(where: { right.from.contains($0) && context.reach.states[machine][$0] })
    else { return false }
    let guards = context.formulas.guards[machine]
    let worlds = context.reachable.with(state, of: machine, in: context.space)
    func canBe(_ left: Outcomes, and right: Outcomes) -> Bool {
      context.space.possibility(
        of: [Constraint(guards[first], is: left), Constraint(guards[second], is: right)], in: worlds)
        == .possible
    }
    return canBe(.yes, and: .yes) && canBe(.yes, and: .notYes) && canBe(.notYes, and: .yes)
  }

  private static func diagnostic(
    on second: Int, after first: Int, of machine: Int, in context: LintContext
  ) -> [Diagnostic] {
    guard let node = context.layout.guardNode(of: second, in: machine),
      let other = context.layout.guardNode(of: first, in: machine)
    else { return [] }
    return [
      Diagnostic(
        code, message: "this guard and an earlier one can both be yes", at: node.span,
        label: "then the other one wins, because it comes first",
        help: ["make the two exclude each other, or make the first the narrower one"],
        marks: [Diagnostic.Mark(other.span, "the earlier one")])
    ]
  }
}
