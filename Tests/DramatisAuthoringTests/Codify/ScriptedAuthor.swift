import DramatisAuthoring
import DramatisLLM
import TestSupport

/// A strong model whose replies somebody wrote: one text for each kind of request.
struct ScriptedAuthor: Sendable {
  /// By the stage, for some of them with what it is about: `transitions.mood`, `lines.more`, `cues.greeted.again`.
  var replies: [String: String]

  init(_ replies: [String: String]) {
    self.replies = replies
  }

  /// The replies of a folder beside this file.
  init(folder: String) throws {
    let path = "Tests/DramatisAuthoringTests/Codify/Replies/\(folder)"
    replies = [:]
    for name in try Repository.names(in: path) where name.hasSuffix(".json") {
      replies[String(name.dropLast(5))] = try Repository.text("\(path)/\(name)")
    }
  }

  /// A model that gives them.
  func model() -> FakeModel {
    FakeModel { [self] request, _ in Completion(text: reply(to: request)) }
  }

  func reply(to request: ModelRequest) -> String {
    let key = Self.key(of: request)
    let base = request.messages.count > 2 ? String(key.dropLast(".again".count)) : key
    let stage = base.prefix { $0 != "." }
    return replies[key] ?? replies[base] ?? replies[String(stage)] ?? "{}"
  }

  /// What a request asks for.
  static func key(of request: ModelRequest) -> String {
    let text = request.messages[1].text
    guard let start = text.ranges(of: "STAGE ").last?.upperBound else { return "" }
    let task = text[start...]
    var key = String(task.prefix { $0.isLetter })
    func word(after words: String) -> String {
      task.firstRange(of: words).map {
        String(task[$0.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" })
      }
        ?? ""
    }
    switch key {
    case "transitions": key += "." + word(after: "The machine '")
    case "cues": key += "." + word(after: "\nFor ")
    case "lines" where !task.contains("\"always\""): key += ".more"
    case "trials" where task.contains("do not come out"): key = "mend"
    default: break
    }
    return request.messages.count > 2 ? key + ".again" : key
  }
}

/// A small source with its replies, for tests that codify many times.
enum SmallSource {
  static let text = """
    Ben is a baker. He wears a white hat and hums.
    When somebody thanks him, Ben smiles and gives away a bun. When somebody shouts at him, Ben sulks until they leave.
    Ben owes the miller a sack of flour, and nobody knows it.
    """

  static let source = CodifySource(prose: text, title: "ben.txt")

  static let replies = [
    "facts": """
    {"character": {"name": "Ben", "voice": "Soft.", "setting": "A bakery."}, "facts": [
    {"quote": "Ben is a baker.", "kind": "constant", "text": "Ben is a baker."},
    {"quote": "When somebody thanks him, Ben smiles and gives away a bun.", "kind": "reaction", "text": "Ben smiles when thanked."},
    {"quote": "When somebody shouts at him, Ben sulks until they leave.", "kind": "dynamic", "text": "Ben sulks when shouted at."},
    {"quote": "Ben owes the miller a sack of flour", "kind": "secret", "text": "Ben owes the miller flour."}]}
    """,
    "dimensions": """
    {"variables": [], "machines": [{"name": "mood", "facts": ["f2", "f3"], "states": [
    {"name": "glad", "now": "Ben smiles.", "facts": ["f2"]}, {"name": "sulky", "now": "Ben sulks.", "facts": ["f3"]}]}]}
    """,
    "questions": """
    {"questions": [{"name": "thanked", "ask": "Does somebody thank Ben?", "facts": ["f2"]},
    {"name": "shouted", "ask": "Does somebody shout at Ben?", "facts": ["f3"]},
    {"name": "left", "ask": "Does somebody leave?", "facts": ["f3"]}]}
    """,
    "cues": """
    {"questions": [
    {"name": "thanked", "cues": ["thanks", "thank you", "much obliged"], "yes": ["Thanks!", "thank you, Ben", "much obliged"],
     "no": ["Think, Ben.", "A tank.", "I'm here."], "overlaps": []},
    {"name": "shouted", "cues": ["you fool", "shouts", "idiot"], "yes": ["You fool!", "*shouts*", "idiot!"],
     "no": ["A shout of joy.", "Who is there?", "Bread."], "overlaps": []},
    {"name": "left", "cues": ["goodbye", "i must go", "leaves"], "yes": ["Goodbye.", "I must go", "*leaves*"],
     "no": ["A leaf.", "Go on.", "Good bread."], "overlaps": []}]}
    """,
    "transitions": """
    {"transitions": [{"from": ["any"], "to": "sulky", "if": {"ask": "shouted", "is": "yes"}, "because": ["f3"]},
    {"from": ["unactivated"], "to": "glad", "if": {"ask": "thanked", "is": "yes"}, "because": ["f2"]},
    {"from": ["sulky"], "to": "unactivated", "if": {"ask": "left", "is": "yes"}, "because": ["f3"]},
    {"from": ["glad"], "to": "unactivated", "if": {"ask": "left", "is": "yes"}, "because": ["f3"]}]}
    """,
    "behaviour": """
    {"behaviour": [{"topic": "identity", "text": "Ben hums while he kneads.", "facts": ["f1"]},
    {"topic": "personality", "if": {"ask": "thanked", "is": "yes"}, "text": "Ben gives away a bun.", "facts": ["f2"]}]}
    """,
    "commitments": """
    {"commitments": [{"name": "flour", "foreshadow": "Ben counts his sacks.", "hint_lines": ["One sack short, again."],
    "trigger": {"machine": "mood", "state": "glad"}, "payoff": "Ben admits that he owes the miller a sack.",
    "payoff_lines": ["I owe the miller a whole sack of flour."], "not_before": 1, "due_within": 5, "facts": ["f4"]}]}
    """,
    "lines": """
    {"greetings": ["Fresh bread!"], "lines": [
    {"for": "always", "say": ["Rye or white?", "The oven is hot.", "Early day today.", "Mind the step.", "Crusty, that one.",
    "I could do with rain.", "Warm in here.", "Anything else?", "It is what it is.", "Flour everywhere."]},
    {"for": "mood.glad", "say": ["Have a look around!", "What a morning.", "Take your time."]},
    {"for": "mood.sulky", "say": ["Hmpf.", "We're closed.", "I have dough to see to."]},
    {"for": "s2", "say": ["Here, a bun.", "This one's on me.", "Take one for the road."]}]}
    """,
    "trials": """
    {"scenes": [{"name": "thanks", "say": ["Thanks!"], "expect": [{"machine": "mood", "state": "glad"}]},
    {"name": "shouting", "say": ["You fool!"], "expect": [{"machine": "mood", "state": "sulky"}]},
    {"name": "never", "say": ["Hm."], "expect": [{"machine": "mood", "state": "glad"}]}]}
    """,
    "mend": #"{"cues": [], "transitions": []}"#,
  ]

  static let author = ScriptedAuthor(replies)
}
