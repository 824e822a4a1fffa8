/// The characters that occur in a set of phrases, numbered.
///
/// Characters compare by canonical equivalence, so each has one number however it is spelled.
struct Alphabet: Sendable {
  private var ascii = Self.plain
  private var others: [Character: Sign] = [:]
  /// How many symbols there are, the unknown and the edge included.
  private(set) var count = 2

  private static let plain = (0..<128).map {
    Sign(symbol: .unknown, kind: WordKind(Character(Unicode.Scalar($0))))
  }

  /// Reads a folded text, numbering the characters that are new.
  mutating func learn(_ folded: String) -> [Sign] {
    if let signs = knownSigns(of: folded) { return signs }
    return folded.map { character in
      let known = sign(of: character)
      guard known.symbol == .unknown else { return known }
      let sign = Sign(symbol: Symbol(count), kind: known.kind)
      count += 1
      insert(sign, for: character)
      return sign
    }
  }

  /// The signs of a text in ASCII of which no character is new.
  private func knownSigns(of folded: String) -> [Sign]? {
    var signs: [Sign] = []
    signs.reserveCapacity(folded.utf8.count)
    for byte in folded.utf8 {
      guard byte < 0x80, ascii[Int(byte)].symbol != .unknown else { return nil }
      signs.append(ascii[Int(byte)])
    }
    return signs
  }

  /// Reads a folded text; characters of no phrase are unknown.
  func signs(of folded: String) -> [Sign] {
    if folded.utf8.allSatisfy({ $0 < 0x80 }) { return folded.utf8.map { ascii[Int($0)] } }
    var signs: [Sign] = []
    signs.reserveCapacity(folded.utf8.count)
    var position = folded.startIndex
    while position < folded.endIndex {
      let next = folded.utf8.index(after: position)
      let byte = folded.utf8[position]
      // An ASCII character before another is whole: folding has left no CR LF.
      if byte < 0x80, next == folded.endIndex || folded.utf8[next] < 0x80 {
        signs.append(ascii[Int(byte)])
        position = next
      } else {
        signs.append(sign(of: folded[position]))
        position = folded.index(after: position)
      }
    }
    return signs
  }

  /// The sign of one character.
  private func sign(of character: Character) -> Sign {
    if let byte = character.asciiValue { return ascii[Int(byte)] }
    return others[character] ?? Sign(symbol: .unknown, kind: WordKind(character))
  }

  /// Remembers the sign of a character; the end of a line is a space to a phrase.
  private mutating func insert(_ sign: Sign, for character: Character) {
    if let byte = character.asciiValue {
      ascii[Int(byte)] = sign
      if byte == 0x20 { ascii[0x0A] = Sign(symbol: sign.symbol, kind: .line) }
    } else {
      others[character] = sign
    }
  }
}

/// A character as the matcher reads it.
struct Sign: Hashable, Sendable {
  /// The letter's number in the alphabet.
  let symbol: Symbol
  /// Its part in the edges of words.
  let kind: WordKind
}

/// A number in the alphabet of a set of phrases.
typealias Symbol = Int32

extension Symbol {
  /// A character that no phrase contains.
  static let unknown: Symbol = 0
  /// Where one word may end and another begin.
  static let edge: Symbol = 1
}
