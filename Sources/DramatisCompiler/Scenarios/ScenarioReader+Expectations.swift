import Dramatis

extension ScenarioReader {
  /// How far a probability may be from what is expected, unless the scenario says otherwise.
  private static let defaultTolerance = 0.01

  /// Reads `expect`: its own keys, or names of machines, variables and commitments alone.
  mutating func expectations(_ node: Node, speaks: Bool) -> [Expectation] {
    if node.isNull { return [] }
    guard case .mapping(let entries) = node.content else {
      wrongType(node, expected: "a mapping of what is expected")
      return []
    }
    let within = entries.first { $0.key.text == "within" }
    let tolerance = within.flatMap { number($0.value, in: 0...1) } ?? Self.defaultTolerance
    return entries.flatMap { expectations($0, tolerance, speaks) }
  }

  private mutating func expectations(_ entry: Entry, _ tolerance: Double, _ speaks: Bool) -> [Expectation] {
    switch entry.key.text {
    case "states": named(entry.value, "machines and states").compactMap { state($0) }
    case "variables": named(entry.value, "variables and values").compactMap { variable($0) }
    case "commitments": named(entry.value, "commitments and statuses").compactMap { commitment($0) }
    case "distributions":
      named(entry.value, "machines and probabilities").flatMap { distribution($0, tolerance) }
    case "within": []
    case "statements": statements(entry)
    case "line": line(entry, speaks)
    case "asked": asked(entry.value)
    default: [named(entry)].compactMap(\.self)
    }
  }

  /// The short form: a name tells what it is the name of.
  private mutating func named(_ entry: Entry) -> Expectation? {
    guard let program else { return nil }
    let name = entry.key.text
    if program.machines.contains(where: { $0.name == name }) { return state(entry) }
    if program.variables.contains(where: { $0.name == name }) { return variable(entry) }
    if program.commitments.contains(where: { $0.name == name }) { return commitment(entry) }
    let known =
      program.machines.map(\.name) + program.variables.map(\.name) + program.commitments.map(\.name)
    report(
      .unknownName, message: "unknown name '\(name)'", at: entry.key.span,
      label: "no machine, variable or commitment has this name, and 'expect' no such key",
      help: suggestion(name, known + ScenarioKeys.expect))
    return nil
  }

  private mutating func machine(_ key: Node) -> Int? {
    guard let program else { return nil }
    if let index = program.machines.firstIndex(where: { $0.name == key.text }) { return index }
    report(
      .unknownName, message: "unknown machine '\(key.text)'", at: key.span,
      help: suggestion(key.text, program.machines.map(\.name)))
    return nil
  }

  private mutating func state(_ node: Node, of machine: Int) -> Int? {
    guard let program, let name = text(node, "the name of a state") else { return nil }
    let states = program.machines[machine].states.map(\.name)
    if let index = states.firstIndex(of: name) { return index }
    report(
      .unknownState, message: "unknown state '\(name)'", at: node.span,
      label: "no state of machine '\(program.machines[machine].name)' has this name",
      help: suggestion(name, states))
    return nil
  }

  private mutating func state(_ entry: Entry) -> Expectation? {
    guard let machine = machine(entry.key), let state = state(entry.value, of: machine) else { return nil }
    return Expectation(content: .state(machine: machine, state), node: entry.value)
  }

  private mutating func variable(_ entry: Entry) -> Expectation? {
    guard let program, let (variable, stored) = stored(entry, program) else { return nil }
    if case .integer = program.variables[variable].kind, entry.value.datum != .number(Double(stored)) {
      let range = program.variables[variable].range
      report(
        .numberOutOfRange, message: "'\(entry.key.text)' is never \(entry.value.text)", at: entry.value.span,
        help: ["it is \(range.lowerBound) to \(range.upperBound)"])
      return nil
    }
    return Expectation(content: .variable(variable, stored: stored), node: entry.value)
  }

  private mutating func commitment(_ entry: Entry) -> Expectation? {
    guard let program else { return nil }
    guard let index = program.commitments.firstIndex(where: { $0.name == entry.key.text }) else {
      report(
        .unknownName, message: "unknown commitment '\(entry.key.text)'", at: entry.key.span,
        help: suggestion(entry.key.text, program.commitments.map(\.name)))
      return nil
    }
    let words = CommitmentStatus.allCases.map(\.rawValue).joined(separator: ", ")
    return word(entry.value, words, as: CommitmentStatus.self).map {
      Expectation(content: .commitment(index, $0), node: entry.value)
    }
  }

  private mutating func distribution(_ entry: Entry, _ tolerance: Double) -> [Expectation] {
    guard let program, let machine = machine(entry.key) else { return [] }
    guard program.machines[machine].kind != .deterministic else {
      report(
        .misplacedProbability, message: "'\(entry.key.text)' has no distribution", at: entry.key.span,
        help: ["expect its state"])
      return []
    }
    return named(entry.value, "states and probabilities").compactMap { pair in
      guard let state = state(pair.key, of: machine), let value = number(pair.value, in: 0...1) else {
        return nil
      }
      return Expectation(
        content: .probability(machine: machine, state: state, value, within: tolerance), node: pair.value)
    }
  }

  /// A mere list is of those that apply.
  private mutating func statements(_ entry: Entry) -> [Expectation] {
    guard case .mapping = entry.value.content else { return statements(entry.value, fire: true) }
    guard let fields = fields(entry.value, "statements", ScenarioKeys.statements) else { return [] }
    return statements(fields["fire"], fire: true) + statements(fields["not"], fire: false)
  }

  private mutating func statements(_ node: Node?, fire: Bool) -> [Expectation] {
    guard let node else { return [] }
    let wanted = texts(node).compactMap { node in
      let found = statements(of: node)
      return found.isEmpty ? nil : Expectation.Wanted(statements: found, node: node)
    }
    return [Expectation(content: .statements(wanted, fire: fire), node: node, isFlow: isFlow(node))]
  }

  /// Whether a list stands in brackets.
  private func isFlow(_ node: Node) -> Bool {
    let start = node.span.start.offset
    return start < file.bytes.count && file.bytes[start] == UInt8(ascii: "[")
  }

  /// By exact text or by identifier.
  private mutating func statements(of node: Node) -> [Int] {
    guard let program else { return [] }
    let found = program.statements.indices.filter {
      program.statements[$0].isSameBytes(as: node.text) || identifiers[$0] == node.text
    }
    if found.isEmpty {
      report(
        .unknownStatement, message: "no statement under behavior reads like this", at: node.span,
        help: isFull
          ? []
          : nearest(node.text, among: program.statements).map { ["did you mean '\($0)'?"] }
            ?? ["copy the statement as it stands in the profile"])
    }
    return found
  }

  private mutating func line(_ entry: Entry, _ speaks: Bool) -> [Expectation] {
    guard speaks else {
      report(
        .misplacedLine, message: "nobody speaks in this scenario", at: entry.key.span,
        help: ["add 'speak: true' to the scenario or to the file"])
      return []
    }
    if entry.value.isNull { return [Expectation(content: .line(nil), node: entry.value)] }
    return text(entry.value, "a line").map { [Expectation(content: .line($0), node: entry.value)] } ?? []
  }

  private mutating func asked(_ node: Node) -> [Expectation] {
    guard let program else { return [] }
    var questions: [Int] = []
    for name in texts(node) {
      let found = program.answers(from: [name.text: .yes]).answers.answered
      if found.isEmpty {
        report(
          .unknownName, message: "unknown question '\(name.text)'", at: name.span,
          label: "no question has this name or text",
          help: suggestion(name.text, program.questions.map(\.key)))
      }
      questions += found
    }
    return [Expectation(content: .asked(questions.sorted()), node: node, isFlow: isFlow(node))]
  }
}
