/// Answers from the questions' cues, with no model: all phrases in one pass over the text.
///
/// A cue alone is yes, a counter-cue alone is no; both, or neither, is unknown.
public struct CueDiscriminator: Discriminator {
  private let matcher: PhraseMatcher
  /// For each question the indices of its cues and of its counter-cues among the phrases.
  private let phrases: [Question: (cues: Range<Int>, counterCues: Range<Int>)]

  /// Builds the automaton for the cues of everyone in a cast; takes time in proportion to their length.
  public init(for cast: [Program]) {
    var all: [Phrase] = []
    var phrases: [Question: (cues: Range<Int>, counterCues: Range<Int>)] = [:]
    for question in cast.flatMap(\.questions) where phrases[question] == nil {
      let start = all.count
      all += question.cues.compactMap { try? Phrase(parsing: $0) }
      let middle = all.count
      all += question.counterCues.compactMap { try? Phrase(parsing: $0) }
      phrases[question] = (start..<middle, middle..<all.count)
    }
    self.phrases = phrases
    matcher = PhraseMatcher(phrases: all)
  }

  /// Answers from the newest text, or from the whole scene where the question says so.
  public func replies(to questions: [Question], about scene: Scene) -> [Reply] {
    let newest = matcher.matches(in: scene.newest)
    let needsScene = questions.contains { $0.reach == .scene }
    let whole = needsScene ? matcher.matches(in: scene.text) : []
    return questions.map { question in
      Reply(answer(question, matched: question.reach == .scene ? whole : newest), source: "cues")
    }
  }

  private func answer(_ question: Question, matched: [Bool]) -> Answer {
    guard let (cues, counterCues) = phrases[question] else { return .unknown }
    return switch (matched[cues].contains(true), matched[counterCues].contains(true)) {
    case (true, false): .yes
    case (false, true): .no
    default: .unknown
    }
  }
}
