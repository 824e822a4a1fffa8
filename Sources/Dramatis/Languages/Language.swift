/// What the cue matcher knows of one language: how it denies, how it parts clauses, how it gives speech to somebody.
///
/// A language is one file with a value of this type, named in ``all``. The words are phrases as in cues, so that stars
/// and gaps stand for other words. The languages are read together, whatever a text is written in; where a word of one
/// means nothing of the kind in another, that one's ``harmless`` says in which company.
struct Language: Sendable {
  /// What the words of a list do.
  enum Role: CaseIterable, Sendable {
    /// Denies what follows in its clause.
    case negation
    /// Denies its whole clause, what stands before it too.
    case clauseNegation
    /// Denies like ``negation``, but does not turn another one in the same clause back ("I never said nothing").
    case repeatedNegation
    /// The same for the whole clause.
    case repeatedClauseNegation
    /// Holds a word of denial and denies nothing.
    case harmless
    /// The same where the sentence ends with a question mark ("Don't you have ale?").
    case harmlessQuestion
    /// Begins a clause without a comma.
    case conjunction
    /// Is a clause of its own, with or without a comma.
    case interjection
    /// Begins or holds a comma that does not end what a negation denies.
    case link
    /// Begins a clause that depends on the one before: a link, across which no negation reaches back.
    case subordination
    /// Gives what follows to somebody, quoted or not.
    case saying
    /// Gives to somebody what is quoted or follows a colon.
    case crying
    /// Gives its clause, and what follows in the sentence, to others.
    case hearsay
    /// The same where a clause begins with it.
    case initialHearsay
    /// Somebody who speaks for himself: whoever writes the text.
    case writer
    /// Before a colon and a quotation it says that the words are the writer's own.
    case ownLabel
    /// May stand between who speaks and the verb.
    case adverb
    /// Leads from one verb of a clause to the next, which has the same subject.
    case continuation
    /// Holds a verb of saying and gives no speech to anybody.
    case noSpeech
  }

  /// The phrases, by what they do.
  let phrases: [Role: [String]]
  /// By what a text turns to all who are there, as by a name.
  let everybody: [String]
  /// What greets with such a word behind it, and no comma between.
  let greetings: Set<String>
  /// Words for numbers.
  let numbers: [Int: [String]]

  /// The languages that ship.
  static let all: [Language] = [.english, .german]
}

extension Language {
  /// The phrases of all languages in one matcher, which is the same for every profile.
  static let matcher = LanguageMatcher(all)
}

/// Finds the words of languages in a text.
struct LanguageMatcher: Sendable {
  private let matcher: PhraseMatcher
  private let roles: [Language.Role]

  init(_ languages: [Language]) {
    let all = languages.flatMap { language in
      Language.Role.allCases.flatMap { role in (language.phrases[role] ?? []).map { (role, $0) } }
    }
    let parsed = all.compactMap { role, text in (try? Phrase(parsing: text)).map { (role, $0) } }
    roles = parsed.map(\.0)
    matcher = PhraseMatcher(phrases: parsed.map(\.1))
  }

  /// Where the words stand in a text that a matcher has read, by what they do and in the order of their starts.
  func words(in text: MarkedText) -> LanguageWords {
    var places: [Language.Role: [Range<Int>]] = [:]
    for found in matcher.occurrences(rereading: text) {
      places[roles[found.phrase], default: []].append(found.range)
    }
    return LanguageWords(places: places.mapValues { $0.sorted { $0.lowerBound < $1.lowerBound } })
  }

  /// Whether a phrase denies by itself: it holds a word that denies and is not harmless.
  func denies(_ phrase: Phrase) -> Bool {
    phrase.pieces.contains { piece in
      let words = words(in: MarkedText(piece.text, alphabet: Alphabet()))
      return Denials.roles.contains { !words[$0.role].isEmpty }
    }
  }
}

/// Where the words of the languages stand in one text.
struct LanguageWords: Sendable {
  fileprivate let places: [Language.Role: [Range<Int>]]

  /// The places of the words that do something, in the order of their starts.
  subscript(role: Language.Role) -> [Range<Int>] { places[role] ?? [] }
}

extension Phrase {
  /// Whether it holds a word with which a language denies, so that no negation around it turns it.
  package var denies: Bool { Language.matcher.denies(self) }
}
