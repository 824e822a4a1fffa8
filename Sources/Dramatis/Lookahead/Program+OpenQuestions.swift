extension Program {
  /// The questions that stand unanswered on the live paths: the next round.
  ///
  /// Ask them in one batch, add the answers and call again, until none is open; then ``step(from:event:scene:given:isLine:rules:)``.
  /// Every open question can still change a live guard, gate, trigger or check, so the rounds of a turn follow the depth
  /// of the logic and not its size. The call is pure and takes time in proportion to what is live.
  ///
  /// - Parameters:
  ///   - snapshot: Where the character stands before the event.
  ///   - event: What happened.
  ///   - scene: The event among those before it; see ``Scene/init(of:after:window:)``.
  ///   - answers: What has been answered so far.
  ///   - isLine: Whether the event is a line of the cast, which belongs to the turn that has begun.
  ///   - isKnown: Whether the character has stepped on the event already, when it was said.
  ///   - lore: The conditions of entries of lore that are called for, and of what is kept, as indices into ``loreConditions``.
  ///   - choosesLine: Whether the conditions of authored lines matter too, because one will be spoken.
  ///   - asking: How much a round holds.
  ///   - rules: By which rules the step will go.
  /// - Returns: Indices into ``questions``, each once, those of `newly` and `previous` first, then in the order of
  ///   machines, commitments, trees and lines.
  /// - Throws: ``StepError`` where snapshot or answers were made by another program, or the event is too long or holds a
  ///   number that is not finite.
  public func openQuestions(
    at snapshot: Snapshot, event: Event, scene: Scene, given answers: Answers,
    isLine: Bool = false, isKnown: Bool = false, lore: [Int] = [], choosesLine: Bool = false,
    asking: Asking = .inRounds, rules: Rules = .current
  ) throws(StepError) -> [Int] {
    try check(snapshot)
    try check(answers)
    if let excess = event.excess { throw .unfit(excess) }
    return uncheckedQuestions(
      at: snapshot, event: event, scene: scene, given: answers, isLine: isLine, isKnown: isKnown,
      lore: lore, choosesLine: choosesLine, asking: asking, rules: rules)
  }

  /// The same where everything is known to be of this program.
  package func uncheckedQuestions(
    at snapshot: Snapshot, event: Event, scene: Scene, given answers: Answers,
    isLine: Bool = false, isKnown: Bool = false, lore: [Int] = [], choosesLine: Bool = false,
    asking: Asking = .inRounds, rules: Rules = .current
  ) -> [Int] {
    let role = side(in: event)
    let facts = Facts(
      snapshot, turn: snapshot.turn + (isLine ? 0 : 1), event: event, role: role, answers: answers,
      rules: rules, isStepped: isKnown)
    let possible = PossiblePositions(facts, isEager: asking == .eagerly)
    let outcomes = relevance(of: event, in: scene, given: possible)
    guard outcomes.contains(.yes) else { return [] }
    var open: [Int] = []
    if let relevance, outcomes != .yes { possible.collect(from: relevance, demand: .yes, into: &open) }
    if outcomes == .yes || possible.isEager {
      collectQuestions(
        from: possible, event: event, role: role, isLine: isLine, isKnown: isKnown, lore: lore,
        choosesLine: choosesLine, into: &open)
    }
    return asking == .separately ? Array(open.prefix(1)) : open
  }

  /// Adds the open questions of machines, commitments, trees and lines, given that the event is relevant.
  private func collectQuestions(
    from possible: PossiblePositions, event: Event, role: Role, isLine: Bool, isKnown: Bool, lore: [Int],
    choosesLine: Bool, into open: inout [Int]
  ) {
    // Whether a question has just become yes can be told only of one that is always asked.
    if !isKnown, role == .passive {
      for case .question(let index) in flat.pasts
      where possible.facts.answers[index] == nil && !open.contains(index) {
        open.append(index)
      }
    }
    let moved = isKnown ? possible : possible.afterMachines(of: self, role: role, open: &open)
    let after = moved.afterCommitments(of: self, role: role, isLine: isLine, open: &open)
    guard role == .passive, !isLine else { return }
    for topic in activeTopics(event) { after.collect(fromNode: topics[topic].root, of: self, into: &open) }
    for index in lore { after.collect(from: loreConditions[index], demand: .yes, into: &open) }
    if choosesLine, open.isEmpty || possible.isEager {
      collectLineQuestions(from: after, event: event, into: &open)
    }
  }

  /// Unless asked eagerly, lines come when all else is decided: only those whose statement has fired.
  private func collectLineQuestions(from after: PossiblePositions, event: Event, into open: inout [Int]) {
    var fired: [Int] = []
    for topic in activeTopics(event) {
      after.collectStatements(from: topics[topic].root, of: self, into: &fired)
    }
    for line in lines where line.statement.map({ hasStatement($0, among: fired) }) ?? true {
      if let condition = line.condition { after.collect(from: condition, demand: .yes, into: &open) }
    }
  }

}

extension PossiblePositions {
  /// Adds the open questions of a node and of the nodes that count behind its gates.
  func collect(fromNode index: Int, of program: Program, into open: inout [Int]) {
    for gate in program.treeNodes[index].gates {
      collect(from: gate.condition, demand: gate.demand, into: &open)
      for next in nodes(behind: gate) { collect(fromNode: next, of: program, into: &open) }
    }
  }

  /// Adds the statements of a node and of the nodes that count behind its gates.
  func collectStatements(from index: Int, of program: Program, into fired: inout [Int]) {
    fired += program.treeNodes[index].statements
    for next in program.treeNodes[index].gates.flatMap(nodes) {
      collectStatements(from: next, of: program, into: &fired)
    }
  }

  /// The node that a decided gate opens; asked eagerly, all that an undecided one can still open.
  private func nodes(behind gate: Gate) -> [Int] {
    let outcomes = outcomes(of: gate.condition)
    guard isEager || outcomes.decided != nil else { return [] }
    return outcomes.truths.compactMap(gate.node)
  }
}

/// How the open questions of a step are put to a discriminator.
///
/// All ways come to the same step on the same answers; they differ in how many questions they ask, and in how
/// many batches. What is known besides may make another authored line fit better.
public enum Asking: String, Hashable, Sendable, Codable, CaseIterable {
  /// All that are open at one depth in one batch; their answers open the next.
  case inRounds
  /// All that could still matter in one batch, whatever their depth.
  case eagerly
  /// One at a time, depth first, as the published traversal of CDT (arXiv 2601.10080) does.
  case separately
}

extension Program {
  /// What the relevance of an event can still come to.
  func relevance(of event: Event, in scene: Scene, given possible: PossiblePositions) -> Outcomes {
    if isActor(of: event) { return .yes }
    guard perceives(event) else { return .no }
    if let relevance { return possible.outcomes(of: relevance) }
    return Outcomes(Truth(concerns(event, in: scene)))
  }
}
