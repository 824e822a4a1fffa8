import Dramatis

/// A program explored slice by slice: what each machine and each tree can come to.
///
/// A machine is explored with all that it depends on and without the rest, and so is a tree. That makes complete what the
/// whole program would have too many positions for. A slice whose every state, transition and statement was found is not
/// explored any further.
public struct SlicedExploration: Sendable {
  /// One exploration a slice, the same for all machines and trees that depend on the same.
  public private(set) var explorations: [Exploration] = []
  /// For each machine the index of its exploration.
  public private(set) var ofMachine: [Int] = []
  /// For each topic the index of its exploration.
  public private(set) var ofTopic: [Int] = []
  /// What commitments can come to; nil where there are none.
  private(set) var ofCommitments: Exploration?

  /// Whether a bound was reached, so that something may be missing.
  public var wasBounded: Bool { explorations.contains { $0.wasBounded || $0.workLeft <= 0 } }

  /// Why it went no further: of all slices, what leaves the most open.
  public var end: ExplorationEnd { explorations.map(\.end).max() ?? .explored }

  /// Explores every slice of a program.
  ///
  /// - Parameters:
  ///   - program: What to explore.
  ///   - limits: The positions are those of one slice, the work is that of all together.
  ///   - wanted: What is looked for; slices in which nothing of it lies are not explored; nil for everything.
  ///   - isStopped: Asked again and again; once it says yes, what was found so far is kept.
  public init(
    of program: Program, limits: ExplorationLimits = ExplorationLimits(),
    wanted: [ExplorationTarget]? = nil, isStopped: () -> Bool = { false }
  ) {
    let targets = wanted.map { Set($0) }
    let machines = program.machines.indices.map { Slice(of: $0, in: program) }
    let topics = program.topics.map { Slice(of: $0, in: program) }
    var slices: [Slice] = []
    let commitments = program.commitments.isEmpty ? nil : Slice(ofCommitmentsIn: program)
    for slice in machines + topics + [commitments].compactMap(\.self) where !slices.contains(slice) {
      slices.append(slice)
    }
    var limits = limits
    for slice in slices {
      let goal = ExplorationGoal(
        machines: machines.indices.filter { machines[$0] == slice },
        topics: topics.indices.filter { topics[$0] == slice }, commitments: slice == commitments,
        wanted: targets, of: program)
      let part = slice.program(from: program, topics: goal.topics)
      let exploration = Explorer.explore(part, limits: limits, goal: goal, isStopped: isStopped)
      limits.work = max(exploration.workLeft, 0)
      if slice == commitments { ofCommitments = exploration }
      explorations.append(exploration)
    }
    ofMachine = machines.compactMap { slices.firstIndex(of: $0) }
    ofTopic = topics.compactMap { slices.firstIndex(of: $0) }
  }

  /// The exploration of a machine's slice.
  public func exploration(ofMachine machine: Int) -> Exploration { explorations[ofMachine[machine]] }

  /// The exploration of a topic's slice.
  public func exploration(ofTopic topic: Int) -> Exploration { explorations[ofTopic[topic]] }
}

/// The part of a program on which some of its conditions depend: machines and variables, and all that moves them.
///
/// What is left out cannot change what happens inside, so a slice can be explored by itself: its positions are far
/// fewer, and what it reaches is what the whole program reaches.
struct Slice: Hashable {
  private(set) var machines: Set<Int> = []
  private(set) var variables: Set<Int> = []
  /// Whether a commitment is read, and so all of them belong to it.
  private(set) var holdsCommitments = false

  /// The slice of a machine.
  init(of machine: Int, in program: Program) {
    machines = [machine]
    close(in: program)
  }

  /// The slice of what a topic's gates read.
  init(of topic: Topic, in program: Program) {
    for node in program.nodes(below: topic.root) {
      for gate in program.treeNodes[node].gates { add(gate.condition, of: program) }
    }
    close(in: program)
  }

  /// The slice of a machine and of what some conditions read.
  init(of machine: Int, and conditions: [Condition], in program: Program) {
    machines = [machine]
    for condition in conditions { add(condition, of: program) }
    close(in: program)
  }

  /// The slice of what moves commitments.
  init(ofCommitmentsIn program: Program) {
    addCommitments(of: program)
    close(in: program)
  }

  /// Takes in what the slice depends on until nothing is missing.
  private mutating func close(in program: Program) {
    if let relevance = program.relevance { add(relevance, of: program) }
    var before: Slice?
    while before != self {
      before = self
      for (index, machine) in program.machines.enumerated() {
        for transition in machine.transitions {
          if machines.contains(index) { add(transition.guardCondition, of: program) }
          for effect in transition.effects where variables.contains(effect.variable) {
            machines.insert(index)
            add(effect.value.atoms, of: program)
          }
        }
      }
    }
  }

  private mutating func add(_ condition: Condition, of program: Program) {
    add(condition.leaves.flatMap(\.reads), of: program)
  }

  private mutating func add(_ operands: [Operand], of program: Program) {
    for operand in operands {
      machines.formUnion(operand.machines)
      if case .variable(let index) = operand { variables.insert(index) }
      if case .commitment = operand, !holdsCommitments { addCommitments(of: program) }
    }
  }

  private mutating func addCommitments(of program: Program) {
    holdsCommitments = true
    for condition in program.commitments.flatMap(\.conditions) {
      for read in condition.leaves.flatMap(\.reads) {
        machines.formUnion(read.machines)
        if case .variable(let index) = read { variables.insert(index) }
      }
    }
  }
}

extension Slice {
  /// The program in which nothing but the slice moves, with some of its trees and without lines.
  func program(from source: Program, topics: [Int]) -> Program {
    let kept = Set(topics.flatMap { source.nodes(below: source.topics[$0].root) })
    let nodes = source.treeNodes.enumerated().map { index, node in
      kept.contains(index) ? node : TreeNode(statements: [], gates: [])
    }
    return Program(
      character: source.character, aliases: source.aliases, summary: "", voice: "", setting: "",
      greetings: [], examples: [], window: 1, statementBudget: nil, relevance: source.relevance,
      variables: source.variables,
      questions: source.questions, machines: source.machines.enumerated().map { machine($1, at: $0) },
      topics: topics.map { source.topics[$0] }, treeNodes: topics.isEmpty ? [] : nodes,
      statements: source.statements,
      commitments: holdsCommitments ? source.commitments : source.commitments.map(\.frozen), lines: [])
  }

  private func machine(_ machine: Machine, at index: Int) -> Machine {
    let transitions = machines.contains(index) ? machine.transitions : []
    return Machine(
      name: machine.name, kind: machine.kind, states: machine.states,
      transitions: transitions.map { transition in
        Transition(
          from: transition.from, to: transition.to, guardCondition: transition.guardCondition,
          role: transition.role, effects: transition.effects.filter { variables.contains($0.variable) },
          bias: transition.bias)
      })
  }
}

extension Program {
  /// The nodes of a tree, its root first.
  package func nodes(below root: Int) -> [Int] {
    var nodes: [Int] = []
    var waiting = [root]
    while let node = waiting.popLast() {
      nodes.append(node)
      waiting += treeNodes[node].gates.flatMap { [$0.then, $0.else, $0.unknown].compactMap(\.self) }
        .reversed()
    }
    return nodes
  }
}
