/// Whose words a text holds: what is between stars, and what it gives to somebody else.
///
/// Takes time in proportion to the text, but for a search among the verbs of saying for each quotation.
struct Speech: Sendable {
  private let isReported: [Bool]
  private let isAction: [Bool]

  /// Reads a text.
  ///
  /// - Parameter speaker: Whoever wrote it, whose own name before a verb of saying makes the words his own.
  init(in text: MarkedText, words: LanguageWords, clauses: Clauses, speaker: String?) {
    isAction = Clauses.marked(Quotations.actions(of: text), count: text.count)
    let reader = SpeechReader(text: text, words: words, clauses: clauses, speaker: speaker)
    let reported = reader.reported().sorted { $0.lowerBound < $1.lowerBound }
    isReported = Clauses.marked(reported, count: text.count)
  }

  /// Whether the words at a place are somebody else's.
  func isReported(at place: Int) -> Bool { isReported[place] }

  /// Whether the words at a place tell what is done.
  func isAction(at place: Int) -> Bool { isAction[place] }
}

/// Marks that come in pairs, within a line.
private enum Quotations {
  /// What stands between stars that touch it.
  static func actions(of text: MarkedText) -> [Range<Int>] {
    pairs(of: text, kind: .star) { text, place, isOpening in
      !isSpace(text.kind(at: isOpening ? place + 1 : place - 1))
    }
  }

  /// What stands between quotation marks, double ones or single ones that are no apostrophes.
  static func all(of text: MarkedText) -> [Range<Int>] {
    let double = pairs(of: text, kind: .quote) { _, _, _ in true }
    let single = pairs(of: text, kind: .apostrophe) { text, place, isOpening in
      let (before, after) = (text.kind(at: place - 1), text.kind(at: place + 1))
      return isOpening ? !before.isWord && !isSpace(after) : !isSpace(before) && !after.isWord
    }
    return (double + single).sorted { $0.lowerBound < $1.lowerBound }
  }

  private static func pairs(
    of text: MarkedText, kind: WordKind, where fits: (MarkedText, Int, _ isOpening: Bool) -> Bool
  ) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start: Int?
    for place in text.signs.indices {
      let own = text.signs[place].kind
      if own == .line { start = nil }
      guard own == kind else { continue }
      if let opening = start, place > opening + 1, fits(text, place, false) {
        found.append(opening..<place + 1)
        start = nil
      } else if start == nil, fits(text, place, true) {
        start = place
      }
    }
    return found
  }

  private static func isSpace(_ kind: WordKind) -> Bool { kind == .space || kind == .line }
}

/// Finds what a text gives to somebody else.
private struct SpeechReader {
  private let text: MarkedText
  private let clauses: Clauses
  private let counts: WordCounts
  private let verbs: [Verb]
  /// The words for whoever writes, in the order of their starts.
  private let writers: [Range<Int>]
  private let writerStarts, writerEnds: Set<Int>
  /// Where adverbs begin, by where they end.
  private let adverbs: [Int: Int]
  private let continuationEnds: Set<Int>
  private let hearsay: [Range<Int>]
  private let ownLabels: [Range<Int>]

  /// A verb of saying, and whether it needs quotation marks or a colon.
  private struct Verb {
    let range: Range<Int>
    let needsMarks: Bool
    var isOwn = false
  }

  init(text: MarkedText, words: LanguageWords, clauses: Clauses, speaker: String?) {
    self.text = text
    self.clauses = clauses
    let idle = Clauses.marked(words[.noSpeech], count: text.count)
    let own = speaker.flatMap { Phrase(name: $0) }
    counts = WordCounts(text)
    adverbs = Dictionary(words[.adverb].map { ($0.upperBound, $0.lowerBound) }) { _, last in last }
    continuationEnds = Set(words[.continuation].map(\.upperBound))
    ownLabels = words[.ownLabel]
    hearsay =
      words[.hearsay].filter { !idle[$0.lowerBound] }
      + words[.initialHearsay].filter { word in
        let start = clauses.clause(at: word.lowerBound).lowerBound
        return word.lowerBound - start <= 2 && text.wordCount(in: start..<word.lowerBound) == 0
      }
    let all =
      words[.saying].map { Verb(range: $0, needsMarks: false) }
      + words[.crying].map { Verb(range: $0, needsMarks: true) }
    let speaking = all.filter { !idle[$0.range.lowerBound] }.sorted {
      $0.range.lowerBound < $1.range.lowerBound
    }
    let named =
      speaking.isEmpty && !text.signs.contains { $0.kind == .colon } || own == nil
      ? [] : PhraseMatcher(phrases: [own].compactMap(\.self)).occurrences(rereading: text).map(\.range)
    let writers = (words[.writer] + named).sorted { $0.lowerBound < $1.lowerBound }
    self.writers = writers
    writerStarts = Set(writers.map(\.lowerBound))
    writerEnds = Set(writers.map(\.upperBound))
    verbs = speaking
  }

  func reported() -> [Range<Int>] {
    let told = toldByOthers
    let hasLabels = text.signs.contains { $0.kind == .colon }
    guard !verbs.isEmpty || hasLabels else { return told }
    let quotations = Quotations.all(of: text)
    let quoted = quotations.indices.filter { isReported($0, of: quotations) }.map { quotations[$0] }
    let isInside = Clauses.marked(quotations, count: text.count)
    return quoted + told + verbs.flatMap { plain($0, isInside: isInside) }
  }

  /// The clauses that hold hearsay, each with what follows in its sentence.
  private var toldByOthers: [Range<Int>] {
    hearsay.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { told, word in
      guard word.lowerBound >= told.last?.upperBound ?? 0 else { return }
      let start = clauses.clause(at: word.lowerBound).lowerBound
      let end = (word.upperBound..<max(word.upperBound, text.count)).first { text.endsSentence(at: $0) }
      told.append(start..<(end ?? text.count))
    }
  }

  /// In how many places a name before a colon fits.
  private static let longestLabel = 60

  /// Whether a name and a colon stand before a quotation and nothing else in the line: `Bram: "…"`.
  private func hasLabel(_ quotation: Range<Int>) -> Bool {
    var colon = quotation.lowerBound - 1
    while text.kind(at: colon) == .space { colon -= 1 }
    guard text.kind(at: colon) == .colon, colon > 0 else { return false }
    let limit = max(colon - Self.longestLabel, 0)
    let before = stride(from: colon - 1, through: limit, by: -1).first { text.endsSentence(at: $0) }
    guard before != nil || limit == 0 else { return false }
    let start = before ?? -1
    let label = start + 1..<colon
    return (1...2).contains(wordCount(in: label)) && !hasWriter(in: label)
      && !ownLabels.contains { label.contains($0.lowerBound) }
  }

  /// Whether words about a quotation give it to somebody else: those behind it, or else those before it.
  private func isReported(_ index: Int, of quotations: [Range<Int>]) -> Bool {
    let quotation = quotations[index]
    let before = quotations[..<index].last { $0.upperBound <= quotation.lowerBound }?.upperBound ?? 0
    let after = quotations[(index + 1)...].first { $0.lowerBound >= quotation.upperBound }?.lowerBound
    if let verb = verb(behind: quotation, before: after ?? text.count) { return !verb.isOwn }
    return verb(before: quotation, from: before).map { !$0.isOwn } ?? hasLabel(quotation)
  }

  /// The verb of the words behind a quotation, in the same sentence; after a full stop only where it comes at once.
  private func verb(behind quotation: Range<Int>, before limit: Int) -> Verb? {
    let end =
      (quotation.upperBound..<max(quotation.upperBound, limit))
      .first { text.endsSentence(at: $0) } ?? limit
    let region = quotation.upperBound..<max(quotation.upperBound, end)
    guard var verb = first(in: region) else { return nil }
    let distance = wordCount(in: region.lowerBound..<verb.range.lowerBound)
    let isNewSentence = text.kind(at: quotation.upperBound - 2) == .dot
    guard distance <= (isNewSentence ? 2 : 6) else { return nil }
    // With a quotation of its own behind it, the verb leads to that one.
    if text.kind(at: verb.range.upperBound) == .colon { return nil }
    verb.isOwn = isOwn(verb) || hasWriter(in: region.lowerBound..<verb.range.lowerBound)
    return verb
  }

  /// The last verb of the words before a quotation, in the same sentence.
  private func verb(before quotation: Range<Int>, from limit: Int) -> Verb? {
    let start =
      stride(from: quotation.lowerBound - 1, through: limit, by: -1)
      .first { text.endsSentence(at: $0) || text.kind(at: $0) == .star } ?? limit - 1
    let region = start + 1..<max(start + 1, quotation.lowerBound)
    guard var verb = last(in: region) else { return nil }
    verb.isOwn = isOwn(verb)
    return verb
  }

  /// What a verb gives to somebody without quotation marks: the rest of its clause, or the clause before "said Bram".
  private func plain(_ verb: Verb, isInside: [Bool]) -> [Range<Int>] {
    guard !isOwn(verb) else { return [] }
    let clause = clauses.clause(at: verb.range.lowerBound)
    let rest = verb.range.upperBound..<max(verb.range.upperBound, clause.upperBound)
    let isFirst = wordCount(in: clause.lowerBound..<verb.range.lowerBound) == 0
    let isLast = wordCount(in: rest) == 0 && !text.kind(at: clause.upperBound).isWord
    let hasColon =
      text.kind(at: verb.range.upperBound) == .colon || text.kind(at: clause.upperBound) == .colon
    if followsComma(clause), !isInside[verb.range.lowerBound], !hasColon,
      isFirst || isLast && wordCount(in: clause) <= Self.longestSpeaker
    {
      // "I'm sorry, said Bram." and "Sorry, he said."
      let spoken = clauses.clause(at: clause.lowerBound - 1)
      return isInside[spoken.lowerBound] ? [] : [spoken]
    }
    if text.kind(at: clause.upperBound) == .colon || isLast && text.kind(at: clause.upperBound) == .comma {
      return [verb.range.upperBound..<spokenEnd(behind: clause)]
    }
    return verb.needsMarks && !hasColon || isFirst ? [] : [rest]
  }

  /// Where the clause with words ends that follows another one.
  private func spokenEnd(behind clause: Range<Int>) -> Int {
    let next = clauses.clause(at: min(clause.upperBound, text.count))
    return wordCount(in: next) > 0
      ? next.upperBound : clauses.clause(at: min(next.upperBound, text.count)).upperBound
  }

  /// How many words a clause has at most that says no more than who speaks.
  private static let longestSpeaker = 6

  private func followsComma(_ clause: Range<Int>) -> Bool {
    text.kind(at: clause.lowerBound) == .comma && clause.lowerBound > 0
  }

  /// Whether whoever writes is who says: his word stands behind the verb, or before it with nothing but adverbs between,
  /// or at the start of a clause that goes on with "and said".
  private func isOwn(_ verb: Verb) -> Bool {
    let next = verb.range.upperBound + 1
    if writerStarts.contains(next) { return true }
    var place = verb.range.lowerBound - 1
    for _ in 0..<4 {
      if writerEnds.contains(place) { return true }
      if continuationEnds.contains(place) {
        return startsWithWriter(clauses.clause(at: verb.range.lowerBound))
      }
      guard let adverb = adverbs[place] else { return false }
      place = adverb - 1
    }
    return false
  }

  private func hasWriter(in region: Range<Int>) -> Bool { firstWriter(in: region) != nil }

  private func startsWithWriter(_ region: Range<Int>) -> Bool {
    firstWriter(in: region).map { wordCount(in: region.lowerBound..<$0) <= 1 } ?? false
  }

  /// Where the first word for whoever writes begins in a region.
  private func firstWriter(in region: Range<Int>) -> Int? {
    let index = writers.count(before: region.lowerBound, \.lowerBound)
    guard index < writers.count, region.contains(writers[index].lowerBound) else { return nil }
    return writers[index].lowerBound
  }

  /// The first verb that begins in a region.
  private func first(in region: Range<Int>) -> Verb? {
    let index = verbs.count(before: region.lowerBound, \.range.lowerBound)
    return index < verbs.count && region.contains(verbs[index].range.lowerBound) ? verbs[index] : nil
  }

  /// The last one.
  private func last(in region: Range<Int>) -> Verb? {
    let index = verbs.count(before: region.upperBound, \.range.lowerBound) - 1
    return index >= 0 && region.contains(verbs[index].range.lowerBound) ? verbs[index] : nil
  }

  private func wordCount(in region: Range<Int>) -> Int { counts.words(in: region) }
}

extension Array {
  /// How many elements stand before a place, of elements that are in the order of theirs.
  fileprivate func count(before place: Int, _ own: (Element) -> Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if own(self[middle]) < place { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
