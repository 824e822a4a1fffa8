import Dramatis
import DramatisLLM

/// Statements by topic and by partner, each with the condition under which it applies.
struct BehaviourForm: CodifyForm {
  private static let most = 30

  let stage = CodifyStage.behaviour
  private let condition: JSONValue
  private let facts: [String]

  init(_ draft: Draft) {
    condition = draft.conditionSchema
    facts = draft.factNames
  }

  var task: String {
    """
    How does the character behave? One sentence each, in the present, about what it does or says, naming it; what always \
    holds has no 'if'. A contrast is a second entry with the opposite condition written out. Conditions read what holds \
    after the machines have moved. Topics: identity, personality, ability, relationship, or others in one word. 'partner' \
    is the name of the one person with whom it holds, else left out. Do not repeat what the states say. Every reaction, \
    relation, secret and forbidden fact should be used. At most \(Self.most). \(Draft.conditionHelp)
    """
  }

  var schema: JSONValue {
    .record([
      "behaviour": .listed(
        .record([
          "topic": .anyText, "partner?": .anyText, "if?": condition, "text": .anyText,
          "facts": .listed(.oneOf(facts), most: 6),
        ]), most: Self.most)
    ])
  }

  func read(_ value: JSONValue, into draft: inout Draft) -> [String] {
    var problems: [String] = []
    let parts = value.parts("behaviour", most: Self.most)
    if parts.isEmpty { problems.append("behaviour: there is none") }
    for (number, part) in parts.enumerated() {
      let place = "behaviour \(number + 1)"
      guard let text = part.said("text") else {
        problems.append("\(place): 'text' is missing")
        continue
      }
      let grounds = draft.known(part.saidTexts("facts", most: 6))
      guard !grounds.isEmpty else {
        problems.append("\(place): it names no fact")
        continue
      }
      var condition: DraftCondition?
      if let value = part["if"], value != .null, value != .object([]) {
        condition = draft.condition(value, at: place, problems: &problems)
        guard condition != nil else { continue }
      }
      let partner = part.said("partner").flatMap { $0.count <= 60 && $0 != draft.name ? $0 : nil }
      let topic =
        partner.map { "\(part.said("topic") ?? "relationship") · \($0)" } ?? part.said("topic")
        ?? "personality"
      draft.add(text, topic: String(topic.prefix(80)), partner: partner, if: condition, facts: grounds)
    }
    addEntering(to: &draft)
    return problems
  }

  /// What happens once when a state is entered: while it lasts, in a turn in which what led there was heard.
  private func addEntering(to draft: inout Draft) {
    for machine in draft.machines {
      for state in machine.states where !state.enter.isEmpty {
        let ways = machine.transitions.filter {
          $0.to == state.name && $0.from != [state.name] && $0.role != "active"
        }
        let heard = ways.flatMap(\.condition.wanted).uniqued.map { DraftCondition.ask($0, isYes: true) }
        guard let cause = DraftCondition.joined(any: heard) else { continue }
        draft.add(
          state.enter, topic: "moments", partner: nil,
          if: .all([.state(machine: machine.name, state.name, isIn: true), cause]), facts: state.facts)
      }
    }
  }

  func concerns(_ item: DraftItem) -> Bool {
    switch item {
    case .statement, .gate: true
    default: false
    }
  }
}

extension Draft {
  /// Adds a statement, unless the same stands there under the same condition.
  mutating func add(
    _ text: String, topic: String, partner: String?, if condition: DraftCondition?, facts: [String]
  ) {
    guard !statements.contains(where: { $0.text.folded() == text.folded() }) else { return }
    statements.append(
      Statement(
        id: "s\(statements.count + 1)", topic: topic, text: text, partner: partner, condition: condition,
        facts: facts))
  }
}
