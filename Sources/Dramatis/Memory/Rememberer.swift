/// Sums up what a character has heard in answer to its standing questions.
///
/// Conform to keep answers in words of your own; without one the words that were said are kept. It is asked only where
/// something relevant happened, and what it says is part of the record, so that a replay asks nobody.
public protocol Rememberer: Sendable {
  /// Answers standing questions anew.
  ///
  /// - Parameters:
  ///   - questions: What is asked, with what is known so far.
  ///   - scene: What the character perceived lately, a line an event, the newest last.
  ///   - program: Whose questions they are.
  /// - Returns: One answer a question, in their order; empty where nobody knows, and nil where it could not be told: what was
  ///   known then stays.
  func answers(
    to questions: [MemoryQuestion], about scene: String, of program: Program
  ) async throws -> [String?]

  /// Sums up events for which there is no room any more, once and for all.
  ///
  /// - Parameters:
  ///   - events: What happened, a line an event, oldest first.
  ///   - before: The summary of what came before them; empty for nothing.
  ///   - program: Who perceived it.
  /// - Returns: One summary in place of that and these; nil where there is to be none.
  func summary(of events: String, after before: String, of program: Program) async throws -> String?
}

extension Rememberer {
  /// None, unless somebody makes one.
  public func summary(of events: String, after before: String, of program: Program) async throws -> String? {
    nil
  }
}

/// A standing question that is to be answered anew.
public struct MemoryQuestion: Hashable, Sendable {
  /// What is asked, its slots filled.
  public let text: String
  /// What is known so far, in words; empty for nothing.
  public let known: String
}

/// What a turn brings for a character to keep, before anybody sums it up.
struct MemoryInMaking: Sendable {
  /// The most characters of a summary.
  private static let mostCharacters = 600
  /// How many words a scene has to share with a question or its answer to be about it.
  private static let sharedWords = 2

  private let program: Program
  private let memory: KeptMemory
  private let turn: Int
  private var quotes: [Int: [MemoryNote.Quote]] = [:]
  private var summaries: [Int: String] = [:]
  private var words: Set<String> = []
  private var isAnythingSaid = false

  /// - Parameters:
  ///   - memory: What is kept so far.
  ///   - turn: The number of the turn.
  init(of program: Program, keeping memory: KeptMemory, in turn: Int) {
    (self.program, self.memory, self.turn) = (program, memory, turn)
  }

  /// Listens to something; what is kept already in the same words is not kept twice.
  mutating func hear(_ heard: MemoryCues.Heard, by cues: MemoryCues) {
    guard let text = heard.event.text else { return }
    isAnythingSaid = true
    words.formUnion(text.memoryWords)
    for (place, quote) in cues.quotes(from: heard) {
      let new = MemoryNote.Quote(actor: heard.event.actor, text: quote)
      let known = memory[program.standingQuestions[place].name]?.quotes ?? []
      let isKnown =
        known.contains { $0.actor == new.actor && $0.text.folded() == new.text.folded() }
        || quotes[place]?.contains(new) == true
      if !isKnown { quotes[place, default: []].append(new) }
    }
  }

  /// The questions that are to be answered anew, by their place: something was said in answer to them, or what was said is
  /// about them; those without cues also before what was said since then has left the scene.
  var open: [Int] {
    guard isAnythingSaid else { return [] }
    return program.standingQuestions.indices.filter { place in
      if quotes[place] != nil { return true }
      let standing = program.standingQuestions[place]
      let kept = memory[standing.name]
      let asked = kept?.summary?.turn ?? 0
      if !standing.isCued, turn - asked >= max(1, program.window / 2) { return true }
      let about = standing.question.text.memoryWords.union(kept?.summary?.text.memoryWords ?? [])
      return about.intersection(words).count >= Self.sharedWords
    }
  }

  /// What is asked of whoever sums up.
  func question(_ place: Int, fill: (String) -> String) -> MemoryQuestion {
    let standing = program.standingQuestions[place]
    let kept = memory[standing.name]
    let known =
      [kept?.summary?.text].compactMap(\.self)
      + (kept?.standing ?? []).map { ($0.actor.map { "\($0): " } ?? "") + $0.text }
    return MemoryQuestion(
      text: fill(standing.question.text), known: known.filter { !$0.isEmpty }.joined(separator: " / "))
  }

  /// Takes what somebody has summed up; an answer that takes everything back is none.
  mutating func take(_ answers: [String?], to places: [Int], about event: Event?) {
    for (place, answer) in zip(places, answers) {
      guard let answer else { continue }
      let before = memory[program.standingQuestions[place].name]?.summary?.text ?? ""
      let text = answer.oneLine.withoutBlanksAround.shortened(to: Self.mostCharacters)
      summaries[place] = text.isEmpty ? before : text
      // What it rests on, where no cue has found it.
      if !text.isEmpty, text != before, quotes[place] == nil, let event, let said = event.text {
        quotes[place] = [MemoryNote.Quote(actor: event.actor, text: said.oneLine.shortened(to: 300))]
      }
    }
  }

  /// What the turn adds, in the order of the questions.
  var notes: [MemoryNote] {
    program.standingQuestions.indices.compactMap { place in
      guard quotes[place] != nil || summaries[place] != nil else { return nil }
      return MemoryNote(
        question: program.standingQuestions[place].name, quotes: quotes[place] ?? [],
        summary: summaries[place])
    }
  }
}

extension String {
  /// The words by which a text shows what it is about: those of four letters and more, folded.
  fileprivate var memoryWords: Set<String> {
    Set(folded().split { !$0.isLetter && !$0.isNumber }.filter { $0.count >= 4 }.map(String.init))
  }
}
