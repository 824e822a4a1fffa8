/// What of a character's memory there is room to tell.
public struct MemorySelection: Hashable, Sendable {
  /// What is told: of each answer its summary and the quotes that count, oldest first.
  public private(set) var told: [KeptAnswer] = []
  /// What the budget has no room for.
  public private(set) var leftOut: [KeptAnswer] = []

  /// Nothing at all.
  static let nothing = MemorySelection()

  private init() {}

  /// A part of an answer that is told as a whole or not at all.
  private enum Piece {
    case summary(KeptAnswer.Summary)
    case quote(KeptQuote)

    var tokens: Int {
      switch self {
      case .summary(let summary): summary.text.estimatedTokens
      case .quote(let quote): ("\(quote.actor ?? ""): ".utf8.count + quote.text.utf8.count + 5) / 4
      }
    }
  }

  /// Chooses within a budget of tokens: of every answer its summary, or else its newest quote, before further quotes of any.
  ///
  /// - Parameter questions: What is asked, by name; it is told with the first piece of an answer.
  init(of answers: [KeptAnswer], within tokens: Int, asked questions: [String: String]) {
    let pieces = answers.map { answer in
      let summary = answer.summary.flatMap { $0.text.isEmpty ? nil : Piece.summary($0) }
      return [summary].compactMap(\.self) + answer.standing.reversed().map { .quote($0) }
    }
    var rest = tokens
    var told = answers.map { KeptAnswer(question: $0.question) }
    var lost = told
    for depth in 0..<(pieces.map(\.count).max() ?? 0) {
      for place in answers.indices where depth < pieces[place].count {
        let piece = pieces[place][depth]
        let heading = told[place].isEmpty ? (questions[answers[place].question] ?? "").estimatedTokens + 2 : 0
        let isTold = piece.tokens + heading <= rest
        if isTold { rest -= piece.tokens + heading }
        switch piece {
        case .summary(let summary) where isTold: told[place].summary = summary
        case .summary(let summary): lost[place].summary = summary
        case .quote(let quote) where isTold: told[place].quotes.insert(quote, at: 0)
        case .quote(let quote): lost[place].quotes.insert(quote, at: 0)
        }
      }
    }
    self.told = told.filter { !$0.isEmpty }
    leftOut = lost.filter { !$0.isEmpty }
  }
}

extension KeptAnswer {
  fileprivate var isEmpty: Bool { quotes.isEmpty && summary == nil }
}

extension KeptMemory {
  /// What of it there is room to tell.
  func selection(for program: Program) -> MemorySelection {
    guard !answers.isEmpty else { return .nothing }
    return MemorySelection(
      of: answers, within: program.memoryBudget,
      asked: Dictionary(
        program.standingQuestions.map { ($0.name, $0.question.text) }, uniquingKeysWith: { first, _ in first }
      ))
  }
}
