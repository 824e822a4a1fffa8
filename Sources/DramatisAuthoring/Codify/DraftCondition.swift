import Dramatis
import DramatisCompiler
import DramatisLLM

/// A condition of a draft as a tree of names; it becomes text only when a profile is written.
indirect enum DraftCondition: Hashable, Sendable {
  case all([DraftCondition])
  case any([DraftCondition])
  case ask(String, isYes: Bool)
  case state(machine: String, String, isIn: Bool)
  case variable(String, Comparison, Int)
  case chance(Double)

  enum Comparison: String, CaseIterable {
    case less = "<"
    case atMost = "<="
    case equal = "=="
    case notEqual = "!="
    case atLeast = ">="
    case more = ">"
  }

  /// As a profile has it.
  var text: String {
    switch self {
    case .all(let parts): parts.map { $0.isChoice ? "(\($0.text))" : $0.text }.joined(separator: " and ")
    case .any(let parts): parts.map(\.text).joined(separator: " or ")
    case .ask(let name, let isYes): isYes ? name : "not \(name)"
    case .state(let machine, let state, let isIn): "\(machine) \(isIn ? "==" : "!=") \(state)"
    case .variable(let name, let comparison, let value): "\(name) \(comparison.rawValue) \(value)"
    case .chance(let probability): "chance(\(probability))"
    }
  }

  private var isChoice: Bool {
    guard case .any(let parts) = self else { return false }
    return parts.count > 1
  }

  /// Everything in it that is no `and` or `or`.
  var leaves: [DraftCondition] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.leaves)
    default: [self]
    }
  }

  /// The questions that it wants a yes to.
  var wanted: [String] {
    leaves.compactMap { if case .ask(let name, true) = $0 { name } else { nil } }
  }

  /// Joins conditions without needless nesting; nil of none.
  static func joined(any parts: [DraftCondition]) -> DraftCondition? {
    var seen: Set<DraftCondition> = []
    let parts = parts.filter { seen.insert($0).inserted }
    return parts.count > 1 ? .any(parts) : parts.first
  }
}

/// Reading and asking for conditions.
extension Draft {
  /// What a condition may be, for a schema: two levels of `all` and `any` over everything that was declared.
  var conditionSchema: JSONValue {
    let leaf = conditionLeaf
    var members: [JSONValue.Member] = leaf
    let list: JSONValue = .listed(["type": "object", "properties": .object(leaf)], most: 4)
    members += [JSONValue.Member("all", list), JSONValue.Member("any", list)]
    return ["type": "object", "properties": .object(members)]
  }

  private var conditionLeaf: [JSONValue.Member] {
    var leaf: [JSONValue.Member] = []
    func add(_ name: String, as schema: JSONValue) { leaf.append(JSONValue.Member(name, schema)) }
    if !questions.isEmpty {
      add("ask", as: .oneOf(questions.map(\.name)))
      add("is", as: .oneOf(["yes", "no"]))
    }
    if !machines.isEmpty {
      add("machine", as: .oneOf(machines.map(\.name)))
      add("state", as: .anyText)
    }
    if !variables.isEmpty {
      add("variable", as: .oneOf(variables.map(\.name)))
      add("op", as: .oneOf(DraftCondition.Comparison.allCases.map(\.rawValue)))
      add("value", as: ["type": "integer"])
    }
    add("chance", as: ["type": "number"])
    return leaf
  }

  /// How conditions are explained to a model.
  static let conditionHelp = """
    A condition is an object: {"ask": question, "is": "yes" or "no"}, {"machine": name, "state": state, "is": "yes" or \
    "no"}, {"variable": name, "op": ">=", "value": 2}, {"chance": 0.3}, or {"all": […]} and {"any": […]} of such.
    """

  /// Reads a condition; a part that makes no sense is a problem, and the whole is nil.
  func condition(
    _ value: JSONValue?, at place: String, problems: inout [String], depth: Int = 0
  ) -> DraftCondition? {
    guard let value, case .object = value, depth < 6 else {
      problems.append("\(place): there is no condition")
      return nil
    }
    for (key, isAll) in [("all", true), ("any", false)] {
      guard let elements = value[key]?.elements, !elements.isEmpty else { continue }
      let before = problems.count
      let parts = elements.prefix(8).compactMap {
        condition($0, at: place, problems: &problems, depth: depth + 1)
      }
      guard problems.count == before, let first = parts.first else { return nil }
      return parts.count == 1 ? first : isAll ? .all(parts) : .any(parts)
    }
    return leaf(value, at: place, problems: &problems)
  }

  private func leaf(_ value: JSONValue, at place: String, problems: inout [String]) -> DraftCondition? {
    let isYes = value.said("is")?.lowercased() != "no"
    if let name = value.said("ask") {
      guard let question = question(called: name) else {
        problems.append("\(place): there is no question '\(name)'")
        return nil
      }
      return .ask(question, isYes: isYes)
    }
    if let name = value.said("machine") {
      guard let machine = machines.first(where: { $0.name == name }), let state = value.said("state"),
        machine.hasState(state)
      else {
        problems.append("\(place): machine '\(name)' has no state '\(value.said("state") ?? "")'")
        return nil
      }
      return .state(machine: name, state, isIn: isYes)
    }
    if let name = value.said("variable") {
      let comparison = value["op"]?.text.flatMap(DraftCondition.Comparison.init(rawValue:))
      guard let variable = variables.first(where: { $0.name == name }), let number = value.whole("value"),
        (0...variable.max).contains(number)
      else {
        problems.append("\(place): '\(name)' cannot be compared so")
        return nil
      }
      return .variable(name, comparison ?? .atLeast, number)
    }
    if let chance = value["chance"]?.double, chance > 0, chance < 1 {
      return .chance((chance * 100).rounded() / 100)
    }
    problems.append("\(place): a condition names a question, a machine with a state, or a variable")
    return nil
  }

  /// Whether everything that a condition names is there.
  func knows(_ condition: DraftCondition) -> Bool {
    condition.leaves.allSatisfy { leaf in
      switch leaf {
      case .ask(let name, _): questions.contains { $0.name == name }
      case .state(let machine, let state, _):
        machines.contains { $0.name == machine && $0.hasState(state) }
      case .variable(let name, _, _): variables.contains { $0.name == name }
      case .all, .any, .chance: true
      }
    }
  }
}
