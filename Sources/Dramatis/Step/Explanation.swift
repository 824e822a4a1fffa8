/// How a step came about: the guards and gates that were looked at, and what decided them.
public struct Explanation: Sendable {
  /// The guards of the transitions out of each machine's state, in order.
  public let guards: [GuardOutcome]
  /// The gates that were reached, in traversal order.
  public let gates: [GateOutcome]
  /// The conditions of commitments that were looked at, in order.
  public let commitments: [CommitmentOutcome]
}

/// What a condition of a commitment came to.
public struct CommitmentOutcome: Hashable, Sendable {
  /// Which of its conditions.
  public enum Part: String, Hashable, Sendable, CaseIterable {
    /// When it is given up.
    case abandon
    /// When the foreshadow enters.
    case plant
    /// What makes it due.
    case trigger
  }

  /// Index of the commitment.
  public let commitment: Int
  /// Which of its conditions.
  public let part: Part
  /// What it came to.
  public let answer: Answer
  /// The parts of the condition that made it so.
  public let decidedBy: [DecidingPart]
}

/// What a guard came to.
public struct GuardOutcome: Hashable, Sendable {
  /// Index of the machine.
  public let machine: Int
  /// Index of the transition within the machine.
  public let transition: Int
  /// What the guard came to.
  public let answer: Answer
  /// Whether an earlier transition had fired, so that this one was not tried.
  public let isLate: Bool
  /// The parts of the guard that made it so.
  public let decidedBy: [DecidingPart]
}

/// A part of a condition, and what it came to.
public struct DecidingPart: Hashable, Sendable {
  /// A question, a comparison or a draw.
  public let condition: Condition
  /// What it came to.
  public let truth: Truth
}

/// What a gate came to.
public struct GateOutcome: Hashable, Sendable {
  /// Index of the topic.
  public let topic: Int
  /// How many gates lead to it.
  public let depth: Int
  /// What the gate asks.
  public let condition: Condition
  /// What it came to.
  public let truth: Truth
  /// Whether there is something for this value, so that the traversal went on.
  public let isOpen: Bool
}

extension Program {
  /// How a step came about; empty for one that did not concern the character.
  ///
  /// - Parameters:
  ///   - step: What ``step(from:event:scene:given:isLine:rules:)`` came to.
  ///   - before: Where the character stood before it.
  ///   - event: What happened.
  ///   - answers: What the step was given.
  ///   - isLine: Whether the event is a line of the cast.
  ///   - isKnown: Whether the character had stepped on the event already.
  ///   - rules: By which rules the step went.
  /// - Throws: ``StepError/otherProgram(_:)`` where step, snapshot or answers were made by another program.
  public func explanation(
    of step: Step, from before: Snapshot, event: Event, given answers: Answers, isLine: Bool = false,
    isKnown: Bool = false, rules: Rules = .current
  ) throws(StepError) -> Explanation {
    guard step.snapshot.identity == identity else { throw .otherProgram(.step) }
    try check(before)
    try check(answers)
    return uncheckedExplanation(
      of: step, from: before, event: event, given: answers, isLine: isLine, isKnown: isKnown, rules: rules)
  }

  package func uncheckedExplanation(
    of step: Step, from before: Snapshot, event: Event, given answers: Answers, isLine: Bool = false,
    isKnown: Bool = false, rules: Rules = .current
  ) -> Explanation {
    guard let role = step.grounding.role else {
      return Explanation(guards: [], gates: [], commitments: [])
    }
    let (turn, after) = (step.snapshot.turn, step.snapshot)
    let facts = Facts(before, turn: turn, event: event, role: role, answers: answers, rules: rules)
    let read = Facts(
      after, turn: turn, event: event, role: role, answers: answers, rules: rules, isStepped: true)
    return Explanation(
      guards: isKnown ? [] : machines.indices.flatMap { guards(of: $0, facts: facts, role: role) },
      gates: role == .passive && !isLine ? gates(facts: read) : [],
      commitments: isLine && rules == .first
        ? [] : commitmentOutcomes(facts: read, before: before, isLine: isLine))
  }

  /// Conditions of commitments read states and variables after the machines, and commitments before the step.
  private func commitmentOutcomes(facts read: Facts, before: Snapshot, isLine: Bool) -> [CommitmentOutcome] {
    var facts = read
    facts.commitments = before.commitments
    var outcomes: [CommitmentOutcome] = []
    for (index, commitment) in commitments.enumerated()
    where owns(commitment) && !(isLine && read.commitments[index].early == read.turn) {
      var progress = before.commitments[index]
      let isReady = commitment.after.allSatisfy { before.commitments[$0].status == .paid }
      progress.advance(by: CommitmentRules(commitment), turn: facts.turn, isReady: isReady) { decision in
        guard let condition = commitment.condition(decision) else { return decision == .plant }
        let certainty = decision == .trigger ? commitment.certainty : nil
        facts.weighsChance = certainty != nil
        let answer = certainty == nil ? condition.answer(facts) : condition.sureAnswer(facts)
        outcomes.append(
          CommitmentOutcome(
            commitment: index, part: decision.part, answer: answer, decidedBy: condition.deciding(facts)))
        return certainty.map { condition.range(facts).low >= $0 } ?? (answer.truth == .yes)
      }
    }
    return outcomes
  }

  private func guards(of index: Int, facts: Facts, role: Role) -> [GuardOutcome] {
    let machine = machines[index]
    var facts = facts
    facts.weighsChance = machine.kind != .deterministic
    var hasFired = false
    return machine.transitions.indices.compactMap { place in
      let transition = machine.transitions[place]
      guard transition.leaves(facts.states[index], in: role),
        !facts.spent.contains(TransitionPlace(machine: index, transition: place))
      else { return nil }
      let answer =
        machine.kind == .deterministic
        ? transition.guardCondition.answer(facts) : transition.guardCondition.sureAnswer(facts)
      defer { hasFired = hasFired || (answer.truth == .yes && machine.kind == .deterministic) }
      return GuardOutcome(
        machine: index, transition: place, answer: answer, isLate: hasFired,
        decidedBy: transition.guardCondition.deciding(facts))
    }
  }

  private func gates(facts: Facts) -> [GateOutcome] {
    var outcomes: [GateOutcome] = []
    for topic in activeTopics(facts.event) {
      collectGates(below: topics[topic].root, of: topic, depth: 0, facts: facts, into: &outcomes)
    }
    return outcomes
  }

  private func collectGates(
    below node: Int, of topic: Int, depth: Int, facts: Facts, into outcomes: inout [GateOutcome]
  ) {
    for gate in treeNodes[node].gates {
      let truth = gate.condition.truth(facts)
      let next = gate.node(for: truth)
      outcomes.append(
        GateOutcome(
          topic: topic, depth: depth, condition: gate.condition, truth: truth, isOpen: next != nil))
      if let next {
        collectGates(below: next, of: topic, depth: depth + 1, facts: facts, into: &outcomes)
      }
    }
  }
}

extension Commitment {
  fileprivate func condition(_ decision: CommitmentDecision) -> Condition? {
    switch decision {
    case .abandon: abandonWhen
    case .plant: plant
    case .trigger: trigger
    }
  }
}

extension CommitmentDecision {
  fileprivate var part: CommitmentOutcome.Part {
    switch self {
    case .abandon: .abandon
    case .plant: .plant
    case .trigger: .trigger
    }
  }
}

extension Condition {
  /// What a condition weighs: its lower probability, unknown where nobody answered what would give it one.
  fileprivate func sureAnswer(_ facts: Facts) -> Answer {
    let range = range(facts)
    return range.isOpenAtZero ? .unknown : Answer(probability: range.low) ?? .unknown
  }

  /// The parts that made the condition what it is; any other value of them could have changed it.
  fileprivate func deciding(_ facts: Facts) -> [DecidingPart] {
    switch self {
    case .not(let condition): return condition.deciding(facts)
    case .joined(let connective, let conditions):
      let truth = truth(facts)
      // One no settles an `and`, one yes an `or`: the first of that value decides alone.
      guard connective.isSelective, truth != connective.neutral else {
        return conditions.flatMap { $0.deciding(facts) }
      }
      return conditions.first { $0.truth(facts) == truth }?.deciding(facts) ?? []
    case .constant, .question, .chance, .holds, .compare, .isMember:
      return [DecidingPart(condition: self, truth: truth(facts))]
    }
  }
}
