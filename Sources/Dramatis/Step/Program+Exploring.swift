/// What walking through a program's logic needs beyond stepping it.
extension Program {
  /// What a condition comes to by an event alone, with nothing answered and everything as it begins.
  package func truth(of condition: Condition, in event: Event) -> Truth {
    let facts = Facts(
      initialSnapshot(), turn: 1, event: event, role: .passive, answers: Answers(for: self))
    return condition.truth(facts)
  }

  /// What a condition comes to in circumstances of one's choice, with nothing answered.
  package func truth(of condition: Condition, in circumstances: Circumstances) -> Truth {
    let snapshot = Snapshot(
      seed: 0, turn: circumstances.turn, states: circumstances.states, beliefs: circumstances.beliefs,
      variables: circumstances.variables, commitments: circumstances.commitments.map(CommitmentProgress.init))
    return condition.truth(
      Facts(
        snapshot, turn: circumstances.turn, event: circumstances.event, role: .passive,
        answers: circumstances.answers))
  }

  /// The nodes of trees that some answers open once the machines have moved to a position.
  ///
  /// The position alone decides; two gates that can each be opened count as opened even where no answers open
  /// both.
  package func openableNodes(at snapshot: Snapshot) -> [Int] {
    let facts = Facts(
      snapshot, turn: snapshot.turn, event: Event(), role: .passive, answers: Answers(for: self))
    let outlook = Outlook(facts)
    return nodes(below: topics.map(\.root)) { gate in
      let outcomes = outlook.outcomes(of: gate.condition)
      return [
        outcomes.contains(.yes) ? gate.then : nil, outcomes.contains(.no) ? gate.else : nil,
        outcomes.contains(.unknown) ? gate.unknown : nil,
      ]
    }
  }

  /// The nodes of trees that a step has read, in no promised order.
  ///
  /// - Parameters:
  ///   - step: What came of the event.
  ///   - event: What happened.
  ///   - answers: What the step was given.
  package func openedNodes(in step: Step, event: Event, given answers: Answers) -> [Int] {
    guard step.grounding.role == .passive else { return [] }
    let facts = Facts(
      step.snapshot, turn: step.snapshot.turn, event: event, role: .passive, answers: answers)
    return nodes(below: activeTopics(event).map { topics[$0].root }) { gate in
      [gate.node(for: gate.condition.truth(facts))]
    }
  }

  private func nodes(below roots: [Int], opening: (Gate) -> [Int?]) -> [Int] {
    var opened: [Int] = []
    var waiting = roots
    while let node = waiting.popLast() {
      opened.append(node)
      for gate in treeNodes[node].gates { waiting += opening(gate).compactMap(\.self) }
    }
    return opened
  }
}

extension Snapshot {
  /// The same position a turn later.
  package var aged: Snapshot {
    var aged = self
    aged.turn += 1
    return aged
  }

  /// The same position without what no later step can tell apart.
  ///
  /// - Parameter bound: The turn from which on no condition tells turns apart; nil for none.
  package func comparable(in program: Program, noLaterThan bound: Int?) -> Snapshot {
    var comparable = self
    if let bound { comparable.turn = min(turn, bound) }
    for (index, commitment) in program.commitments.enumerated() {
      var progress = CommitmentProgress(commitments[index].status)
      progress.recent = commitments[index].recent
      // How long ago it was planted matters only until its trigger is looked at.
      if progress.status == .planted, let planted = commitments[index].planted {
        progress.planted = comparable.turn - min(turn - planted, commitment.notBefore)
      }
      comparable.commitments[index] = progress
    }
    return comparable
  }
}

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

  /// Those in which a program begins.
  package init(of program: Program) {
    self.init(of: program, at: program.initialSnapshot())
    turn = 1
  }

  /// Those of a position.
  package init(of program: Program, at snapshot: Snapshot) {
    turn = snapshot.turn
    states = snapshot.states
    beliefs = snapshot.beliefs
    variables = snapshot.variables
    commitments = snapshot.commitments.map(\.status)
    answers = Answers(for: program)
  }
}
