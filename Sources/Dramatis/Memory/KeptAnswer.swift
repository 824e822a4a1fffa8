/// Something that a character heard or said: word for word, with who said it and when.
public struct KeptQuote: Hashable, Sendable, Encodable {
  /// The turn in which it was said.
  public let turn: Int
  /// Who said it; nil where nobody is known to have.
  public let actor: String?
  /// The sentences that count, in one line.
  public let text: String
}

/// What a character keeps in answer to one of its standing questions.
public struct KeptAnswer: Hashable, Sendable, Encodable {
  /// The answer in the words of whoever sums up.
  public struct Summary: Hashable, Sendable, Encodable {
    /// The turn in which it was given.
    public let turn: Int
    /// What is known; empty where that is nothing.
    public let text: String
  }

  /// The name of the question.
  public let question: String
  /// What was said about it, oldest first: what a summary rests on, and what came after it.
  public internal(set) var quotes: [KeptQuote] = []
  /// What it comes to; nil where nobody sums up, and the quotes stand for themselves.
  public internal(set) var summary: Summary?

  init(question: String) {
    self.question = question
  }

  /// The quotes that no summary has taken in yet.
  public var standing: [KeptQuote] {
    guard let summary, !summary.text.isEmpty else { return quotes }
    return quotes.filter { $0.turn > summary.turn }
  }

  /// What a turn has added to it; nil for nothing.
  func note(of turn: Int) -> MemoryNote? {
    let quotes = quotes.filter { $0.turn == turn }
    let summary = summary.flatMap { $0.turn == turn ? $0.text : nil }
    guard !quotes.isEmpty || summary != nil else { return nil }
    return MemoryNote(
      question: question, quotes: quotes.map { MemoryNote.Quote(actor: $0.actor, text: $0.text) },
      summary: summary)
  }
}

/// What a character keeps of the events for which there is no room any more: a summary.
public struct KeptPast: Hashable, Sendable, Codable {
  /// The turn at whose end it was made.
  public let turn: Int
  /// How many events it sums up, the first that the character perceived.
  public let events: Int
  /// What happened, in the words of whoever sums up.
  public let text: String
}

/// What a turn adds to what a character keeps, as it is recorded.
struct MemoryNote: Hashable, Sendable, Codable {
  /// Who said what.
  struct Quote: Hashable, Sendable, Codable {
    let actor: String?
    let text: String
  }

  /// The name of the standing question.
  let question: String
  var quotes: [Quote]
  /// The answer as it was given anew; nil where nobody was asked.
  var summary: String?
}

/// All that a character keeps, in the order of its standing questions.
///
/// A value that notes alone decide: to take turns back, take the notes of those that are left.
struct KeptMemory: Sendable {
  private(set) var answers: [KeptAnswer] = []
  /// What happened first, where there was no room for all of it.
  var past: KeptPast?

  /// What is kept in answer to a question; nil for nothing.
  subscript(question: String) -> KeptAnswer? { answers.first { $0.question == question } }

  /// Takes in what a turn adds; what answers no question of the program is passed over.
  mutating func take(_ notes: [MemoryNote], of turn: Int, for program: Program) {
    let standing = program.standingQuestions
    for note in notes {
      guard let question = standing.first(where: { $0.name == note.question }) else { continue }
      var answer = self[note.question] ?? KeptAnswer(question: note.question)
      answer.quotes += note.quotes.map { KeptQuote(turn: turn, actor: $0.actor, text: $0.text) }
      answer.quotes.removeFirst(max(0, answer.quotes.count - question.keeps))
      if let summary = note.summary { answer.summary = KeptAnswer.Summary(turn: turn, text: summary) }
      answers.removeAll { $0.question == note.question }
      answers.append(answer)
    }
    let places = Dictionary(
      standing.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    answers.sort { places[$0.question] ?? 0 < places[$1.question] ?? 0 }
  }

  /// The same for another program of the character, as far as it asks under the same names.
  func moved(to program: Program) -> KeptMemory {
    var moved = self
    let names = Set(program.standingQuestions.map(\.name))
    moved.answers.removeAll { !names.contains($0.question) }
    return moved
  }
}
