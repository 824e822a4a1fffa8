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
    self.init(about: cast.flatMap(\.questions))
  }

  /// Builds the automaton for the cues of some questions.
  init(about asked: [Question]) {
    var all: [Phrase] = []
    var cues: [Question: Int] = [:]
    var questions: [QuestionCues] = []
    var owners: [Int] = []
    for question in asked where cues[question] == nil {
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
    for reach in Set(questions.map(\.reach)) { found[reach] = findings(in: scene, reach: reach).findings }
    return questions.map { question in
      guard let number = cues[question], let findings = found[question.reach]?[number] else {
        return Reply(.unknown, source: "cues")
      }
      return Reply(self.questions[number].answer(from: findings), source: "cues")
    }
  }

  /// The number of a question of the cast; nil for any other.
  func number(of question: Question) -> Int? { cues[question] }

  /// What was found of each question's cues, by the question's number; those without a match are left out.
  func findings(
    in scene: Scene, reach: Question.Reach
  ) -> (findings: [Int: [CueFinding]], reading: CueReading?) {
    let marked = matcher.read(scene.text(for: reach))
    let places = matcher.occurrences(in: marked)
    guard !places.isEmpty else { return ([:], nil) }
    let reading = CueReading(marked, speaker: reach == .newest ? scene.speaker : nil)
    let findings = Dictionary(grouping: places) { owners[$0.phrase] }
      .reduce(into: [:]) { $0[$1.key] = reading.findings(of: questions[$1.key], at: $1.value) }
    return (findings, reading)
  }
}
