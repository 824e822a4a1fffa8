/// Where the words of a text begin and end.
struct WordEdges: Sendable {
  private let signs: [Sign]

  init(_ signs: [Sign]) {
    self.signs = signs
  }

  /// The same for every position, the end included.
  var all: [Bool] {
    var isEdge: [Bool] = []
    isEdge.reserveCapacity(signs.count + 1)
    var left = WordKind.other
    for position in signs.indices {
      let right = signs[position].kind
      // Only about an apostrophe do more than the two neighbours decide.
      isEdge.append(
        left == .apostrophe || right == .apostrophe
          ? self.isEdge(before: position) : !(left.isWord && right.isWord))
      left = right
    }
    isEdge.append(true)
    return isEdge
  }

  /// Whether no word is split before the character at a position.
  func isEdge(before position: Int) -> Bool {
    let (left, right) = (kind(at: position - 1), kind(at: position))
    if left.isWord {
      return right == .apostrophe ? !isNegated(at: position) : !right.isWord
    }
    return !(left == .apostrophe && right.isWord) || !isTail(at: position)
  }

  /// Whether an apostrophe begins a lone `'t`, as in "can't".
  private func isNegated(at apostrophe: Int) -> Bool {
    kind(at: apostrophe + 1) == .letterT && !kind(at: apostrophe + 2).isWord
  }

  /// Whether a letter after an apostrophe is the lone end of a word, as in "Rowan's".
  private func isTail(at letter: Int) -> Bool {
    kind(at: letter - 2).isWord && !kind(at: letter + 1).isWord
  }

  /// The kind of a character; nothing surrounds a text.
  private func kind(at position: Int) -> WordKind {
    signs.indices.contains(position) ? signs[position].kind : .other
  }
}

/// What a character means for the edges of words, and for those of clauses.
enum WordKind: UInt8, Sendable {
  /// Symbols and rarer punctuation: never part of a word, like all down to ``bracket``.
  case other
  case space
  /// A space that breaks a line.
  case line
  /// A full stop, which ends a sentence unless it stands in a number, a word or beside another.
  case dot
  /// Another mark that ends a sentence.
  case stop
  /// One that ends a question.
  case question
  /// A mark within a sentence.
  case comma
  case colon
  case quote
  case star
  case dash
  case bracket
  /// The apostrophe, whose neighbours decide.
  case apostrophe
  /// A letter of a script written without spaces, a word by itself.
  case unspaced
  /// A letter, digit, mark or underscore.
  case word
  /// The letter t, which after an apostrophe negates the word before.
  case letterT

  /// The kind of a folded character, by its first scalar.
  init(_ character: Character) {
    switch character {
    case "'": self = .apostrophe
    case "t": self = .letterT
    case " ": self = .space
    case "\n": self = .line
    case "?": self = .question
    case ".": self = .dot
    case "!", ";": self = .stop
    case ",": self = .comma
    case ":": self = .colon
    case "\"": self = .quote
    case "*": self = .star
    case "-": self = .dash
    default: self = character.unicodeScalars.first.map(Self.init(scalar:)) ?? .other
    }
  }

  /// The kind of a scalar by its category and script.
  private init(scalar: Unicode.Scalar) {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark:
      self = Self.isUnspaced(scalar) ? .unspaced : .word
    case .openPunctuation, .closePunctuation: self = .bracket
    case .otherPunctuation:
      let properties = scalar.properties
      self = properties.isSentenceTerminal ? .stop : properties.isTerminalPunctuation ? .comma : .other
    default: self = .other
    }
  }

  /// Whether the character joins its neighbours to a word.
  var isWord: Bool { self == .word || self == .letterT }

  /// Whether a scalar belongs to a script that is written without spaces.
  private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0xE00
      && (blocks.contains { $0.contains(scalar.value) } || scalar.properties.isIdeographic)
  }

  /// Thai and Lao, Myanmar, Khmer, Kana and Bopomofo with their extensions; Han is a property.
  private static let blocks: [ClosedRange<UInt32>] = [
    0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3005...0x3007, 0x3031...0x3035, 0x303B...0x303C,
    0x3041...0x312F, 0x31A0...0x31BF, 0x31F0...0x31FF, 0xA9E0...0xA9FF, 0xAA60...0xAA7F, 0xFF66...0xFF9F,
    0x1AFF0...0x1B16F,
  ]
}

/// The ways in which a piece of a phrase stands in the stream of symbols and edges.
struct Spelling: Sendable {
  private let signs: [Sign]
  private let isOpenBefore, isOpenAfter: Bool

  init(_ signs: [Sign], isOpenBefore: Bool, isOpenAfter: Bool) {
    self.signs = signs
    self.isOpenBefore = isOpenBefore
    self.isOpenAfter = isOpenAfter
  }

  /// The symbols of the phrase in every context where it stands as whole words.
  ///
  /// Only about an apostrophe do the edges inside a phrase depend on what stands beside it.
  var variants: [[Symbol]] {
    guard signs.contains(where: { $0.kind == .apostrophe }) else {
      return [symbols(after: [], before: [])].compactMap(\.self)
    }
    let all = Self.before.flatMap { left in Self.after.compactMap { symbols(after: left, before: $0) } }
    return all.indices.filter { !all[..<$0].contains(all[$0]) }.map { all[$0] }
  }

  /// The symbols with the edges between two neighbours, or nil where the phrase would split a word.
  private func symbols(after left: [Sign], before right: [Sign]) -> [Symbol]? {
    let edges = WordEdges(left + signs + right)
    let end = left.count + signs.count
    guard isOpenBefore || edges.isEdge(before: left.count), isOpenAfter || edges.isEdge(before: end) else {
      return nil
    }
    var symbols: [Symbol] = []
    for position in signs.indices {
      let isFirst = position == 0
      if !(isFirst && isOpenBefore), edges.isEdge(before: left.count + position) { symbols.append(.edge) }
      symbols.append(signs[position].symbol)
    }
    return isOpenAfter ? symbols : symbols + [.edge]
  }

  private static let letter = Sign(symbol: .unknown, kind: .word)
  private static let before: [[Sign]] = [[], [letter]]
  private static let after: [[Sign]] = [
    [], [letter], [letter, letter], [Sign(symbol: .unknown, kind: .letterT)],
  ]
}
