/// Finds which of many phrases stand in a text, in one pass over it.
///
/// Time is linear in the text, whatever the phrases; building is linear in the phrases, but for sorting them.
package struct PhraseMatcher: Sendable {
  private let alphabet: Alphabet
  private let automaton: Automaton
  private let phraseCount: Int

  /// Prepares to look for phrases.
  package init(phrases: [Phrase]) {
    self.init(phrases: phrases, cellBudget: 1 << 20)
  }

  /// Prepares to look for phrases with a limited number of dense transitions.
  init(phrases: [Phrase], cellBudget: Int) {
    var alphabet = Alphabet()
    let sequences = phrases.enumerated().flatMap { number, phrase in
      Spelling(alphabet.learn(phrase.text), isPrefix: phrase.isPrefix).variants
        .map { (symbols: $0, number: number) }
    }
    automaton = Automaton(SymbolTrie(sequences), symbolCount: alphabet.count, cellBudget: cellBudget)
    self.alphabet = alphabet
    phraseCount = phrases.count
  }

  /// For each phrase, whether it stands in a text.
  package func matches(in text: String) -> [Bool] {
    let signs = alphabet.signs(of: text.folded())
    let edges = WordEdges(signs)
    var scan = PhraseScan(automaton, phraseCount: phraseCount)
    for position in signs.indices {
      if edges.isEdge(before: position) { scan.read(.edge) }
      scan.read(signs[position].symbol)
    }
    scan.read(.edge)
    return scan.found
  }
}

/// One pass of an automaton over a text.
struct PhraseScan {
  private let automaton: Automaton
  private var state: Int32 = 0
  private var isReported: [Bool]
  /// For each phrase, whether it has been met.
  private(set) var found: [Bool]

  init(_ automaton: Automaton, phraseCount: Int) {
    self.automaton = automaton
    isReported = Array(repeating: false, count: automaton.nextTerminal.count)
    found = Array(repeating: false, count: phraseCount)
  }

  /// Reads one more symbol of the text.
  mutating func read(_ symbol: Symbol) {
    state = automaton.step(from: state, reading: symbol)
    report(from: automaton.terminal[Int(state)])
  }

  /// Notes the phrases that end here; behind a reported terminal all are reported.
  private mutating func report(from first: Int32) {
    var terminal = first
    while terminal >= 0, !isReported[Int(terminal)] {
      isReported[Int(terminal)] = true
      for phrase in automaton.sequences(at: terminal) { found[phrase] = true }
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
