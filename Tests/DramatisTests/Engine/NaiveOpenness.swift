/// Openness by its definition: what each value of a question could still lead to.

/// What a condition comes to if a question is answered no, unknown or yes, the other answers being fixed.
struct NaiveResponse: Hashable {
  let truths: [NaiveTruth]
}

/// What is known in the middle of a turn's rounds.
struct NaiveLookahead {
  let program: NaiveProgram
  let position: NaivePosition
  let event: NaiveEvent
  let answers: [NaiveTruth?]
  /// Whether what pending guards may change counts as free rather than as what they can make of it.
  var isLoose = false
  /// The positions that the machines can still come to.
  private var reachable: [NaivePosition]

  init(program: NaiveProgram, position: NaivePosition, event: NaiveEvent, answers: [NaiveTruth?]) {
    (self.program, self.position, self.event, self.answers) = (program, position, event, answers)
    reachable = [position]
    reachable = completions(of: answers).map { program.step(position, event, $0).position }
  }

  /// Lower and upper bound of the next round; the same unless a gate reads what a guard may still change.
  func bounds() -> (lower: Set<Int>, upper: Set<Int>) {
    let isActive = event.actor == "Mara"
    if !isActive, let relevance = program.relevance {
      let open = questions(of: relevance, before: true) { $0 == .yes ? 1 : 0 }
      if !open.isEmpty { return (open, open) }
      guard possible(relevance, before: true) == [.yes] else { return ([], []) }
    }
    var guards = guardQuestions(isActive ? "active" : "passive")
    if !isActive { guards.formUnion(program.remembered.filter { answers[$0] == nil }) }
    guard !isActive else { return (guards, guards) }
    var loose = self
    loose.isLoose = !guards.isEmpty
    return (
      guards.union(gates(live: loose, mattering: self)), guards.union(gates(live: self, mattering: loose))
    )
  }

  private func guardQuestions(_ role: String) -> Set<Int> {
    var open: Set<Int> = []
    for (index, machine) in program.machines.enumerated() {
      for transition in machine.transitions where transition.isTried(from: position.states[index], role) {
        open.formUnion(questions(of: transition.guardCondition, before: true) { $0 == .yes ? 1 : 0 })
        if possible(transition.guardCondition, before: true) == [.yes] { break }
      }
    }
    return open
  }

  private func gates(live: NaiveLookahead, mattering: NaiveLookahead) -> Set<Int> {
    program.activeTopics(event).reduce(into: []) { $0.formUnion(Self.gates($1.root, live, mattering)) }
  }

  private static func gates(
    _ node: NaiveProgram.Node, _ live: NaiveLookahead, _ mattering: NaiveLookahead
  ) -> Set<Int> {
    var open: Set<Int> = []
    for case .gate(let condition, let then, let otherwise, let unknown) in node.items {
      let nodes: [NaiveTruth: NaiveProgram.Node?] = [.yes: then, .no: otherwise, .unknown: unknown]
      let hasExit = { (truth: NaiveTruth) in (nodes[truth] ?? nil) == nil ? -1 : truth.rawValue }
      open.formUnion(mattering.questions(of: condition, before: false, exit: hasExit))
      let possible = live.possible(condition, before: false)
      guard Set(possible.map(hasExit)).count == 1, possible.count == 1, let truth = possible.first,
        let next = nodes[truth] ?? nil
      else { continue }
      open.formUnion(gates(next, live, mattering))
    }
    return open
  }
}

extension NaiveLookahead {
  /// The unanswered questions two of whose values can lead to different exits.
  private func questions(
    of condition: NaiveCondition, before: Bool, exit: (NaiveTruth) -> Int
  ) -> Set<Int> {
    let unanswered = condition.questions.filter { answers[$0] == nil }
    return Set(
      unanswered.filter { question in
        responses(condition, to: question, before).contains { Set($0.truths.map(exit)).count > 1 }
      })
  }

  private func possible(_ condition: NaiveCondition, before: Bool) -> Set<NaiveTruth> {
    Set(responses(condition, to: nil, before).flatMap(\.truths))
  }

  /// All responses over every way of answering the others; exact where no question is named twice.
  private func responses(_ condition: NaiveCondition, to question: Int?, _ before: Bool) -> Set<NaiveResponse>
  {
    switch condition {
    case .newly(let index) where position.held.contains(index): constant([.no])
    case .newly(let index): responses(.ask(index), to: question, before)
    case .ask(let index) where index == question: [NaiveResponse(truths: NaiveTruth.allCases)]
    case .ask(let index): constant(answers[index].map { [$0] } ?? Set(NaiveTruth.allCases))
    case .not(let inner):
      Set(responses(inner, to: question, before).map { NaiveResponse(truths: $0.truths.map(\.opposite)) })
    case .and(let inner): combined(inner, question, before) { $0.rawValue < $1.rawValue ? $0 : $1 }
    case .or(let inner): combined(inner, question, before) { $0.rawValue > $1.rawValue ? $0 : $1 }
    case .state, .variable, .variableIn: constant(before ? [truth(condition, position)] : settled(condition))
    case .datum, .turn, .wasState, .wasVariable: constant([truth(condition, position)])
    }
  }

  private func settled(_ condition: NaiveCondition) -> Set<NaiveTruth> {
    isLoose ? [.no, .yes] : Set(reachable.map { truth(condition, $0) })
  }

  private func truth(_ condition: NaiveCondition, _ place: NaivePosition) -> NaiveTruth {
    condition.truth(
      NaiveMoment(
        states: place.states, variables: place.variables, turn: position.turn + 1, event: event, answers: [],
        before: position))
  }

  private func constant(_ truths: Set<NaiveTruth>) -> Set<NaiveResponse> {
    Set(truths.map { NaiveResponse(truths: [$0, $0, $0]) })
  }

  private func combined(
    _ conditions: [NaiveCondition], _ question: Int?, _ before: Bool,
    _ combine: (NaiveTruth, NaiveTruth) -> NaiveTruth
  ) -> Set<NaiveResponse> {
    let all = conditions.map { responses($0, to: question, before) }
    return all.dropFirst().reduce(all[0]) { left, right in
      Set(
        left.flatMap { one in right.map { NaiveResponse(truths: zip(one.truths, $0.truths).map(combine)) } })
    }
  }
}

/// Every way of answering what is unanswered.
func completions(of answers: [NaiveTruth?]) -> [[NaiveTruth]] {
  answers.reduce([[]]) { starts, answer in
    let values = answer.map { [$0] } ?? NaiveTruth.allCases
    return starts.flatMap { start in values.map { start + [$0] } }
  }
}
