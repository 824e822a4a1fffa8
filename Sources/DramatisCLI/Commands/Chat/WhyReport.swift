import Dramatis

/// What `/why` says about a turn of one character.
struct WhyReport {
  let record: TurnRecord
  /// Whether it says what did not happen too.
  let isWhole: Bool

  private var program: Program { record.program }

  /// Questions, transitions, gates and statements of both steps.
  var text: String {
    zip(record.steps, record.explanations).compactMap { step, explanation in
      let heading = step.event.actor.map { "\($0): " } ?? ""
      let parts = isWhole ? whole(step, explained: explanation) : brief(step, explained: explanation)
      guard !parts.isEmpty else { return nil }
      return (["\(heading)\(step.event.text ?? "(a scene)")"] + parts).joined(separator: "\n  ")
    }.joined(separator: "\n")
  }

  private func whole(_ step: StepRecord, explained explanation: Explanation) -> [String] {
    answers(step) + machines(step, explained: explanation) + commitments(step) + waiting(explanation)
      + explanation.gates.map(text) + statements(step.selection) + lore(step)
  }

  /// What moved, what opened and the answers that made it so; nothing for a line of one's own that moved nothing.
  private func brief(_ step: StepRecord, explained explanation: Explanation) -> [String] {
    let grounding = step.step.grounding
    guard grounding.isRelevant else { return answers(step) }
    let decisive = questions(behind: grounding.fired, explained: explanation)
    let replies = step.replies.sorted { $0.key < $1.key }.filter { decisive.contains($0.key) }
    let moves = grounding.fired.map { movement(of: $0.machine, fired: $0, in: step) }
    let commitments = commitments(step)
    if moves.isEmpty, commitments.isEmpty, grounding.role == .active { return [] }
    return unheard(step) + known(replies, in: step) + (moves.isEmpty ? ["no machine moved"] : moves)
      + commitments + explanation.gates.filter(\.isOpen).map(text) + step.selection.statements.map(text)
      + lore(step)
  }

  /// Every entry of lore: what is told and why, what is not and why, and at last those of which no key was found.
  private func lore(_ step: StepRecord) -> [String] {
    guard let report = step.lore else { return [] }
    let told = report.told.map {
      "lore: \($0.entry.title) \(program.words(for: $0)), \($0.entry.place ?? "put nowhere")"
    }
    let lost = report.silent.filter { $0.silence != .noKey }.map {
      "lore: not \($0.entry.title), \(program.words(for: $0))"
    }
    let keyless = report.silent.filter { $0.silence == .noKey }.map(\.entry.title)
    return told + lost
      + (keyless.isEmpty ? [] : ["lore: no key of \(keyless.joined(separator: ", "))"])
      + (report.unknownMacros.isEmpty
        ? [] : ["lore: macros that stand as they are: \(report.unknownMacros.joined(separator: ", "))"])
  }

  /// The questions behind what fired and what opened.
  private func questions(behind fired: [FiredTransition], explained explanation: Explanation) -> Set<Int> {
    let guards = explanation.guards.filter { outcome in
      fired.contains {
        $0.machine == outcome.machine && ($0.transition ?? outcome.transition) == outcome.transition
      }
    }
    let parts = guards.flatMap(\.decidedBy).map(\.condition)
    return Set((parts + explanation.gates.filter(\.isOpen).map(\.condition)).flatMap(\.questions))
  }

  /// The questions by what was answered and by whom, those that were answered for sure first.
  private func answers(_ step: StepRecord) -> [String] {
    guard step.step.grounding.isRelevant else {
      return ["not relevant to \(program.character): nothing moved"]
    }
    guard !step.replies.isEmpty else { return ["no question was open"] }
    let replies = step.replies.sorted { $0.key < $1.key }
    let unknown = group(replies.filter { $0.value.answer.truth == .unknown }, under: "unknown")
    return unheard(step) + ["asked in \(step.rounds.count.of("round"))"] + known(replies, in: step)
      + [unknown].compactMap(\.self)
  }

  private func unheard(_ step: StepRecord) -> [String] {
    step.isUnheard ? ["nothing was understood: no question was answered yes"] : []
  }

  /// The answers that are yes or no, by who gave them.
  private func known(_ replies: [(key: Int, value: Reply)], in step: StepRecord) -> [String] {
    let sources = Set(replies.map(\.value.source)).sorted()
    return [Truth.yes, .no].flatMap { truth in
      sources.compactMap { source in
        group(
          replies.filter { $0.value.answer.truth == truth && $0.value.source == source },
          under: "\(truth.rawValue) (\(source))", in: source == "cues" ? step : nil)
      }
    }
  }

  private func group(
    _ replies: [(key: Int, value: Reply)], under heading: String, in step: StepRecord? = nil
  ) -> String? {
    guard !replies.isEmpty else { return nil }
    return "\(heading): "
      + replies.map {
        program.questions[$0.key].key + probability($0.value.answer)
          + cue(behind: program.questions[$0.key], in: step)
      }.joined(separator: ", ")
  }

  /// What of a text answered a question: its cue, and the word that denies it.
  private func cue(behind question: Question, in step: StepRecord?) -> String {
    guard let step else { return "" }
    let matches = CueDiscriminator(for: [program]).matches(of: question, in: step.scene)
    guard let match = matches.first(where: { [.yes, .no, .denied].contains($0.meaning) }) else { return "" }
    return " by \(match.cue.quoted)" + (match.negation.map { ", denied by \($0.quoted)" } ?? "")
  }

  private func probability(_ answer: Answer) -> String {
    answer == Answer(answer.truth) ? "" : " p = \(answer.probability)"
  }

  /// For each machine what fired, or that it stays, and below it why the others did not fire.
  private func machines(_ step: StepRecord, explained explanation: Explanation) -> [String] {
    let grounding = step.step.grounding
    guard grounding.isRelevant else { return [] }
    return program.machines.indices.flatMap { index in
      let fired = grounding.fired.first { $0.machine == index }
      let others = explanation.guards.filter { $0.machine == index && $0.transition != fired?.transition }
      return [movement(of: index, fired: fired, in: step)] + others.map { "  not → \(reason($0))" }
    }
  }

  private func movement(of index: Int, fired: FiredTransition?, in step: StepRecord) -> String {
    let machine = program.machines[index]
    guard let fired else {
      let reason = machine.kind == .deterministic ? "no guard was yes" : "it was weighed so"
      return "\(machine.name): stays \(machine.states[step.step.snapshot.states[index]].name), \(reason)"
    }
    let (from, to) = (machine.states[fired.from].name, machine.states[fired.to].name)
    let sources =
      (fired.transition.map {
        program.sources(of: .transition, named: program.name(of: machine.transitions[$0], in: index))
      } ?? []) + program.sources(of: .state, named: "\(machine.name).\(to)")
    return "\(machine.name): \(from) → \(to) because \(program.reason(for: fired))" + text(sources)
  }

  private func reason(_ outcome: GuardOutcome) -> String {
    let machine = program.machines[outcome.machine]
    let target = machine.states[machine.transitions[outcome.transition].to].name
    if outcome.isLate { return "\(target): an earlier transition fired" }
    let parts = outcome.decidedBy.map { "\(program.text(of: $0.condition)) is \($0.truth.rawValue)" }
    return "\(target): \(parts.joined(separator: ", "))"
  }

  /// What became of commitments, and which are due.
  private func commitments(_ step: StepRecord) -> [String] {
    let moved = step.step.grounding.commitments.map {
      "\(program.commitments[$0.commitment].name): \($0.kind.text) because \(program.reason(for: $0))"
    }
    let due = step.step.grounding.due.map {
      let late = program.uncheckedOverdue($0, at: step.step.snapshot) ? ", overdue" : ""
      return "due: \(program.commitments[$0].name)\(late): \(program.commitments[$0].payoff)"
    }
    return moved + due
  }

  /// What commitments wait for.
  private func waiting(_ explanation: Explanation) -> [String] {
    explanation.commitments.filter { $0.answer.truth != .yes && $0.part == .trigger }.map {
      let parts = $0.decidedBy.map { "\(program.text(of: $0.condition)) is \($0.truth.rawValue)" }
      return "\(program.commitments[$0.commitment].name): not triggered, \(parts.joined(separator: ", "))"
    }
  }

  private func text(_ gate: GateOutcome) -> String {
    let indent = String(repeating: "  ", count: gate.depth)
    let condition = program.text(of: gate.condition)
    return "\(program.topics[gate.topic].name): \(indent)\(gate.verb): \(condition) is \(gate.truth.rawValue)"
      + text(program.sources(of: .gate, named: condition))
  }

  /// What there was to speak from, then what the budget had no room for.
  private func statements(_ selection: StatementSelection) -> [String] {
    selection.statements.map(text)
      + selection.leftOut.map { "left out: \(text($0.statement)) (\($0.reason.text))" }
  }

  private func text(_ fired: FiredStatement) -> String {
    let statement = program.statements[fired.statement]
    return "\(program.topics[fired.topic].name): \(statement)"
      + text(program.sources(of: .statement, named: statement))
  }

  /// Where it comes from, each on a line of its own.
  private func text(_ sources: [Provenance]) -> String {
    sources.map { "\n    from \($0.summary)" }.joined()
  }
}

extension GateOutcome {
  /// What it does, and which branch it opens where that is not the one for yes.
  fileprivate var verb: String {
    guard isOpen else { return "stays shut" }
    return switch truth {
    case .yes: "opens"
    case .no: "opens 'else'"
    case .unknown: "opens 'unknown'"
    }
  }
}

extension String {
  /// So many characters, and a sign where there are more.
  fileprivate func beginning(of length: Int) -> String {
    count > length ? prefix(length) + "…" : self
  }
}

extension Direction {
  /// Whose wish it was and what was wished, in a line.
  fileprivate var sentence: String {
    switch origin {
    case .director: "direction, by the director for \(commitment ?? "the story"): \(text)".oneLine
    case .person: "direction, \(lasts ? "for every line" : "for this line"): \(text)".oneLine
    }
  }
}

extension Conversation {
  /// Shows what decided a turn: `TURN`, `all`, or both.
  func showWhy(_ argument: String) async throws {
    let words = argument.split(whereSeparator: \.isWhitespace).map(String.init)
    let numbers = words.filter { $0 != "all" }
    guard numbers.count <= 1, words.count - numbers.count <= 1 else { throw ChatProblem(usageOf: .why) }
    let transcript = await session.transcript
    let turns = try transcript.turns(to: transcript.head)
    guard let last = turns.last else { throw ChatProblem("Nothing has happened yet.") }
    let number =
      try numbers.first.map { text throws(ChatProblem) in try self.number(text, of: .why) } ?? last.number
    guard let turn = turns.first(where: { $0.number == number }) else {
      throw ChatProblem("There is no turn \(number); the last is turn \(last.number).")
    }
    let isWhole = words.contains("all")
    for direction in turn.directions { screen.note(direction.sentence) }
    for record in turn.records {
      if cast.count > 1 { screen.note(record.program.character) }
      screen.note(WhyReport(record: record, isWhole: isWhole).text)
    }
    for flaw in turn.line?.flaws ?? [] { screen.note("flagged: \(flaw.description.oneLine)") }
    for text in turn.line?.leftOut ?? [] {
      screen.note("left out of the line: \(isWhole ? text.oneLine : text.oneLine.beginning(of: 120))")
    }
    for record in turn.records {
      let whose = cast.count > 1 ? record.program.character : nil
      for sentence in record.memory.sentences(in: turn.number, of: whose) { screen.note(sentence) }
      if let past = record.past {
        screen.note("remembered of the first \(past.events) events (turn \(past.turn)): \(past.text)".oneLine)
      }
    }
    if !isWhole { screen.note("/why \(number) all says what did not happen, and why.") }
  }
}
