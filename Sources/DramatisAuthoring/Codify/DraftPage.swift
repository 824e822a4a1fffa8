import Dramatis
import DramatisCompiler

/// A draft as the YAML of a profile: block style, every text quoted, every part on lines that are known.
struct DraftPage {
  /// The page with the places of its parts.
  private(set) var page = MarkedPage<DraftItem>()
  private let draft: Draft

  /// - Parameter provenance: Where parts come from, where that is to be written.
  init(_ draft: Draft, provenance: [Provenance] = []) {
    self.draft = draft
    writeHead()
    writeVariables()
    writeQuestions()
    writeMachines()
    writeBehavior()
    writeCommitments()
    writeLines()
    write(provenance)
  }

  private mutating func writeHead() {
    page.entry("dramatis", "1")
    page.entry("character", .said(draft.name))
    if !draft.aliases.isEmpty {
      page.entry("aliases", .list(draft.aliases.map { .said($0) }), as: .head("aliases"))
    }
    for (key, text) in [("summary", draft.summary), ("voice", draft.voice), ("setting", draft.setting)]
    where !text.isEmpty {
      page.entry(.plain(key), .said(text), as: .head(key))
    }
    if !draft.greetings.isEmpty {
      page.heading("greeting")
      for greeting in draft.greetings { page.element(.quoted(greeting), as: .greeting(greeting)) }
    }
    if !draft.examples.isEmpty {
      page.heading("examples")
      for (index, example) in draft.examples.enumerated() {
        page.element(
          .mapping([("event", .quoted(example.event)), ("line", .quoted(example.line))]), as: .example(index))
      }
    }
  }

  private mutating func writeVariables() {
    guard !draft.variables.isEmpty else { return }
    page.heading("variables")
    for variable in draft.variables {
      page.entry(
        .plain(variable.name),
        .mapping([
          ("initial", .plain(String(variable.initial))), ("min", "0"), ("max", .plain(String(variable.max))),
        ]), indent: 2, as: .variable(variable.name))
    }
  }

  private mutating func writeQuestions() {
    guard !draft.questions.isEmpty else { return }
    page.heading("questions")
    for question in draft.questions {
      page.part(.question(question.name)) { page in
        page.heading(question.name, indent: 2)
        page.entry("ask", .said(question.ask), indent: 4)
        for (key, cues) in [("cues", question.cues), ("counter-cues", question.counterCues)]
        where !cues.isEmpty {
          page.heading(key, indent: 4)
          for cue in cues {
            page.element(.said(cue), indent: 6, as: .cue(question: question.name, cue))
          }
        }
        if question.isOverScene { page.entry("over", "scene", indent: 4) }
        page.entry("otherwise", "no", indent: 4)
      }
    }
  }

  private mutating func writeMachines() {
    guard !draft.machines.isEmpty else { return }
    page.heading("machines")
    for machine in draft.machines {
      page.part(.machine(machine.name)) { page in
        page.heading(machine.name, indent: 2)
        page.heading("states", indent: 4)
        for state in machine.states {
          page.entry(
            .plain(state.name), .said(state.now), indent: 6, as: .state(machine: machine.name, state.name))
        }
        guard !machine.transitions.isEmpty else { return }
        page.heading("transitions", indent: 4)
        for transition in machine.transitions {
          page.element(Self.value(of: transition), indent: 6, as: .transition(transition.number))
        }
      }
    }
  }

  private static func value(of transition: Draft.Transition) -> YAMLValue {
    let from: YAMLValue =
      transition.from.count == 1
      ? .plain(transition.from[0]) : .flowList(transition.from.map { .plain($0) })
    var entries: [YAMLValue.KeyValue] = [
      ("from", from), ("to", .plain(transition.to)), ("when", .quoted(transition.condition.text)),
    ]
    if transition.role != "passive" { entries.append(("role", .plain(transition.role))) }
    if !transition.effects.isEmpty {
      entries.append(
        (
          "set", .mapping(transition.effects.map { (.plain($0.variable), .plain($0.value)) })
        ))
    }
    return .mapping(entries)
  }

  private mutating func writeBehavior() {
    let statements = draft.statements
    guard !statements.isEmpty else { return }
    page.heading("behavior")
    for topic in statements.map(\.topic).uniqued {
      let own = statements.filter { $0.topic == topic }
      page.entry(.said(topic), .nothing, indent: 2)
      var indent = 4
      if let partner = own.first?.partner {
        page.entry("with", .said(partner), indent: 4)
        page.heading("statements", indent: 4)
        indent = 6
      }
      for statement in own where statement.condition == nil {
        page.element(.said(statement.text), indent: indent, as: .statement(statement.id))
      }
      for condition in own.compactMap(\.condition).uniqued {
        page.part(.gate(topic: topic, condition)) { page in
          page.element(.mapping([("when", .quoted(condition.text))]), indent: indent)
          page.heading("then", indent: indent + 2)
          for statement in own where statement.condition == condition {
            page.element(.said(statement.text), indent: indent + 4, as: .statement(statement.id))
          }
        }
      }
    }
  }

  private mutating func writeCommitments() {
    guard !draft.commitments.isEmpty else { return }
    page.heading("commitments")
    for commitment in draft.commitments {
      page.part(.commitment(commitment.name)) { page in
        page.heading(commitment.name, indent: 2)
        page.entry("foreshadow", Self.value(of: commitment.foreshadow), indent: 4)
        if let plant = commitment.plant { page.entry("plant", .quoted(plant.text), indent: 4) }
        page.entry("trigger", .quoted(commitment.trigger.text), indent: 4)
        page.entry("payoff", Self.value(of: commitment.payoff), indent: 4)
        if commitment.notBefore > 0 {
          page.entry("not-before", .plain(String(commitment.notBefore)), indent: 4)
        }
        if commitment.dueWithin > 0 {
          page.entry("due-within", .plain(String(commitment.dueWithin)), indent: 4)
        }
        if !commitment.after.isEmpty {
          page.entry("after", .flowList(commitment.after.map { .plain($0) }), indent: 4)
        }
      }
    }
  }

  /// What it says is known by its own words.
  private static func value(of beat: Draft.Beat) -> YAMLValue {
    guard !beat.say.isEmpty else { return .said(beat.text) }
    return .mapping([
      ("text", .said(beat.text)), ("cues", .list(beat.say.map { .said($0.asCue) })),
      ("say", .list(beat.say.map { .said($0) })),
    ])
  }

  private mutating func writeLines() {
    guard !draft.lines.isEmpty else { return }
    page.heading("lines")
    for (index, line) in draft.lines.enumerated() {
      page.part(.line(index)) { page in
        switch line.target {
        case .always: page.element(.mapping([("say", .nothing)]))
        case .state(let machine, let state):
          page.element(.mapping([("when", .quoted("\(machine) == \(state)"))]))
          page.heading("say", indent: 4)
        case .statement(let id):
          let text = draft.statements.first { $0.id == id }?.text ?? ""
          page.element(.mapping([("statement", .said(text))]))
          page.heading("say", indent: 4)
        }
        for text in line.say { page.element(.said(text), indent: 6, as: .say(line: index, text)) }
      }
    }
  }

  private mutating func write(_ provenance: [Provenance]) {
    guard !provenance.isEmpty else { return }
    page.heading("provenance")
    for source in provenance { page.element(source.yaml) }
  }
}

extension Provenance {
  /// The source as a profile has it.
  var yaml: YAMLValue {
    var entries: [YAMLValue.KeyValue] = [("of", .plain(item.rawValue)), ("name", .quoted(name))]
    if let fact { entries.append(("fact", .said(fact))) }
    if !quotes.isEmpty { entries.append(("quote", .list(quotes.map { .said($0) }))) }
    if let place { entries.append(("at", .said(place))) }
    if let evidence { entries.append(("evidence", .said(evidence))) }
    return .mapping(entries)
  }
}

extension String {
  /// A whole line as a cue: without marks at its end and what would mean something in a cue.
  var asCue: String {
    let plain = replacing("*", with: " ").replacing("…", with: " ").replacing("...", with: " ")
    let words = plain.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let end = words.lastIndex { $0.isLetter || $0.isNumber }
    return end.map { String(words[...$0]) } ?? words
  }
}
