import Dramatis
import DramatisLLM

/// What the character says without a language model: greetings, and lines for states, for statements and for anything.
struct LinesForm: CodifyForm {
  /// How many states and statements are asked for at once.
  static let batch = 14
  /// A line is not repeated within eight turns where there are more than these that always fit.
  private static let common = 10

  let stage = CodifyStage.lines
  let replyTokens = 4_000
  private let targets: [(name: String, target: Draft.Line.Target, facts: [String])]
  /// Whether greetings and lines that always fit are asked for too.
  private let isFirst: Bool
  private let wantsGreetings: Bool

  /// All requests that a draft takes.
  static func all(of draft: Draft) -> [LinesForm] {
    var targets: [(name: String, target: Draft.Line.Target, facts: [String])] = draft.machines.flatMap {
      machine in
      machine.states.map { ("\(machine.name).\($0.name)", .state(machine: machine.name, $0.name), $0.facts) }
    }
    targets += draft.statements.filter { $0.condition != nil && $0.partner == nil }.map {
      ($0.id, .statement($0.id), $0.facts)
    }
    return stride(from: 0, to: max(targets.count, 1), by: batch).map { start in
      LinesForm(
        targets: Array(targets[min(start, targets.count)...].prefix(batch)), isFirst: start == 0,
        wantsGreetings: draft.greetings.isEmpty)
    }
  }

  var task: String {
    let first =
      isFirst
      ? """
      \(wantsGreetings ? "Two to four greetings, said before anything has happened. " : "")\(Self.common) lines under \
      "always" that fit whatever was said: they ask something back, say something of the place or of what the character is \
      about, promise nothing and contradict no state. \("")
      """ : ""
    return """
      What does the character say, in its own voice and in the language of the source, one to three sentences a line? \
      \(first)For each of \(targets.map(\.name).joined(separator: ", ")): three different lines that fit the state or the \
      statement of that name; a line for a state is said to anything while it lasts. {user} stands for whoever speaks with \
      the character, if a name is needed. No line tells a secret before a state or a statement allows it.
      """
  }

  var schema: JSONValue {
    let names = targets.map(\.name) + (isFirst ? ["always"] : [])
    let lines: JSONValue = .listed(
      .record(["for": .oneOf(names), "say": .listed(.anyText, most: Self.common + 2)]), most: names.count)
    guard isFirst else { return .record(["lines": lines]) }
    return .record([
      "greetings?": .listed(.anyText, most: 4), "lines": lines,
      "examples?": .listed(.record(["event": .anyText, "line": .anyText]), most: 3),
    ])
  }

  func read(_ value: JSONValue, into draft: inout Draft) -> [String] {
    var problems: [String] = []
    if isFirst, wantsGreetings {
      draft.greetings = value.saidTexts("greetings", most: 4).map(\.withKnownSlots)
    }
    if isFirst, draft.examples.isEmpty {
      draft.examples = value.parts("examples", most: 3).compactMap { part in
        guard let event = part.said("event"), let line = part.said("line") else { return nil }
        return Draft.Example(event: event.withoutSlots, line: line.withoutSlots)
      }
    }
    var said = Set(draft.lines.flatMap(\.say).map { $0.folded() })
    var missing = Set(targets.map(\.name) + (isFirst ? ["always"] : []))
    for part in value.parts("lines", most: Self.batch * 2) {
      let name = part.said("for") ?? ""
      let texts = part.saidTexts("say", most: Self.common + 2).map(\.withKnownSlots)
        .filter { said.insert($0.folded()).inserted }
      guard let (target, facts) = draft.lineTarget(called: name) else {
        problems.append("lines: there is no '\(name)'")
        continue
      }
      missing.remove(name)
      guard !texts.isEmpty else { continue }
      draft.add(texts, for: target, facts: facts)
      let wanted = name == "always" ? Self.common - 1 : 3
      let count = draft.lines.first { $0.target == target }?.say.count ?? 0
      if count < wanted { problems.append("lines for \(name): \(count), and \(wanted) are needed") }
    }
    if !missing.isEmpty { problems.append("lines: none for \(missing.sorted().joined(separator: ", "))") }
    return problems
  }

  /// Whether an earlier reply has said everything already.
  func isDone(in draft: Draft) -> Bool {
    !isFirst && targets.allSatisfy { target in draft.lines.contains { $0.target == target.target } }
  }

  func concerns(_ item: DraftItem) -> Bool {
    switch item {
    case .line, .say, .greeting, .example: true
    default: false
    }
  }
}

extension Draft {
  /// What lines that always fit rest on: what is always so.
  fileprivate var common: [String] {
    facts.first { $0.kind == .constant }.map { [$0.id] } ?? facts.first.map { [$0.id] } ?? []
  }

  /// What `always`, `mood.wary` or `s3` stands for, with the facts that it rests on; nil for anything else.
  fileprivate func lineTarget(called name: String) -> (target: Line.Target, facts: [String])? {
    if name == "always" { return (.always, common) }
    if let statement = statements.first(where: { $0.id == name }) {
      return (.statement(name), statement.facts)
    }
    for machine in machines {
      for state in machine.states where name == "\(machine.name).\(state.name)" {
        return (.state(machine: machine.name, state.name), state.facts)
      }
    }
    return nil
  }

  /// Adds texts to say; those for one target stand together.
  mutating func add(_ texts: [String], for target: Line.Target, facts: [String]) {
    if let index = lines.firstIndex(where: { $0.target == target }) {
      lines[index].say += texts
    } else {
      lines.append(Line(target: target, say: texts, facts: facts))
    }
  }
}
