/// Answers from the questions' cues, with no model: all phrases in one pass over the text.
///
/// A cue alone is yes, a counter-cue or a denied cue alone is no; both, or neither, is unknown.
public struct CueDiscriminator: Discriminator {
  private let matcher: PhraseMatcher
  private let cues: [Question: Int]
  private let questions: [QuestionCues]
  /// For each phrase, the number of its question.
  private let owners: [Int]

  /// Builds the automaton for the cues of everyone in a cast; takes time in proportion to their length.
  public init(for cast: [Program]) {
    var all: [Phrase] = []
    var cues: [Question: Int] = [:]
    var questions: [QuestionCues] = []
    var owners: [Int] = []
    for question in cast.flatMap(\.questions) where cues[question] == nil {
      let own = question.cues.compactMap { try? Phrase(parsing: $0) }
      let counter = question.counterCues.compactMap { try? Phrase(parsing: $0) }
      cues[question] = questions.count
      owners += Array(repeating: questions.count, count: own.count + counter.count)
      questions.append(QuestionCues(of: question, first: all.count, cues: own, counterCues: counter))
      all += own + counter
    }
    (self.cues, self.questions, self.owners) = (cues, questions, owners)
    matcher = PhraseMatcher(phrases: all)
  }

  /// Answers from the newest text, or from what was said in the scene where the question says so.
  public func replies(to questions: [Question], about scene: Scene) -> [Reply] {
    var found: [Question.Reach: [Int: [CueFinding]]] = [:]
    for reach in Set(questions.map(\.reach)) {
      found[reach] = findings(in: scene.text(for: reach), speaker: reach == .newest ? scene.speaker : nil)
    }
    return questions.map { question in
      guard let number = cues[question], let findings = found[question.reach]?[number] else {
        return Reply(.unknown, source: "cues")
      }
      return Reply(self.questions[number].answer(from: findings), source: "cues")
    }
  }

  /// What was found of each question's cues, by the question's number; those without a match are left out.
  private func findings(in text: String, speaker: String?) -> [Int: [CueFinding]] {
    let marked = matcher.read(text)
    let places = matcher.occurrences(in: marked)
    guard !places.isEmpty else { return [:] }
    let reading = CueReading(marked, speaker: speaker)
    return Dictionary(grouping: places) { owners[$0.phrase] }
      .reduce(into: [:]) { $0[$1.key] = reading.findings(of: questions[$1.key], at: $1.value) }
  }
}
