/// Finds which of many phrases stand in a text, in one pass over it.
///
/// Time is linear in the text, whatever the phrases; building is linear in the phrases, but for sorting them.
package struct PhraseMatcher: Sendable {
  private let alphabet: Alphabet
  private let automaton: Automaton
  private let table: PieceTable

  /// Prepares to look for phrases.
  package init(phrases: [Phrase]) {
    self.init(phrases: phrases, cellBudget: 1 << 18)
  }

  /// Prepares to look for phrases with a limited number of dense transitions.
  init(phrases: [Phrase], cellBudget: Int) {
    var alphabet = Alphabet()
    var table = PieceTable(phrases)
    var sequences: [(symbols: [Symbol], number: Int)] = []
    for (number, piece) in table.pieces.enumerated() {
      let signs = alphabet.learn(piece.text)
      table.lengths.append(Int32(signs.count))
      let spelling = Spelling(signs, isOpenBefore: piece.isOpenBefore, isOpenAfter: piece.isOpenAfter)
      sequences += spelling.variants.map { (symbols: $0, number: number) }
    }
    automaton = Automaton(SymbolTrie(sequences), symbolCount: alphabet.count, cellBudget: cellBudget)
    self.alphabet = alphabet
    self.table = table
  }

  /// For each phrase, whether it stands in a text.
  package func matches(in text: String) -> [Bool] {
    let marked = read(text)
    guard table.isSimple else {
      return occurrences(in: marked).reduce(into: Array(repeating: false, count: table.phraseCount)) {
        $0[$1.phrase] = true
      }
    }
    var scan = PieceScan(automaton, most: 1)
    run(&scan, over: marked)
    return scan.hits.reduce(into: Array(repeating: false, count: table.phraseCount)) { found, hit in
      for phrase in table.phrases(of: hit.piece) { found[phrase] = true }
    }
  }

  /// A text as this matcher reads it.
  func read(_ text: String) -> MarkedText { MarkedText(text, alphabet: alphabet) }

  /// Where the phrases stand in a text, in no particular order.
  ///
  /// - Parameter text: A text that this or another matcher has read.
  /// - Returns: Every place, but of one that comes very often the first ``mostPlaces``.
  func occurrences(in text: MarkedText) -> [PhraseOccurrence] {
    var scan = PieceScan(automaton, most: Self.mostPlaces)
    run(&scan, over: text)
    return scan.hits.isEmpty ? [] : table.occurrences(of: scan.hits, in: text)
  }

  /// The same in a text that another matcher has read.
  func occurrences(rereading text: MarkedText) -> [PhraseOccurrence] {
    occurrences(in: MarkedText(text, alphabet: alphabet))
  }

  /// At how many places in one text a cue is looked at.
  static let mostPlaces: Int32 = 4096

  private func run(_ scan: inout PieceScan, over text: MarkedText) {
    for place in text.signs.indices {
      if text.isEdge[place] { scan.read(.edge, endingAt: place) }
      scan.read(text.signs[place].symbol, endingAt: place + 1)
    }
    scan.read(.edge, endingAt: text.count)
  }
}

/// One pass of an automaton over a text.
struct PieceScan {
  /// A piece of a phrase, and the place behind it.
  struct Hit {
    let piece: Int
    let end: Int
  }

  private let automaton: Automaton
  private let most: Int32
  private var state: Int32 = 0
  private var counts: [Int32]
  /// What was met, in the order of the ends.
  private(set) var hits: [Hit] = []

  init(_ automaton: Automaton, most: Int32) {
    self.automaton = automaton
    self.most = most
    counts = Array(repeating: 0, count: automaton.nextTerminal.count)
  }

  /// Reads one more symbol of the text.
  mutating func read(_ symbol: Symbol, endingAt place: Int) {
    state = automaton.step(from: state, reading: symbol)
    let terminal = automaton.terminal[Int(state)]
    if terminal >= 0 { report(from: terminal, endingAt: place) }
  }

  /// Notes the pieces that end here; behind a terminal that was met often enough all were.
  private mutating func report(from first: Int32, endingAt place: Int) {
    var terminal = first
    while terminal >= 0, counts[Int(terminal)] < most {
      counts[Int(terminal)] += 1
      for piece in automaton.sequences(at: terminal) { hits.append(Hit(piece: piece, end: place)) }
      terminal = automaton.nextTerminal[Int(terminal)]
    }
  }
}

extension String {
  /// Whether one of the names stands in the text as a whole word, whatever its case.
  func mentions(anyOf names: [String]) -> Bool {
    PhraseMatcher(phrases: names.compactMap { Phrase(name: $0) }).matches(in: self).contains(true)
  }
}
