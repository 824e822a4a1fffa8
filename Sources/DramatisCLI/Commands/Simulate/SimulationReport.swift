import Dramatis
import DramatisCompiler

/// What the walks of `dramatis simulate` came to.
struct SimulationReport: Encodable {
  struct State: Encodable {
    let name: String
    /// The turns that ended in it, and the walks that came to it and ended in it.
    let turns, walks, ended: Int
    /// Turns began in it, and none ended elsewhere.
    let wasNeverLeft: Bool
    /// Whether a transition leads to another state.
    let canBeLeft: Bool
  }

  struct Transition: Encodable {
    let number: Int
    let condition, to: String
    let fired: Int
  }

  struct MachineEntry: Encodable {
    let name: String
    let kind: Machine.Kind
    let states: [State]
    /// Empty for a machine that carries a belief, which takes no single transition.
    let transitions: [Transition]
  }

  struct Statement: Encodable {
    let topic, text: String
    let fired: Int
  }

  struct Asked: Encodable {
    let mean: Double
    let most: Int
  }

  let character: String
  let seed: UInt64
  let answers: String
  let walks, turns: Int
  let wasInterrupted: Bool
  let machines: [MachineEntry]
  let statements: [Statement]
  let questions, rounds: Asked
  /// What was explored to tell what is impossible; nil where everything was seen.
  let exploration: ExplorationReport?
}

extension SimulationReport {
  init(
    _ tally: SimulationTally, of program: Program, seed: UInt64, answers: String, wasInterrupted: Bool,
    explore: () -> SlicedExploration
  ) {
    character = program.character
    self.seed = seed
    self.answers = answers
    (walks, turns) = (tally.walks, tally.turns)
    self.wasInterrupted = wasInterrupted
    machines = program.machines.indices.map { MachineEntry($0, program, tally) }
    statements = program.topics.flatMap { topic in
      program.nodes(below: topic.root).flatMap { program.treeNodes[$0].statements }.map {
        Statement(topic: topic.name, text: program.statements[$0], fired: tally.highlight.statements[$0])
      }
    }
    questions = Asked(tally.questions, of: tally.turns)
    rounds = Asked(tally.rounds, of: tally.turns)
    let hasUnseen =
      machines.contains { $0.states.contains { $0.turns == 0 } || $0.transitions.contains { $0.fired == 0 } }
      || statements.contains { $0.fired == 0 }
    exploration = hasUnseen ? ExplorationReport(explore(), of: program) : nil
  }
}

extension SimulationReport.MachineEntry {
  fileprivate init(_ index: Int, _ program: Program, _ tally: SimulationTally) {
    let machine = program.machines[index]
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
        to: machine.states[transition.to].name, fired: tally.highlight.transitions[index][number])
    }
  }
}

extension SimulationReport.Asked {
  fileprivate init(_ counted: (sum: Int, most: Int), of turns: Int) {
    // Two decimals, so that no platform's last bit shows.
    mean = turns == 0 ? 0 : Double((counted.sum * 100 + turns / 2) / turns) / 100
    most = counted.most
  }
}
