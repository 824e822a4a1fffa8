import Dramatis

extension ProfileReader {
  mutating func readVariables(_ node: Node?) {
    for entry in entries(node, "variables", limit: limits.declarations) {
      guard
        let fields = fields(
          entry.value, "a variable", ProfileKeys.variable, span: entry.key.span)
      else {
        resolver.names.refuse(entry.key.text)
        continue
      }
      guard declare(entry.key, .variable(resolver.names.variables.count)) else { continue }
      resolver.names.variables.append(variable(entry.key.text, fields))
    }
  }

  /// `values` makes an enumeration, `true` or `false` a boolean, bounds a whole number.
  private mutating func variable(_ name: String, _ fields: Fields) -> Variable {
    if let values = fields.entry("values") { return enumeration(name, fields, values) }
    guard let initial = fields["initial"] else {
      missing("initial", fields)
      resolver.names.refuse(name)
      return Variable(name: name, kind: .boolean, initial: 0)
    }
    if initial.scalar?.style == .plain, ["true", "false"].contains(initial.text) {
      for key in ["min", "max"] {
        if let bound = fields.entry(key) { reportBounds(bound, "a boolean") }
      }
      return Variable(name: name, kind: .boolean, initial: initial.text == "true" ? 1 : 0)
    }
    return wholeNumber(name, fields, initial)
  }

  private mutating func reportBounds(_ entry: Entry, _ kind: String) {
    report(
      .unknownKey, message: "unknown key '\(entry.key.text)'", at: entry.key.span,
      label: "\(kind) has no bounds")
  }

  private mutating func wholeNumber(_ name: String, _ fields: Fields, _ initial: Node) -> Variable {
    if initial.scalar?.style == .plain, ["yes", "no"].contains(initial.text) {
      report(
        .wrongType, message: "expected a whole number, true or false, found '\(initial.text)'",
        at: initial.span,
        help: ["a boolean is written true or false"])
      resolver.names.refuse(name)
      return Variable(name: name, kind: .boolean, initial: 0)
    }
    for key in ["min", "max"] where fields[key] == nil { missing(key, fields) }
    let min = integer(fields["min"], in: limits.integers) ?? limits.integers.lowerBound
    let max = integer(fields["max"], in: limits.integers) ?? limits.integers.upperBound
    if min > max, let node = fields["max"] {
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

  private mutating func enumeration(_ name: String, _ fields: Fields, _ entry: Entry) -> Variable {
    for key in ["min", "max"] {
      if let bound = fields.entry(key) { reportBounds(bound, "an enumeration") }
    }
    let nodes = distinct(texts(entry.value).filter { isValue($0) }, "value")
    let values = nodes.map(\.text)
    if values.isEmpty, items(entry.value).isEmpty {
      report(.nothingThere, message: "an enumeration needs values", at: entry.key.span)
    }
    if values.count > limits.states {
      report(.tooMany, message: "an enumeration has at most \(limits.states) values", at: entry.key.span)
    }
    guard let initial = fields["initial"] else {
      missing("initial", fields)
      resolver.names.refuse(name)
      return Variable(name: name, kind: .choice(values), initial: 0)
    }
    guard let written = text(initial, "a value") else {
      return Variable(name: name, kind: .choice(values), initial: 0)
    }
    let index = values.firstIndex(of: written)
    if index == nil, !values.isEmpty, !resolver.names.refused.contains(initial.text) {
      report(
        .unknownWord, message: "unknown value '\(initial.text)'", at: initial.span,
        label: "'\(name)' has no value of this name",
        help: resolver.suggestion(initial.text, values))
    }
    return Variable(name: name, kind: .choice(values), initial: index ?? 0)
  }

  private mutating func isValue(_ node: Node) -> Bool {
    if isName(node, "a value") { return true }
    resolver.names.refuse(node.text)
    return false
  }

  /// Each text once; a repetition is a mistake.
  mutating func distinct(_ nodes: [Node], _ what: String) -> [Node] {
    guard nodes.count > 1 else { return nodes }
    var seen: Set<String> = []
    return nodes.filter { node in
      if seen.insert(node.text).inserted { return true }
      report(.nameDefinedTwice, message: "the \(what) '\(node.text)' is given twice", at: node.span)
      return false
    }
  }
}
