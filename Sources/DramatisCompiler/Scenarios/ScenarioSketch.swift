import Dramatis

/// A scenario in the making: events with answers, and nothing expected yet.
struct ScenarioSketch {
  /// One event, and how often it happens.
  struct Turn: Hashable {
    var event: Event
    var answers: [Int: Truth] = [:]
    var times = 1
  }

  private(set) var turns: [Turn]
  /// Whether chance has a part in it, so that another seed may come to something else.
  private(set) var needsLuck: Bool
  var seed = 0
  private let program: Program

  /// Writes explored turns as events.
  init(_ explored: [[ExploredStep]], _ exploration: Exploration, _ program: Program) {
    self.program = program
    needsLuck =
      program.conditions.flatMap(\.leaves).contains { leaf in
        if case .chance = leaf { true } else { false }
      } || program.machines.contains { $0.kind != .deterministic }
    turns = []
    for steps in explored {
      if steps.isEmpty { add(Turn(event: Self.irrelevant)) }
      for step in steps { add(Turn(step, exploration, program)) }
    }
  }

  /// Something that does not concern the character, by the rule that holds without `relevant`.
  private static let irrelevant = Event(text: "…", to: ["nobody here"])

  /// Two alike in a row are one that happens twice.
  private mutating func add(_ turn: Turn) {
    if let last = turns.last, last.event == turn.event, last.answers == turn.answers {
      turns[turns.count - 1].times += turn.times
    } else {
      turns.append(turn)
    }
  }

  /// The same with some turns in which nothing happens that concerns the character.
  func waiting(_ turns: Int) -> ScenarioSketch { appending(Turn(event: Self.irrelevant, times: turns)) }

  func appending(_ turn: Turn) -> ScenarioSketch {
    var sketch = self
    sketch.add(turn)
    return sketch
  }

  /// The same with more answers and data in its last event; nil where they contradict it.
  func addingToLast(_ turn: Turn) -> ScenarioSketch? {
    guard var last = turns.last, last.event.actor != program.character else { return nil }
    for (question, truth) in turn.answers
    where last.answers.updateValue(truth, forKey: question) ?? truth != truth {
      return nil
    }
    if turn.event.actor != nil { last.event.actor = turn.event.actor }
    if turn.event.kind != "speech" { last.event.kind = turn.event.kind }
    last.event.data.merge(turn.event.data) { $1 }
    var sketch = self
    sketch.turns[turns.count - 1].times -= 1
    if sketch.turns[turns.count - 1].times == 0 { sketch.turns.removeLast() }
    last.times = 1
    sketch.turns.append(last)
    return sketch
  }
}

extension ScenarioSketch.Turn {
  fileprivate init(_ step: ExploredStep, _ exploration: Exploration, _ program: Program) {
    event = Event(actor: step.side == .passive ? nil : program.character, text: "…")
    for pick in step.picks {
      let choice = exploration.choices[pick.choice]
      let option = choice.options(on: step.side)[pick.option]
      switch choice.source {
      case .question(let index): answers[index] = option.replies.first?.truth
      case .field(let field): event.set(field, to: option.value)
      case .chance, .draw, .belief, .comparison: break
      }
    }
  }
}

extension ScenarioSketch {
  /// The scenario as it can be run.
  var scenario: Scenario {
    let start = SourcePosition(line: 1, column: 1, offset: 0)
    let settings = ScenarioSettings(actor: nil, seed: UInt64(seed), speaks: false)
    return Scenario(
      name: "", span: SourceSpan(start: start, end: start), settings: settings,
      turns: turns.map { turn in
        ScenarioTurn(
          event: turn.event, times: turn.times,
          answers: Dictionary(
            turn.answers.map { (program.questions[$0.key].key, Answer($0.value)) }, uniquingKeysWith: { $1 }),
          set: [:], expectations: [], unrecorded: nil)
      })
  }

  /// The scenario below its name; the last event expects something that is not written yet.
  var yaml: YAMLValue {
    let events = turns.enumerated().map { index, turn in
      yaml(of: turn, isLast: index == turns.count - 1)
    }
    let seed: [YAMLValue.Entry] = seed == 0 ? [] : [("seed", .plain(String(self.seed)))]
    return .mapping(seed + [("events", .list(events))])
  }

  private func yaml(of turn: Turn, isLast: Bool) -> YAMLValue {
    let event = turn.event
    let answers = turn.answers.sorted { $0.key < $1.key }.map { question, truth -> YAMLValue.Entry in
      (.scalar(program.questions[question].key), .plain(truth.rawValue))
    }
    let data = event.data.sorted { $0.key < $1.key }.map { key, value -> YAMLValue.Entry in
      (.scalar(key), value.yaml)
    }
    let entries: [YAMLValue.Entry?] = [
      event.actor.map { ("actor", .scalar($0)) }, ("text", .quoted(event.text ?? "")),
      event.to.map { ("to", .flowList($0.map { .scalar($0) })) },
      event.kind == "speech" ? nil : ("kind", .scalar(event.kind)),
      data.isEmpty ? nil : ("data", .flowMapping(data)),
      turn.times == 1 ? nil : ("times", .plain(String(turn.times))),
      answers.isEmpty ? nil : ("answers", .flowMapping(answers)), isLast ? ("expect", .nothing) : nil,
    ]
    return .flowMapping(entries.compactMap(\.self))
  }
}

extension Datum {
  /// The value as an event's data are written.
  fileprivate var yaml: YAMLValue {
    switch self {
    case .null, .list, .object: "null"
    case .boolean(let value): .plain(String(value))
    case .number(let value): .plain(Int(exactly: value).map(String.init) ?? String(value))
    case .text(let text): .scalar(text)
    }
  }
}
