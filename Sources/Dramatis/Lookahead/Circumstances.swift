/// Everything that a condition can read, to be filled in freely.
package struct Circumstances: Sendable {
  /// The state of each machine.
  package var states: [Int]
  /// The probabilities of each machine's states, where it carries a belief.
  package var beliefs: [[Double]]
  /// The stored value of each variable.
  package var variables: [Int]
  /// The status of each commitment.
  package var commitments: [CommitmentStatus]
  /// The number of the turn.
  package var turn: Int
  /// What happens.
  package var event = Event()
  /// What has been answered.
  package var answers: Answers

  /// Those in which a program begins, with nothing answered.
  ///
  /// - Parameter event: What happens.
  package init(of program: Program, on event: Event = Event()) {
    self.init(of: program, at: program.initialSnapshot())
    turn = 1
    self.event = event
  }

  /// Those of a position, with nothing answered.
  package init(of program: Program, at snapshot: Snapshot) {
    turn = snapshot.turn
    states = snapshot.states
    beliefs = snapshot.beliefs
    variables = snapshot.variables
    commitments = snapshot.commitments.map(\.status)
    answers = Answers(for: program)
  }

  /// What a condition comes to in them.
  package func truth(of condition: Condition) -> Truth {
    let snapshot = Snapshot(
      seed: 0, turn: turn, states: states, beliefs: beliefs, variables: variables,
      commitments: commitments.map(CommitmentProgress.init))
    return condition.truth(
      Facts(snapshot, turn: turn, event: event, role: .passive, answers: answers))
  }
}
