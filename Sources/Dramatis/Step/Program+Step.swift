extension Program {
  /// The pure part of a turn: the machines move, then the commitments, then the trees are read.
  ///
  /// Guards read states and variables as they are at the start; effects then apply in the order of the
  /// machines; commitments and trees read the new values. Asks nobody, reads no clock, and the same arguments always give
  /// the same step. A question without an answer counts as unknown. An active event reads no trees.
  ///
  /// ```swift
  /// let event = Event(actor: "Rowan", text: "You watered the ale!")
  /// let scene = Scene(of: event, after: [], window: program.window)
  /// let (answers, _) = program.answers(from: ["accused": .yes])
  /// let step = try program.step(from: snapshot, event: event, scene: scene, given: answers)
  /// ```
  ///
  /// - Parameters:
  ///   - snapshot: Where the character stands before the event.
  ///   - event: What happened.
  ///   - scene: The event among those before it.
  ///   - answers: The answers to the questions of the rounds.
  ///   - isLine: Whether the event is a line of the cast, which belongs to the turn that has begun.
  ///   - isKnown: Whether the character has stepped on the event already, when it was said: the machines then stay.
  ///   - rules: By which rules the step goes.
  /// - Throws: ``StepError`` where snapshot or answers were made by another program, or the event is too long or holds a
  ///   number that is not finite.
  public func step(
    from snapshot: Snapshot, event: Event, scene: Scene, given answers: Answers, isLine: Bool = false,
    isKnown: Bool = false, rules: Rules = .current
  ) throws(StepError) -> Step {
    try check(snapshot)
    try check(answers)
    if let excess = event.excess { throw .unfit(excess) }
    return uncheckedStep(
      from: snapshot, event: event, scene: scene, given: answers, isLine: isLine, isKnown: isKnown,
      rules: rules)
  }

  /// The same where everything is known to be of this program.
  package func uncheckedStep(
    from snapshot: Snapshot, event: Event, scene: Scene, given answers: Answers, isLine: Bool = false,
    isKnown: Bool = false, rules: Rules = .current
  ) -> Step {
    var position = uncheckedPosition(at: snapshot)
    var stepper = Stepper(flat, rules: rules)
    stepper.take(
      &position, on: uncheckedPrepared(event, scene: scene), given: answers, isLine: isLine, isKnown: isKnown)
    var after = uncheckedSnapshot(at: position)
    after.lore = snapshot.lore
    return Step(
      snapshot: after,
      grounding: grounding(of: stepper, from: snapshot, to: after, isKnown: isKnown))
  }

  /// What a stepper's last step leaves to speak from.
  private func grounding(
    of stepper: Stepper, from before: Snapshot, to after: Snapshot, isKnown: Bool
  ) -> Grounding {
    guard let role = stepper.role else { return .irrelevant }
    return Grounding(
      role: role, fired: Array(stepper.fired),
      distributions: machines.indices.map {
        isKnown ? distribution(of: $0, at: after) : Array(stepper.uncheckedDistribution(of: $0))
      },
      statements: Array(stepper.statements), commitments: CommitmentChange.all(from: before, to: after),
      due: role == .passive ? uncheckedDue(at: after) : [])
  }

  /// The distribution over a machine's states where nothing moves it; empty for a deterministic machine.
  private func distribution(of machine: Int, at snapshot: Snapshot) -> [Double] {
    switch machines[machine].kind {
    case .deterministic: []
    case .belief: snapshot.beliefs[machine]
    case .sample: machines[machine].states.indices.map { $0 == snapshot.states[machine] ? 1 : 0 }
    }
  }
}

extension Program {
  /// Whether the character perceives an event: acts in it, is addressed, or is present.
  func perceives(_ event: Event) -> Bool {
    guard let present = event.present else { return true }
    return isActor(of: event) || present.contains(where: isCalled)
      || (event.to ?? []).contains(where: isCalled)
  }

  /// Whether the character acts in an event.
  func isActor(of event: Event) -> Bool {
    event.actor.map(isCalled) ?? false
  }

  /// The side on which the character stands in an event, if it is relevant at all.
  func side(in event: Event) -> Role {
    isActor(of: event) ? .active : .passive
  }

  /// The local rule: the character is addressed, or mentioned by name or alias.
  ///
  /// An event that names nobody in ``Event/to`` addresses everyone present.
  func concerns(_ event: Event, in scene: @autoclosure () -> Scene) -> Bool {
    guard let addressed = event.to else { return true }
    return addressed.contains(where: isCalled) || scene().newest.mentions(anyOf: [character] + aliases)
  }

}

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
  /// - Throws: ``StepError/otherProgram(_:)``.
  public func due(at snapshot: Snapshot) throws(StepError) -> [Int] {
    try check(snapshot)
    return uncheckedDue(at: snapshot)
  }

  package func uncheckedDue(at snapshot: Snapshot) -> [Int] {
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
  ///
  /// - Throws: ``StepError/otherProgram(_:)``.
  public func planted(at snapshot: Snapshot) throws(StepError) -> [Int] {
    try check(snapshot)
    return uncheckedPlanted(at: snapshot)
  }

  package func uncheckedPlanted(at snapshot: Snapshot) -> [Int] {
    commitments.indices.filter {
      snapshot.commitments[$0].status == .planted && owns(commitments[$0])
    }
  }

  /// Whether the payoff of a commitment comes, or came, later than its trigger allows.
  ///
  /// - Parameter commitment: An index into ``commitments``.
  /// - Throws: ``StepError`` where there is no such commitment, or the snapshot was made by another program.
  public func isOverdue(_ commitment: Int, at snapshot: Snapshot) throws(StepError) -> Bool {
    try check(snapshot)
    guard commitments.indices.contains(commitment) else { throw .noSuchCommitment(commitment) }
    return uncheckedOverdue(commitment, at: snapshot)
  }

  package func uncheckedOverdue(_ commitment: Int, at snapshot: Snapshot) -> Bool {
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

extension Program {
  /// The topics to read: those of no partner in order, then those of the partners in theirs.
  func activeTopics(_ event: Event) -> [Int] {
    let partners = event.partners ?? event.actor.map { [$0] } ?? []
    let general = topics.indices.filter { topics[$0].partner == nil }
    return general
      + partners.flatMap { partner in
        let folded = FoldedName(partner)
        return topics.indices.filter { topics[$0].partner.map(FoldedName.init) == folded }
      }
  }

  /// Whether a statement of the same text is among those that fired, wherever in the trees it stands.
  func hasStatement(_ wanted: Int, among fired: [Int]) -> Bool {
    fired.contains { statements[$0].isSameBytes(as: statements[wanted]) }
  }
}
