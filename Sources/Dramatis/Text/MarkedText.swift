/// A text as the matcher reads it: its signs, and where words begin and end.
struct MarkedText: Sendable {
  /// The signs of an alphabet; phrases of another one read the same text by signs of their own.
  let signs: [Sign]
  /// The folded text.
  let folded: String
  /// For each place before a sign, and for the end, whether no word is split there.
  let isEdge: [Bool]

  init(_ text: String, alphabet: Alphabet) {
    folded = text.foldedByLines()
    signs = alphabet.signs(of: folded)
    let edges = WordEdges(signs)
    isEdge = (0...signs.count).map { edges.isEdge(before: $0) }
  }

  /// The same text with the signs of another alphabet.
  init(_ text: MarkedText, alphabet: Alphabet) {
    folded = text.folded
    signs = alphabet.signs(of: folded)
    isEdge = text.isEdge
  }

  var count: Int { signs.count }

  /// The kind of the sign at a place; nothing surrounds a text.
  func kind(at place: Int) -> WordKind { signs.indices.contains(place) ? signs[place].kind : .line }
}

/// The words of a text, by place.
struct WordMap: Sendable {
  /// For each place, the next edge at it or behind it.
  private let ends: [Int32]
  /// For each place, the last edge at it or before it.
  private let starts: [Int32]
  /// For each place, how many words begin before it.
  private let wordCounts: [Int32]
  /// For each place, how many sentences end before it.
  private let sentenceCounts: [Int32]

  /// Reads a text once; takes time in proportion to its length.
  init(_ text: MarkedText) {
    let count = text.count
    var ends = [Int32](repeating: Int32(count), count: count + 1)
    var starts = [Int32](repeating: 0, count: count + 1)
    var words = starts
    var sentences = starts
    for place in stride(from: count - 1, through: 0, by: -1) {
      ends[place] = text.isEdge[place] ? Int32(place) : ends[place + 1]
    }
    for place in 0..<count {
      if text.isEdge[place] {
        starts[place] = Int32(place)
      } else if place > 0 {
        starts[place] = starts[place - 1]
      }
      let kind = text.signs[place].kind
      let beginsWord = text.isEdge[place] && (kind.isWord || kind == .unspaced)
      words[place + 1] = words[place] + (beginsWord ? 1 : 0)
      sentences[place + 1] = sentences[place] + (Self.endsSentence(text, at: place) ? 1 : 0)
    }
    starts[count] = Int32(count)
    (self.ends, self.starts, wordCounts, sentenceCounts) = (ends, starts, words, sentences)
  }

  /// The place behind the word that holds the sign before a place.
  func end(of place: Int) -> Int { Int(ends[place]) }

  /// The place at which the word begins that holds the sign behind a place.
  func start(of place: Int) -> Int { Int(starts[place]) }

  /// Whether a gap may lie between two places: a few words of one sentence.
  func isGap(_ range: Range<Int>) -> Bool {
    wordCounts[range.upperBound] - wordCounts[range.lowerBound] <= Int32(Phrase.longestGap)
      && sentenceCounts[range.upperBound] == sentenceCounts[range.lowerBound]
  }

  /// Whether a sentence ends with the sign at a place.
  static func endsSentence(_ text: MarkedText, at place: Int) -> Bool {
    switch text.kind(at: place) {
    case .question, .stop, .line: true
    case .dot:
      !text.kind(at: place + 1).isWord && text.kind(at: place - 1) != .dot && text.kind(at: place + 1) != .dot
    default: false
    }
  }
}
