import Dramatis

/// The names that conditions can use, and the questions that they add.
///
/// Questions, variables, machines and commitments share one namespace.
struct NameTable {
  /// What a name stands for: an index into the program's list of that kind.
  enum Meaning: Hashable {
    case variable(Int)
    case question(Int)
    case machine(Int)
    case commitment(Int)

    var description: String {
      switch self {
      case .variable: "a variable"
      case .question: "a question"
      case .machine: "a machine"
      case .commitment: "a commitment"
      }
    }
  }

  /// Words of the condition language and of slots, which are no names.
  static let reserved = words.union(["ask", "chance", "actor", "event", "turn", "user", "character"])
  /// Those of them that are no names of states either.
  static let words = ConditionParser.keywords.union(["true", "false"])

  private(set) var meanings: [String: Meaning] = [:]
  private(set) var order: [String] = []
  /// Names whose declaration was reported as a mistake; uses of them say nothing more.
  private(set) var refused: Set<String> = []
  /// Words of parts of the file that could not be read: what they might declare is not known.
  private var passedOver: Set<String> = []
  /// Whether names may be declared in parts that nobody could make sense of, so that none can be called unknown.
  var isIncomplete = false
  var variables: [Variable] = []
  private(set) var questions: [Question] = []
  private var questionsByText: [[UInt8]: Int] = [:]
  /// Each machine's states by name; transitions come later.
  var machines: [(name: String, kind: Machine.Kind, states: [Machine.State])] = []
  var commitments: [String] = []
  /// How many `chance(…)` there are; each draws for itself.
  private var chances = 0

  /// Whether the same text twice is one question.
  let sharesQuestions: Bool
  /// Whether mistakes still get suggestions; after many of them the time is better saved.
  var suggests = true

  /// - Parameter words: What could not be read may declare these.
  init(sharesQuestions: Bool = true, passingOver words: Set<String> = []) {
    self.sharesQuestions = sharesQuestions
    passedOver = words
  }

  /// What was probably meant, while there are suggestions.
  func suggestion(_ name: String, among candidates: [String]) -> String? {
    suggests ? nearest(name, among: candidates) : nil
  }

  mutating func declare(_ name: String, as meaning: Meaning) {
    meanings[name] = meaning
    order.append(name)
  }

  /// Remembers a name whose declaration is wrong, and what may be written for one that is none: `half_baked` for
  /// `half-baked`.
  mutating func refuse(_ name: String) {
    refused.insert(name)
    guard !name.unicodeScalars.allSatisfy(\.continuesName) else { return }
    let visible = String(name.unicodeScalars.filter { $0.invisibleName == nil }.map(Character.init))
    refused.insert(visible)
    refused.insert(visible.filter { !$0.isWhitespace })
    // What was meant for the name of `hailed { ask`.
    if visible.contains("{") { refused.insert(String(visible.unicodeScalars.prefix(while: \.continuesName))) }
    refused.insert(String(visible.unicodeScalars.map { $0.continuesName ? Character($0) : "_" }))
  }

  /// Whether nothing more is to be said of a name: its declaration is wrong, or stands where nothing could be read.
  func isRefused(_ name: String) -> Bool {
    refused.contains(name) || meanings[name] == nil && passedOver.contains(name)
  }

  /// Whether a condition uses a name whose declaration is wrong, so that its own mistake may be no other.
  func usesRefused(in text: String) -> Bool {
    guard !refused.isEmpty || !passedOver.isEmpty else { return false }
    if usesRefusedText(in: text) { return true }
    guard let tokens = try? ConditionLexer.tokens(of: text) else { return false }
    return tokens.contains { token in
      if case .name(let name) = token.kind { isRefused(name) } else { false }
    }
  }

  /// Whether a name was refused for what it holds, as `half-baked`, and stands in a condition as it was written.
  func usesRefusedText(in text: String) -> Bool {
    refused.contains { name in
      guard !name.unicodeScalars.allSatisfy(\.continuesName), let range = text.firstRange(of: name) else {
        return false
      }
      let before = text[..<range.lowerBound].unicodeScalars.last
      let after = text[range.upperBound...].unicodeScalars.first
      return before?.continuesName != true && after?.continuesName != true
    }
  }

  /// The question of this exact text: the first named one, or the one that `ask` made before, or a new one.
  ///
  /// Where questions are not shared it is always a new one, with the cues of that of the same text.
  mutating func question(asking text: String) -> Int {
    guard let known = questionsByText[Array(text.utf8)] else { return add(Question(name: nil, text: text)) }
    return sharesQuestions ? known : add(questions[known].withoutName)
  }

  /// Adds a question and returns its index.
  mutating func add(_ question: Question) -> Int {
    let index = questions.count
    questions.append(question)
    let text = Array(question.text.utf8)
    if questionsByText[text] == nil { questionsByText[text] = index }
    return index
  }

  mutating func nextChance() -> Int {
    defer { chances += 1 }
    return chances
  }

  func stateIndex(_ name: String, of machine: Int) -> Int? {
    machines[machine].states.firstIndex { $0.name == name }
  }
}

extension Question {
  /// The same question as `ask("…")` puts it.
  fileprivate var withoutName: Question {
    Question(
      name: nil, text: text, cues: cues, counterCues: counterCues, reach: reach, part: part,
      countsReported: countsReported, otherwise: otherwise)
  }
}
