/// Where the words of a text begin and end.
struct WordEdges: Sendable {
  private let signs: [Sign]

  init(_ signs: [Sign]) {
    self.signs = signs
  }

  /// Whether no word is split before the character at a position.
  func isEdge(before position: Int) -> Bool {
    let (left, right) = (kind(at: position - 1), kind(at: position))
    if left.isWord {
      return right == .apostrophe ? !isNegated(at: position) : !right.isWord
    }
    return !(left == .apostrophe && right.isWord) || !isTail(at: position)
  }

  /// Whether an apostrophe begins a lone `'t`, as in "can't".
  private func isNegated(at apostrophe: Int) -> Bool {
    kind(at: apostrophe + 1) == .letterT && !kind(at: apostrophe + 2).isWord
  }

  /// Whether a letter after an apostrophe is the lone end of a word, as in "Rowan's".
  private func isTail(at letter: Int) -> Bool {
    kind(at: letter - 2).isWord && !kind(at: letter + 1).isWord
  }

  /// The kind of a character; nothing surrounds a text.
  private func kind(at position: Int) -> WordKind {
    signs.indices.contains(position) ? signs[position].kind : .other
  }
}
