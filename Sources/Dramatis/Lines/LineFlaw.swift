/// Something wrong with a line that a character said.
public struct LineFlaw: Hashable, Sendable, Codable, CustomStringConvertible {
  /// What is wrong.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// The character has said the same before.
    case repeated
    /// It names a number that a variable contradicts.
    case number
    /// It holds what the profile forbids.
    case forbidden
    /// It contradicts what holds.
    case contradiction
    /// It decides what somebody else says or does.
    case others
    /// It brings about, or gives away, what must not happen yet.
    case early
  }

  /// What is wrong.
  public let kind: Kind
  /// What shows it: the words of the profile that it goes against; empty where there are none.
  public let what: String

  /// Makes a flaw.
  public init(_ kind: Kind, _ what: String = "") {
    self.kind = kind
    self.what = what
  }

  /// What is wrong, in words without a full stop.
  public var description: String {
    switch kind {
    case .repeated: "the line was said before"
    case .number: "it names another number than this: \(what)"
    case .forbidden: "the profile forbids this: \(what)"
    case .contradiction: "it contradicts what holds"
    case .others: "it decides what somebody else says or does"
    case .early: "it gives away what must not happen yet"
    }
  }
}

extension LineRequest {
  /// What is plainly wrong with a line, found without a model: numbers that shown variables contradict, and what the profile
  /// forbids in so many words.
  ///
  /// - Parameters:
  ///   - text: The line.
  ///   - user: Who stands for `{user}`.
  /// - Complexity: Proportional to the length of the line times the number of shown variables.
  public func flaws(of text: String, user: String = "stranger") -> [LineFlaw] {
    let forbidden = program.flat.derived { ForbiddenWords(of: program) }
    return NumberClaim.all(of: program).compactMap { claim in
      claim.isContradicted(by: text, at: snapshot)
        ? LineFlaw(.number, claim.shown.filled(for: program, at: snapshot, user: user)) : nil
    } + forbidden.found(in: text).map { LineFlaw(.forbidden, $0) }
  }
}

/// The phrases that a profile forbids its character to say.
private struct ForbiddenWords: Sendable {
  private let matcher: PhraseMatcher
  private let cues: [String]

  init(of program: Program) {
    let parsed = (program.telling?.forbidden ?? []).flatMap(\.cues).compactMap { cue in
      (try? Phrase(parsing: cue)).map { (cue, $0) }
    }
    cues = parsed.map(\.0)
    matcher = PhraseMatcher(phrases: parsed.map(\.1))
  }

  /// Those that a text holds, each once and in the order of the profile.
  func found(in text: String) -> [String] {
    guard !cues.isEmpty else { return [] }
    let places = matcher.occurrences(rereading: MarkedText(text, alphabet: Alphabet()))
    return Set(places.map(\.phrase)).sorted().map { cues[$0] }
  }
}

/// What a shown variable says of a number, as "The tab stands at {tab} coppers." does.
private struct NumberClaim {
  let shown: LineText
  private let variable: Int
  /// Of what the number is told; a sentence that names none of it tells of something else.
  private let subjects: Set<String>
  /// What is counted, without the ending of a plural; nil where nothing follows the number.
  private let unit: String?

  static func all(of program: Program) -> [NumberClaim] {
    (program.telling?.shown ?? []).compactMap { $0.flatMap { NumberClaim($0, of: program) } }
  }

  private init?(_ shown: LineText, of program: Program) {
    var slots: [(variable: Int, place: Int)] = []
    var words: [(text: String, place: Int)] = []
    for (place, piece) in shown.pieces.enumerated() {
      switch piece {
      case .variable(let index): slots.append((index, place))
      case .words(let text): words += text.foldedWords.map { ($0, place) }
      case .user, .character, .machine: break
      }
    }
    guard slots.count == 1, case .integer = program.variables[slots[0].variable].kind else { return nil }
    self.shown = shown
    variable = slots[0].variable
    let following = shown.pieces.dropFirst(slots[0].place + 1).first
    if case .words(let text) = following, text.first?.isWhitespace == true {
      unit = text.foldedWords.first.map(\.withoutPlural)
    } else {
      unit = nil
    }
    let unit = unit
    let names = program.variables[variable].name.split(whereSeparator: { "_-".contains($0) }).map {
      $0.lowercased().withoutPlural
    }
    let told = Set(words.map(\.text.withoutPlural)).filter { $0 != unit }
    let named = told.intersection(names)
    subjects = named.isEmpty ? told.filter { $0.count >= 4 } : named
  }

  func isContradicted(by text: String, at snapshot: Snapshot) -> Bool {
    let value = snapshot.variables[variable]
    return text.split(whereSeparator: { ".!?;:\n…".contains($0) }).contains { sentence in
      let words = sentence.foldedWords.map(\.withoutPlural)
      guard words.contains(where: subjects.contains) else { return false }
      let numbers = words.indices.compactMap { index -> Int? in
        guard unit == nil || index + 1 < words.count && words[index + 1] == unit else { return nil }
        return Int(words[index]) ?? Language.numbers[words[index]]
      }
      // Of several, one tells how it was before, or what is to come.
      return numbers.count == 1 && numbers[0] != value
    }
  }
}

extension Language {
  /// The numbers that all languages have words for.
  fileprivate static let numbers = all.reduce(into: [String: Int]()) { numbers, language in
    for (value, words) in language.numbers {
      for word in words { numbers[word.withoutPlural] = value }
    }
  }
}

extension StringProtocol {
  fileprivate var foldedWords: [String] {
    lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}

extension String {
  /// Without the ending that most plurals have, so that "copper" and "coppers" are one.
  fileprivate var withoutPlural: String {
    count > 3 && hasSuffix("s") && !hasSuffix("ss") ? String(dropLast()) : self
  }
}
