import Dramatis

/// What an exploration is after.
package struct ExplorationGoal: Hashable, Sendable {
  /// The topics whose gates are looked at.
  let topics: [Int]
  private let targets: [CoverageTarget]

  /// Everything of some machines, of some topics and, if wanted, of the commitments that the character pays.
  ///
  /// - Parameter wanted: What of it is looked for; nil for all.
  init(
    machines: [Int], topics: [Int], commitments: Bool, wanted: Set<CoverageTarget>? = nil, of program: Program
  ) {
    self.topics = topics
    let all =
      machines.flatMap { Self.targets(ofMachine: $0, program) }
      + topics.flatMap { topic in
        program.nodes(below: program.topics[topic].root).map { .node(topic: topic, $0) }
      } + (commitments ? Self.statuses(program) : [])
    targets = wanted.map { wanted in all.filter { wanted.contains($0) } } ?? all
  }

  private static func targets(ofMachine index: Int, _ program: Program) -> [CoverageTarget] {
    let machine = program.machines[index]
    let transitions = machine.kind == .belief ? [] : Array(machine.transitions.indices)
    return machine.states.indices.map { .state(machine: index, $0) }
      + transitions.map { .transition(machine: index, $0) }
  }

  private static func statuses(_ program: Program) -> [CoverageTarget] {
    program.commitments.indices.filter { program.owns(program.commitments[$0]) }.flatMap { index in
      CommitmentStatus.allCases.filter {
        $0 != .abandoned || program.commitments[index].abandonWhen != nil
      }.map { .status(commitment: index, $0) }
    }
  }

  /// Whether all of it was found.
  func isMet(by exploration: Exploration) -> Bool { targets.allSatisfy(exploration.hasFound) }
}

extension Exploration {
  fileprivate func hasFound(_ target: CoverageTarget) -> Bool {
    switch target {
    case .state(let machine, let state): firstInState[machine][state] != nil
    case .transition(let machine, let transition): firstFired[machine][transition] != nil
    case .node(_, let node): firstOpened[node] != nil
    case .status(let commitment, let status): first(status, of: commitment) != nil
    }
  }
}
