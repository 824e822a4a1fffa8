import Dramatis

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
  package internal(set) var highlight: GraphHighlight
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
    highlight = GraphHighlight(for: program)
    (turnsEnded, turnsBegun, turnsLeft, walksSeen, walksEnded) = (zeros, zeros, zeros, zeros, zeros)
  }

  mutating func note(from before: Snapshot, to after: Snapshot, _ count: QuestionCount) {
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
