import Dramatis

/// One event of an explored turn, by what was picked in it.
public struct ExploredStep: Hashable, Sendable {
  /// From which side it came.
  public let side: EventSide
  /// What was picked, in the order in which it became open.
  public let picks: [Pick]
}

/// What an ``Explorer`` has found.
public struct Exploration: Sendable {
  /// A position, and the turn that led to it first.
  public struct Position: Sendable {
    /// Where the character stands.
    public let snapshot: Snapshot
    /// Index of the position before; nil for the initial one.
    public let parent: Int?
    /// The events of the turn; empty for one that was not relevant.
    public let steps: [ExploredStep]
    /// The least number of turns that lead here.
    public let turns: Int
  }

  /// A turn that was explored, by where it begins.
  struct Turn: Sendable {
    /// Index of the position before it.
    let position: Int
    /// Its events.
    let steps: [ExploredStep]
  }

  /// The positions in the order found: those of fewer turns come first.
  public private(set) var positions: [Position] = []
  /// For each machine and state the first position in it; nil where there is none.
  public private(set) var firstInState: [[Int?]]
  /// For each machine and transition the turn in which it fired first; always nil for machines that carry a belief.
  private(set) var firstFired: [[Turn?]]
  /// For each node of the trees the first turn that may read it.
  private(set) var firstOpened: [Turn?]
  /// For each commitment the first position in which it stands so far.
  private var firstInStatus: [[CommitmentStatus: Int]]
  /// What is open in a turn.
  public let choices: [Choice]
  /// In what it allows more than can happen; empty where every position found can really be reached.
  public let notes: [String]
  /// Why it went no further.
  public internal(set) var end = ExplorationEnd.stopped
  /// Whether nothing was left out: what was not found cannot happen.
  public var isComplete: Bool { end == .explored }
  /// Whether the bound on positions was reached.
  public internal(set) var wasBounded = false
  /// What was left of the work that the limits allow.
  public internal(set) var workLeft = 0

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

  mutating func fire(_ transition: Int, of machine: Int, in turn: Turn) {
    if firstFired[machine][transition] == nil { firstFired[machine][transition] = turn }
  }

  /// The number of nodes that were not open before.
  mutating func open(_ nodes: [Int], in turn: Turn) -> Int {
    nodes.count { node in
      guard firstOpened[node] == nil else { return false }
      firstOpened[node] = turn
      return true
    }
  }

  /// For each machine and transition whether it has fired; always false for machines that carry a belief.
  public var hasFired: [[Bool]] { firstFired.map { $0.map { $0 != nil } } }
  /// For each node of the trees whether some turn may read it.
  public var isOpened: [Bool] { firstOpened.map { $0 != nil } }

  /// The positions on a shortest way to one, the initial one first.
  public func path(to position: Int) -> [Position] {
    var path = [positions[position]]
    while let parent = path.last?.parent { path.append(positions[parent]) }
    return path.reversed()
  }
}

/// Why an exploration went no further.
public enum ExplorationEnd: String, Hashable, Sendable, Encodable, Comparable, CaseIterable {
  /// Nothing was left to explore.
  case explored
  /// All that was looked for had been found.
  case found
  /// There were more positions than allowed.
  case positions
  /// There was more to look at than allowed.
  case work
  /// Whoever waited for it had enough.
  case stopped

  /// By how little they leave open, the least first.
  public static func < (left: ExplorationEnd, right: ExplorationEnd) -> Bool { left.rank < right.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// A part of a program that can be reached, by indices.
public enum ExplorationTarget: Hashable, Sendable {
  /// A state of a machine.
  case state(machine: Int, Int)
  /// A transition of a machine.
  case transition(machine: Int, Int)
  /// A node of a topic's tree.
  case node(topic: Int, Int)
  /// What becomes of a commitment.
  case status(commitment: Int, CommitmentStatus)
}

/// What an exploration is after.
struct ExplorationGoal: Hashable, Sendable {
  /// The topics whose gates are looked at.
  let topics: [Int]
  private let targets: [ExplorationTarget]

  /// Everything of some machines, of some topics and, if wanted, of the commitments that the character pays.
  ///
  /// - Parameter wanted: What of it is looked for; nil for all.
  init(
    machines: [Int], topics: [Int], commitments: Bool, wanted: Set<ExplorationTarget>? = nil,
    of program: Program
  ) {
    self.topics = topics
    let all =
      machines.flatMap { Self.targets(ofMachine: $0, in: program) }
      + topics.flatMap { topic in
        program.nodes(below: program.topics[topic].root).map { .node(topic: topic, $0) }
      } + (commitments ? Self.statuses(of: program) : [])
    targets = wanted.map { wanted in all.filter { wanted.contains($0) } } ?? all
  }

  private static func targets(ofMachine index: Int, in program: Program) -> [ExplorationTarget] {
    let machine = program.machines[index]
    let transitions = machine.kind == .belief ? [] : Array(machine.transitions.indices)
    return machine.states.indices.map { .state(machine: index, $0) }
      + transitions.map { .transition(machine: index, $0) }
  }

  private static func statuses(of program: Program) -> [ExplorationTarget] {
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
  fileprivate func hasFound(_ target: ExplorationTarget) -> Bool {
    switch target {
    case .state(let machine, let state): firstInState[machine][state] != nil
    case .transition(let machine, let transition): firstFired[machine][transition] != nil
    case .node(_, let node): firstOpened[node] != nil
    case .status(let commitment, let status): first(status, of: commitment) != nil
    }
  }
}
