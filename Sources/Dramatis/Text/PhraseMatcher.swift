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
