import Dramatis
import DramatisLLM

/// What of the character changes: machines with their states, and small counts.
struct DimensionsForm: CodifyForm {
  private static let mostMachines = 4
  private static let mostStates = 6
  private static let mostVariables = 3
  /// Larger ranges make profiles that nobody can explore.
  private static let largest = 10

  let stage = CodifyStage.dimensions
  let facts: [String]

  let task = """
    Which sides of the character change in the course of a conversation? For each a machine of 2 to 5 states: mood, trust, \
    what it has told, where it is. Only what facts support. 'now' says what holds while the state lasts, in a sentence in \
    the present that can be true for many turns and is no single act; 'enter' says what happens once when it is entered, or \
    is empty. The states 'unactivated' (before anything has happened) and 'other' are always there: do not list them. \
    Variables count what grows or runs out (trust, patience), from 0 to at most 10; only where a fact needs one. Every \
    machine, state and variable names the facts that it rests on.
    """

  var schema: JSONValue {
    let grounds = JSONValue.listed(.oneOf(facts), most: 8)
    return .record([
      "variables": .listed(
        .record([
          "name": .anyText, "meaning": .anyText, "initial": ["type": "integer"], "max": ["type": "integer"],
          "facts": grounds,
        ]), most: Self.mostVariables),
      "machines": .listed(
        .record([
          "name": .anyText, "facts": grounds,
          "states": .listed(
            .record(["name": .anyText, "now": .anyText, "enter?": .anyText, "facts": grounds]),
            most: Self.mostStates),
        ]), most: Self.mostMachines),
    ])
  }

  func read(_ value: JSONValue, into draft: inout Draft) -> [String] {
    var problems: [String] = []
    for part in value.parts("variables", most: Self.mostVariables) {
      guard let said = part.said("name"), let name = SaidName.made(of: said, taken: draft.names) else {
        problems.append("a variable has no name of letters")
        continue
      }
      let grounds = draft.known(part.saidTexts("facts", most: 8))
      if grounds.isEmpty {
        problems.append("variable \(name): it names no fact")
        continue
      }
      let most = min(max(part.whole("max") ?? 5, 1), Self.largest)
      draft.variables.append(
        Draft.Variable(
          name: name, meaning: part.said("meaning") ?? name,
          initial: min(max(part.whole("initial") ?? 0, 0), most),
          max: most, facts: grounds))
    }
    for part in value.parts("machines", most: Self.mostMachines) {
      read(machine: part, into: &draft, problems: &problems)
    }
    return problems
  }

  private func read(machine part: JSONValue, into draft: inout Draft, problems: inout [String]) {
    guard let said = part.said("name"), let name = SaidName.made(of: said, taken: draft.names) else {
      problems.append("a machine has no name of letters")
      return
    }
    let common = draft.known(part.saidTexts("facts", most: 8))
    var states: [Draft.State] = []
    for state in part.parts("states", most: Self.mostStates) {
      let taken = Set(states.map(\.name))
      guard let said = state.said("name"), !["unactivated", "other"].contains(said.lowercased()),
        let stateName = SaidName.made(of: said, taken: taken)
      else { continue }
      let grounds = draft.known(state.saidTexts("facts", most: 8))
      guard let now = state.said("now"), !grounds.isEmpty || !common.isEmpty else {
        problems.append("state \(name).\(stateName): 'now' is missing, or it names no fact")
        continue
      }
      states.append(
        Draft.State(
          name: stateName, now: now, enter: state.said("enter") ?? "",
          facts: grounds.isEmpty ? common : grounds))
    }
    if states.isEmpty {
      problems.append("machine \(name): no state is left")
    } else {
      draft.machines.append(Draft.Machine(name: name, facts: common, states: states))
    }
  }
}
