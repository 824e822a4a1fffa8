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

/// The prefixes of a set of symbol sequences, numbered breadth first.
struct SymbolTrie: Sendable {
  /// For each state, the symbol that leads to it.
  private(set) var symbol: [Symbol] = [.unknown]
  /// For each state, the terminal of the sequences that end there, or -1.
  private(set) var terminal: [Int32] = []
  /// For each terminal, the sequences that end there.
  private(set) var sequences: [[Int]] = []
  /// For each state, its first child; one more at the end.
  private var firstChild: [Int32] = []

  /// How many states there are; 0 is the empty prefix.
  var count: Int { terminal.count }

  /// Builds the trie of sequences, each with a number of its own choice.
  init(_ sequences: [(symbols: [Symbol], number: Int)]) {
    let sorted = sequences.sorted { Self.precedes($0.symbols, $1.symbols) }
    var groups = [(range: sorted.indices, depth: 0)]
    while count < groups.count {
      let group = groups[count]
      firstChild.append(Int32(groups.count))
      let rest = close(group.range, of: sorted, at: group.depth)
      groups += split(rest, of: sorted, at: group.depth).map { ($0, group.depth + 1) }
    }
    firstChild.append(Int32(groups.count))
  }

  private static func precedes(_ left: [Symbol], _ right: [Symbol]) -> Bool {
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        for index in 0..<min(left.count, right.count) where left[index] != right[index] {
          return left[index] < right[index]
        }
        return left.count < right.count
      }
    }
  }

  /// The states one symbol further than a state.
  func children(of state: Int) -> Range<Int> {
    Int(firstChild[state])..<Int(firstChild[state + 1])
  }

  /// The child that a symbol leads to.
  func child(of state: Int, reading wanted: Symbol) -> Int? {
    let all = children(of: state)
    var (low, high) = (all.lowerBound, all.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if symbol[middle] < wanted { low = middle + 1 } else { high = middle }
    }
    return low < all.upperBound && symbol[low] == wanted ? low : nil
  }

  /// Makes a state's terminal of the sequences that end at a depth, and returns the others.
  private mutating func close(
    _ range: Range<Int>, of sorted: [(symbols: [Symbol], number: Int)], at depth: Int
  ) -> Range<Int> {
    let ended = range.prefix { sorted[$0].symbols.count == depth }
    terminal.append(ended.isEmpty ? -1 : Int32(sequences.count))
    if !ended.isEmpty { sequences.append(ended.map { sorted[$0].number }) }
    return ended.endIndex..<range.upperBound
  }

  /// Splits a range of sequences by their symbol at a depth.
  private mutating func split(
    _ range: Range<Int>, of sorted: [(symbols: [Symbol], number: Int)], at depth: Int
  ) -> [Range<Int>] {
    var groups: [Range<Int>] = []
    for index in range {
      let next = sorted[index].symbols[depth]
      if let last = groups.last, symbol.last == next {
        groups[groups.count - 1] = last.lowerBound..<index + 1
      } else {
        groups.append(index..<index + 1)
        symbol.append(next)
      }
    }
    return groups
  }
}
