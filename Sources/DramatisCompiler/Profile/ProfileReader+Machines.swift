import Dramatis

extension ProfileReader {
  private static let unactivated = "unactivated"
  private static let other = "other"

  /// Declares the machines and their states, so that any condition can name them.
  mutating func declareMachines(_ node: Node?) -> [(index: Int, fields: Fields)] {
    var declared: [(index: Int, fields: Fields)] = []
    for entry in entries(node, "machines", limit: limits.declarations) {
      let index = resolver.names.machines.count
      guard
        let fields = fields(
          entry.value, "a machine", ProfileKeys.machine, span: entry.key.span)
      else { continue }
      guard declare(entry.key, .machine(index)) else { continue }
      refuseProbabilistic(fields)
      resolver.names.machines.append((entry.key.text, states(fields)))
      declared.append((index, fields))
    }
    return declared
  }

  /// `unactivated` goes first and `other` last, wherever they are written.
  private mutating func states(_ fields: Fields) -> [Machine.State] {
    if fields["states"] == nil { missing("states", fields) }
    let written = entries(fields["states"], "states", limit: limits.states)
      .filter { isName($0.key, "a state", except: ["any", "and", "or", "not", "in", "true", "false"]) }
      .map { Machine.State(name: $0.key.text, description: description($0.value)) }
    let known = { (name: String) in
      written.first { $0.name == name } ?? Machine.State(name: name, description: "")
    }
    let between = written.filter { ![Self.unactivated, Self.other].contains($0.name) }
    return [known(Self.unactivated)] + between + [known(Self.other)]
  }

  private mutating func description(_ node: Node) -> String {
    isBlank(node) ? "" : text(node, "a description") ?? ""
  }

  private mutating func refuseProbabilistic(_ fields: Fields) {
    if let entry = fields.entry("probabilistic"), entry.value.text != "false" {
      guard ["true", "belief", "sample"].contains(entry.value.text) else {
        report(
          .unknownWord, "unknown word '\(entry.value.text)'", at: entry.value.span,
          label: "expected belief, sample, true or false")
        return
      }
      report(
        .notInThisVersion, "probabilistic machines are not in this version", at: entry.key.span,
        help: ["without this key the machine is deterministic"])
    }
    if let entry = fields.entry("stay") { refuseBias(entry) }
  }

  private mutating func refuseBias(_ entry: Entry) {
    report(
      .notInThisVersion,
      "'\(entry.key.text)' belongs to probabilistic machines, which are not in this version",
      at: entry.key.span, help: ["remove it"])
  }
}

extension ProfileReader {
  /// Reads a declared machine's transitions.
  mutating func machine(_ index: Int, _ fields: Fields) -> Machine {
    let (name, states) = resolver.names.machines[index]
    let nodes = items(fields["transitions"])
    transitionCount += nodes.count
    if transitionCount > limits.transitions {
      report(.tooMany, "a profile has at most \(limits.transitions) transitions", at: fields.span)
      return Machine(name: name, states: states, transitions: [])
    }
    return Machine(name: name, states: states, transitions: nodes.compactMap { transition($0, of: index) })
  }

  private mutating func transition(_ node: Node, of machine: Int) -> Transition? {
    guard let fields = fields(node, "a transition", ProfileKeys.transition) else { return nil }
    let from = sources(fields, machine)
    let to = fields["to"].flatMap { state($0, of: machine) }
    for key in ["from", "to", "when"] where fields[key] == nil { missing(key, fields) }
    let when = fields["when"].flatMap { condition($0) }
    let role = word(fields["role"], "passive, active or any", as: Transition.RoleFilter.self) ?? .passive
    let effects = effects(fields["set"])
    if let bias = fields.entry("bias") { refuseBias(bias) }
    guard let to, let when, !from.isEmpty else { return nil }
    return Transition(from: from, to: to, guardCondition: when, role: role, effects: effects)
  }

  private mutating func sources(_ fields: Fields, _ machine: Int) -> [Int] {
    guard let node = fields["from"] else { return [] }
    if node.text == "any" { return Array(resolver.names.machines[machine].states.indices) }
    let names = texts(node)
    if names.isEmpty, items(node).isEmpty { report(.nothingThere, "'from' names no state", at: node.span) }
    return distinct(names, "state").compactMap { state($0, of: machine) }
  }

  private mutating func state(_ node: Node, of machine: Int) -> Int? {
    guard let name = text(node, "the name of a state") else { return nil }
    if let index = resolver.names.stateIndex(name, of: machine) { return index }
    report(
      .unknownState, "unknown state '\(name)'", at: node.span,
      label: "no state of machine '\(resolver.names.machines[machine].name)' has this name",
      help: resolver.suggestion(name, resolver.names.machines[machine].states.map(\.name)))
    return nil
  }

  private mutating func effects(_ node: Node?) -> [Effect] {
    guard let node, !node.isNull else { return [] }
    guard case .mapping(let entries) = node.content else {
      wrongType(node, expected: "a mapping of variables to values", help: ["write set: { trust: trust + 1 }"])
      return []
    }
    return entries.compactMap { effect($0) }
  }

  private mutating func effect(_ entry: Entry) -> Effect? {
    let name = entry.key.text
    guard case .variable(let variable) = resolver.names.meanings[name] else {
      let variables = resolver.names.variables.map(\.name)
      report(
        .unknownName, "unknown variable '\(name)'", at: entry.key.span,
        label: resolver.names.meanings[name].map { "'\(name)' is \($0.description)" },
        help: nearest(name, among: variables).map { ["did you mean '\($0)'?"] } ?? [
          "declare it under variables"
        ])
      return nil
    }
    guard text(entry.value, "a value") != nil, let scalar = entry.value.scalar else { return nil }
    do {
      return Effect(variable: variable, value: try resolver.effectValue(scalar.text, of: variable))
    } catch {
      report(error, in: scalar)
      return nil
    }
  }
}
