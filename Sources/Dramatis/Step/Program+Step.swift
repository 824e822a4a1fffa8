extension Program {
  /// The pure part of a turn: the machines move, then the commitments, then the trees are read.
  ///
  /// Guards read states and variables as they are at the start; effects then apply in the order of the
  /// machines; commitments and trees read the new values. Asks nobody, reads no clock, and the same arguments always give
  /// the same step. A question without an answer counts as unknown. An active event reads no trees, and a line only
  /// checks what was written of the commitments.
  ///
  /// ```swift
  /// let event = Event(actor: "Rowan", text: "You watered the ale!")
  /// let scene = Scene(of: event, after: [], window: program.window)
  /// let (answers, _) = program.answers(from: ["accused": .yes])
  /// let step = program.step(from: snapshot, event: event, scene: scene, given: answers)
  /// ```
  ///
  /// - Parameters:
  ///   - snapshot: Where the character stands before the event.
  ///   - event: What happened.
  ///   - scene: The event among those before it.
  ///   - answers: The answers to the questions of the rounds.
  ///   - isLine: Whether the event is the character's own line, which belongs to the turn that has begun.
  /// - Precondition: The snapshot was made by this program.
  public func step(
    from snapshot: Snapshot, event: Event, scene: Scene, given answers: Answers, isLine: Bool = false
  ) -> Step {
    var position = position(at: snapshot)
    var stepper = Stepper(flat)
    stepper.step(&position, on: prepared(event, scene: scene), given: answers, isLine: isLine)
    let after = self.snapshot(at: position)
    return Step(snapshot: after, grounding: grounding(of: stepper, from: snapshot, to: after))
  }

  /// What a stepper's last step leaves to speak from.
  private func grounding(of stepper: Stepper, from before: Snapshot, to after: Snapshot) -> Grounding {
    guard let role = stepper.role else { return .irrelevant }
    return Grounding(
      role: role, fired: Array(stepper.fired),
      distributions: machines.indices.map { Array(stepper.distribution(of: $0)) },
      statements: Array(stepper.statements), commitments: commitmentChanges(from: before, to: after),
      due: role == .passive ? due(at: after) : [])
  }

  /// Whether every index of a snapshot means something in this program.
  func made(_ snapshot: Snapshot) -> Bool {
    snapshot.states.count == machines.count && snapshot.variables.count == variables.count
      && snapshot.commitments.count == commitments.count && snapshot.beliefs.count == machines.count
      && zip(machines, snapshot.states).allSatisfy { $0.states.indices.contains($1) }
      && zip(machines, snapshot.beliefs).allSatisfy { $1.count == $0.initialBelief.count }
      && zip(variables, snapshot.variables).allSatisfy { $0.range.contains($1) }
  }
}
