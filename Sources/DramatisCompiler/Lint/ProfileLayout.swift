import Dramatis

/// Where each part of a program stands in the file that it was compiled from.
///
/// It is built from the document beside the program, never kept in it, and only when somebody wants to know. A profile
/// without errors has nothing left out, so the document's order is the program's.
package struct ProfileLayout {
  /// A machine as written.
  struct Machine {
    let key: Node
    let body: Node
    /// The keys of the states that are written, by index.
    let states: [Int: Node]
    let transitions: [Node]
  }

  /// A node of a tree as written.
  struct Branch {
    var statements: [Node] = []
    var gates: [Node] = []
  }

  /// A gate that leads to no statement.
  struct EmptyGate {
    let gate: Node
    /// The list in which it stands; nil where it stands alone.
    let list: Node?
    let index: Int
  }

  let root: Node
  let machines: [Machine]
  let variables: [MappingEntry]
  let questions: [MappingEntry]
  let topics: [MappingEntry]
  let commitments: [MappingEntry]
  let lines: [Node]
  /// By index of the program's node.
  private(set) var branches: [Branch]
  /// The gates that lead to no statement, which a program does not have.
  private(set) var emptyGates: [EmptyGate] = []

  /// Finds the parts of a program in the document that it was compiled from.
  init(of program: Program, in root: Node) {
    self.root = root
    variables = root[\ProfileKeys.variables]?.entries ?? []
    questions = root.questions
    commitments = root.commitments
    lines = root[\ProfileKeys.lines]?.elements ?? []
    topics = root[\ProfileKeys.behavior]?.entries ?? []
    machines = zip(program.machines, root[\ProfileKeys.machines]?.entries ?? []).map { machine, entry in
      let keys = entry.value[\MachineKeys.states]?.entries.map(\.key) ?? []
      let states = keys.compactMap { key in
        machine.states.firstIndex { $0.name == key.text }.map { ($0, key) }
      }
      return Machine(
        key: entry.key, body: entry.value, states: Dictionary(states) { first, _ in first },
        transitions: entry.value[\MachineKeys.transitions]?.elements ?? [])
    }
    branches = program.treeNodes.map { _ in Branch() }
    for (topic, entry) in zip(program.topics, topics) {
      let statements = entry.value.isMapping ? entry.value[\TopicKeys.statements] : entry.value
      place(statements, at: topic.root, of: program)
    }
  }

  /// The depth of a program's trees is bounded, so the recursion is.
  private mutating func place(_ list: Node?, at node: Int, of program: Program) {
    let items = list?.elements ?? []
    let gates = program.treeNodes[node].gates
    let written = items.filter(\.isMapping)
    let live = written.count == gates.count ? written : written.filter(\.leadsToStatement)
    for (index, item) in items.enumerated() where item.isMapping && !item.leadsToStatement {
      emptyGates.append(EmptyGate(gate: item, list: list, index: index))
    }
    branches[node] = Branch(statements: items.filter { !$0.isMapping }, gates: live)
    for (gate, item) in zip(gates, live) {
      let branches = [
        (gate.then, item[\GateKeys.then]), (gate.else, item[\GateKeys.else]),
        (gate.unknown, item[\GateKeys.unknown]),
      ]
      for (next, list) in branches {
        guard let next else { continue }
        place(list, at: next, of: program)
      }
    }
  }
}

extension ProfileLayout {
  /// The foreshadows and payoffs of which cues tell that they were written.
  var beats: [MappingEntry] {
    let keys = [CommitmentKeys.keys.foreshadow.name, CommitmentKeys.keys.payoff.name]
    return commitments.flatMap(\.value.entries).filter { keys.contains($0.key.text) }
  }

  /// Whatever has cues.
  var cued: [MappingEntry] { questions + beats }

  /// The condition of a transition.
  func guardNode(of transition: Int, in machine: Int) -> Node? {
    guard machines.indices.contains(machine), machines[machine].transitions.indices.contains(transition)
    else { return nil }
    return machines[machine].transitions[transition][\TransitionKeys.when]
  }

  /// The condition of a gate.
  func gateNode(_ gate: Int, below node: Int) -> Node? {
    branches[node].gates.indices.contains(gate) ? branches[node].gates[gate][\GateKeys.when] : nil
  }
}

/// Reading a document whose shape has been checked.
extension Node {
  /// The entries of a mapping; none of anything else.
  var entries: [MappingEntry] {
    if case .mapping(let entries) = content { entries } else { [] }
  }

  /// The elements of a list; anything else counts as a list of itself, nothing as an empty one.
  var elements: [Node] {
    if case .sequence(let nodes) = content { return nodes }
    return isNull ? [] : [self]
  }

  /// The questions of a profile or of a story.
  var questions: [MappingEntry] {
    (self[\ProfileKeys.questions] ?? self[\StoryKeys.questions])?.entries ?? []
  }

  /// The commitments of a profile or of a story.
  var commitments: [MappingEntry] {
    (self[\ProfileKeys.commitments] ?? self[\StoryKeys.commitments])?.entries ?? []
  }

  /// The cues of a question, a foreshadow or a payoff.
  var cues: Node? { self[\QuestionKeys.cues] ?? self[\BeatKeys.cues] }

  /// The counter-cues of a question, a foreshadow or a payoff.
  var counterCues: Node? { self[\QuestionKeys.counterCues] ?? self[\BeatKeys.counterCues] }

  /// The elements of a list of cues that are phrases: not what is said about lists that ship.
  var writtenCues: [Node] { elements.filter { CueElement($0.text) == .phrase } }

  /// Whether a gate has a statement in one of its branches, however deep.
  var leadsToStatement: Bool {
    [self[\GateKeys.then], self[\GateKeys.else], self[\GateKeys.unknown]].contains { branch in
      branch?.elements.contains { !$0.isMapping || $0.leadsToStatement } ?? false
    }
  }
}
