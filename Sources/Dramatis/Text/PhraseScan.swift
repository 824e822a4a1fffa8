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
