import Dramatis

/// What an exploration is after.
package struct ExplorationGoal: Hashable, Sendable {
  /// The machines of which every state and transition is wanted.
  let machines: [Int]
  /// The topics of which every node is wanted.
  let topics: [Int]
  private let nodes: [Int]

  init(machines: [Int], topics: [Int], of program: Program) {
    self.machines = machines
    self.topics = topics
    nodes = topics.flatMap { program.nodes(below: program.topics[$0].root) }
  }

  /// Whether all of it was found.
  func isMet(by exploration: Exploration, of program: Program) -> Bool {
    nodes.allSatisfy { exploration.firstOpened[$0] != nil }
      && machines.allSatisfy { machine in
        exploration.firstInState[machine].allSatisfy { $0 != nil }
          && (program.machines[machine].kind == .belief
            || exploration.firstFired[machine].allSatisfy { $0 != nil })
      }
  }
}
