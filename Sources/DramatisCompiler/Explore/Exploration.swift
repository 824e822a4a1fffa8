import Dramatis

/// One event of an explored turn, by what was picked in it.
package struct ExploredStep: Hashable, Sendable {
  /// From which side it came.
  package let side: EventSide
  /// What was picked, in the order in which it became open.
  package let picks: [Pick]
}

/// What an ``Explorer`` has found.
package struct Exploration: Sendable {
  /// A position, and the turn that led to it first.
  package struct Position: Sendable {
    /// Where the character stands.
    package let snapshot: Snapshot
    /// Index of the position before; nil for the initial one.
    package let parent: Int?
    /// The events of the turn; empty for one that was not relevant.
    package let steps: [ExploredStep]
    /// The least number of turns that lead here.
    package let turns: Int
  }

  /// A turn that was explored, by where it begins.
  struct Way: Sendable {
    /// Index of the position before it.
    let position: Int
    /// Its events.
    let steps: [ExploredStep]
  }

  /// The positions in the order found: those of fewer turns come first.
  package private(set) var positions: [Position] = []
  /// For each machine and state the first position in it; nil where there is none.
  package private(set) var firstInState: [[Int?]]
  /// For each machine and transition the turn in which it fired first; always nil for machines that carry a belief.
  private(set) var firstFired: [[Way?]]
  /// For each node of the trees the first turn that may read it.
  private(set) var firstOpened: [Way?]
  /// For each commitment the first position in which it stands so far.
  private var firstInStatus: [[CommitmentStatus: Int]]
  /// What is open in a turn.
  package let choices: [Choice]
  /// In what it allows more than can happen; empty where every position found can really be reached.
  package let notes: [String]
  /// Why it went no further.
  package internal(set) var end = ExplorationEnd.stopped
  /// Whether nothing was left out: what was not found cannot happen.
  package var isComplete: Bool { end == .explored }
  /// Whether the bound on positions was reached.
  package internal(set) var wasBounded = false
  /// What was left of the work that the limits allow.
  package internal(set) var workLeft = 0

  init(of program: Program, _ choices: ChoiceProgram) {
    self.choices = choices.choices
    notes = choices.notes
    firstInState = program.machines.map { $0.states.map { _ in nil } }
    firstFired = program.machines.map { $0.transitions.map { _ in nil } }
    firstOpened = program.treeNodes.map { _ in nil }
    firstInStatus = program.commitments.map { _ in [:] }
  }

  mutating func add(_ snapshot: Snapshot, parent: Int?, steps: [ExploredStep]) {
    let turns = parent.map { positions[$0].turns + 1 } ?? 0
    for (machine, state) in snapshot.states.enumerated() where firstInState[machine][state] == nil {
      firstInState[machine][state] = positions.count
    }
    for (index, progress) in snapshot.commitments.enumerated()
    where firstInStatus[index][progress.status] == nil {
      firstInStatus[index][progress.status] = positions.count
    }
    positions.append(Position(snapshot: snapshot, parent: parent, steps: steps, turns: turns))
  }

  /// The first position in which a commitment has come so far; nil where there is none.
  func first(_ status: CommitmentStatus, of commitment: Int) -> Int? { firstInStatus[commitment][status] }

  mutating func fire(_ transition: Int, of machine: Int, in way: Way) {
    if firstFired[machine][transition] == nil { firstFired[machine][transition] = way }
  }

  /// The number of nodes that were not open before.
  mutating func open(_ nodes: [Int], in way: Way) -> Int {
    nodes.count { node in
      guard firstOpened[node] == nil else { return false }
      firstOpened[node] = way
      return true
    }
  }

  /// For each machine and transition whether it has fired; always false for machines that carry a belief.
  package var hasFired: [[Bool]] { firstFired.map { $0.map { $0 != nil } } }
  /// For each node of the trees whether some turn may read it.
  package var isOpened: [Bool] { firstOpened.map { $0 != nil } }

  /// The positions on a shortest way to one, the initial one first.
  package func path(to position: Int) -> [Position] {
    var path = [positions[position]]
    while let parent = path.last?.parent { path.append(positions[parent]) }
    return path.reversed()
  }
}
