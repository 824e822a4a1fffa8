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
