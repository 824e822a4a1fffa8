/// The ways in which a phrase stands in the stream of symbols and edges.
struct Spelling: Sendable {
  private let signs: [Sign]
  private let isPrefix: Bool

  init(_ signs: [Sign], isPrefix: Bool) {
    self.signs = signs
    self.isPrefix = isPrefix
  }

  /// The symbols of the phrase in every context where it stands as whole words.
  ///
  /// Only about an apostrophe do the edges inside a phrase depend on what stands beside it.
  var variants: [[Symbol]] {
    guard signs.contains(where: { $0.kind == .apostrophe }) else {
      return [symbols(after: [], before: [])].compactMap(\.self)
    }
    let all = Self.before.flatMap { left in Self.after.compactMap { symbols(after: left, before: $0) } }
    return all.indices.filter { !all[..<$0].contains(all[$0]) }.map { all[$0] }
  }

  /// The symbols with the edges between two neighbours, or nil where the phrase would split a word.
  private func symbols(after left: [Sign], before right: [Sign]) -> [Symbol]? {
    let edges = WordEdges(left + signs + right)
    let end = left.count + signs.count
    guard edges.isEdge(before: left.count), isPrefix || edges.isEdge(before: end) else { return nil }
    var symbols: [Symbol] = []
    for position in signs.indices {
      if edges.isEdge(before: left.count + position) { symbols.append(.edge) }
      symbols.append(signs[position].symbol)
    }
    return isPrefix ? symbols : symbols + [.edge]
  }

  private static let letter = Sign(symbol: .unknown, kind: .word)
  private static let before: [[Sign]] = [[], [letter]]
  private static let after: [[Sign]] = [
    [], [letter], [letter, letter], [Sign(symbol: .unknown, kind: .letterT)],
  ]
}
