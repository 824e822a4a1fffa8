import Dramatis

/// What a rule looks at: a program, where its parts stand, and what can be decided about its conditions.
struct LintContext {
  let program: Program
  let file: SourceFile
  let layout: ProfileLayout
  let formulas: ProgramFormulas
  let reach: Reach
  let settings: LintSettings
  /// All that a condition may be in, whether it can come about or not.
  let anything: Worlds

  var space: ConditionSpace { formulas.space }

  init(of program: Program, in file: SourceFile, root: Node, _ settings: LintSettings) {
    self.program = program
    self.file = file
    self.settings = settings
    layout = ProfileLayout(of: program, in: root)
    formulas = ProgramFormulas(of: program)
    reach = Reach(of: formulas)
    anything = Worlds(of: formulas.space)
  }
}

extension LintContext {
  /// Whether a profile speaks at all, rather than only keep states for a game that reads them.
  var speaks: Bool { !program.topics.isEmpty || !program.lines.isEmpty }

  /// Every condition as written with its node: guards, gates, lines, commitments and relevance.
  var places: [ConditionPlace] {
    var places: [ConditionPlace] = []
    for (index, machine) in program.machines.enumerated() {
      for number in machine.transitions.indices {
        guard let node = layout.guardNode(index, number) else { continue }
        places.append(
          ConditionPlace(
            node: node, formula: formulas.guards[index][number],
            condition: machine.transitions[number].guardCondition, wanted: formulas.firing(index),
            sources: machine.transitions[number].from.map { (index, $0) }, path: []))
      }
    }
    for (index, node) in program.treeNodes.enumerated() {
      for number in node.gates.indices {
        guard let place = layout.gateNode(index, number) else { continue }
        places.append(
          ConditionPlace(
            node: place, formula: formulas.gates[index][number],
            condition: node.gates[number].condition, wanted: .yes, sources: [],
            path: formulas.paths[index]))
      }
    }
    return places + otherPlaces
  }

  private var otherPlaces: [ConditionPlace] {
    let lines = zip(program.lines, layout.lines).map { ($0.condition, $1["when"]) }
    let commitments = zip(program.commitments, layout.commitments).flatMap { commitment, entry in
      [
        (commitment.trigger, entry.value["trigger"]), (commitment.plant, entry.value["plant"]),
        (commitment.abandonWhen, entry.value["abandon-when"]),
      ]
    }
    let relevance = [(program.relevance, layout.root["relevant"])]
    return (relevance + commitments + lines).compactMap { condition, node in
      guard let condition, let node else { return nil }
      return ConditionPlace(
        node: node, formula: space.formula(condition), condition: condition, wanted: .yes, sources: [],
        path: [])
    }
  }
}

/// A condition as it was written, and in what it stands.
struct ConditionPlace {
  let node: Node
  let formula: Formula
  let condition: Condition
  /// The values with which it has its effect.
  let wanted: Outcomes
  /// The machine and the states that it leaves, for a guard.
  let sources: [(machine: Int, state: Int)]
  /// What holds already where it stands, for a gate.
  let path: [Constraint]

  /// Whether it can have one of some values, where it stands and in some worlds.
  func verdict(_ wanted: Outcomes, in worlds: Worlds, _ space: ConditionSpace) -> Verdict {
    let constraints = path + [Constraint(formula, wanted)]
    guard let first = sources.first else { return space.verdict(constraints, in: worlds) }
    let readsOwnState = space.atoms(of: formula).contains {
      space.atoms[$0] == .state(machine: first.machine)
    }
    var verdict = Verdict.impossible
    for source in readsOwnState ? sources : [first] {
      let here = worlds.with(source.state, of: source.machine, in: space)
      switch space.verdict(constraints, in: here) {
      case .possible: return .possible
      case .undecided: verdict = .undecided
      case .impossible: break
      }
    }
    return verdict
  }
}
