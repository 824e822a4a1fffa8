import Dramatis

extension ProfileReader {
  private static let unactivated = "unactivated"
  private static let other = "other"

  /// Declares the machines and their states, so that any condition can name them.
  mutating func declareMachines(
    _ field: Field<NamesValue>
  ) -> [(index: Int, fields: Fields<MachineKeys>)] {
    var declared: [(index: Int, fields: Fields<MachineKeys>)] = []
    for entry in entries(of: field, limit: limits.declarations) {
      let index = resolver.names.machines.count
      guard let fields = fields(of: entry.value, as: MachineKeys.self, span: entry.key.span) else {
        resolver.names.refuse(entry.key.text)
        continue
      }
      guard declare(entry.key, as: .machine(index)) else { continue }
      let kind = kind(fields.probabilistic)
      if fields.states.lacksMapping { resolver.names.refuse(entry.key.text) }
      let biases = stayBiases(fields, of: kind)
      resolver.names.machines.append((entry.key.text, kind, states(fields.states, biases: biases)))
      declared.append((index, fields))
    }
    return declared
  }

  /// `unactivated` goes first and `other` last, wherever they are written.
  private mutating func states(
    _ field: Field<NamesValue>, biases: [String: Double]
  ) -> [Machine.State] {
    let written = entries(of: field, limit: limits.states)
      .filter { isState($0.key) }
      .map { entry -> Machine.State in
        let (description, enter) = description(entry)
        return Machine.State(
          name: entry.key.text, description: description, enter: enter, stayBias: biases[entry.key.text] ?? 0)
      }
    let known = { (name: String) in
      written.first { $0.name == name }
        ?? Machine.State(name: name, description: "", stayBias: biases[name] ?? 0)
    }
    let between = written.filter { ![Self.unactivated, Self.other].contains($0.name) }
    return [known(Self.unactivated)] + between + [known(Self.other)]
  }

  private mutating func isState(_ key: Node) -> Bool {
    if isName(key, called: "a state", except: NameTable.words.union(["any"])) { return true }
    resolver.names.refuse(key.text)
    return false
  }

  /// What a state means, and what entering it does.
  private mutating func description(_ entry: MappingEntry) -> (String, enter: String?) {
    let node = entry.value
    if isBlank(node) { return ("", nil) }
    guard node.isMapping else { return (text(of: node, expected: "a description") ?? "", nil) }
    guard let fields = fields(of: node, as: StateKeys.self, span: entry.key.span) else { return ("", nil) }
    return (value(of: fields.description) ?? "", value(of: fields.enter))
  }

  /// How a machine moves; `true` is short for `belief`.
  private mutating func kind(_ field: Field<OtherValue>) -> Machine.Kind {
    guard let node = field.node else { return .deterministic }
    guard let word = text(of: node, expected: "belief, sample, true or false") else { return .deterministic }
    switch word {
    case "true", "belief": return .belief
    case "sample": return .sample
    case "false": return .deterministic
    default:
      report(
        .unknownWord, message: "unknown word '\(word)'", at: node.span,
        label: "expected belief, sample, true or false"
      )
      return .deterministic
    }
  }

  private mutating func stayBiases(_ fields: Fields<MachineKeys>, of kind: Machine.Kind) -> [String: Double] {
    guard fields.stay.isGiven else { return [:] }
    needsProbabilistic(fields.stay, in: kind)
    var found: [String: Double] = [:]
    let states = fields.states.isGiven ? entries(of: fields.states, limit: limits.states) : []
    let known = [Self.unactivated, Self.other] + states.map(\.key.text)
    for entry in entries(of: fields.stay, limit: limits.states) {
      if !known.contains(entry.key.text) {
        report(
          .unknownState, message: "unknown state '\(entry.key.text)'", at: entry.key.span,
          help: resolver.suggestion(for: entry.key.text, among: known))
      }
      found[entry.key.text] = number(entry.value, in: Program.biases)
    }
    return found
  }

  private mutating func needsProbabilistic(_ field: Field<some KeyValue>, in kind: Machine.Kind) {
    guard kind == .deterministic, let entry = field.entry else { return }
    report(
      .misplacedProbability, message: "'\(entry.key.text)' means something in a probabilistic machine only",
      at: entry.key.span,
      help: ["remove it, or give the machine 'probabilistic: belief' or 'probabilistic: sample'"])
  }
}

extension ProfileReader {
  /// Reads a declared machine's transitions.
  mutating func machine(_ index: Int, of fields: Fields<MachineKeys>) -> Machine {
    let (name, kind, states) = resolver.names.machines[index]
    let mixed = threshold(fields.mixed, in: kind)
    let nodes = value(of: fields.transitions)
    transitionCount += nodes.count
    if transitionCount > limits.transitions {
      report(.tooMany, message: "a profile has at most \(limits.transitions) transitions", at: fields.span)
      return Machine(name: name, kind: kind, mixed: mixed, states: states, transitions: [])
    }
    return Machine(
      name: name, kind: kind, mixed: mixed, states: states,
      transitions: nodes.compactMap { transition($0, of: index) })
  }

  /// A probability that is neither 0, which every state reaches, nor 1, which no two can.
  private mutating func threshold(_ field: Field<NumberValue>, in kind: Machine.Kind) -> Double? {
    needsProbabilistic(field, in: kind)
    let finite = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
    guard let node = field.node, let threshold = number(node, in: finite) else { return nil }
    guard threshold > 0, threshold < 1 else {
      report(
        .numberOutOfRange, message: "\(node.text.prefix(40)) is out of range", at: node.span,
        label: "expected more than 0 and less than 1")
      return nil
    }
    return threshold
  }

  private mutating func transition(_ node: Node, of machine: Int) -> Transition? {
    if let text = node.scalar?.text, ["->", "→", "=>"].contains(where: text.contains) {
      wrongType(
        node, expected: "a mapping for a transition",
        help: ["write { from: wary, to: warm, when: thanked }"])
      return nil
    }
    guard let fields = fields(of: node, as: TransitionKeys.self) else { return nil }
    let from = sources(fields.from, of: machine)
    let to = self.node(of: fields.to).flatMap { state($0, of: machine) }
    let when = value(of: fields.when, readAt: .before)
    let role = value(of: fields.role)
    let effects = effects(fields.set.node)
    let kind = resolver.names.machines[machine].kind
    needsProbabilistic(fields.bias, in: kind)
    let bias = value(of: fields.bias)
    if let set = fields.set.entry, kind == .belief { refuseEffects(set) }
    guard let to, let when, !from.isEmpty else { return nil }
    return Transition(from: from, to: to, guardCondition: when, role: role, effects: effects, bias: bias)
  }

  private mutating func refuseEffects(_ entry: MappingEntry) {
    report(
      .misplacedProbability, message: "a belief takes no single transition, so none can have effects",
      at: entry.key.span,
      help: ["remove 'set', or give the machine 'probabilistic: sample'"])
  }

  private mutating func sources(_ field: Field<TextsValue>, of machine: Int) -> [Int] {
    guard let node = self.node(of: field) else { return [] }
    if node.text == "any" { return Array(resolver.names.machines[machine].states.indices) }
    let names = texts(of: node)
    if names.isEmpty, items(of: node).isEmpty {
      report(.nothingThere, message: "'from' names no state", at: node.span)
    }
    return distinct(names, called: "state").compactMap { state($0, of: machine) }
  }

  private mutating func state(_ node: Node, of machine: Int) -> Int? {
    guard let name = text(of: node, expected: "the name of a state") else { return nil }
    if let index = resolver.names.stateIndex(name, of: machine) { return index }
    if resolver.names.isRefused(name) || resolver.names.isRefused(resolver.names.machines[machine].name) {
      return nil
    }
    let states = resolver.names.machines[machine].states.map(\.name)
    let parts = name.split { ",;|/ ".contains($0) }.map(String.init)
    let isList = parts.count > 1 && parts.allSatisfy(states.contains)
    report(
      .unknownState, message: "unknown state '\(name)'", at: node.span,
      label: "no state of machine '\(resolver.names.machines[machine].name)' has this name",
      help: isList
        ? ["several are a list: write [\(parts.joined(separator: ", "))]"]
        : ["*", "all", "ANY", "Any", "anywhere"].contains(name)
          ? ["write 'any' for all states"] : resolver.suggestion(for: name, among: states))
    return nil
  }

  private mutating func effects(_ node: Node?) -> [Effect] {
    guard let node, !node.isNull else { return [] }
    guard case .mapping(let entries) = node.content else {
      wrongType(node, expected: "a mapping of variables to values", help: ["write set: { trust: trust + 1 }"])
      return []
    }
    var found: [Effect] = []
    for (index, entry) in entries.enumerated() {
      // What a comma cut off in braces has been told of.
      if index > 0, entry.cutsOff(entries[index - 1]) { continue }
      let isCut = index + 1 < entries.count && entries[index + 1].cutsOff(entry)
      if isCut, let cut = entry.value.scalar {
        report(
          .conditionSyntax, message: "the comma behind this ends the value", at: entry.value.span,
          help: ["put the whole value in quotes: \(entry.key.text): \"\(cut.text), …\""])
      } else if let effect = effect(entry) {
        found.append(effect)
      }
    }
    return found
  }

  /// What to do about an assignment to something that is no variable.
  private func advice(on name: String) -> String {
    let variable = String(name.unicodeScalars.prefix(while: \.continuesName))
    if let value = ChangeShorthand(of: variable).value(of: name) { return "write \(variable): \(value)" }
    if name.unicodeScalars.dropFirst(variable.unicodeScalars.count).first == ":",
      case .variable = resolver.names.meanings[variable]
    {
      return "write \(variable): \(name.dropFirst(variable.count + 1))"
    }
    if name.contains("=") { return "write the variable, a colon and its new value: trust: trust + 1" }
    let variables = resolver.names.variables.map(\.name)
    if let near = resolver.names.suggestion(name, among: variables) { return "did you mean '\(near)'?" }
    return resolver.names.meanings[name] == nil
      ? "declare it under variables" : "'set' changes variables only"
  }

  private mutating func effect(_ entry: MappingEntry) -> Effect? {
    let name = entry.key.text
    guard case .variable(let variable) = resolver.names.meanings[name] else {
      guard !resolver.names.isIncomplete, !resolver.names.isRefused(name) else { return nil }
      report(
        .unknownName, message: "unknown variable '\(name)'", at: entry.key.span,
        label: resolver.names.meanings[name].map { "'\(name)' is \($0.description)" },
        help: [advice(on: name)])
      return nil
    }
    guard text(of: entry.value, expected: "a value") != nil, let scalar = entry.value.scalar else {
      return nil
    }
    guard !resolver.names.isRefused(name) else { return nil }
    do {
      return Effect(variable: variable, value: try resolver.effectValue(scalar.text, of: variable))
    } catch {
      var told = error
      if let value = ChangeShorthand(of: name).value(of: scalar.text) {
        told.help = ["a variable gets a new value: write \(name): \(value)"]
      }
      report(told, in: scalar)
      return nil
    }
  }
}

/// How other languages write that a variable changes: `+= 1`, `trust++`, `+1`.
private struct ChangeShorthand {
  private let variable: String

  init(of variable: String) {
    self.variable = variable
  }

  /// The value as it is written here; nil where the text is no such change.
  func value(of text: String) -> String? {
    var rest = text.filter { !$0.isWhitespace }[...]
    guard !variable.isEmpty else { return nil }
    for sign in ["++", "--"] where rest == variable + sign || rest == sign + variable || rest == sign {
      return "\(variable) \(sign.prefix(1)) 1"
    }
    let namesIt = rest.hasPrefix(variable)
    if namesIt { rest = rest.dropFirst(variable.count) }
    for sign in ["+", "-", "*", "/"] where rest.hasPrefix(sign + "=") && rest.count > 2 {
      return "\(variable) \(sign) \(rest.dropFirst(2))"
    }
    for sign in [":=", "="] where rest.hasPrefix(sign) && !rest.hasPrefix("==") && rest.count > sign.count {
      let start = text.firstRange(of: sign)?.upperBound ?? text.startIndex
      return String(text[start...].drop(while: \.isWhitespace))
    }
    guard !namesIt, rest.first == "+", rest.dropFirst().first?.isNumber == true else { return nil }
    return "\(variable) + \(rest.dropFirst())"
  }
}
