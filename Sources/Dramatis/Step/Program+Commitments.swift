extension Program {
  /// How many payoffs a line is asked for at most, unless the profile says otherwise.
  public static let standardPayoffLimit = 2

  /// Whether this character pays a commitment; one of somebody else is carried and not moved.
  public func owns(_ commitment: Commitment) -> Bool {
    commitment.owner.map(isCalled) ?? true
  }

  /// The commitments that a line is asked to pay: those triggered, by priority, then age, then order.
  ///
  /// - Returns: Indices into ``commitments``, no more than ``payoffLimit``.
  public func due(at snapshot: Snapshot) -> [Int] {
    let triggered = commitments.indices.filter {
      snapshot.commitments[$0].status == .triggered && owns(commitments[$0])
    }
    let sorted = triggered.sorted { left, right in
      let (one, other) = (snapshot.commitments[left], snapshot.commitments[right])
      return (commitments[right].priority, one.triggered ?? 0, left)
        < (commitments[left].priority, other.triggered ?? 0, right)
    }
    return Array(sorted.prefix(payoffLimit ?? Self.standardPayoffLimit))
  }

  /// The commitments whose foreshadow is in the story and whose payoff is not yet due, in order.
  public func planted(at snapshot: Snapshot) -> [Int] {
    commitments.indices.filter {
      snapshot.commitments[$0].status == .planted && owns(commitments[$0])
    }
  }

  /// Whether the payoff of a commitment comes, or came, later than its trigger allows.
  ///
  /// - Parameter commitment: An index into ``commitments``.
  public func isOverdue(_ commitment: Int, at snapshot: Snapshot) -> Bool {
    let progress = snapshot.commitments[commitment]
    guard let triggered = progress.triggered, let within = commitments[commitment].dueWithin else {
      return false
    }
    switch progress.status {
    case .triggered: return snapshot.turn - triggered > within
    case .paid: return (progress.settled ?? triggered) - triggered > within
    case .planned, .planted, .abandoned: return false
    }
  }
}
