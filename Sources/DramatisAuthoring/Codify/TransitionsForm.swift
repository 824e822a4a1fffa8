import Dramatis
import DramatisLLM

/// The ways of one machine from state to state, only those that facts support.
struct TransitionsForm: CodifyForm {
  private static let most = 16

  let stage = CodifyStage.transitions
  let machine: Draft.Machine
  private let condition: JSONValue
  private let facts: [String]
  private let variables: [String]

  init(_ machine: Draft.Machine, in draft: Draft) {
    self.machine = machine
    condition = draft.conditionSchema
    facts = draft.factNames
    variables = draft.variables.map(\.name)
  }

  private var states: [String] { ["unactivated"] + machine.states.map(\.name) + ["other"] }

  var task: String {
    """
    The machine '\(machine.name)' only. List its transitions: from which states ("any" for all), to which state, and the \
    condition. They are tried in this order, and the first that holds is taken; staying needs none. Every state must be \
    reachable from 'unactivated', and every state that is no end must be left by something that is asked. 'by' says who acts: \
    others (usual), self (the character), any. 'set' changes variables: {"variable": name, "add": 1} or {"variable": name, \
    "to": 0}; a transition from a state to itself may count. 'because' names the facts. Chance only where the text says that \
    it varies. \(Draft.conditionHelp)
    """
  }

  var schema: JSONValue {
    var members: [JSONValue.Member] = []
    func add(_ name: String, as schema: JSONValue) { members.append(JSONValue.Member(name, schema)) }
    add("from", as: .listed(.oneOf(["any"] + states), most: 8))
    add("to", as: .oneOf(states))
    add("if", as: condition)
    add("by", as: .oneOf(["others", "self", "any"]))
    if !variables.isEmpty {
      add(
        "set",
        as: .listed(
          .record(["variable": .oneOf(variables), "add?": ["type": "integer"], "to?": ["type": "integer"]]),
          most: 3))
    }
    add("because", as: .listed(.oneOf(facts), most: 6))
    return .record([
      "transitions": .listed(
        [
          "type": "object", "required": ["from", "to", "if", "because"], "properties": .object(members),
        ], most: Self.most)
    ])
  }

  func read(_ value: JSONValue, into draft: inout Draft) -> [String] {
    var problems: [String] = []
    guard let index = draft.machines.firstIndex(where: { $0.name == machine.name }) else { return [] }
    for (number, part) in value.parts("transitions", most: Self.most).enumerated() {
      let place = "transition \(number + 1) of \(machine.name)"
      if let transition = transition(part, at: place, in: &draft, problems: &problems) {
        draft.machines[index].transitions.append(transition)
      }
    }
    if draft.machines[index].transitions.isEmpty { problems.append("\(machine.name): it never moves") }
    return problems
  }

  /// Reads one transition; nil where it makes no sense.
  func transition(
    _ part: JSONValue, at place: String, in draft: inout Draft, problems: inout [String]
  ) -> Draft.Transition? {
    var from = part.saidTexts("from", most: 8).map { $0.lowercased() == "any" ? "any" : $0 }
    if from.contains("any") { from = ["any"] }
    let to = part.said("to") ?? ""
    let unknown = (from + [to]).filter { !machine.hasState($0) && $0 != "any" }
    guard !from.isEmpty, unknown.isEmpty, to != "any" else {
      problems.append("\(place): '\(unknown.first ?? to)' is no state of \(machine.name)")
      return nil
    }
    let grounds = draft.known(part.saidTexts("because", most: 6))
    guard !grounds.isEmpty else {
      problems.append("\(place): 'because' names no fact")
      return nil
    }
    guard let condition = draft.condition(part["if"], at: place, problems: &problems) else { return nil }
    let role = ["self": "active", "any": "any"][part.said("by")?.lowercased() ?? ""] ?? "passive"
    return Draft.Transition(
      number: draft.nextTransition(), from: from, to: to, condition: condition, role: role,
      effects: effects(part, in: draft), facts: grounds)
  }

  private func effects(_ part: JSONValue, in draft: Draft) -> [Draft.Effect] {
    var effects: [Draft.Effect] = []
    for set in part.parts("set", most: 3) {
      guard let name = set.said("variable"), let variable = draft.variables.first(where: { $0.name == name }),
        !effects.contains(where: { $0.variable == name })
      else { continue }
      if let add = set.whole("add"), add != 0, abs(add) <= variable.max {
        effects.append(Draft.Effect(variable: name, value: "\(name) \(add < 0 ? "-" : "+") \(abs(add))"))
      } else if let to = set.whole("to"), (0...variable.max).contains(to) {
        effects.append(Draft.Effect(variable: name, value: String(to)))
      }
    }
    return effects
  }

  func concerns(_ item: DraftItem) -> Bool {
    switch item {
    case .transition, .state, .machine: true
    default: false
    }
  }
}
