/// The names of a cast, to be found in what people write.
struct NamesInText {
  /// A name or an alias, and whose it is.
  private struct Name {
    let member: Int
    let spelling: [Character]
    let folded: [Character]
    /// Whether it is of a script that writes no spaces.
    let isUnspaced: Bool
    /// Whether it begins with a capital letter.
    let isCapital: Bool
    /// Whether it is a word that sentences begin with.
    let isWord: Bool
  }

  private let names: [Name]

  init(of cast: [Program]) {
    names = cast.enumerated().flatMap { member, program in
      ([program.character] + program.aliases).compactMap { Self.name($0, of: member) }
    }
  }

  /// The words of all languages by which a text turns to everybody.
  static let everybody = NamesInText(words: Language.all.flatMap(\.everybody))

  private init(words: [String]) {
    names = words.compactMap { Self.name($0, of: 0) }
  }

  /// Whether a name follows a greeting without a mark between: "good evening all".
  func isGreeted(in text: SpokenText) -> Bool {
    all(in: text).contains { _, range in
      let before = text.word(endingAt: text.neighbour(of: range.lowerBound, by: -1)).folded
      return Language.all.contains { $0.greetings.contains(before) }
    }
  }

  private static func name(_ text: String, of member: Int) -> Name? {
    let folded = FoldedName(text).text
    guard let first = folded.first else { return nil }
    let spelling = Array(text.drop { $0.isWhitespace })
    return Name(
      member: member, spelling: spelling, folded: Array(folded), isUnspaced: WordKind(first) == .unspaced,
      isCapital: spelling.first?.isUppercase ?? false, isWord: words.contains(folded))
  }

  /// The longest name that begins at a place, with where it ends; nil where none does.
  ///
  /// A name that goes on as a word is another one; what politeness adds to a name is taken with it.
  func longest(in text: SpokenText, at place: Int) -> (member: Int, end: Int)? {
    let found = names.compactMap { name -> (name: Name, end: Int)? in
      guard let end = text.end(of: name.folded, at: place) else { return nil }
      let polite = text.end(ofOneOf: Self.endings, at: end)
      return text.isEdge(before: polite) ? (name, polite) : text.isEdge(before: end) ? (name, end) : nil
    }
    return found.max { $0.end < $1.end }.map { ($0.name.member, $0.end) }
  }

  /// All names that stand in a text as whole words, in order; the longest where some begin together.
  func all(in text: SpokenText) -> [(member: Int, range: Range<Int>)] {
    var found: [(member: Int, range: Range<Int>)] = []
    var place = 0
    while place < text.characters.count {
      if text.mark(at: place) != .gesture, text.isEdge(before: place),
        let (member, end) = longest(in: text, at: place)
      {
        found.append((member, place..<end))
        place = end
      } else {
        place += 1
      }
    }
    return found
  }

  /// The members who are spoken of, in the order of the cast.
  ///
  /// A word that only looks like a name is none: with a small letter, where a sentence begins with it, or inside a word
  /// of a script that writes no spaces.
  func mentioned(in text: SpokenText) -> [Int] {
    let places = text.characters.indices
    let mentioned = Set(
      names.filter { name in places.contains { isMentioned(name, in: text, at: $0) } }.map(\.member))
    return mentioned.sorted()
  }

  private func isMentioned(_ name: Name, in text: SpokenText, at place: Int) -> Bool {
    guard text.isEdge(before: place), let end = text.end(of: name.folded, at: place) else { return false }
    if name.isUnspaced { return isApart(name, in: text, from: place, to: end) }
    guard text.isEdge(before: end) || text.end(ofOneOf: Self.endings, at: end) > end else { return false }
    if name.isCapital, !text.characters[place].isUppercase { return false }
    let before = text.mark(at: text.neighbour(of: place, by: -1))
    return !name.isWord || before == .word || before == .comma
  }

  /// Whether a name without spaces about it is no part of another word, as far as its neighbours tell.
  private func isApart(_ name: Name, in text: SpokenText, from start: Int, to end: Int) -> Bool {
    let (before, after) = (text.mark(at: start - 1) == .word, text.mark(at: end) == .word)
    if text.end(ofOneOf: Self.endings, at: end) > end { return true }
    guard before || after else { return true }
    guard name.folded.count > 1 else { return false }
    let writesKana = text.characters.contains { Script($0) == .hiragana || Script($0) == .katakana }
    let isOther = { (neighbour: Int, inner: Int) in
      let (one, other) = (Script(text.characters[neighbour]), Script(text.characters[inner]))
      return one != other || one == .han && !writesKana
    }
    return (!before || isOther(start - 1, start)) && (!after || isOther(end, end - 1))
  }

  /// How a character of an unspaced script is told from its neighbours.
  private enum Script {
    case han, hiragana, katakana, other

    init(_ character: Character) {
      switch character.unicodeScalars.first?.value ?? 0 {
      case 0x3041...0x309F: self = .hiragana
      case 0x30A0...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: self = .katakana
      default: self = character.unicodeScalars.first?.properties.isIdeographic ?? false ? .han : .other
      }
    }
  }

  /// What is added to a name out of politeness, or to call somebody.
  private static let endings: [[Character]] = [
    "さん", "ちゃん", "くん", "君", "様", "さま", "殿", "先生", "先輩", "せんぱい", "氏", "小姐", "女士", "씨", "님", "아", "야",
    "이", "선생님", "-san", "-chan", "-kun", "-sama", "-senpai", "-sensei",
  ].map(Array.init)

  /// Given names that are words with which an English sentence may begin.
  private static let words: Set<String> = [
    "will", "may", "hope", "faith", "grace", "joy", "mercy", "patience", "prudence", "charity", "chance",
    "destiny",
    "harmony", "melody", "mark", "bill", "art", "rob", "sue", "pat", "drew", "grant", "chase", "skip", "chip",
    "jack",
    "frank", "rich", "ernest", "earnest", "max", "miles", "dean", "earl", "duke", "king", "prince", "baron",
    "bishop",
    "guy", "hunter", "mason", "smith", "cook", "summer", "autumn", "april", "june", "august", "dawn", "eve",
    "sky",
    "star", "sunny", "misty", "stormy", "rain", "snow", "rose", "lily", "daisy", "violet", "iris", "ivy",
    "heather",
    "olive", "ginger", "basil", "rosemary", "sage", "holly", "hazel", "ash", "reed", "clay", "cliff", "dale",
    "glen",
    "brook", "river", "lake", "stone", "flint", "ruby", "pearl", "jade", "amber", "opal", "crystal", "gemma",
    "penny",
    "ray", "robin", "wren", "jay", "lark", "angel", "victor", "major", "page", "story", "trip", "dash",
    "blaze",
    "ember", "wade", "ward", "lance", "rusty", "buddy", "happy", "lucky", "true", "justice", "liberty",
    "honor", "honour",
    "constance", "felicity", "verity", "gene", "barb", "carol", "heath", "forest", "nick", "norm", "peg",
    "piers",
  ]
}
