/// Moving the commitments after the machines (CFPG, arXiv 2601.07033).
///
/// Their conditions read each other's statuses as they were before the step, which the cells keep until all have
/// moved.
extension Stepper {
  @inline(never)
  mutating func moveCommitments(
    of position: inout Position, on event: PreparedEvent, given answers: Answers, isLine: Bool
  ) {
    let flat = flat
    let isAction = event.side == .active
    let (mayAdvance, end) = (!isLine || rules > .first, rules.end)
    for place in 0..<flat.commitments.count {
      let commitment = flat.commitments[place]
      guard commitment.isOwned else { continue }
      var progress = position.commitments[place]
      if isAction {
        let isDue = flat.isDue(place, at: position)
        progress.check(turn: position.turn, isDue: isDue) { check in
          commitment.checks?[check].map { answers.probability(of: Int32($0)) > 0.5 } ?? false
        }
      }
      // A line that says the payoff too early speaks of what would make it due, too.
      if mayAdvance, !isLine || progress.early != position.turn {
        let isReady = commitment.after.allSatisfy { position.cells[$0] == CommitmentStatus.paid.cell }
        progress.advance(by: commitment.rules, turn: position.turn, isReady: isReady) {
          flat.holds($0, of: commitment, counting: end, at: position, on: event, given: answers)
        }
      }
      position.commitments[place] = progress
    }
    for place in 0..<flat.commitments.count {
      position.cells[flat.firstCommitment + place] = position.commitments[place].status.cell
    }
  }
}

extension FlatProgram {
  /// Whether a commitment's condition is met.
  fileprivate func holds(
    _ decision: CommitmentDecision, of commitment: FlatCommitment, counting end: ProbabilityEnd,
    at position: Position, on event: PreparedEvent, given answers: Answers
  ) -> Bool {
    switch decision {
    case .abandon: follow(commitment.abandon, at: position, on: event, given: answers) == 1
    case .plant: follow(commitment.plant, at: position, on: event, given: answers) == 1
    case .trigger where commitment.probability >= 0:
      probability(of: commitment.probability, counting: end, at: position, on: event, given: answers)
        >= commitment.certainty
    case .trigger: follow(commitment.trigger, at: position, on: event, given: answers) == 1
    }
  }

  /// Whether a line has to pay a commitment, by its rank among those triggered before the step.
  fileprivate func isDue(_ place: Int, at position: Position) -> Bool {
    guard position.cells[firstCommitment + place] == CommitmentStatus.triggered.cell else { return false }
    var rank = 0
    for other in 0..<commitments.count where other != place {
      let isTriggered = position.cells[firstCommitment + other] == CommitmentStatus.triggered.cell
      if isTriggered, commitments[other].isOwned, goes(other, before: place, at: position) { rank += 1 }
    }
    return rank < payoffLimit
  }

  /// The order of ``Program/due(at:)``.
  private func goes(_ one: Int, before other: Int, at position: Position) -> Bool {
    let ages = (position.commitments[one].triggered ?? 0, position.commitments[other].triggered ?? 0)
    return (commitments[other].priority, ages.0, one) < (commitments[one].priority, ages.1, other)
  }
}
