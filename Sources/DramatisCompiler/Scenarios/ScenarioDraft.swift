import Dramatis

/// A scenario in the making: events with answers, and nothing expected yet.
struct ScenarioDraft {
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
  init(of explored: [[ExploredStep]], in exploration: Exploration, of program: Program) {
    self.program = program
    needsLuck =
      program.conditions.flatMap(\.leaves).contains { leaf in
        if case .chance = leaf { true } else { false }
      } || program.machines.contains { $0.kind != .deterministic }
    turns = []
    for steps in explored {
      if steps.isEmpty { add(Turn(event: Self.irrelevant)) }
      for step in steps { add(Turn(step, in: exploration, of: program)) }
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
  func waiting(_ turns: Int) -> ScenarioDraft { appending(Turn(event: Self.irrelevant, times: turns)) }

  func appending(_ turn: Turn) -> ScenarioDraft {
    var draft = self
    draft.add(turn)
    return draft
  }

  /// The same with more answers and data in its last event; nil where they contradict it.
  func addingToLast(_ turn: Turn) -> ScenarioDraft? {
    guard var last = turns.last, last.event.actor != program.character else { return nil }
    for (question, truth) in turn.answers
    where last.answers.updateValue(truth, forKey: question) ?? truth != truth {
      return nil
    }
    if turn.event.actor != nil { last.event.actor = turn.event.actor }
    if turn.event.kind != "speech" { last.event.kind = turn.event.kind }
    last.event.data.merge(turn.event.data) { $1 }
    var draft = self
    draft.turns[turns.count - 1].times -= 1
    if draft.turns[turns.count - 1].times == 0 { draft.turns.removeLast() }
    last.times = 1
    draft.turns.append(last)
    return draft
  }
}

extension ScenarioDraft.Turn {
  fileprivate init(_ step: ExploredStep, in exploration: Exploration, of program: Program) {
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

extension ScenarioDraft {
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
    let seed: [YAMLValue.KeyValue] = seed == 0 ? [] : [("seed", .plain(String(self.seed)))]
    return .mapping(seed + [("events", .list(events))])
  }

  private func yaml(of turn: Turn, isLast: Bool) -> YAMLValue {
    let event = turn.event
    let answers = turn.answers.sorted { $0.key < $1.key }.map { question, truth -> YAMLValue.KeyValue in
      (.scalar(program.questions[question].key), .plain(truth.rawValue))
    }
    let data = event.data.sorted { $0.key < $1.key }.map { key, value -> YAMLValue.KeyValue in
      (.scalar(key), value.yaml)
    }
    let entries: [YAMLValue.KeyValue?] = [
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

/// Finds events with which the gates on a path come to what they have to, as far as questions and the event decide it.
struct EventFinder {
  /// What makes a condition come to a value in one way.
  private struct Requirement {
    var answers: [Int: Truth] = [:]
    var fields: [EventField: Datum] = [:]

    /// Both at once; nil where they contradict each other.
    func and(_ other: Requirement) -> Requirement? {
      var both = self
      for (question, truth) in other.answers {
        if let known = both.answers.updateValue(truth, forKey: question), known != truth { return nil }
      }
      for (field, value) in other.fields {
        if let known = both.fields.updateValue(value, forKey: field), known != value { return nil }
      }
      return both
    }
  }

  /// How many ways of one condition are kept.
  private static let mostWays = 24

  private let program: Program
  private let values: EventValues

  init(for program: Program) {
    self.program = program
    values = EventValues(of: program)
  }

  /// The events that lead along a path, the simplest first.
  ///
  /// - Parameter partner: Who has to act; nil for anybody.
  func events(along path: [TreeBranch.Passage], partner: String?) -> [ScenarioDraft.Turn] {
    let actor = Requirement(fields: partner.map { [.actor: .text($0)] } ?? [:])
    let ways = path.reduce([actor]) { ways, passage in
      Self.both(ways, and: requirements(for: passage.condition, toBe: passage.truth))
    }
    return ways.map { requirement in
      var event = Event(text: "…")
      for (field, value) in requirement.fields { event.set(field, to: value) }
      return ScenarioDraft.Turn(event: event, answers: requirement.answers)
    }
  }

  private static func both(_ left: [Requirement], and right: [Requirement]) -> [Requirement] {
    var all: [Requirement] = []
    for one in left {
      for other in right {
        if let both = one.and(other) { all.append(both) }
        if all.count == mostWays { return all }
      }
    }
    return all
  }

  /// The ways in which a condition comes to a value; what the position decides takes nothing.
  private func requirements(for condition: Condition, toBe truth: Truth) -> [Requirement] {
    switch condition {
    case .question(let index): return [Requirement(answers: [index: truth])]
    case .not(let inner):
      return requirements(for: inner, toBe: truth == .unknown ? .unknown : truth == .yes ? .no : .yes)
    case .joined(let connective, let parts) where truth == connective.neutral:
      return parts.reduce([Requirement()]) { Self.both($0, and: requirements(for: $1, toBe: truth)) }
    case .joined(let connective, let parts):
      if truth != .unknown, connective.isSelective {
        return Array(parts.flatMap { requirements(for: $0, toBe: truth) }.prefix(Self.mostWays))
      }
      // The other parts must leave it to the chosen one: yes in an `and`, no in an `or`.
      return parts.indices.flatMap { chosen in
        parts.indices.reduce([Requirement()]) {
          Self.both($0, and: requirements(for: parts[$1], toBe: $1 == chosen ? truth : connective.neutral))
        }
      }
    case .holds, .compare, .isMember: return requirementsOfEvent(for: condition, toBe: truth)
    case .constant, .chance: return [Requirement()]
    }
  }

  private func requirementsOfEvent(for condition: Condition, toBe truth: Truth) -> [Requirement] {
    let fields = Set(condition.reads.compactMap(\.field))
    guard let field = fields.first, fields.count == 1 else { return [Requirement()] }
    return values.values(of: field, on: .passive).compactMap { value in
      var event = Event()
      event.set(field, to: value)
      guard Circumstances(of: program, on: event).truth(of: condition) == truth else { return nil }
      return Requirement(fields: value.map { [field: $0] } ?? [:])
    }
  }
}
