/// A text as the matcher reads it: its signs, and where words begin and end.
struct MarkedText: Sendable {
  /// The signs of an alphabet; phrases of another one read the same text by signs of their own.
  let signs: [Sign]
  /// The folded text.
  let folded: String
  /// For each place before a sign, and for the end, whether no word is split there.
  let isEdge: [Bool]

  init(_ text: String, alphabet: Alphabet) {
    folded = text.withDashesApart.foldedByLines()
    signs = alphabet.signs(of: folded)
    isEdge = WordEdges(signs).all
  }

  /// The same text with the signs of another alphabet.
  init(_ text: MarkedText, alphabet: Alphabet) {
    folded = text.folded
    signs = alphabet.signs(of: folded)
    isEdge = text.isEdge
  }

  var count: Int { signs.count }

  /// The words at some places, without blanks around them; takes time in proportion to the text.
  func text(of range: Range<Int>) -> String {
    guard count == folded.count else { return "" }
    return String(folded.dropFirst(range.lowerBound).prefix(range.count)).trimmed()
  }

  /// The kind of the sign at a place; nothing surrounds a text.
  func kind(at place: Int) -> WordKind { signs.indices.contains(place) ? signs[place].kind : .line }

  /// The place behind the word that goes on at a place; the place itself where none does.
  func wordEnd(at place: Int) -> Int {
    var end = place
    while !isEdge[end] { end += 1 }
    return end
  }

  /// The place at which the word begins that goes on at a place.
  func wordStart(at place: Int) -> Int {
    var start = place
    while start > 0, !isEdge[start] { start -= 1 }
    return start
  }

  /// How many words begin in a region.
  func wordCount(in region: Range<Int>) -> Int {
    region.count { place in
      place < count && isEdge[place] && (kind(at: place).isWord || kind(at: place) == .unspaced)
    }
  }

  /// Whether a sentence ends with the sign at a place.
  func endsSentence(at place: Int) -> Bool {
    switch kind(at: place) {
    case .question, .stop, .line: true
    case .dot: !kind(at: place + 1).isWord && kind(at: place - 1) != .dot && kind(at: place + 1) != .dot
    default: false
    }
  }
}

/// How many words and sentences of a text lie before each place.
struct WordCounts: Sendable {
  private let words: [Int32]
  private let sentences: [Int32]

  /// Reads a text once; takes time in proportion to its length.
  init(_ text: MarkedText) {
    var words = [Int32](repeating: 0, count: text.count + 1)
    var sentences = words
    for place in 0..<text.count {
      let kind = text.signs[place].kind
      words[place + 1] = words[place] + (text.isEdge[place] && (kind.isWord || kind == .unspaced) ? 1 : 0)
      sentences[place + 1] = sentences[place] + (text.endsSentence(at: place) ? 1 : 0)
    }
    (self.words, self.sentences) = (words, sentences)
  }

  /// How many words begin in a region.
  func words(in region: Range<Int>) -> Int {
    let last = words.count - 1
    let (start, end) = (min(max(region.lowerBound, 0), last), min(max(region.upperBound, 0), last))
    return Int(words[end] - words[start])
  }

  /// Whether a gap may lie between two places: a few words of one sentence.
  func isGap(_ range: Range<Int>) -> Bool {
    words[range.upperBound] - words[range.lowerBound] <= Int32(Phrase.longestGap)
      && sentences[range.upperBound] == sentences[range.lowerBound]
  }
}

extension String {
  /// With blanks around the dashes that part sentences, which nobody writes inside a word: "No—I pay".
  fileprivate var withDashesApart: String {
    guard utf8.contains(0xE2), unicodeScalars.contains(where: Self.isLongDash) else { return self }
    var apart = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if Self.isLongDash(scalar) {
        apart.append(contentsOf: [" ", scalar, " "])
      } else {
        apart.append(scalar)
      }
    }
    return String(apart)
  }

  private static func isLongDash(_ scalar: Unicode.Scalar) -> Bool {
    ["\u{2014}", "\u{2015}", "\u{2E3A}"].contains(scalar)
  }
}
