import Dramatis

extension ProfileReader {
  mutating func readVariables(_ field: Field<NamesValue>) {
    for entry in entries(of: field, limit: limits.declarations) {
      guard let fields = fields(of: entry.value, as: VariableKeys.self, span: entry.key.span) else {
        resolver.names.refuse(entry.key.text)
        continue
      }
      guard declare(entry.key, as: .variable(resolver.names.variables.count)) else { continue }
      resolver.names.variables.append(variable(fields, called: entry.key.text))
      shownVariables.append(value(of: fields.show) == nil ? nil : fields.show.node)
    }
  }

  /// `values` makes an enumeration, `true` or `false` a boolean, bounds a whole number.
  private mutating func variable(_ fields: Fields<VariableKeys>, called name: String) -> Variable {
    if let values = fields.values.entry { return enumeration(fields, of: values, called: name) }
    guard let initial = node(of: fields.initial) else {
      resolver.names.refuse(name)
      return Variable(name: name, kind: .boolean, initial: 0)
    }
    if initial.scalar?.style == .plain, ["true", "false"].contains(initial.text) {
      refuseBounds(fields, of: "a boolean")
      return Variable(name: name, kind: .boolean, initial: initial.text == "true" ? 1 : 0)
    }
    return wholeNumber(fields, from: initial, called: name)
  }

  private mutating func refuseBounds(_ fields: Fields<VariableKeys>, of kind: String) {
    for bound in [fields.min, fields.max].compactMap(\.entry) {
      report(
        .unknownKey, message: "unknown key '\(bound.key.text)'", at: bound.key.span,
        label: "\(kind) has no bounds")
    }
  }

  private mutating func wholeNumber(
    _ fields: Fields<VariableKeys>, from initial: Node, called name: String
  ) -> Variable {
    if let meant = initial.meantBoolean {
      let isQuoted = initial.scalar?.style != .plain
      report(
        .wrongType,
        message:
          "expected a whole number, true or false, found \(isQuoted ? "a text in quotes" : "'\(initial.text)'")",
        at: initial.span,
        help: [isQuoted ? "write \(meant), without quotes" : "a boolean is written true or false"])
      resolver.names.refuse(name)
      return Variable(name: name, kind: .boolean, initial: 0)
    }
    for bound in [fields.min, fields.max] where !bound.isGiven { missing(bound) }
    let min = value(of: fields.min) ?? VariableKeys.bounds.lowerBound
    let max = value(of: fields.max) ?? VariableKeys.bounds.upperBound
    if min > max, let node = fields.max.node {
      report(
        .numberOutOfRange, message: "the greatest value is less than the least", at: node.span,
        label: "less than \(min)")
      return Variable(name: name, kind: .integer(min: min, max: min), initial: min)
    }
    if let value = integer(initial, in: min...max) {
      return Variable(name: name, kind: .integer(min: min, max: max), initial: value)
    }
    return Variable(name: name, kind: .integer(min: min, max: max), initial: min)
  }

  private mutating func enumeration(
    _ fields: Fields<VariableKeys>, of entry: MappingEntry, called name: String
  ) -> Variable {
    refuseBounds(fields, of: "an enumeration")
    let nodes = distinct(texts(of: entry.value).filter { isValue($0) }, called: "value")
    let values = nodes.map(\.text)
    if values.isEmpty, items(of: entry.value).isEmpty {
      report(.nothingThere, message: "an enumeration needs values", at: entry.key.span)
    }
    if values.count > limits.states {
      report(.tooMany, message: "an enumeration has at most \(limits.states) values", at: entry.key.span)
    }
    guard let initial = node(of: fields.initial) else {
      resolver.names.refuse(name)
      return Variable(name: name, kind: .choice(values), initial: 0)
    }
    guard let written = text(of: initial, expected: "a value") else {
      return Variable(name: name, kind: .choice(values), initial: 0)
    }
    let index = values.firstIndex(of: written)
    if index == nil, !values.isEmpty, !resolver.names.isRefused(initial.text) {
      report(
        .unknownWord, message: "unknown value '\(initial.text)'", at: initial.span,
        label: "'\(name)' has no value of this name",
        help: resolver.suggestion(for: initial.text, among: values))
    }
    return Variable(name: name, kind: .choice(values), initial: index ?? 0)
  }

  private mutating func isValue(_ node: Node) -> Bool {
    if isName(node, called: "a value") { return true }
    resolver.names.refuse(node.text)
    return false
  }

  /// Each text once; a repetition is a mistake.
  mutating func distinct(_ nodes: [Node], called what: String) -> [Node] {
    guard nodes.count > 1 else { return nodes }
    var seen: Set<String> = []
    return nodes.filter { node in
      if seen.insert(node.text).inserted { return true }
      report(.nameDefinedTwice, message: "the \(what) '\(node.text)' is given twice", at: node.span)
      return false
    }
  }
}

extension ProfileReader {
  mutating func readQuestions(_ field: Field<NamesValue>) {
    for entry in entries(of: field, limit: limits.questions) {
      guard let fields = fields(of: entry.value, as: QuestionKeys.self, span: entry.key.span) else {
        resolver.names.refuse(entry.key.text)
        continue
      }
      guard declare(entry.key, as: .question(resolver.names.questions.count)) else { continue }
      let cues = cues(fields.cues, counter: fields.counterCues)
      _ = resolver.names.add(
        Question(
          name: entry.key.text, text: value(of: fields.ask) ?? "", cues: cues.cues,
          counterCues: cues.counterCues, reach: value(of: fields.over),
          part: value(of: fields.part), countsReported: value(of: fields.reported) == .yes,
          otherwise: value(of: fields.otherwise).map { Answer($0) }))
    }
  }
}
