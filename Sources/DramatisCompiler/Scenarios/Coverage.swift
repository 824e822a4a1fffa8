import Dramatis

/// Which parts of a program some turns have used.
package struct Coverage: Sendable {
  /// For each machine and state whether a turn began or ended in it.
  private(set) var states: [[Bool]]
  /// For each machine and transition whether it fired.
  private(set) var transitions: [[Bool]]
  /// For each node of the trees whether it was read.
  private(set) var nodes: [Bool]

  /// For each commitment what has become of it.
  private(set) var commitments: [Set<CommitmentStatus>]

  /// Nothing has been used yet.
  package init(of program: Program) {
    states = program.machines.map { $0.states.map { _ in false } }
    transitions = program.machines.map { $0.transitions.map { _ in false } }
    nodes = program.treeNodes.map { _ in false }
    commitments = program.commitments.map { _ in [] }
  }

  /// Adds what a turn has used.
  ///
  /// - Precondition: The turn is one of the program that this was made for.
  mutating func note(_ record: TurnRecord) {
    note(record.before)
    for step in record.steps {
      note(step.step.snapshot)
      for fired in step.step.grounding.fired {
        if let transition = fired.transition { transitions[fired.machine][transition] = true }
      }
      for change in step.step.grounding.commitments {
        guard let status = CommitmentStatus(rawValue: change.kind.rawValue) else { continue }
        commitments[change.commitment].insert(status)
      }
      for node in record.program.openedNodes(in: step.step, event: step.event, given: step.answers) {
        nodes[node] = true
      }
    }
  }

  private mutating func note(_ snapshot: Snapshot) {
    for (machine, state) in snapshot.states.enumerated() { states[machine][state] = true }
  }

  /// Adds what other turns of the same program have used.
  package mutating func formUnion(_ other: Coverage) {
    func either(_ left: [Bool], _ right: [Bool]) -> [Bool] { zip(left, right).map { $0 || $1 } }
    states = zip(states, other.states).map(either)
    transitions = zip(transitions, other.transitions).map(either)
    nodes = either(nodes, other.nodes)
    commitments = zip(commitments, other.commitments).map { $0.union($1) }
  }
}
