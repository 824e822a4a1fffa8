import Dramatis

extension ScenarioReader {
  mutating func turn(_ node: Node, settings: ScenarioSettings) -> ScenarioTurn? {
    guard let fields = fields(of: node, as: EventKeys.self) else { return nil }
    let isGiven = fields.text.isGiven || fields.scene.isGiven || fields.kind.isGiven
    if !isGiven, !fields.hasUnknownKeys {
      report(.missingKey, message: "an event needs 'text', 'scene' or 'kind'", at: fields.span)
    }
    let event = Event(
      actor: value(of: fields.actor) ?? settings.actor, text: value(of: fields.text), to: names(fields.to),
      kind: value(of: fields.kind), data: data(fields.data), present: names(fields.present),
      scene: value(of: fields.scene), partners: names(fields.partners))
    let expect = fields.expect.node
    let times = value(of: fields.times)
    turnCount += times
    if turnCount > Self.maximumTurns, turnCount - times <= Self.maximumTurns {
      report(.tooMany, message: "a file has at most \(Self.maximumTurns) turns", at: node.span)
    }
    if turnCount > Self.maximumTurns { return nil }
    return ScenarioTurn(
      event: event, times: times, answers: answers(fields.answers), set: variables(fields.set),
      expectations: expect.map { expectations($0, speaks: settings.speaks) } ?? [],
      unrecorded: expect.flatMap { $0.isNull ? $0 : nil })
  }

  /// Nil where nothing is written, which is not the same as an empty list.
  private mutating func names(_ field: Field<TextsValue>) -> [String]? {
    guard let node = field.node, !node.isNull else { return nil }
    return value(of: field).map(\.text)
  }

  private mutating func data(_ field: Field<NamesValue>) -> [String: Datum] {
    Dictionary(
      value(of: field).map { ($0.key.text, $0.value.datum) },
      uniquingKeysWith: { first, _ in first })
  }

  private mutating func answers(_ field: Field<NamesValue>) -> [String: Answer] {
    var answers: [String: Answer] = [:]
    for entry in value(of: field) {
      if !cast.isEmpty, cast.allSatisfy({ $0.answers(from: [entry.key.text: .yes]).unknown != [] }) {
        report(
          .unknownName, message: "unknown question '\(entry.key.text)'", at: entry.key.span,
          label: "no question has this name or text",
          help: suggestion(for: entry.key.text, among: cast.flatMap(\.questions).map(\.key)))
      }
      if let answer = answer(entry.value) { answers[entry.key.text] = answer }
    }
    return answers
  }

  private mutating func answer(_ node: Node) -> Answer? {
    if let scalar = node.scalar {
      if let truth = Truth(rawValue: scalar.text) { return Answer(truth) }
      if let number = Self.decimal(scalar.text), let answer = Answer(probability: number) { return answer }
    }
    let meant = node.meantBoolean.map { "write \($0 == "true" ? "yes" : "no")" }
    wrongType(
      node, expected: "yes, no, unknown or a probability from 0 to 1", help: meant.map { [$0] } ?? [])
    return nil
  }

  private mutating func variables(_ field: Field<NamesValue>) -> [String: Datum] {
    var values: [String: Datum] = [:]
    for entry in value(of: field) {
      values[entry.key.text] = entry.value.datum
      turn(toWhoever: { $0.hasVariable(entry.key.text) }, by: entry.key)
      if let program { _ = stored(entry, in: program) }
    }
    return values
  }

  /// The stored form of a variable's value; a diagnostic where it has none.
  mutating func stored(_ entry: MappingEntry, in program: Program) -> (variable: Int, stored: Int)? {
    let name = entry.key.text
    guard let index = program.variables.firstIndex(where: { $0.name == name }) else {
      report(
        .unknownName, message: "unknown variable '\(name)'", at: entry.key.span,
        help: suggestion(for: name, among: program.variables.map(\.name)))
      return nil
    }
    var snapshot = program.initialSnapshot()
    do {
      try snapshot.set(name, to: entry.value.datum, in: program)
      return (index, snapshot.variables[index])
    } catch {
      report(.wrongType, message: "\(error)", at: entry.value.span)
      return nil
    }
  }

  func suggestion(for name: String, among known: [String]) -> [String] {
    guard !isFull else { return [] }
    if let near = nearest(name, among: known) { return ["did you mean '\(near)'?"] }
    return known.isEmpty ? [] : ["there are \(known.prefix(12).joined(separator: ", "))"]
  }
}

extension Node {
  /// The value as an event carries it: plain `true`, `false`, `null` and numbers are no texts.
  var datum: Datum {
    switch content {
    case .sequence(let nodes): .list(nodes.map(\.datum))
    case .mapping(let entries):
      .object(
        Dictionary(entries.map { ($0.key.text, $0.value.datum) }, uniquingKeysWith: { first, _ in first }))
    case .scalar(let scalar): scalar.datum
    }
  }
}

extension Scalar {
  fileprivate var datum: Datum {
    guard style == .plain else { return .text(text) }
    if isNull { return .null }
    if text == "true" || text == "false" { return .boolean(text == "true") }
    guard text.utf8.allSatisfy({ (0x2B...0x39).contains($0) || $0 == 0x65 || $0 == 0x45 }),
      let number = Double(text), number.isFinite
    else { return .text(text) }
    return .number(number)
  }
}
