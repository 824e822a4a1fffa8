import TestSupport

/// Prints a small program as the YAML that an author would write, in flow style.
extension NaiveProgram {
  var yaml: String {
    var parts = ["dramatis: 1", "character: Mara"]
    if let relevance { parts.append("relevant: \(text(relevance))") }
    parts.append("variables: {\(listed(variables.enumerated().map(variable)))}")
    let named = (0..<questionCount).filter { $0.isMultiple(of: 2) }
    parts.append("questions: {\(listed(named.map { "q\($0): { ask: \"Is it \($0)?\" }" }))}")
    parts.append("machines: {\(listed(machines.enumerated().map(machine)))}")
    parts.append("behavior: {\(listed(topics.enumerated().map(topic)))}")
    return parts.joined(separator: "\n")
  }

  private func listed(_ parts: [String]) -> String { parts.joined(separator: ", ") }

  private func variable(_ index: Int, _ variable: Variable) -> String {
    "v\(index): { initial: \(variable.initial), min: \(variable.least), max: \(variable.greatest) }"
  }

  private func machine(_ index: Int, _ machine: Machine) -> String {
    let states = (1..<max(machine.stateCount - 1, 1)).map { "s\($0): Some state" }
    let transitions = machine.transitions.map { transition($0, of: machine) }
    return "m\(index): { states: {\(listed(states))}, transitions: [\(listed(transitions))] }"
  }

  private func transition(_ transition: Transition, of machine: Machine) -> String {
    let isAny = transition.from.count == machine.stateCount
    let from = isAny ? "any" : "[\(listed(transition.from.map(machine.name)))]"
    let effects = transition.effects.map { "v\($0.variable): \(text($0.value))" }
    return "{ from: \(from), to: \(machine.name(transition.to)), when: \(text(transition.guardCondition)), "
      + "role: \(transition.role), set: {\(listed(effects))} }"
  }

  private func text(_ expression: NaiveExpression) -> String {
    switch expression {
    case .constant(let value): "\(value)"
    case .plus(let variable, let value): "v\(variable) + \(value)"
    case .minus(let left, let right): "v\(left) - v\(right)"
    }
  }

  private func topic(_ index: Int, _ topic: Topic) -> String {
    guard let partner = topic.partner else { return "t\(index): \(node(topic.root))" }
    return "t\(index): { with: \(partner), statements: \(node(topic.root)) }"
  }

  private func node(_ node: Node) -> String { "[\(listed(node.items.map(item)))]" }

  private func item(_ item: Item) -> String {
    switch item {
    case .statement(let text): return text
    case .gate(let condition, let then, let otherwise, let unknown):
      let exits = [("else", otherwise), ("unknown", unknown)].compactMap { key, branch in
        branch.map { "\(key): \(node($0))" }
      }
      return "{ \(listed(["when: \(text(condition))", "then: \(node(then))"] + exits)) }"
    }
  }

  private func text(_ condition: NaiveCondition) -> String { yamlQuoted(words(condition)) }

  private func words(_ condition: NaiveCondition) -> String {
    switch condition {
    case .ask(let index): index.isMultiple(of: 2) ? "q\(index)" : "ask(\"Is it \(index)?\")"
    case .newly(let index): "newly(\(words(.ask(index))))"
    case .wasState(let machine, let states):
      "previous(m\(machine)) in [\(listed(states.map(machines[machine].name)))]"
    case .wasVariable(let index, let comparison, let value):
      "previous(v\(index)) \(comparison.rawValue) \(value)"
    case .state(let machine, let states):
      states.count == 1
        ? "m\(machine) == \(machines[machine].name(states[0]))"
        : "m\(machine) in [\(listed(states.map(machines[machine].name)))]"
    case .variable(let index, let comparison, let value): "v\(index) \(comparison.rawValue) \(value)"
    case .variableIn(let index, let values): "v\(index) in [\(listed(values.map(String.init)))]"
    case .datum(let comparison, let value): "event.data.n \(comparison.rawValue) \(value)"
    case .turn(let comparison, let value): "turn \(comparison.rawValue) \(value)"
    case .not(let condition): "not (\(words(condition)))"
    case .and(let conditions): conditions.map { "(\(words($0)))" }.joined(separator: " and ")
    case .or(let conditions): conditions.map { "(\(words($0)))" }.joined(separator: " or ")
    }
  }
}
