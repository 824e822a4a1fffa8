import Dramatis

/// A character in the making: what the stages have made so far, each part with the facts that it rests on.
struct Draft: Sendable {
  struct Variable: Hashable {
    let name, meaning: String
    let initial, max: Int
    let facts: [String]
  }

  struct State: Hashable {
    let name, now, enter: String
    let facts: [String]
  }

  struct Transition: Hashable {
    let number: Int
    let from: [String]
    let to: String
    let condition: DraftCondition
    let role: String
    var effects: [Effect]
    let facts: [String]
  }

  struct Effect: Hashable {
    let variable: String
    /// What it becomes, as a profile has it.
    let value: String
  }

  struct Machine: Hashable {
    let name: String
    let facts: [String]
    var states: [State]
    var transitions: [Transition] = []

    func hasState(_ name: String) -> Bool {
      ["unactivated", "other"].contains(name) || states.contains { $0.name == name }
    }
  }

  struct Question: Hashable {
    let name, ask: String
    let isOverScene: Bool
    let facts: [String]
    var cues: [String] = []
    var counterCues: [String] = []
  }

  struct Statement: Hashable {
    let id, topic, text: String
    let partner: String?
    let condition: DraftCondition?
    let facts: [String]
  }

  struct Commitment: Hashable {
    let name: String
    var foreshadow, payoff: Beat
    let plant: DraftCondition?
    let trigger: DraftCondition
    var after: [String]
    let notBefore, dueWithin: Int
    let facts: [String]
  }

  struct Beat: Hashable {
    let text: String
    var say: [String]
  }

  /// Texts to say for a state, for a statement, or always.
  struct Line: Hashable {
    enum Target: Hashable {
      case state(machine: String, String)
      case statement(String)
      case always
    }
    let target: Target
    var say: [String]
    let facts: [String]
  }

  struct Example: Hashable { let event, line: String }

  var name = ""
  var aliases: [String] = []
  var voice = ""
  var setting = ""
  var facts: [CodifiedFact] = []
  var variables: [Variable] = []
  var machines: [Machine] = []
  var questions: [Question] = []
  var statements: [Statement] = []
  var commitments: [Commitment] = []
  var greetings: [String] = []
  var lines: [Line] = []
  var examples: [Example] = []
  /// Near-duplicates that were merged: the name that is gone and the one that stands for it.
  var merged: [String: String] = [:]
  private var transitionCount = 0

  /// Every name that conditions use.
  var names: Set<String> {
    Set(variables.map(\.name) + machines.map(\.name) + questions.map(\.name) + commitments.map(\.name))
  }

  /// The name of a question, be it one that was merged into another; nil where there is none.
  func question(called name: String) -> String? {
    let name = merged[name] ?? name
    return questions.contains { $0.name == name } ? name : nil
  }

  /// What the character is, from the facts alone.
  var summary: String {
    var summary = ""
    for fact in facts where fact.kind == .constant && summary.count + fact.text.count < 400 {
      summary += (summary.isEmpty ? "" : " ") + fact.text
    }
    return summary
  }

  /// Facts that something is made of, by their names; those that are not there are left out.
  func known(_ names: [String]) -> [String] { names.filter { name in facts.contains { $0.id == name } } }

  mutating func nextTransition() -> Int {
    transitionCount += 1
    return transitionCount
  }
}

/// A sentence of the source that was understood.
public struct CodifiedFact: Hashable, Sendable {
  /// What a fact is about, which decides what becomes of it.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case constant, reaction, dynamic, relation, secret, backstory, forbidden
    /// How a reply is to look: listed, and not obeyed.
    case format
  }

  /// What parts of the draft call it, `f1` for the first.
  public let id: String
  /// What it is about.
  public let kind: Kind
  /// The words of the source, as they stand there.
  public let quote: String
  /// The line in which they begin.
  public let line: Int
  /// What was understood, in a sentence.
  public let text: String
}

/// A part of a draft, so that it can be named and taken out.
enum DraftItem: Hashable, Sendable {
  case head(String)
  case greeting(String)
  case example(Int)
  case variable(String)
  case question(String)
  case cue(question: String, String)
  case machine(String)
  case state(machine: String, String)
  case transition(Int)
  case gate(topic: String, DraftCondition)
  case statement(String)
  case commitment(String)
  case line(Int)
  case say(line: Int, String)

  /// What the report calls it.
  var title: String {
    switch self {
    case .head(let key): key
    case .greeting(let text): "greeting “\(text)”"
    case .example(let number): "example \(number + 1)"
    case .variable(let name): "variable \(name)"
    case .question(let name): "question \(name)"
    case .cue(let question, let text): "cue “\(text)” of \(question)"
    case .machine(let name): "machine \(name)"
    case .state(let machine, let name): "state \(machine).\(name)"
    case .transition(let number): "transition \(number)"
    case .gate(let topic, let condition): "gate \(topic): \(condition.text)"
    case .statement(let id): "statement \(id)"
    case .commitment(let name): "commitment \(name)"
    case .line(let number): "line \(number + 1)"
    case .say(_, let text): "line “\(text)”"
    }
  }
}
