/// What was found of a question's cues at one place, and what it counts for.
struct CueFinding: Sendable {
  typealias Meaning = CueMatch.Meaning

  /// The number of the cue among those of the question, counter-cues after cues.
  let cue: Int
  let place: PhraseOccurrence
  let meaning: Meaning
}

/// One text as the cues of some questions read it.
struct CueReading: Sendable {
  private let text: MarkedText
  private let speech: Speech
  private let denials: Denials

  init(_ text: MarkedText, speaker: String?) {
    self.text = text
    let words = Language.matcher.words(in: text)
    let clauses = Clauses(of: text, words: words)
    speech = Speech(in: text, words: words, clauses: clauses, speaker: speaker)
    denials = Denials(in: text, words: words, clauses: clauses)
  }

  /// The words at some places, folded.
  func text(of range: Range<Int>) -> String { text.text(of: range) }

  /// The word that denies what was found; nil where none does.
  func negation(of finding: CueFinding) -> String? {
    guard [.denied, .deniedCounter].contains(finding.meaning) else { return nil }
    let place = denials.contains(finding.place.start) ? finding.place.start : finding.place.lastStart
    return denials.negation(over: place).map { text.text(of: $0) }
  }

  /// What each match of a question's cues counts for.
  ///
  /// Of those that the question hears at all, one counts unless a longer one lies over a part of it. Takes quadratic time
  /// in the matches, of which at most ``PhraseMatcher/mostPlaces`` are looked at.
  func findings(of cues: QuestionCues, at places: [PhraseOccurrence]) -> [CueFinding] {
    let places = places.sorted { ($0.start, $0.end, $0.phrase) < ($1.start, $1.end, $1.phrase) }
      .prefix(Int(PhraseMatcher.mostPlaces))
    let heard = places.filter { deafness(of: cues, at: $0) == nil }
    return places.map { place in
      CueFinding(
        cue: place.phrase - cues.first, place: place,
        meaning: deafness(of: cues, at: place) ?? meaning(of: cues, at: place, among: heard))
    }
  }

  /// Why a question does not hear a match, where it does not.
  private func deafness(of cues: QuestionCues, at place: PhraseOccurrence) -> CueFinding.Meaning? {
    if let part = cues.part, speech.isAction(at: place.start) != (part == .action) { return .elsewhere }
    return !cues.countsReported && speech.isReported(at: place.start) ? .reported : nil
  }

  private func meaning(
    of cues: QuestionCues, at place: PhraseOccurrence, among heard: [PhraseOccurrence]
  ) -> CueFinding.Meaning {
    let length = cues[place.phrase].length
    if heard.contains(where: { $0.overlaps(place) && cues[$0.phrase].length > length }) { return .covered }
    let isDenied =
      (denials.contains(place.start) || denials.contains(place.lastStart)) && cues[place.phrase].canBeDenied
    return switch (cues.isCounter(place.phrase), isDenied) {
    case (false, false): .yes
    case (false, true): .denied
    case (true, false): .no
    case (true, true): .deniedCounter
    }
  }
}

/// The cues of one question among the phrases of all.
struct QuestionCues: Sendable {
  /// A cue, as far as its matches are weighed.
  struct Weight: Sendable {
    /// How many characters of it have to be found.
    let length: Int
    private let phrase: Phrase

    init(_ phrase: Phrase) {
      self.phrase = phrase
      length = phrase.pieces.reduce(0) { $0 + $1.text.count }
    }

    /// Whether a negation can turn it: marks have no meaning to deny, and one that denies by itself is meant so.
    var canBeDenied: Bool { phrase.holdsWords && !Language.matcher.denies(phrase) }
  }

  /// The number of its first phrase.
  let first: Int
  let part: Question.Part?
  let countsReported: Bool
  private let weights: [Weight]
  private let cueCount: Int

  init(of question: Question, first: Int, cues: [Phrase], counterCues: [Phrase]) {
    self.first = first
    part = question.part
    countsReported = question.countsReported
    weights = (cues + counterCues).map(Weight.init)
    cueCount = cues.count
  }

  subscript(phrase: Int) -> Weight { weights[phrase - first] }

  func isCounter(_ phrase: Int) -> Bool { phrase - first >= cueCount }

  /// The answer that findings come to: yes and no together are unknown, as is nothing.
  func answer(from findings: [CueFinding]) -> Answer {
    let isYes = findings.contains { $0.meaning == .yes }
    let isNo = findings.contains { $0.meaning == .no || $0.meaning == .denied }
    return switch (isYes, isNo) {
    case (true, false): .yes
    case (false, true): .no
    default: .unknown
    }
  }
}
