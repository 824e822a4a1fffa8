import Dramatis

/// Finds commitments that never fall due, though each of their conditions can hold.
///
/// That one is given up by what triggers it is decided exactly; for all else everything that can happen is gone through.
enum NeverDue: LintRule {
  static let code = DiagnosticCode(
    "L062", name: "never-due", severity: .warning, summary: "A commitment that can never fall due.")
  static let looksAtStories = true
  /// How far it is explored.
  private static let limits: ExplorationLimits = {
    var limits = ExplorationLimits(positions: 1_000)
    limits.work = 200_000
    return limits
  }()

  static func check(_ context: LintContext) -> [Diagnostic] {
    let program = context.program
    let declared = zip(context.layout.commitments.indices, context.layout.commitments).map {
      (index: context.firstCommitment + $0, entry: $1.value)
    }.filter { program.commitments.indices.contains($0.index) && program.owns(program.commitments[$0.index]) }
    var found: [Diagnostic] = []
    var open: [(index: Int, entry: Node)] = []
    for (index, entry) in declared where isDecidable(index, context) {
      if let node = entry[\CommitmentKeys.abandonWhen], isGivenUp(index, context) {
        found.append(
          Diagnostic(
            code, message: "'\(program.commitments[index].name)' is given up whenever it falls due",
            at: node.span, label: "wherever the trigger holds, this holds too",
            help: ["give it up by something else, or remove this"]))
      } else {
        open.append((index, entry))
      }
    }
    let never = neverTriggered(open.map(\.index), context)
    return found
      + open.filter { never.contains($0.index) }.compactMap { index, entry in
        entry[\CommitmentKeys.trigger].map { node in
          Diagnostic(
            code, message: "'\(program.commitments[index].name)' never falls due", at: node.span,
            label: "nothing that can happen leads there",
            help: ["look at what plants it, what gives it up and what the trigger waits for"])
        }
      }
  }

  /// Whether each condition alone can hold, so that nothing else is said of them.
  private static func isDecidable(_ index: Int, _ context: LintContext) -> Bool {
    let commitment = context.program.commitments[index]
    // With a certainty of one half even unknown is enough.
    guard commitment.certainty ?? 1 > 0.5 else { return false }
    let worlds = worlds(index, context)
    return [commitment.plant, commitment.trigger].compactMap(\.self).allSatisfy {
      let demand = Constraint(context.space.formula($0), is: .yes)
      return context.space.possibility(of: [demand], in: worlds) == .possible
    }
  }

  private static func isGivenUp(_ index: Int, _ context: LintContext) -> Bool {
    let commitment = context.program.commitments[index]
    guard let abandonWhen = commitment.abandonWhen else { return false }
    let demands = [
      Constraint(context.space.formula(commitment.trigger), is: .yes),
      Constraint(context.space.formula(abandonWhen), is: .notYes),
    ]
    return context.space.possibility(of: demands, in: worlds(index, context)) == .impossible
  }

  /// What can come about while the trigger is looked at.
  private static func worlds(_ index: Int, _ context: LintContext) -> Worlds {
    var worlds = context.reachable
    let known = context.program.commitments[index].after.map { ($0, [CommitmentStatus.paid]) }
    for (commitment, statuses) in known + [(index, [.planned, .planted])] {
      guard let atom = context.space.index(of: .commitment(commitment)) else { continue }
      worlds.allowed[atom] = context.space.domains[atom].values.indices.filter {
        if case .status(let status) = context.space.domains[atom].values[$0] {
          statuses.contains(status)
        } else {
          true
        }
      }
    }
    return worlds
  }

  /// Those of some commitments that are triggered in nothing that can happen; none where not all of it was looked at.
  private static func neverTriggered(_ indices: [Int], _ context: LintContext) -> [Int] {
    let program = context.program
    // What others of a cast pay nobody moves here, and what a game sets is not followed.
    guard !indices.isEmpty, program.commitments.allSatisfy(program.owns) else { return [] }
    let slice = Slice(ofCommitmentsIn: program)
    let set = Set(program.machines.flatMap(\.transitions).flatMap(\.effects).map(\.variable))
    guard slice.variables.isSubset(of: set) else { return [] }
    let goal = ExplorationGoal(
      machines: [], topics: [], commitments: true,
      wanted: Set(indices.map { .status(commitment: $0, .triggered) }), of: program)
    let exploration = Explorer.explore(slice.program(from: program, topics: []), limits: limits, goal: goal)
    guard exploration.isComplete else { return [] }
    return indices.filter { exploration.first(.triggered, of: $0) == nil }
  }
}
