import Dramatis

/// What happened in some turns, to be shown in a ``Graph``.
///
/// All counts are by the program's own indices. Whoever reads a transcript notes every step of it.
package struct GraphHighlight: Hashable, Sendable {
  /// For each machine and state the turns that ended in it.
  package private(set) var states: [[Int]]
  /// For each machine and transition how often it fired out of each state.
  package private(set) var departures: [[[Int]]]
  /// For each node of the trees how often a gate opened it, or a topic began with it.
  package private(set) var nodes: [Int]
  /// For each statement how often it fired.
  package private(set) var statements: [Int]
  /// Where the character stood at last.
  package private(set) var last: Snapshot

  /// For each machine and transition how often it fired.
  package var transitions: [[Int]] { departures.map { $0.map { $0.reduce(0, +) } } }

  /// Nothing has happened yet.
  package init(for program: Program) {
    states = program.machines.map { [Int](repeating: 0, count: $0.states.count) }
    departures = program.machines.map { machine in
      machine.transitions.map { _ in [Int](repeating: 0, count: machine.states.count) }
    }
    nodes = [Int](repeating: 0, count: program.treeNodes.count)
    statements = [Int](repeating: 0, count: program.statements.count)
    last = program.initialSnapshot()
  }

  /// Adds one step of the program.
  ///
  /// - Parameters:
  ///   - step: What ``Program/step(from:event:scene:given:isLine:)`` gave.
  ///   - openedNodes: The nodes that the step read; see `Program.openedNodes(in:event:given:)`.
  /// - Precondition: The step is one of the program that this was made for.
  package mutating func note(_ step: Step, openedNodes: [Int]) {
    for fired in step.grounding.fired {
      if let transition = fired.transition { departures[fired.machine][transition][fired.from] += 1 }
    }
    for node in openedNodes { nodes[node] += 1 }
    for fired in step.grounding.statements { statements[fired.statement] += 1 }
  }

  /// Adds where the character stands when a turn has ended, its own line included.
  ///
  /// - Precondition: The snapshot was made by the program that this was made for.
  package mutating func note(endOfTurn snapshot: Snapshot) {
    for (machine, state) in snapshot.states.enumerated() { states[machine][state] += 1 }
    last = snapshot
  }
}
