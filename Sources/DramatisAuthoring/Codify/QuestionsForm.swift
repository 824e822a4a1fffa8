import Dramatis
import DramatisLLM

/// What the character has to notice: one namespace for the whole profile.
struct QuestionsForm: CodifyForm {
  private static let most = 14

  let stage = CodifyStage.questions
  let facts: [String]

  var task: String {
    """
    What must the character notice in what others say or do, so that the machines move and the facts of reactions apply? \
    List the questions, each to be answered with yes or no about the newest thing that somebody said or did: "Does somebody \
    insult Mara?". Short names. No two that ask nearly the same; what a fact needs and no more; also greeting and leaving. \
    'about' is event, or scene where it asks whether something was said in the last turns. At most \(Self.most).
    """
  }

  var schema: JSONValue {
    .record([
      "questions": .listed(
        .record([
          "name": .anyText, "ask": .anyText, "about?": .oneOf(["event", "scene"]),
          "facts?": .listed(.oneOf(facts), most: 6),
        ]), most: Self.most)
    ])
  }

  func read(_ value: JSONValue, into draft: inout Draft) -> [String] {
    var problems: [String] = []
    let parts = value.parts("questions", most: Self.most)
    if parts.isEmpty { problems.append("questions: there are none") }
    for (number, part) in parts.enumerated() {
      guard let ask = part.said("ask"), ask.count <= 200, let said = part.said("name"),
        let name = SaidName.made(of: said, taken: draft.names)
      else {
        problems.append("question \(number + 1): 'name' or 'ask' is missing, or it is too long")
        continue
      }
      if let twin = draft.questions.first(where: { Self.areAlike($0.ask, and: ask) }) {
        draft.merged[name] = twin.name
        continue
      }
      draft.questions.append(
        Draft.Question(
          name: name, ask: ask, isOverScene: part.said("about") == "scene",
          facts: draft.known(part.saidTexts("facts", most: 6))))
    }
    return problems
  }

  /// Whether two questions share so many words that they ask the same.
  static func areAlike(_ first: String, and second: String) -> Bool {
    func words(_ text: String) -> Set<Substring> {
      Set(Substring(text.folded()).split { !($0.isLetter || $0.isNumber) })
    }
    let (left, right) = (words(first), words(second))
    let all = left.union(right).count
    return all > 0 && Double(left.intersection(right).count) / Double(all) > 0.8
  }
}
