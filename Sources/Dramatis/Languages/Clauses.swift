/// The clauses of a text, and which of its places are denied.
///
/// A clause ends at the marks of a sentence, at brackets, at stars of actions, at dashes between words, at commas that no
/// link takes over, before conjunctions and around interjections. Takes time in proportion to the text.
struct Clauses: Sendable {
  /// For each place, the number of its clause.
  private let numbers: [Int32]
  /// For each clause, its places.
  private let ranges: [Range<Int>]

  init(of text: MarkedText, words: LanguageWords) {
    let links = (words[.link] + words[.subordination]).sorted { $0.lowerBound < $1.lowerBound }
    var isLinked = Self.marked(links, count: text.count)
    for word in words.denying { Self.link(starsAround: word, in: text, &isLinked) }
    let isSpoken = words.speechEnds(count: text.count)
    var isEnd = [Bool](repeating: false, count: text.count + 1)
    for place in 0..<text.count where Self.ends(text, at: place, isSpoken: isSpoken[place]) {
      isEnd[place] = !isLinked[place]
    }
    // Directly behind a verb of saying they are what is said.
    var done = 0
    for word in words[.conjunction] where word.lowerBound >= done {
      done = word.upperBound
      if let comma = Self.comma(before: word, in: text) { isEnd[comma] = true }
      if !isLinked[word.lowerBound], !isSpoken[max(word.lowerBound - 1, 0)] { isEnd[word.lowerBound] = true }
    }
    for word in words[.interjection] where !isSpoken[max(word.lowerBound - 1, 0)] {
      isEnd[word.lowerBound] = true
      isEnd[word.upperBound] = true
    }
    var numbers = [Int32](repeating: 0, count: text.count + 1)
    var ranges: [Range<Int>] = []
    var start = 0
    for place in 0...text.count {
      if isEnd[place], place > start {
        ranges.append(start..<place)
        start = place
      }
      numbers[place] = Int32(ranges.count)
    }
    ranges.append(start..<text.count + 1)
    (self.numbers, self.ranges) = (numbers, ranges)
  }

  /// The comma directly before some words, which no link takes over there: ", wenn es nicht zu teuer ist".
  private static func comma(before word: Range<Int>, in text: MarkedText) -> Int? {
    [word.lowerBound, word.lowerBound - 1, word.lowerBound - 2].first { text.kind(at: $0) == .comma }
  }

  /// The places of the clause that holds a place.
  func clause(at place: Int) -> Range<Int> { ranges[Int(numbers[place])] }

  /// Whether a clause ends before the sign at a place; behind a verb of saying what is said belongs to it.
  private static func ends(_ text: MarkedText, at place: Int, isSpoken: Bool) -> Bool {
    func isInside() -> Bool { text.kind(at: place - 1).isWord && text.kind(at: place + 1).isWord }
    return switch text.signs[place].kind {
    case .question, .stop, .line, .bracket, .star: true
    case .dot: !text.kind(at: place + 1).isWord
    case .comma: !isInside() && !(isSpoken && [.quote, .apostrophe].contains(text.kind(at: place + 2)))
    case .colon: !isSpoken
    case .dash: !isInside()
    default: false
    }
  }

  /// "did *not*" is stressed, and no action.
  private static func link(starsAround word: Range<Int>, in text: MarkedText, _ isLinked: inout [Bool]) {
    var place = word.lowerBound - 1
    while text.kind(at: place) == .star {
      isLinked[place] = true
      place -= 1
    }
    place = word.upperBound
    while text.kind(at: place) == .star {
      isLinked[place] = true
      place += 1
    }
  }

  /// For each place, whether one of some ranges in the order of their starts holds it.
  static func marked(_ ranges: [Range<Int>], count: Int) -> [Bool] {
    var marks = [Bool](repeating: false, count: count + 1)
    var done = 0
    for range in ranges {
      for place in max(done, range.lowerBound)..<max(done, range.upperBound) { marks[place] = true }
      done = max(done, range.upperBound)
    }
    return marks
  }
}

extension LanguageWords {
  /// The words that deny, of whatever kind.
  fileprivate var denying: [Range<Int>] { Denials.roles.flatMap { self[$0.role] } }

  /// For each place, whether a verb of saying ends before it.
  fileprivate func speechEnds(count: Int) -> [Bool] {
    (self[.saying] + self[.crying]).reduce(into: Array(repeating: false, count: count + 1)) {
      $0[$1.upperBound] = true
    }
  }
}

/// What a text denies.
struct Denials: Sendable {
  /// For each place, whether it is denied: by one negation, or by three.
  private let isDenied: [Bool]
  /// What denies, and how far it reaches.
  private let scopes: [(word: Range<Int>, reach: Range<Int>)]

  init(in text: MarkedText, words: LanguageWords, clauses: Clauses) {
    let harmless = Clauses.marked(words[.harmless], count: text.count)
    let isAsked = words[.harmlessQuestion].isEmpty ? [] : Self.askedPlaces(of: text)
    let asked = Clauses.marked(
      words[.harmlessQuestion].filter { isAsked[$0.upperBound] }, count: text.count)
    var negations: [Negation] = []
    for (role, isWhole, isRepeated) in Self.roles {
      negations += words[role]
        .filter { !harmless[$0.lowerBound] && !asked[$0.upperBound - 1] }
        .map { Negation(range: $0, isWhole: isWhole, isRepeated: isRepeated) }
    }
    negations.sort { ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound) }
    var turns = [Bool](repeating: false, count: text.count + 2)
    var scopes: [(word: Range<Int>, reach: Range<Int>)] = []
    var (last, lastScope, depends) = (-1, 0, words[.subordination][...])
    var dependent = 0
    for negation in negations where negation.range.upperBound > last {
      last = negation.range.upperBound
      let clause = clauses.clause(at: negation.range.lowerBound)
      while let next = depends.first, next.lowerBound <= negation.range.lowerBound {
        dependent = next.lowerBound
        depends = depends.dropFirst()
      }
      let start = negation.isWhole ? max(clause.lowerBound, dependent) : negation.range.upperBound
      let end = max(start, clauses.clause(at: max(negation.range.upperBound - 1, 0)).upperBound)
      if negation.isRepeated, negation.range.lowerBound < lastScope { continue }
      lastScope = max(lastScope, end)
      turns[start].toggle()
      turns[end].toggle()
      scopes.append((negation.range, start..<end))
      if let question = Self.question(answeredBy: negation.range, in: text, clauses: clauses) {
        turns[question.lowerBound].toggle()
        turns[question.upperBound].toggle()
        scopes.append((negation.range, question))
      }
    }
    self.scopes = scopes
    var state = false
    isDenied = turns.map { turn in
      if turn { state.toggle() }
      return state
    }
  }

  /// Whether what stands at a place is denied.
  func contains(_ place: Int) -> Bool { isDenied[place] }

  /// The word that denies what stands at a place.
  func negation(over place: Int) -> Range<Int>? {
    scopes.last { $0.reach.contains(place) && $0.word.lowerBound <= place }?.word
      ?? scopes.first { $0.reach.contains(place) }?.word
  }

  /// How many words a question has at most that a negation alone answers, and in how many places.
  private static let longestAnswered = (words: 3, places: 60)

  /// The words before a question mark that a negation directly behind it answers, as in "Pay? Never.".
  private static func question(
    answeredBy negation: Range<Int>, in text: MarkedText, clauses: Clauses
  ) -> Range<Int>? {
    let answer = clauses.clause(at: negation.lowerBound)
    let rest = negation.upperBound..<max(negation.upperBound, answer.upperBound)
    guard (answer.lowerBound...negation.lowerBound).count <= 3, rest.count <= longestAnswered.places,
      text.wordCount(in: answer.lowerBound..<negation.lowerBound) == 0, text.wordCount(in: rest) <= 1,
      let mark = (max(answer.lowerBound - 2, 0)...answer.lowerBound).last(where: {
        text.kind(at: $0) == .question
      }), mark > 0
    else { return nil }
    let asked = clauses.clause(at: mark - 1)
    guard asked.count <= longestAnswered.places else { return nil }
    return (1...longestAnswered.words).contains(text.wordCount(in: asked)) ? asked : nil
  }

  /// What denies, and where.
  private struct Negation {
    let range: Range<Int>
    let isWhole: Bool
    let isRepeated: Bool
  }

  /// The roles of words that deny.
  static let roles: [(role: Language.Role, isWhole: Bool, isRepeated: Bool)] = [
    (.negation, false, false), (.repeatedNegation, false, true), (.clauseNegation, true, false),
    (.repeatedClauseNegation, true, true),
  ]

  /// For each place, whether its sentence ends with a question mark.
  private static func askedPlaces(of text: MarkedText) -> [Bool] {
    var isAsked = [Bool](repeating: false, count: text.count + 1)
    for place in stride(from: text.count - 1, through: 0, by: -1) {
      isAsked[place] =
        text.endsSentence(at: place) ? text.kind(at: place) == .question : isAsked[place + 1]
    }
    return isAsked
  }
}
