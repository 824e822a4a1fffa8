extension Program {
  /// The pure part of a turn: the machines move, then the trees are read.
  ///
  /// Guards read states and variables as they are at the start; effects then apply in the order of the
  /// machines; trees read the new values. Asks nobody, reads no clock, and the same arguments always give
  /// the same step. A question without an answer counts as unknown. An active event moves machines only.
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
    precondition(made(snapshot), "a snapshot belongs to the program that made it")
    var next = snapshot
    if !isLine { next.turn += 1 }
    let facts = Facts(snapshot, turn: next.turn, event: event, role: side(in: event), answers: answers)
    guard let role = role(in: event, scene, facts) else {
      return Step(snapshot: next, grounding: .irrelevant)
    }
    let movement = movement(facts, role)
    next.states = movement.states
    next.beliefs = movement.beliefs
    next.variables = variables(after: movement.fired, facts)
    let read =
      role == .passive
      ? statements(Facts(next, turn: next.turn, event: event, role: role, answers: answers)) : []
    return Step(
      snapshot: next,
      grounding: Grounding(
        role: role, fired: movement.fired, distributions: movement.distributions, statements: read))
  }

  /// Whether every index of a snapshot means something in this program.
  func made(_ snapshot: Snapshot) -> Bool {
    snapshot.states.count == machines.count && snapshot.variables.count == variables.count
      && snapshot.commitments.count == commitments.count && snapshot.beliefs.count == machines.count
      && zip(machines, snapshot.states).allSatisfy { $0.states.indices.contains($1) }
      && zip(machines, snapshot.beliefs).allSatisfy { $1.count == $0.initialBelief.count }
      && zip(variables, snapshot.variables).allSatisfy { $0.range.contains($1) }
  }

  /// The variables after the effects of what fired, applied in order to running values.
  private func variables(after fired: [FiredTransition], _ facts: Facts) -> [Int] {
    var running = facts
    for firing in fired {
      guard let transition = firing.transition else { continue }
      for effect in machines[firing.machine].transitions[transition].effects {
        guard let value = effect.value.value(running).stored(in: variables[effect.variable]) else { continue }
        running.variables[effect.variable] = value
      }
    }
    return running.variables
  }

  private func statements(_ facts: Facts) -> [FiredStatement] {
    var fired: [FiredStatement] = []
    for topic in activeTopics(facts.event) { traverse(topics[topic].root, of: topic, facts, into: &fired) }
    return fired
  }

  /// A node's statements, then what its gates open, depth first (CDT, arXiv 2601.10080).
  private func traverse(_ node: Int, of topic: Int, _ facts: Facts, into fired: inout [FiredStatement]) {
    fired += treeNodes[node].statements.map { FiredStatement(topic: topic, statement: $0) }
    for gate in treeNodes[node].gates {
      if let next = gate.node(for: gate.condition.truth(facts)) {
        traverse(next, of: topic, facts, into: &fired)
      }
    }
  }
}
