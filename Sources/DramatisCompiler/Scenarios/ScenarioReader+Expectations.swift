import Dramatis

extension ScenarioReader {
  /// Reads `expect`: its own keys, or names of machines, variables and commitments alone.
  mutating func expectations(_ node: Node, speaks: Bool) -> [ScenarioExpectation] {
    if node.isNull { return [] }
    guard case .mapping(let entries) = node.content else {
      wrongType(node, expected: "a mapping of what is expected")
      return []
    }
    let fields = Fields<ExpectationKeys>(entries, span: node.span)
    let tolerance = value(of: fields.within)
    return entries.flatMap { expectations($0, of: fields, within: tolerance, speaks: speaks) }
  }

  private mutating func expectations(
    _ entry: MappingEntry, of fields: Fields<ExpectationKeys>, within tolerance: Double, speaks: Bool
  ) -> [ScenarioExpectation] {
    switch entry.key.text {
    case fields.states.key.name: value(of: fields.states).compactMap { state($0) }
    case fields.variables.key.name: value(of: fields.variables).compactMap { variable($0) }
    case fields.commitments.key.name: value(of: fields.commitments).compactMap { commitment($0) }
    case _ where isNamedMember(entry): expectations(ofMember: entry, speaks: speaks)
    case fields.distributions.key.name:
      value(of: fields.distributions).flatMap { distribution($0, within: tolerance) }
    case fields.within.key.name: []
    case fields.statements.key.name: statements(entry)
    case fields.line.key.name: line(entry, speaks: speaks)
    case fields.asked.key.name: isOfOne(entry) ? asked(entry.value) : []
    default: [named(entry)].compactMap(\.self)
    }
  }

  /// The short form: a name tells what it is the name of.
  private mutating func named(_ entry: MappingEntry) -> ScenarioExpectation? {
    guard !cast.isEmpty else { return nil }
    let name = entry.key.text
    let candidates = isOfMember ? [cast[member]] : cast
    if candidates.contains(where: { $0.hasMachine(name) }) { return state(entry) }
    if candidates.contains(where: { $0.hasVariable(name) }) { return variable(entry) }
    if candidates.contains(where: { $0.hasCommitment(name) }) { return commitment(entry) }
    let known = candidates.flatMap { program in
      program.machines.map(\.name) + program.variables.map(\.name)
        + program.commitments.filter(program.owns).map(\.name)
    }
    report(
      .unknownName, message: "unknown name '\(name)'", at: entry.key.span,
      label: "no machine, variable or commitment has this name, and 'expect' no such key",
      help: suggestion(for: name, among: known + ExpectationKeys.mapping.names))
    return nil
  }

  private mutating func machine(_ key: Node) -> Int? {
    turn(toWhoever: { $0.hasMachine(key.text) }, by: key)
    guard let program else { return nil }
    if let index = program.machines.firstIndex(where: { $0.name == key.text }) { return index }
    report(
      .unknownName, message: "unknown machine '\(key.text)'", at: key.span,
      help: suggestion(for: key.text, among: program.machines.map(\.name)))
    return nil
  }

  private mutating func state(_ node: Node, of machine: Int) -> Int? {
    guard let program, let name = text(of: node, expected: "the name of a state") else { return nil }
    let states = program.machines[machine].states.map(\.name)
    if let index = states.firstIndex(of: name) { return index }
    report(
      .unknownState, message: "unknown state '\(name)'", at: node.span,
      label: "no state of machine '\(program.machines[machine].name)' has this name",
      help: suggestion(for: name, among: states))
    return nil
  }

  private mutating func state(_ entry: MappingEntry) -> ScenarioExpectation? {
    guard let machine = machine(entry.key), let state = state(entry.value, of: machine) else { return nil }
    return ScenarioExpectation(content: .state(machine: machine, state), node: entry.value, member: member)
  }

  private mutating func variable(_ entry: MappingEntry) -> ScenarioExpectation? {
    turn(toWhoever: { $0.hasVariable(entry.key.text) }, by: entry.key)
    guard let program, let (variable, stored) = stored(entry, in: program) else { return nil }
    if case .integer = program.variables[variable].kind, entry.value.datum != .number(Double(stored)) {
      let range = program.variables[variable].range
      report(
        .numberOutOfRange, message: "'\(entry.key.text)' is never \(entry.value.text)", at: entry.value.span,
        help: ["it is \(range.lowerBound) to \(range.upperBound)"])
      return nil
    }
    return ScenarioExpectation(
      content: .variable(variable, stored: stored), node: entry.value, member: member)
  }

  private mutating func commitment(_ entry: MappingEntry) -> ScenarioExpectation? {
    // Those that a cast shares are moved by whoever pays them.
    turn(toWhoever: { $0.hasCommitment(entry.key.text) }, by: entry.key)
    guard let program else { return nil }
    guard let index = program.commitments.firstIndex(where: { $0.name == entry.key.text }) else {
      report(
        .unknownName, message: "unknown commitment '\(entry.key.text)'", at: entry.key.span,
        help: suggestion(for: entry.key.text, among: program.commitments.map(\.name)))
      return nil
    }
    let words = CommitmentStatus.allCases.map(\.rawValue).joined(separator: ", ")
    return word(entry.value, expected: words, as: CommitmentStatus.self).map {
      ScenarioExpectation(content: .commitment(index, $0), node: entry.value, member: member)
    }
  }

  private mutating func distribution(
    _ entry: MappingEntry, within tolerance: Double
  ) -> [ScenarioExpectation] {
    guard let program, let machine = machine(entry.key) else { return [] }
    guard program.machines[machine].kind != .deterministic else {
      report(
        .misplacedProbability, message: "'\(entry.key.text)' has no distribution", at: entry.key.span,
        help: ["expect its state"])
      return []
    }
    return entries(of: entry.value, naming: "states and probabilities").compactMap { pair in
      guard let state = state(pair.key, of: machine), let value = number(pair.value, in: 0...1) else {
        return nil
      }
      return ScenarioExpectation(
        content: .probability(machine: machine, state: state, value, within: tolerance), node: pair.value,
        member: member)
    }
  }

  /// A mere list is of those that apply.
  private mutating func statements(_ entry: MappingEntry) -> [ScenarioExpectation] {
    guard isOfOne(entry) else { return [] }
    guard case .mapping = entry.value.content else { return statements(entry.value, fire: true) }
    guard let fields = fields(of: entry.value, as: StatementsKeys.self) else { return [] }
    return statements(fields.fire.node, fire: true) + statements(fields.not.node, fire: false)
  }

  private mutating func statements(_ node: Node?, fire: Bool) -> [ScenarioExpectation] {
    guard let node else { return [] }
    let texts = texts(of: node)
    // An empty list expects nothing.
    guard !texts.isEmpty else { return [] }
    let wanted = texts.compactMap { node in
      let found = statements(of: node)
      return found.isEmpty ? nil : ScenarioExpectation.Wanted(statements: found, node: node)
    }
    return [
      ScenarioExpectation(
        content: .statements(wanted, fire: fire), node: node, isFlow: isFlow(node), member: member)
    ]
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

  private mutating func line(_ entry: MappingEntry, speaks: Bool) -> [ScenarioExpectation] {
    guard speaks else {
      report(
        .misplacedLine, message: "nobody speaks in this scenario", at: entry.key.span,
        help: ["add 'speak: true' to the scenario or to the file"])
      return []
    }
    let speaker = cast.count > 1 && !isOfMember ? nil : member
    if entry.value.isNull {
      return [ScenarioExpectation(content: .line(nil), node: entry.value, member: speaker)]
    }
    return text(of: entry.value, expected: "a line").map {
      [ScenarioExpectation(content: .line($0), node: entry.value, member: speaker)]
    } ?? []
  }

  private mutating func asked(_ node: Node) -> [ScenarioExpectation] {
    guard let program else { return [] }
    var questions: [Int] = []
    for name in texts(of: node) {
      let found = program.answers(from: [name.text: .yes]).answers.answered
      if found.isEmpty {
        report(
          .unknownName, message: "unknown question '\(name.text)'", at: name.span,
          label: "no question has this name or text",
          help: suggestion(for: name.text, among: program.questions.map(\.key)))
      }
      questions += found
    }
    return [
      ScenarioExpectation(
        content: .asked(questions.sorted()), node: node, isFlow: isFlow(node), member: member)
    ]
  }
}

/// The members of a story's cast.
extension ScenarioReader {
  /// Whether an entry names a member of a cast of several.
  private func isNamedMember(_ entry: MappingEntry) -> Bool {
    cast.count > 1 && !isOfMember && cast.contains { $0.isCalled(entry.key.text) }
  }

  /// What is expected of one member, below the name.
  private mutating func expectations(ofMember entry: MappingEntry, speaks: Bool) -> [ScenarioExpectation] {
    let before = member
    member = cast.firstIndex { $0.isCalled(entry.key.text) } ?? 0
    isOfMember = true
    defer { (member, isOfMember) = (before, false) }
    return expectations(entry.value, speaks: speaks)
  }

  /// Turns to the member who has something, unless one was named.
  mutating func turn(toWhoever has: (Program) -> Bool, by name: Node) {
    guard !isOfMember, cast.count > 1 else { return }
    let owners = cast.indices.filter { has(cast[$0]) }
    member = owners.first ?? 0
    guard owners.count > 1 else { return }
    let names = owners.map { cast[$0].character }
    report(
      .unknownName, message: "'\(name.text)' is a name of \(names.joined(separator: " and of "))",
      at: name.span, help: ["say whose: \(names[0]): { \(name.text): … }"])
  }

  /// Whether it is plain whose statements or questions are meant.
  private mutating func isOfOne(_ entry: MappingEntry) -> Bool {
    guard cast.count > 1, !isOfMember else { return true }
    report(
      .unknownKey, message: "'\(entry.key.text)' is expected of a member of the cast", at: entry.key.span,
      help: ["say of whom: \(cast[0].character): { \(entry.key.text): … }"])
    return false
  }
}

extension Program {
  fileprivate func hasMachine(_ name: String) -> Bool { machines.contains { $0.name == name } }

  func hasVariable(_ name: String) -> Bool { variables.contains { $0.name == name } }

  fileprivate func hasCommitment(_ name: String) -> Bool {
    commitments.contains { $0.name == name && owns($0) }
  }
}
