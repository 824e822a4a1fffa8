import Dramatis
import DramatisLLM

/// What the text sets up and owes: a foreshadow, what makes its payoff due, and the payoff.
struct CommitmentsForm: CodifyForm {
  private static let most = 4

  let stage = CodifyStage.commitments
  let replyTokens = 2_000
  private let condition: JSONValue
  private let facts: [String]

  init(_ draft: Draft) {
    condition = draft.conditionSchema
    facts = draft.factNames
  }

  var task: String {
    """
    What does the text hint at and leave open, so that a story with this character owes it: an object with a past, a secret, \
    a promise? For each: the foreshadow (what is shown or said early), 'plant' (when that comes in; left out for at once), \
    'trigger' (the condition that makes the payoff due: something that others say or do, or a state; not the payoff itself, \
    and false while nothing but the foreshadow has happened), the payoff (one concrete event), 'after' (which others must be \
    paid before), 'not_before' (turns after the foreshadow), 'due_within' (turns after the trigger). Also two lines that the \
    character says to hint at it, and two with which it pays, in its voice; no words of the payoff in any other line. None \
    where the text hints at nothing. At most \(Self.most). \(Draft.conditionHelp)
    """
  }

  var schema: JSONValue {
    .record([
      "commitments": .listed(
        .record([
          "name": .anyText, "foreshadow": .anyText, "hint_lines?": .listed(.anyText, most: 3),
          "plant?": ["type": "object"],
          "trigger": condition, "payoff": .anyText, "payoff_lines?": .listed(.anyText, most: 3),
          "after?": .listed(.anyText, most: 3), "not_before?": ["type": "integer"],
          "due_within?": ["type": "integer"], "facts": .listed(.oneOf(facts), most: 6),
        ]), most: Self.most)
    ])
  }

  func read(_ value: JSONValue, into draft: inout Draft) -> [String] {
    var problems: [String] = []
    for part in value.parts("commitments", most: Self.most) {
      guard let said = part.said("name"), let name = SaidName.made(of: said, taken: draft.names),
        let foreshadow = part.said("foreshadow"), let payoff = part.said("payoff"),
        foreshadow.folded() != payoff.folded()
      else {
        problems.append("a commitment lacks 'name', 'foreshadow' or 'payoff'")
        continue
      }
      let grounds = draft.known(part.saidTexts("facts", most: 6))
      guard !grounds.isEmpty else {
        problems.append("commitment \(name): it names no fact")
        continue
      }
      guard let trigger = draft.condition(part["trigger"], at: "trigger of \(name)", problems: &problems)
      else {
        continue
      }
      var plant: DraftCondition?
      if let value = part["plant"], value != .null, value != .object([]) {
        plant = draft.condition(value, at: "plant of \(name)", problems: &problems)
        guard plant != nil else { continue }
      }
      func spoken(_ key: String) -> [String] {
        part.saidTexts(key, most: 3).map(\.withoutSlots).filter { $0.asCue.count >= 8 }
      }
      draft.commitments.append(
        Draft.Commitment(
          name: name, foreshadow: .init(text: foreshadow, say: spoken("hint_lines")),
          payoff: .init(text: payoff, say: spoken("payoff_lines")), plant: plant, trigger: trigger,
          after: part.saidTexts("after", most: 3).filter { $0 != name },
          notBefore: min(max(part.whole("not_before") ?? 0, 0), 50),
          dueWithin: min(max(part.whole("due_within") ?? 0, 0), 50), facts: grounds))
    }
    let names = draft.commitments.map(\.name)
    for index in draft.commitments.indices {
      // Only what stands before, so that none waits for itself.
      draft.commitments[index].after.removeAll { !names.prefix(index).contains($0) }
    }
    return problems
  }

  func concerns(_ item: DraftItem) -> Bool {
    if case .commitment = item { true } else { false }
  }
}

extension String {
  /// Without braces, which would be slots.
  var withoutSlots: String { filter { $0 != "{" && $0 != "}" } }

  /// With the slots that a line may have; any other brace stands for itself.
  var withKnownSlots: String {
    var result = ""
    var rest = self[...]
    while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      result += rest[..<brace]
      rest = rest[brace...]
      if let slot = ["{user}", "{character}"].first(where: rest.hasPrefix) {
        result += slot
        rest = rest.dropFirst(slot.count)
      } else {
        rest = rest.dropFirst()
      }
    }
    return result + rest
  }
}
