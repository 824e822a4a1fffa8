extension LineText {
  /// The text with its slots filled from a position.
  ///
  /// - Parameter user: Who stands for `{user}`.
  package func filled(for program: Program, at snapshot: Snapshot, user: String) -> String {
    pieces.map { piece in
      switch piece {
      case .words(let words): words
      case .user: user
      case .character: program.character
      case .variable(let index): program.variables[index].text(snapshot.variables[index])
      case .machine(let index): program.machines[index].states[snapshot.states[index]].name
      }
    }.joined()
  }

  /// Whether a text is this one with some filling of its slots.
  func couldRead(_ text: String) -> Bool {
    var rest = text[...]
    var isAnchored = true
    for piece in pieces {
      guard case .words(let words) = piece else {
        isAnchored = false
        continue
      }
      guard let found = isAnchored ? rest.prefixRange(of: words) : rest.firstRange(of: words) else {
        return false
      }
      rest = rest[found.upperBound...]
      isAnchored = true
    }
    if rest.isEmpty || !isAnchored { return true }
    guard case .words(let last) = pieces.last, pieces.count > 1 else { return false }
    return text.hasSuffix(last)
  }
}

extension Substring {
  fileprivate func prefixRange(of words: String) -> Range<Index>? {
    hasPrefix(words) ? startIndex..<index(startIndex, offsetBy: words.count) : nil
  }
}
