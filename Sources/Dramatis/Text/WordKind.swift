/// What a character means for the edges of words.
enum WordKind: UInt8, Sendable {
  /// Space, punctuation, symbols: never part of a word.
  case other
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
    default: self = character.unicodeScalars.first.map(Self.init(scalar:)) ?? .other
    }
  }

  /// The kind of a scalar by its category and script.
  private init(scalar: Unicode.Scalar) {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark:
      self = Self.isUnspaced(scalar) ? .unspaced : .word
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
