/// The pieces of a set of phrases, each once, and how phrases are made of them.
struct PieceTable: Sendable {
  /// The different pieces.
  private(set) var pieces: [Phrase.Piece] = []
  /// How many signs each has.
  var lengths: [Int32] = []
  /// How many phrases there are.
  let phraseCount: Int
  /// For each piece, the phrases that are this piece alone.
  private var whole: [[Int]] = []
  /// The phrases of several pieces.
  private var chains: [Chain] = []
  /// For each piece, whether a chain has it.
  private var isLink: [Bool] = []

  private struct Chain {
    let phrase: Int
    let pieces: [Int]
    let joints: [Phrase.Joint]
  }

  init(_ phrases: [Phrase]) {
    phraseCount = phrases.count
    var numbers: [Phrase.Piece: Int] = [:]
    for (phrase, content) in phrases.enumerated() {
      let own = content.pieces.map { piece in
        if let known = numbers[piece] { return known }
        let number = pieces.count
        numbers[piece] = number
        pieces.append(piece)
        whole.append([])
        isLink.append(false)
        return number
      }
      if own.count == 1 {
        whole[own[0]].append(phrase)
      } else {
        for piece in own { isLink[piece] = true }
        chains.append(Chain(phrase: phrase, pieces: own, joints: content.joints))
      }
    }
  }

  /// Whether every phrase is one piece.
  var isSimple: Bool { chains.isEmpty }

  /// The phrases that are one piece alone.
  func phrases(of piece: Int) -> [Int] { whole[piece] }

  /// Where phrases stand, from where their pieces do.
  ///
  /// Takes time in proportion to the text, the hits, and for each chain whose pieces all occur to how often they do.
  func occurrences(of hits: [PieceScan.Hit], in text: MarkedText) -> [PhraseOccurrence] {
    var found: [PhraseOccurrence] = []
    var links: [Int: [Int]] = [:]
    for hit in hits {
      if isLink[hit.piece] { links[hit.piece, default: []].append(hit.end) }
      for phrase in whole[hit.piece] {
        found.append(occurrence(of: phrase, from: (hit.piece, hit.end), to: (hit.piece, hit.end), in: text))
      }
    }
    guard !links.isEmpty else { return found }
    let words = WordCounts(text)
    for chain in chains where chain.pieces.allSatisfy({ links[$0] != nil }) {
      found += occurrences(of: chain, links: links, in: text, words)
    }
    return found
  }

  /// Each end of the last piece, with the nearest pieces before it that fit.
  private func occurrences(
    of chain: Chain, links: [Int: [Int]], in text: MarkedText, _ words: WordCounts
  ) -> [PhraseOccurrence] {
    var reached = (links[chain.pieces[0]] ?? []).map { (first: $0, end: $0) }
    for (index, joint) in chain.joints.enumerated() {
      let (before, piece) = (chain.pieces[index], chain.pieces[index + 1])
      var next: [(first: Int, end: Int)] = []
      var candidate = -1
      for end in links[piece] ?? [] {
        let start = end - Int(lengths[piece])
        let limit = limit(
          of: joint, before: pieces[piece].isOpenBefore ? text.wordStart(at: start) : start, start)
        while candidate + 1 < reached.count, reached[candidate + 1].end <= limit { candidate += 1 }
        guard candidate >= 0 else { continue }
        let last = reached[candidate]
        let lastEnd = pieces[before].isOpenAfter ? text.wordEnd(at: last.end) : last.end
        let isFit =
          switch joint {
          case .sameWord: text.wordEnd(at: last.end) > start
          case .nextWord: lastEnd == limit && isSpace(text, at: limit)
          case .gap: lastEnd <= limit && words.isGap(lastEnd..<limit)
          }
        if isFit { next.append((last.first, end)) }
      }
      reached = next
    }
    let (first, last) = (chain.pieces[0], chain.pieces[chain.pieces.count - 1])
    return reached.map {
      occurrence(of: chain.phrase, from: (first, $0.first), to: (last, $0.end), in: text)
    }
  }

  /// The last place at which the piece before may end.
  private func limit(of joint: Phrase.Joint, before word: Int, _ start: Int) -> Int {
    switch joint {
    case .sameWord: start
    case .nextWord: word - 1
    case .gap: word
    }
  }

  private func isSpace(_ text: MarkedText, at place: Int) -> Bool {
    text.kind(at: place) == .space || text.kind(at: place) == .line
  }

  private func occurrence(
    of phrase: Int, from first: (piece: Int, end: Int), to last: (piece: Int, end: Int), in text: MarkedText
  ) -> PhraseOccurrence {
    let start = first.end - Int(lengths[first.piece])
    return PhraseOccurrence(
      phrase: phrase,
      start: pieces[first.piece].isOpenBefore ? text.wordStart(at: start) : start,
      end: pieces[last.piece].isOpenAfter ? text.wordEnd(at: last.end) : last.end,
      lastStart: last.end - Int(lengths[last.piece]))
  }
}

/// Where a phrase stands in a text, whole words of a piece that is open included.
struct PhraseOccurrence: Hashable, Sendable {
  /// The number of the phrase.
  let phrase: Int
  let start: Int
  /// The place behind it.
  let end: Int
  /// Where its last piece begins.
  let lastStart: Int

  /// The places of its signs.
  var range: Range<Int> { start..<end }

  /// Whether both have a place in common.
  func overlaps(_ other: PhraseOccurrence) -> Bool { start < other.end && other.start < end }
}
