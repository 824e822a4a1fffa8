import Dramatis

/// Compares a turn with what a scenario expects of it.
struct TurnCheck {
  let record: TurnRecord
  let line: String?
  private let number: Int

  var program: Program { record.program }

  /// - Parameter number: The place of the event in its scenario, from 1.
  init(_ record: TurnRecord, line: String?, number: Int) {
    (self.record, self.line, self.number) = (record, line, number)
  }

  /// The statements that apply, whether or not there is room for them.
  var fired: [Int] { record.event?.step.grounding.statements.map(\.statement) ?? [] }

  /// The questions that were asked, each once, in the order of the program.
  var asked: [Int] { Set(record.steps.flatMap(\.rounds).flatMap(\.self)).sorted() }

  func probability(_ state: Int, of machine: Int) -> Double {
    record.distributions[program.machines[machine].name]?[program.machines[machine].states[state].name] ?? 0
  }

  /// Whether it happened as expected.
  func holds(_ expectation: ScenarioExpectation) -> Bool {
    switch expectation.content {
    case .state(let machine, let state): record.after.states[machine] == state
    case .variable(let index, let stored): record.after.variables[index] == stored
    case .commitment(let index, let status): record.after.commitments[index].status == status
    case .probability(let machine, let state, let wanted, let within):
      abs(probability(state, of: machine) - wanted) <= within
    case .statements(let wanted, let fires):
      wanted.allSatisfy { $0.statements.contains(where: fired.contains) == fires }
    case .line(let text): line == text
    case .asked(let questions): asked == questions
    }
  }

  /// Says that an `expect` has nothing behind it.
  func missingExpectation(at node: Node, of turn: ScenarioTurn) -> Diagnostic {
    Diagnostic(
      .expectationNotMet, message: "nothing is expected here", at: node.span,
      help: ["write what is expected, or let 'dramatis test --update' write what happens", place(turn)])
  }

  /// A diagnostic for everything that is not as expected.
  func failures(of expectation: ScenarioExpectation, in turn: ScenarioTurn) -> [Diagnostic] {
    guard case .statements(let wanted, let fires) = expectation.content else {
      let (message, help) = difference(expectation.content)
      return [
        Diagnostic(
          .expectationNotMet, message: message, at: expectation.node.span, help: help + [place(turn)])
      ]
    }
    let others = fires ? fired.prefix(12).map { "applies: \(program.statements[$0])" } : []
    return wanted.filter { $0.statements.contains(where: fired.contains) != fires }.map { statement in
      Diagnostic(
        .expectationNotMet, message: fires ? "this statement does not apply" : "this statement applies",
        at: statement.node.span,
        help: (fires && fired.isEmpty ? ["no statement applies"] : others) + [place(turn)])
    }
  }

  private func place(_ turn: ScenarioTurn) -> String {
    let words = (turn.event.text ?? turn.event.scene ?? "").quoted
    return "this was event \(number), \(turn.event.actor.map { "\($0): " } ?? "")\(words)"
  }

  /// What is wrong in words, with what was expected and what came instead.
  private func difference(_ content: ScenarioExpectation.Content) -> (message: String, help: [String]) {
    switch content {
    case .state(let machine, let state):
      let (name, states) = (program.machines[machine].name, program.machines[machine].states)
      return differ(
        name, expected: states[state].name, got: states[record.after.states[machine]].name,
        because: reasons(of: machine))
    case .variable(let index, let stored):
      let variable = program.variables[index]
      return differ(
        variable.name, expected: variable.text(stored),
        got: variable.text(record.after.variables[index]))
    case .commitment(let index, let status):
      return differ(
        program.commitments[index].name, expected: status.rawValue,
        got: record.after.commitments[index].status.rawValue)
    case .probability(let machine, let state, let wanted, let within):
      let name = "p(\(program.machines[machine].name) == \(program.machines[machine].states[state].name))"
      return differ(
        name, expected: "\(wanted) within \(within)", got: probability(state, of: machine).fourDigits,
        because: reasons(of: machine))
    case .line(let text):
      return differ("line", expected: text?.quoted ?? "nothing", got: line?.quoted ?? "nothing")
    case .asked(let questions): return differ("asked", expected: keys(questions), got: keys(asked))
    case .statements: return ("", [])
    }
  }

  private func differ(
    _ name: String, expected: String, got: String, because reasons: [String] = []
  ) -> (String, [String]) {
    ("'\(name)' is not as expected", ["expected: \(expected)", "got: \(got)"] + reasons)
  }

  private func keys(_ questions: [Int]) -> String {
    questions.isEmpty ? "nothing" : questions.map { program.questions[$0].key }.joined(separator: ", ")
  }

  /// How a machine moved in the turn.
  private func reasons(of machine: Int) -> [String] {
    let changes = record.steps.flatMap(\.step.grounding.changes).filter { $0.machine == machine }
    let states = program.machines[machine].states
    guard !changes.isEmpty else { return ["it did not move"] }
    return changes.map {
      "it moved: \(states[$0.from].name) → \(states[$0.to].name) because \(program.reason(for: $0))"
    }
  }
}

extension TurnCheck {
  /// What makes an expectation expect what happened.
  func edit(of expectation: ScenarioExpectation) -> TextEdit? {
    let node = expectation.node
    switch expectation.content {
    case .state(let machine, _):
      return TextEdit(
        replacing: node, with: YAMLValue.scalar(program.stateName(of: machine, at: record.after)).text)
    case .variable(let index, _):
      return TextEdit(replacing: node, with: program.variables[index].text(record.after.variables[index]))
    case .commitment(let index, _):
      return TextEdit(replacing: node, with: record.after.commitments[index].status.rawValue)
    case .probability(let machine, let state, _, _):
      return TextEdit(replacing: node, with: probability(state, of: machine).fourDigits)
    case .line: return TextEdit(replacing: node, with: spoken.text)
    case .asked: return edit(of: expectation, listing: asked.map { .scalar(program.questions[$0].key) })
    case .statements(let wanted, let fires):
      let others = wanted.filter { !$0.statements.contains(where: fired.contains) }
      return edit(of: expectation, listing: fires ? firedTexts : others.map { .scalar($0.node.text) })
    }
  }

  private func edit(of expectation: ScenarioExpectation, listing elements: [YAMLValue]) -> TextEdit? {
    TextEdit(
      replacingElementsOf: expectation.node, isFlow: expectation.isFlow, with: elements.map(\.text))
  }

  /// The statements that apply, each text once.
  private var firedTexts: [YAMLValue] {
    var texts: [String] = []
    for text in fired.map({ program.statements[$0] }) where !texts.contains(text) {
      texts.append(text)
    }
    return texts.map { .scalar($0) }
  }

  var spoken: YAMLValue { line.map { .quoted($0) } ?? "null" }

  /// All that a turn left: states, variables, commitments, statements and the line.
  func recorded(speaks: Bool) -> YAMLValue {
    let states = program.machines.indices.map { machine -> YAMLValue.KeyValue in
      (.plain(program.machines[machine].name), .scalar(program.stateName(of: machine, at: record.after)))
    }
    let variables = zip(program.variables, record.after.variables).map {
      variable, value -> YAMLValue.KeyValue in
      (.plain(variable.name), .plain(variable.text(value)))
    }
    let owned = zip(program.commitments, record.after.commitments).filter { program.owns($0.0) }
    let commitments = owned.map {
      commitment, progress -> YAMLValue.KeyValue in
      (.plain(commitment.name), .plain(progress.status.rawValue))
    }
    let sections: [YAMLValue.KeyValue?] = [
      states.isEmpty ? nil : ("states", .flowMapping(states)),
      variables.isEmpty ? nil : ("variables", .flowMapping(variables)),
      commitments.isEmpty ? nil : ("commitments", .flowMapping(commitments)),
      ("statements", .flowList(firedTexts)), speaks ? ("line", spoken) : nil,
    ]
    return .flowMapping(sections.compactMap(\.self))
  }
}

extension Program {
  fileprivate func stateName(of machine: Int, at snapshot: Snapshot) -> String {
    machines[machine].states[snapshot.states[machine]].name
  }
}

extension Double {
  /// A number from 0 to 1 with four digits behind the point at most.
  package var fourDigits: String { String(Double(Int(self * 10_000 + 0.5)) / 10_000) }
}
