import Dramatis

extension ProfileReader {
  /// Reads the trees: for each topic a list, or a mapping with a partner and a list.
  mutating func readTopics(_ field: Field<NamesValue>) -> [Topic] {
    entries(of: field, limit: limits.declarations).map { entry in
      _ = text(of: entry.key, expected: "the name of a topic")
      guard case .mapping = entry.value.content else {
        return topic(entry, partner: nil, statements: entry.value)
      }
      let fields = fields(of: entry.value, as: TopicKeys.self, span: entry.key.span)
      let partner = fields.flatMap { value(of: $0.with) }
      return topic(entry, partner: partner, statements: fields.flatMap { node(of: $0.statements) })
    }
  }

  private mutating func topic(_ entry: MappingEntry, partner: String?, statements: Node?) -> Topic {
    if entry.value.isNull {
      report(.nothingThere, message: "this topic has no statements", at: entry.key.span)
    }
    return Topic(name: entry.key.text, partner: partner, root: treeNode(statements, depth: 1))
  }

  /// Reads a node and those below it; a node stands before the nodes that its gates lead to.
  private mutating func treeNode(_ node: Node?, depth: Int) -> Int {
    let index = treeNodes.count
    treeNodes.append(TreeNode(statements: [], gates: []))
    guard depth <= limits.treeDepth else {
      if let node {
        report(
          .nestingTooDeep, message: "gates are nested more than \(limits.treeDepth) deep", at: node.span,
          help: ["join conditions with 'and', or give the topic another gate beside this one"])
      }
      return index
    }
    var own: [Int] = []
    var gates: [Gate] = []
    for item in items(of: node) {
      if case .mapping = item.content {
        if let gate = gate(item, depth: depth) { gates.append(gate) }
      } else if let statement = text(of: item, expected: "a statement or a gate") {
        own.append(add(statement))
      }
    }
    treeNodes[index] = TreeNode(statements: own, gates: gates)
    return index
  }

  private mutating func add(_ statement: String) -> Int {
    let index = statements.count
    statements.append(statement)
    if statementsByText[Array(statement.utf8)] == nil { statementsByText[Array(statement.utf8)] = index }
    return index
  }

  private mutating func gate(_ node: Node, depth: Int) -> Gate? {
    gateCount += 1
    guard gateCount <= limits.gates else {
      if gateCount == limits.gates + 1 {
        report(.tooMany, message: "a profile has at most \(limits.gates) gates", at: node.span)
      }
      return nil
    }
    guard let fields = fields(of: node, as: GateKeys.self) else { return nil }
    let when = value(of: fields.when)
    let then = self.node(of: fields.then).flatMap { liveNode($0, depth: depth + 1) }
    let otherwise = fields.else.node.flatMap { liveNode($0, depth: depth + 1) }
    let unknown = fields.unknown.node.flatMap { liveNode($0, depth: depth + 1) }
    let isDead = then == nil && otherwise == nil && unknown == nil
    guard let when, !isDead || !prunes else { return nil }
    return Gate(condition: when, then: then, else: otherwise, unknown: unknown)
  }

  /// A node below a gate; nil where no statement stands in it or below, so that nobody is asked for nothing.
  private mutating func liveNode(_ node: Node, depth: Int) -> Int? {
    let index = treeNode(node, depth: depth)
    guard treeNodes[index].statements.isEmpty, treeNodes[index].gates.isEmpty, prunes else { return index }
    // Those below it were dead too and are gone, so that it is the last one.
    treeNodes.removeLast()
    return nil
  }
}

extension ProfileReader {
  /// A text alone is a line that always fits.
  mutating func line(_ node: Node) -> AuthoredLine? {
    if node.scalar != nil {
      return text(of: node, expected: "a line").map { _ in
        AuthoredLine(condition: nil, statement: nil, texts: [slots(node)])
      }
    }
    guard let fields = fields(of: node, as: LineKeys.self) else { return nil }
    if let say = fields.say.entry, !say.value.isBroken, items(of: say.value).isEmpty {
      report(.nothingThere, message: "this line says nothing", at: say.key.span, help: ["give it a text"])
    }
    return AuthoredLine(
      condition: value(of: fields.when), statement: statementIndex(fields.statement),
      texts: value(of: fields.say).map { slots($0) }, unheard: value(of: fields.unheard))
  }

  private mutating func statementIndex(_ field: Field<TextValue>) -> Int? {
    guard !isFull, let wanted = value(of: field), let node = field.node else { return nil }
    if let index = statementsByText[Array(wanted.utf8)] { return index }
    report(
      .unknownStatement, message: "no statement under behavior reads like this", at: node.span,
      help: [
        nearestStatement(wanted)
          ?? "copy the statement as it stands, or give it an anchor: - &name … and here *name"
      ])
    return nil
  }

  private func nearestStatement(_ wanted: String) -> String? {
    resolver.names.suggestion(wanted, among: statements).map { "did you mean '\($0)'?" }
  }

  /// What a performer is told besides; nil where that is nothing.
  ///
  /// Slots may name what is declared further down.
  mutating func telling(_ fields: Fields<ProfileKeys>) -> Telling? {
    let relations = entries(of: fields.relations, limit: limits.declarations).compactMap { entry in
      text(of: entry.value, expected: "what '\(entry.key.text)' is to the character").map {
        Telling.Relation(name: entry.key.text, text: $0)
      }
    }
    let facts = value(of: fields.facts).map(\.text)
    let shown = shownVariables.map { node in node.map { slots($0) } }
    let telling = Telling(
      relations: relations, facts: facts, shown: shown, form: value(of: fields.promptForm),
      eager: value(of: fields.eager), forbidden: value(of: fields.forbid).compactMap { prohibition($0) },
      remembered: standingQuestions(fields.remember), memoryBudget: value(of: fields.rememberBudget))
    return telling == Telling() ? nil : telling
  }

  /// A text alone is a phrase.
  private mutating func prohibition(_ node: Node) -> Telling.Prohibition? {
    if node.scalar != nil {
      return isCue(node) ? Telling.Prohibition(question: nil, cues: [node.text]) : nil
    }
    guard let fields = fields(of: node, as: ProhibitionKeys.self), let question = value(of: fields.ask) else {
      return nil
    }
    let cues = value(of: fields.cues).filter { isCue($0) }.map(\.text)
    return Telling.Prohibition(question: question, cues: cues)
  }

  mutating func example(_ node: Node) -> Example? {
    guard let fields = fields(of: node, as: ExampleKeys.self), let event = value(of: fields.event),
      let line = value(of: fields.line)
    else { return nil }
    return Example(event: event, line: line)
  }

  mutating func source(_ node: Node) -> Provenance? {
    guard let fields = fields(of: node, as: ProvenanceKeys.self), let item = value(of: fields.of),
      let name = value(of: fields.name)
    else { return nil }
    return Provenance(
      item, named: name, fact: value(of: fields.fact), quotes: value(of: fields.quote).map(\.text),
      place: value(of: fields.at), evidence: value(of: fields.evidence))
  }

  /// A text with its slots resolved; `{{` and `}}` stand for braces.
  mutating func slots(_ node: Node) -> LineText {
    guard !isFull, let scalar = node.scalar else { return LineText(pieces: []) }
    var parser = SlotParser(scalar.text, names: resolver.names)
    let text = parser.parse()
    for problem in parser.problems { report(problem, in: scalar) }
    return text
  }
}
