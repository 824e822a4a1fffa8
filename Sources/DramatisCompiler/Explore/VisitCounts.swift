import Dramatis

/// How often the parts of a program took part in some turns; a ``Graph`` can show it.
///
/// All counts are by the program's own indices.
public struct VisitCounts: Hashable, Sendable {
  /// For each machine and state the turns that ended in it.
  public private(set) var states: [[Int]]
  /// For each machine and transition how often it fired out of each state.
  public private(set) var departures: [[[Int]]]
  /// For each node of the trees how often a gate opened it, or a topic began with it.
  public private(set) var nodes: [Int]
  /// For each statement how often it fired.
  public private(set) var statements: [Int]
  /// Where the character stood at last.
  public private(set) var last: Snapshot

  /// For each machine and transition how often it fired.
  public var transitions: [[Int]] { departures.map { $0.map { $0.reduce(0, +) } } }

  /// Nothing has happened yet.
  public init(of program: Program) {
    states = program.machines.map { [Int](repeating: 0, count: $0.states.count) }
    departures = program.machines.map { machine in
      machine.transitions.map { _ in [Int](repeating: 0, count: machine.states.count) }
    }
    nodes = [Int](repeating: 0, count: program.treeNodes.count)
    statements = [Int](repeating: 0, count: program.statements.count)
    last = program.initialSnapshot()
  }

  /// Adds a turn of the program's character.
  ///
  /// - Precondition: The record is one of the program that this was made for.
  public mutating func add(_ record: TurnRecord) {
    for step in record.steps {
      add(
        step.step,
        openedNodes: step.isLine
          ? [] : record.program.openedNodes(in: step.step, event: step.event, given: step.answers))
    }
    add(endOfTurn: record.after)
  }

  /// Adds one step of the program.
  ///
  /// - Parameters:
  ///   - step: What ``Program/step(from:event:scene:given:isLine:rules:)`` gave.
  ///   - openedNodes: The nodes that the step read; see `Program.openedNodes(in:event:given:)`.
  /// - Precondition: The step is one of the program that this was made for.
  package mutating func add(_ step: Step, openedNodes: [Int]) {
    for fired in step.grounding.fired {
      if let transition = fired.transition { departures[fired.machine][transition][fired.from] += 1 }
    }
    for node in openedNodes { nodes[node] += 1 }
    for fired in step.grounding.statements { statements[fired.statement] += 1 }
  }

  /// Adds where the character stands when a turn has ended, its own line included.
  ///
  /// - Precondition: The snapshot was made by the program that this was made for.
  package mutating func add(endOfTurn snapshot: Snapshot) {
    for (machine, state) in snapshot.states.enumerated() { states[machine][state] += 1 }
    last = snapshot
  }
}
