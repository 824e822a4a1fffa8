/// The standing questions of a character, ready to be looked for in what is said.
struct MemoryCues: Sendable {
  /// Something that was said, and on which side the character stands in it.
  struct Heard: Sendable {
    let event: Event
    let role: Role
    /// The questions of which a condition says that this answers them, by their place.
    var answered: Set<Int> = []
  }

  /// The most characters of a quote.
  private static let mostCharacters = 300

  private let questions: [StandingQuestion]
  private let cues: CueDiscriminator

  init(of program: Program) {
    questions = program.standingQuestions
    cues = CueDiscriminator(about: questions.map(\.question))
  }

  /// What of the words answers each question, by its place: the sentences with its cues, or all where a condition says so.
  func quotes(from heard: Heard) -> [Int: String] {
    guard !questions.isEmpty, let text = heard.event.text else { return [:] }
    var quotes: [Int: String] = [:]
    for (place, standing) in questions.enumerated() where standing.role.admits(heard.role) {
      if let words = cued(by: standing.question, in: text, saidBy: heard.event.actor) {
        quotes[place] = words
      } else if heard.answered.contains(place) {
        quotes[place] = text
      }
    }
    return quotes.compactMapValues { quote in
      let line = quote.oneLine.withoutBlanksAround
      return line.isEmpty ? nil : line.shortened(to: Self.mostCharacters)
    }
  }

  /// The sentences that hold a cue of a question, where the whole text answers it.
  private func cued(by question: Question, in text: String, saidBy actor: String?) -> String? {
    guard !question.cues.isEmpty else { return nil }
    func matches(in text: String) -> [CueMatch] {
      cues.matches(of: question, in: Scene(of: Event(actor: actor, text: text), after: [], window: 1))
    }
    let all = matches(in: text)
    let meant = Set(all.lazy.filter { $0.meaning == .yes }.map(\.cue))
    guard !meant.isEmpty else { return nil }
    // By itself a sentence may be read otherwise, as one inside stars or quotation marks: the whole text has decided.
    let sentences = text.sentences()
    let holding = sentences.indices.filter { place in
      let found = matches(in: sentences[place])
      return found.contains { meant.contains($0.cue) && $0.meaning != .denied }
        && !found.contains { $0.meaning == .no }
    }
    guard let first = holding.first else {
      return all.contains { $0.meaning == .no } ? nil : text
    }
    return holding.dropFirst().reduce(into: (sentences[first], first)) { joined, place in
      joined = (joined.0 + (place == joined.1 + 1 ? " " : " … ") + sentences[place], place)
    }.0
  }
}

extension String {
  /// So many characters at most, cut behind a word.
  func shortened(to length: Int) -> String {
    guard count > length else { return self }
    let start = prefix(length - 1)
    let end = start.lastIndex(of: " ") ?? start.endIndex
    return String(start[..<end]) + "…"
  }
}
