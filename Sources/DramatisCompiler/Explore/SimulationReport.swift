import Dramatis

/// What the walks of a ``Simulation`` came to, and what of the rest is impossible.
public struct SimulationReport: Encodable, Sendable {
  /// A state of a machine.
  public struct State: Encodable, Sendable {
    /// Its name.
    public let name: String
    /// The turns that ended in it, and the walks that came to it and ended in it.
    public let turns, walks, ended: Int
    /// Turns began in it, and none ended elsewhere.
    public let wasNeverLeft: Bool
    /// Whether a transition leads to another state.
    public let canBeLeft: Bool
  }

  /// A transition of a machine.
  public struct Transition: Encodable, Sendable {
    /// Its place in the order tried, from 1.
    public let number: Int
    /// Its guard, and the state that it leads to.
    public let condition, to: String
    /// How often it fired.
    public let fired: Int
  }

  /// A machine.
  public struct MachineEntry: Encodable, Sendable {
    /// Its name.
    public let name: String
    /// How it moves.
    public let kind: Machine.Kind
    /// Its states, the initial one first.
    public let states: [State]
    /// Empty for a machine that carries a belief, which takes no single transition.
    public let transitions: [Transition]
  }

  /// A statement.
  public struct Statement: Encodable, Sendable {
    /// Where it stands, and what it says.
    public let topic, text: String
    /// How often it applied.
    public let fired: Int
  }

  /// How much was asked a turn.
  public struct Asked: Encodable, Sendable {
    /// On average, to two decimals.
    public let mean: Double
    /// In the turn that asked the most.
    public let most: Int
  }

  /// Whose walks they were.
  public let character: String
  /// What decided every draw.
  public let seed: UInt64
  /// `by hash` or `drawn`.
  public let answers: String
  /// How many walks and turns were taken.
  public let walks, turns: Int
  /// Whether somebody wanted no more of them.
  public let wasInterrupted: Bool
  /// The machines, in the order of the profile.
  public let machines: [MachineEntry]
  /// The statements, tree by tree.
  public let statements: [Statement]
  /// What a turn asked.
  public let questions, rounds: Asked
  /// What was explored to tell what is impossible; nil where everything was seen.
  public let exploration: ExplorationReport?
}

extension SimulationReport {
  /// Sums the walks up; what was not seen in them is searched for.
  ///
  /// - Parameters:
  ///   - simulation: The walks taken so far.
  ///   - wasInterrupted: Whether there were to be more.
  ///   - limits: How far the program is explored.
  ///   - isStopped: Asked before every position; once it says yes, the exploration ends.
  public init(
    of simulation: Simulation, wasInterrupted: Bool = false, limits: ExplorationLimits = ExplorationLimits(),
    isStopped: () -> Bool = { false }
  ) {
    let (program, tally) = (simulation.program, simulation.tally)
    character = program.character
    seed = simulation.seed
    answers = simulation.answers == .hash ? "by hash" : "drawn"
    (walks, turns) = (tally.walks, tally.turns)
    self.wasInterrupted = wasInterrupted
    machines = program.machines.indices.map {
      MachineEntry(program.machines[$0], at: $0, in: tally, of: program)
    }
    statements = program.topics.flatMap { topic in
      program.nodes(below: topic.root).flatMap { program.treeNodes[$0].statements }.map {
        Statement(topic: topic.name, text: program.statements[$0], fired: tally.visits.statements[$0])
      }
    }
    questions = Asked(tally.questions, in: tally.turns)
    rounds = Asked(tally.rounds, in: tally.turns)
    let hasUnseen =
      machines.contains { $0.states.contains { $0.turns == 0 } || $0.transitions.contains { $0.fired == 0 } }
      || statements.contains { $0.fired == 0 }
    exploration =
      hasUnseen
      ? ExplorationReport(
        SlicedExploration(of: program, limits: limits, isStopped: isStopped), of: program) : nil
  }
}

extension SimulationReport.MachineEntry {
  fileprivate init(_ machine: Machine, at index: Int, in tally: SimulationTally, of program: Program) {
    name = machine.name
    kind = machine.kind
    states = machine.states.indices.map { state in
      SimulationReport.State(
        name: machine.states[state].name, turns: tally.turnsEnded[index][state],
        walks: tally.walksSeen[index][state], ended: tally.walksEnded[index][state],
        wasNeverLeft: tally.turnsBegun[index][state] > 0 && tally.turnsLeft[index][state] == 0,
        canBeLeft: machine.canBeLeft(state))
    }
    guard machine.kind != .belief else {
      transitions = []
      return
    }
    transitions = machine.transitions.enumerated().map { number, transition in
      SimulationReport.Transition(
        number: number + 1, condition: program.text(of: transition.guardCondition),
        to: machine.states[transition.to].name, fired: tally.visits.transitions[index][number])
    }
  }
}

extension SimulationReport.Asked {
  fileprivate init(_ counted: (sum: Int, most: Int), in turns: Int) {
    // Two decimals, so that no platform's last bit shows.
    mean = turns == 0 ? 0 : Double((counted.sum * 100 + turns / 2) / turns) / 100
    most = counted.most
  }
}

/// What was seen in the walks of a ``Simulation``, counted.
package struct SimulationTally: Sendable {
  /// A state of a machine, by indices.
  struct Place: Hashable {
    let machine: Int
    let state: Int
  }

  /// How many walks were taken.
  package private(set) var walks = 0
  /// How many turns were taken in all walks.
  package private(set) var turns = 0
  /// How often states, transitions, nodes and statements were seen, by steps.
  package internal(set) var visits: VisitCounts
  /// For each machine and state the turns that ended in it.
  package private(set) var turnsEnded: [[Int]]
  /// For each machine and state the turns that began in it.
  package private(set) var turnsBegun: [[Int]]
  /// For each machine and state the turns that began in it and ended in another.
  package private(set) var turnsLeft: [[Int]]
  /// For each machine and state the walks that came to it.
  package private(set) var walksSeen: [[Int]]
  /// For each machine and state the walks that ended in it.
  package private(set) var walksEnded: [[Int]]
  /// Questions of all turns, and the most of one.
  package private(set) var questions = (sum: 0, most: 0)
  /// Rounds of all turns, and the most of one.
  package private(set) var rounds = (sum: 0, most: 0)

  init(of program: Program) {
    let zeros = program.machines.map { [Int](repeating: 0, count: $0.states.count) }
    visits = VisitCounts(of: program)
    (turnsEnded, turnsBegun, turnsLeft, walksSeen, walksEnded) = (zeros, zeros, zeros, zeros, zeros)
  }

  mutating func add(from before: Snapshot, to after: Snapshot, asking count: QuestionCount) {
    turns += 1
    for (machine, (from, to)) in zip(before.states, after.states).enumerated() {
      turnsBegun[machine][from] += 1
      turnsEnded[machine][to] += 1
      if from != to { turnsLeft[machine][from] += 1 }
    }
    questions = (questions.sum + count.questions, max(questions.most, count.questions))
    rounds = (rounds.sum + count.rounds, max(rounds.most, count.rounds))
  }

  mutating func end(at snapshot: Snapshot, seen: Set<Place>) {
    walks += 1
    for (machine, state) in snapshot.states.enumerated() { walksEnded[machine][state] += 1 }
    for place in seen { walksSeen[place.machine][place.state] += 1 }
  }
}
