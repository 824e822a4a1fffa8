import Dramatis

/// Which parts of a program some turns have used.
public struct Coverage: Sendable {
  /// For each machine and state whether a turn began or ended in it.
  private(set) var states: [[Bool]]
  /// For each machine and transition whether it fired.
  private(set) var transitions: [[Bool]]
  /// For each node of the trees whether it was read.
  private(set) var nodes: [Bool]
  /// For each commitment what has become of it.
  private(set) var commitments: [Set<CommitmentStatus>]
  /// For each text of the lines whether it was said.
  private(set) var texts: [Bool]

  /// Nothing has been used yet.
  public init(of program: Program) {
    states = program.machines.map { $0.states.map { _ in false } }
    transitions = program.machines.map { $0.transitions.map { _ in false } }
    nodes = program.treeNodes.map { _ in false }
    commitments = program.commitments.map { _ in [] }
    texts = program.lines.flatMap(\.texts).map { _ in false }
  }

  /// Adds what a turn has used.
  ///
  /// - Precondition: The turn is one of the program that this was made for.
  public mutating func add(_ record: TurnRecord) {
    add(record.before)
    for step in record.steps {
      add(step.step.snapshot)
      for fired in step.step.grounding.fired {
        if let transition = fired.transition { transitions[fired.machine][transition] = true }
      }
      for change in step.step.grounding.commitments {
        guard let status = CommitmentStatus(rawValue: change.kind.rawValue) else { continue }
        commitments[change.commitment].insert(status)
      }
      // Nobody speaks on a line in its own turn, and no tree is read.
      guard !step.isLine else { continue }
      for node in record.program.openedNodes(in: step.step, event: step.event, given: step.answers) {
        nodes[node] = true
      }
    }
  }

  private mutating func add(_ snapshot: Snapshot) {
    for (machine, state) in snapshot.states.enumerated() { states[machine][state] = true }
  }

  /// Adds what the character said; words that are none of the profile's count for nothing.
  public mutating func add(_ line: Line) {
    if let text = line.authored, texts.indices.contains(text) { texts[text] = true }
  }

  /// What a member of a story's cast has used of its profile, which the story's commitments and their lines follow.
  func narrowed(to profile: Program) -> Coverage {
    var narrow = self
    narrow.commitments.removeSubrange(profile.commitments.count...)
    narrow.texts.removeSubrange(profile.lines.flatMap(\.texts).count...)
    return narrow
  }

  /// Adds what other turns of the same program have used.
  public mutating func formUnion(_ other: Coverage) {
    states = zip(states, other.states).map { zip($0, $1).map { $0 || $1 } }
    transitions = zip(transitions, other.transitions).map { zip($0, $1).map { $0 || $1 } }
    nodes = zip(nodes, other.nodes).map { $0 || $1 }
    commitments = zip(commitments, other.commitments).map { $0.union($1) }
    texts = zip(texts, other.texts).map { $0 || $1 }
  }

  func covers(_ target: ExplorationTarget) -> Bool {
    switch target {
    case .state(let machine, let state): states[machine][state]
    case .transition(let machine, let transition): transitions[machine][transition]
    case .node(_, let node): nodes[node]
    case .status(let commitment, let status): commitments[commitment].contains(status)
    }
  }
}

/// What of a program is covered, part by part; what nothing can lead to does not count.
public struct CoverageReport: Sendable {
  /// What can be covered.
  public enum Kind: String, Sendable, CaseIterable {
    case state, transition, gate, commitment
  }

  /// A part of the program.
  public struct Part: Sendable {
    /// What it is.
    public let kind: Kind
    /// `mood.wary`, `mood.3` counted from 1, `personality.2.then` or `old_key.paid`.
    public let name: String
    /// What it leads to, for a reader.
    public let detail: String
    /// Whether some scenario has used it.
    public let isCovered: Bool
    /// Where it is, for a search.
    public let target: ExplorationTarget
  }

  /// All parts that something can lead to, in the order of the program.
  public let parts: [Part]
  /// The lines, which ``percent`` leaves alone.
  public let lines: LineCoverage

  /// Weighs a coverage against everything that is possible.
  ///
  /// - Parameters:
  ///   - coverage: What was used.
  ///   - program: The program that it was used of.
  ///   - explored: What a search has come to; without one, whatever transitions lead to at all counts.
  public init(_ coverage: Coverage, of program: Program, explored: SlicedExploration? = nil) {
    parts = PartFinder(program: program, coverage: coverage, explored: explored).parts
    lines = LineCoverage(coverage, of: program)
  }

  /// Weighs what a cast has used against what its story adds: the shared commitments, each as whoever pays it moves it.
  ///
  /// Nothing is searched for, so that every step of a commitment counts.
  init(_ coverages: [Coverage], of story: Story) {
    let members = zip(zip(story.cast, story.profiles), coverages)
    parts = members.flatMap { programs, coverage in
      PartFinder(program: programs.0, coverage: coverage, explored: nil)
        .parts(ofCommitmentsFrom: programs.1.program.commitments.count)
    }
    lines = LineCoverage(
      parts: members.flatMap { programs, coverage in
        LineCoverage(coverage, of: programs.0).parts.dropFirst(programs.1.program.lines.count)
      })
  }

  /// How many parts of a kind are covered, and how many there are.
  public func count(of kind: Kind) -> (covered: Int, all: Int) {
    let parts = parts.filter { $0.kind == kind }
    return (parts.count(where: \.isCovered), parts.count)
  }

  /// The covered parts in percent, rounded down; 100 where there is nothing to cover.
  public var percent: Int {
    parts.isEmpty ? 100 : parts.count(where: \.isCovered) * 100 / parts.count
  }

  /// The parts that no scenario has used.
  public var uncovered: [Part] { parts.filter { !$0.isCovered } }
}

/// Lists the parts of a program that can come about.
private struct PartFinder {
  typealias Part = CoverageReport.Part

  let program: Program
  let coverage: Coverage
  let explored: SlicedExploration?

  var parts: [Part] {
    program.machines.indices.flatMap(states) + program.machines.indices.flatMap(transitions)
      + program.topics.indices.flatMap(branches) + parts(ofCommitmentsFrom: 0)
  }

  /// What becomes of the commitments from one on.
  func parts(ofCommitmentsFrom first: Int) -> [Part] {
    program.commitments.indices.suffix(from: first).flatMap(statuses)
  }

  /// Nil for what can never be covered.
  private func part(
    _ kind: CoverageReport.Kind, named name: String, detail: String, at target: ExplorationTarget,
    unless isImpossible: Bool
  ) -> Part? {
    let isCovered = coverage.covers(target)
    guard isCovered || !isImpossible else { return nil }
    return Part(kind: kind, name: name, detail: detail, isCovered: isCovered, target: target)
  }

  private func states(of index: Int) -> [Part] {
    let machine = program.machines[index]
    let exploration = explored?.exploration(ofMachine: index)
    return machine.statesInReach.compactMap { state in
      part(
        .state, named: "\(machine.name).\(machine.states[state].name)",
        detail: machine.states[state].description, at: .state(machine: index, state),
        unless: exploration.map { $0.isComplete && $0.firstInState[index][state] == nil } ?? false)
    }
  }

  /// A machine that carries a belief takes no single transition.
  private func transitions(of index: Int) -> [Part] {
    let machine = program.machines[index]
    let exploration = explored?.exploration(ofMachine: index)
    guard machine.kind != .belief else { return [] }
    return machine.transitions.enumerated().compactMap { place, transition in
      part(
        .transition, named: "\(machine.name).\(place + 1)",
        detail:
          "to \(machine.states[transition.to].name) when \(program.text(of: transition.guardCondition))",
        at: .transition(machine: index, place),
        unless: exploration.map { $0.isComplete && !$0.hasFired[index][place] } ?? false)
    }
  }

  /// Each branch of a gate that leads somewhere is a part, and a topic that is not always active.
  private func branches(of index: Int) -> [Part] {
    let exploration = explored?.exploration(ofTopic: index)
    let topic = program.topics[index]
    let root = part(
      .gate, named: topic.name, detail: "only when \(topic.partner ?? "") acts",
      at: .node(topic: index, topic.root), unless: false)
    return (topic.partner == nil ? [] : [root].compactMap(\.self))
      + program.branches(of: index).compactMap { branch in
        part(
          .gate, named: branch.place,
          detail: program.text(of: branch.path.last?.condition ?? .constant(true)),
          at: .node(topic: index, branch.node),
          unless: exploration.map { $0.isComplete && !$0.isOpened[branch.node] } ?? false)
      }
  }

  /// What can become of a commitment is a part each; nobody here moves one that somebody else is to pay.
  private func statuses(of index: Int) -> [Part] {
    let commitment = program.commitments[index]
    guard program.owns(commitment) else { return [] }
    let statuses: [CommitmentStatus] = [.planted, .triggered, .paid]
    return (statuses + (commitment.abandonWhen == nil ? [] : [.abandoned])).compactMap { status in
      part(
        .commitment, named: "\(commitment.name).\(status.rawValue)",
        detail: detail(status, of: commitment), at: .status(commitment: index, status),
        unless: explored?.ofCommitments.map { $0.isComplete && $0.first(status, of: index) == nil } ?? false)
    }
  }

  private func detail(_ status: CommitmentStatus, of commitment: Commitment) -> String {
    switch status {
    case .planned: ""
    case .planted: commitment.plant.map { "when \(program.text(of: $0))" } ?? commitment.foreshadow
    case .triggered: "when \(program.text(of: commitment.trigger))"
    case .paid: commitment.payoff
    case .abandoned: commitment.abandonWhen.map { "when \(program.text(of: $0))" } ?? ""
    }
  }
}

/// A branch of a gate, with all that must hold to come to it.
struct TreeBranch: Sendable {
  /// A gate on the path, and what its condition has to come to.
  struct Passage: Sendable {
    let condition: Condition
    let truth: Truth
  }

  /// Such as `personality.2.then`, counted from 1.
  let place: String
  /// Index of the node that it leads to.
  let node: Int
  /// The gates from the root on, its own last.
  let path: [Passage]
}

extension Program {
  /// Every branch of a topic that leads somewhere, depth first.
  func branches(of topic: Int) -> [TreeBranch] {
    branches(below: topics[topic].root, at: topics[topic].name, along: [])
  }

  /// The depth of a program's trees is bounded, so the recursion is.
  private func branches(
    below node: Int, at place: String, along path: [TreeBranch.Passage]
  ) -> [TreeBranch] {
    treeNodes[node].gates.enumerated().flatMap { index, gate in
      let ends: [(String, Truth, Int?)] = [
        ("then", .yes, gate.then), ("else", .no, gate.else), ("unknown", .unknown, gate.unknown),
      ]
      return ends.flatMap { name, truth, next -> [TreeBranch] in
        guard let next else { return [] }
        let path = path + [TreeBranch.Passage(condition: gate.condition, truth: truth)]
        let place = "\(place).\(index + 1).\(name)"
        return [TreeBranch(place: place, node: next, path: path)]
          + branches(below: next, at: place, along: path)
      }
    }
  }
}
