import Dramatis

/// A condition whose leaves are indices into a ``ConditionSpace``.
indirect enum Formula {
  case constant(Bool)
  case leaf(Int)
  case not(Formula)
  case joined(Connective, [Formula])

  /// Calls for every leaf, as often as it stands there.
  func forEachLeaf(_ body: (Int) -> Void) {
    switch self {
    case .constant: break
    case .leaf(let index): body(index)
    case .not(let formula): formula.forEachLeaf(body)
    case .joined(_, let formulas):
      for formula in formulas { formula.forEachLeaf(body) }
    }
  }

  /// How many leaves it has.
  var leafCount: Int {
    var count = 0
    forEachLeaf { _ in count += 1 }
    return count
  }

  /// Whether it is `true` or `false` as written.
  var isConstant: Bool {
    if case .constant = self { true } else { false }
  }
}

/// The conditions of a program as formulas, by where they stand.
struct ProgramFormulas {
  let space: ConditionSpace
  /// By machine and transition.
  let guards: [[Formula]]
  /// What each guard reads, ascending.
  let guardAtoms: [[[Int]]]
  /// By node of the trees and gate.
  let gates: [[Formula]]
  /// By line; nil for one that has no condition.
  let lines: [Formula?]
  /// What must hold for a node of the trees to be read, from its root down.
  let paths: [[Constraint]]
  /// For each statement the node in which it stands.
  let nodeOfStatement: [Int]

  /// How many comparisons a condition may have to count for what stands below it.
  private static let longestOnPath = 64

  init(of program: Program) {
    let space = ConditionSpace(of: program)
    self.space = space
    let guards = program.machines.map { $0.transitions.map { space.formula($0.guardCondition) } }
    self.guards = guards
    guardAtoms = guards.map { $0.map { space.atoms(of: $0) } }
    let gates = program.treeNodes.map { $0.gates.map { space.formula($0.condition) } }
    self.gates = gates
    lines = program.lines.map { $0.condition.map { space.formula($0) } }
    var paths = program.treeNodes.map { _ in [Constraint]() }
    var nodes = program.statements.map { _ in 0 }
    // A gate leads only to later nodes.
    for (index, node) in program.treeNodes.enumerated() {
      for statement in node.statements { nodes[statement] = index }
      for (gate, formula) in zip(node.gates, gates[index]) {
        let branches: [(Int?, Outcomes)] = [(gate.then, .yes), (gate.else, .no), (gate.unknown, .unknown)]
        // A path says less without a long condition, and what it says stays true.
        let isShort = formula.leafCount <= Self.longestOnPath
        for case (let next?, let wanted) in branches {
          paths[next] = paths[index] + (isShort ? [Constraint(formula, is: wanted)] : [])
        }
      }
    }
    self.paths = paths
    nodeOfStatement = nodes
  }

  /// What a guard must come to for its transition to be taken; of a probabilistic machine any that is not *no* will do.
  func firing(_ machine: Int) -> Outcomes {
    space.program.machines[machine].kind == .deterministic ? .yes : .notNo
  }

  /// Whether a guard reads the state of its own machine.
  func readsOwnState(_ transition: Int, of machine: Int) -> Bool {
    space.index(of: .state(machine: machine)).map(guardAtoms[machine][transition].contains) ?? false
  }

  /// Whether a transition can be taken from one of some states; yes where nobody can tell.
  func canFire(_ transition: Int, of machine: Int, from states: [Bool], in worlds: Worlds) -> Bool {
    let formula = guards[machine][transition]
    let sources = space.program.machines[machine].transitions[transition].from.filter { states[$0] }
    guard let first = sources.first else { return false }
    let worlds = space.worlds(worlds, on: space.program.machines[machine].transitions[transition].role.sides)
    return (readsOwnState(transition, of: machine) ? sources : [first]).contains { state in
      let here = worlds.with(state, of: machine, in: space)
      return space.possibility(of: [Constraint(formula, is: firing(machine))], in: here) != .impossible
    }
  }
}

extension Transition.RoleFilter {
  /// Whose events a transition of this role is tried on.
  var sides: [EventSide] {
    switch self {
    case .passive: [.passive]
    case .active: [.active, .line]
    case .any: EventSide.allCases
    }
  }
}
