extension PossiblePositions {
  /// The possible positions after the commitments have moved, as far as the answers decide it.
  ///
  /// Their conditions read states and variables after the machines, and commitments before the step.
  ///
  /// - Parameter open: Receives the unanswered questions of what is live, in the order of commitments.
  func afterCommitments(of program: Program, role: Role, isLine: Bool, open: inout [Int]) -> PossiblePositions
  {
    var after = self
    for (index, commitment) in program.commitments.enumerated() where program.owns(commitment) {
      var possible = [facts.commitments[index]]
      if role == .active { possible = checked(possible[0], by: commitment.checks, open: &open) }
      let isEarly = isLine && isEarly(facts.commitments[index], by: commitment.checks, role: role)
      if !isLine || facts.rules > .first, !isEarly {
        possible = possible.flatMap { advanced($0, by: commitment, open: &open) }
      }
      let statuses = Set(possible.map(\.status))
      after.statuses[index] = CommitmentStatus.allCases.filter(statuses.contains)
    }
    return after
  }

  /// Whether a line of this turn is known to say the payoff too early, so that it makes nothing due.
  private func isEarly(_ before: CommitmentProgress, by checks: Commitment.Checks?, role: Role) -> Bool {
    if before.early == facts.turn { return true }
    guard role == .active, before.awaits(.early), let question = checks?.early else { return false }
    return facts.answers[question]?.truth == .yes
  }

  /// What a line can make of a commitment: of its status only a payoff that was due changes anything.
  private func checked(
    _ before: CommitmentProgress, by checks: Commitment.Checks?, open: inout [Int]
  ) -> [CommitmentProgress] {
    let asked = CommitmentCheck.allCases.filter(before.awaits).compactMap { checks?[$0] }
    for question in asked where facts.answers[question] == nil && !open.contains(question) {
      open.append(question)
    }
    guard before.status == .triggered, let question = checks?.paid else { return [before] }
    let outcomes = outcomes(of: .question(question))
    var paid = before
    paid.check(turn: facts.turn, isDue: false) { _ in true }
    return (outcomes.contains(.yes) ? [paid] : []) + (outcomes == .yes ? [] : [before])
  }

  /// Everything that a commitment can come to in a turn.
  private func advanced(
    _ before: CommitmentProgress, by commitment: Commitment, open: inout [Int]
  ) -> [CommitmentProgress] {
    let rules = CommitmentRules(commitment)
    let isReady = commitment.after.allSatisfy { facts.commitments[$0].status == .paid }
    var possible: [CommitmentProgress] = []
    var live: [CommitmentDecision: Outcomes] = [:]
    for world in decisions(of: commitment) {
      var next = before
      next.advance(by: rules, turn: facts.turn, isReady: isReady) { decision in
        // A trigger behind a plant that is not decided waits for the next round.
        let isSure = isEager || decision != .trigger || live[.plant].map { $0 == .yes } ?? true
        if isSure { live[decision] = outcomes(of: decision, in: commitment) }
        return world[decision] ?? false
      }
      possible.append(next)
    }
    for decision in CommitmentDecision.allCases where live[decision] != nil {
      collect(decision, of: commitment, into: &open)
    }
    return possible
  }

  /// Every combination of what the conditions can come to, those in which more holds first.
  private func decisions(of commitment: Commitment) -> [[CommitmentDecision: Bool]] {
    CommitmentDecision.allCases.reduce([[:]]) { worlds, decision in
      let outcomes = outcomes(of: decision, in: commitment)
      let values = (outcomes.contains(.yes) ? [true] : []) + (outcomes == .yes ? [] : [false])
      return worlds.flatMap { world in values.map { world.merging([decision: $0]) { $1 } } }
    }
  }

  private func outcomes(of decision: CommitmentDecision, in commitment: Commitment) -> Outcomes {
    switch decision {
    case .abandon: return commitment.abandonWhen.map { outcomes(of: $0) } ?? .no
    case .plant: return commitment.plant.map { outcomes(of: $0) } ?? .yes
    case .trigger:
      guard let certainty = commitment.certainty else { return outcomes(of: commitment.trigger) }
      return outcomes(of: commitment.trigger, from: certainty)
    }
  }

  private func collect(
    _ decision: CommitmentDecision, of commitment: Commitment, into open: inout [Int]
  ) {
    switch decision {
    case .abandon: collect(from: commitment.abandonWhen ?? .constant(false), demand: .yes, into: &open)
    case .plant: collect(from: commitment.plant ?? .constant(true), demand: .yes, into: &open)
    case .trigger:
      guard let certainty = commitment.certainty else {
        return collect(from: commitment.trigger, demand: .yes, into: &open)
      }
      guard outcomes(of: commitment.trigger, from: certainty).decided == nil else { return }
      collectProbable(from: commitment.trigger, into: &open)
    }
  }
}
