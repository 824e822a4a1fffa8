import Dramatis

/// What `/why` says about a turn of one character.
struct WhyReport {
  let record: TurnRecord

  private var program: Program { record.program }

  /// Questions, transitions, gates and statements of both steps.
  var text: String {
    zip(record.steps, record.explanations).map { step, explanation in
      let heading = step.event.actor.map { "\($0): " } ?? ""
      let lines =
        ["\(heading)\(step.event.text ?? "(a scene)")"] + answers(step) + machines(step, explanation)
        + gates(explanation) + statements(step.selection)
      return lines.joined(separator: "\n  ")
    }.joined(separator: "\n")
  }

  /// The questions by what was answered and by whom, those that were answered for sure first.
  private func answers(_ step: StepRecord) -> [String] {
    guard step.step.grounding.isRelevant else {
      return ["not relevant to \(program.character): nothing moved"]
    }
    guard !step.replies.isEmpty else { return ["no question was open"] }
    let replies = step.replies.sorted { $0.key < $1.key }
    let sources = Set(replies.map(\.value.source)).sorted()
    let known = [Truth.yes, .no].flatMap { truth in
      sources.compactMap { source in
        group(
          replies.filter { $0.value.answer.truth == truth && $0.value.source == source },
          "\(truth.rawValue) (\(source))")
      }
    }
    let unknown = group(replies.filter { $0.value.answer.truth == .unknown }, "unknown")
    return ["asked in \(step.rounds.count) \(step.rounds.count == 1 ? "round" : "rounds")"] + known
      + [unknown].compactMap(\.self)
  }

  private func group(_ replies: [(key: Int, value: Reply)], _ heading: String) -> String? {
    guard !replies.isEmpty else { return nil }
    return "\(heading): "
      + replies.map { program.questions[$0.key].key + probability($0.value.answer) }.joined(separator: ", ")
  }

  private func probability(_ answer: Answer) -> String {
    answer == Answer(answer.truth) ? "" : " p = \(answer.probability)"
  }

  /// For each machine what fired, or that it stays, and below it why the others did not fire.
  private func machines(_ step: StepRecord, _ explanation: Explanation) -> [String] {
    let grounding = step.step.grounding
    guard grounding.isRelevant else { return [] }
    return program.machines.indices.flatMap { index in
      let fired = grounding.fired.first { $0.machine == index }
      let others = explanation.guards.filter { $0.machine == index && $0.transition != fired?.transition }
      return [movement(index, fired, step)] + others.map { "  not → \(reason($0))" }
    }
  }

  private func movement(_ index: Int, _ fired: FiredTransition?, _ step: StepRecord) -> String {
    let machine = program.machines[index]
    guard let fired else {
      let reason = machine.kind == .deterministic ? "no guard was yes" : "it was weighed so"
      return "\(machine.name): stays \(machine.states[step.step.snapshot.states[index]].name), \(reason)"
    }
    let (from, to) = (machine.states[fired.from].name, machine.states[fired.to].name)
    return "\(machine.name): \(from) → \(to) because \(program.reason(for: fired))"
  }

  private func reason(_ outcome: GuardOutcome) -> String {
    let machine = program.machines[outcome.machine]
    let target = machine.states[machine.transitions[outcome.transition].to].name
    if outcome.isLate { return "\(target): an earlier transition fired" }
    let parts = outcome.decidedBy.map { "\(program.text(of: $0.condition)) is \($0.truth.rawValue)" }
    return "\(target): \(parts.joined(separator: ", "))"
  }

  private func gates(_ explanation: Explanation) -> [String] {
    explanation.gates.map { gate in
      let indent = String(repeating: "  ", count: gate.depth)
      return
        "\(program.topics[gate.topic].name): \(indent)\(gate.isOpen ? "opens" : "stays shut"): "
        + "\(program.text(of: gate.condition)) is \(gate.truth.rawValue)"
    }
  }

  /// What there was to speak from, then what the budget had no room for.
  private func statements(_ selection: StatementSelection) -> [String] {
    selection.statements.map(text)
      + selection.leftOut.map { "left out: \(text($0.statement)) (\($0.reason.text))" }
  }

  private func text(_ fired: FiredStatement) -> String {
    "\(program.topics[fired.topic].name): \(program.statements[fired.statement])"
  }
}

extension LeftOutStatement.Reason {
  /// The reason as a reader sees it.
  fileprivate var text: String {
    switch self {
    case .lessSpecific: "what was kept is more specific"
    case .firedLately: "what was kept had not applied for longer"
    case .firesOften: "what was kept applies less often"
    case .comesLater: "what was kept comes first"
    case .tooLong: "it is longer than what was left of the budget"
    }
  }
}
