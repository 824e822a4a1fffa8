/// An Aho-Corasick automaton over symbols.
///
/// States are numbered breadth first, so that the children of a state are neighbours and a state falls back to a
/// lower one. The first states have a dense row of transitions, as many as the budget of cells allows; the others
/// search their children and fall back.
struct Automaton: Sendable {
  private let trie: SymbolTrie
  private let symbolCount: Int
  private let rowCount: Int
  private var rows: [Int32]
  private var fallback: [Int32]
  /// For each state, the first terminal among it and its fallbacks, or -1.
  private(set) var terminal: [Int32]
  /// For each terminal, the next one among the fallbacks, or -1.
  private(set) var nextTerminal: [Int32]

  /// Builds the automaton of a trie.
  init(_ trie: SymbolTrie, symbolCount: Int, cellBudget: Int) {
    self.trie = trie
    self.symbolCount = symbolCount
    rowCount = min(trie.count, max(1, cellBudget / symbolCount))
    fallback = Array(repeating: 0, count: trie.count)
    terminal = trie.terminal
    nextTerminal = Array(repeating: -1, count: trie.sequences.count)
    rows = Array(repeating: 0, count: rowCount * symbolCount)
    for state in 0..<trie.count { link(state) }
  }

  /// The sequences that end at a terminal.
  func sequences(at terminal: Int32) -> [Int] { trie.sequences[Int(terminal)] }

  /// The state after one more symbol.
  func step(from state: Int32, reading symbol: Symbol) -> Int32 {
    var state = Int(state)
    while state >= rowCount {
      if let child = trie.child(of: state, reading: symbol) { return Int32(child) }
      state = Int(fallback[state])
    }
    return rows[state * symbolCount + Int(symbol)]
  }

  /// Completes a state and the fallbacks of its children; all lower states are complete.
  private mutating func link(_ state: Int) {
    if state < rowCount { fillRow(of: state) }
    let own = terminal[state]
    let inherited = state == 0 ? -1 : terminal[Int(fallback[state])]
    if own < 0 { terminal[state] = inherited } else { nextTerminal[Int(own)] = inherited }
    guard state > 0 else { return }
    for child in trie.children(of: state) {
      fallback[child] = step(from: fallback[state], reading: trie.symbol[child])
    }
  }

  /// Writes the transitions of a state: those of its fallback, then its own.
  private mutating func fillRow(of state: Int) {
    let (start, source) = (state * symbolCount, Int(fallback[state]) * symbolCount)
    if state > 0 {
      for symbol in 0..<symbolCount { rows[start + symbol] = rows[source + symbol] }
    }
    for child in trie.children(of: state) { rows[start + Int(trie.symbol[child])] = Int32(child) }
  }
}
