extension LineEditor {
  mutating func insert(_ string: String) -> Outcome {
    replace(cursor..<cursor, with: string)
  }

  /// Replaces clusters and puts the cursor behind what came in.
  ///
  /// All is divided into clusters anew, because what comes in can join with its neighbours.
  mutating func replace(_ range: Range<Int>, with string: String) -> Outcome {
    let before = String(text[..<range.lowerBound]) + string
    let whole = before + String(text[range.upperBound...])
    guard whole.utf8.count <= limit else { return .refused }
    text = Array(whole)
    cursor = min(before.count, text.count)
    return .edited
  }

  mutating func set(_ string: String) {
    text = Array(string)
    cursor = text.count
  }

  mutating func remove(_ movement: Movement) {
    _ = replace(span(of: movement), with: "")
  }

  /// Kills in a row are kept together in the order of the text.
  mutating func kill(_ movement: Movement) {
    let span = span(of: movement)
    let part = String(text[span])
    if case .kill = previousKey {
      killed = span.lowerBound < cursor ? part + killed : killed + part
    } else if !part.isEmpty {
      killed = part
    }
    _ = replace(span, with: "")
  }

  /// Swaps the clusters on both sides of the cursor, at the end the last two.
  mutating func transpose() {
    let right = min(cursor, text.count - 1)
    guard right > 0 else { return }
    let swapped = String([text[right], text[right - 1]])
    _ = replace(right - 1..<right + 1, with: swapped)
  }

  private func span(of movement: Movement) -> Range<Int> {
    let target = target(of: movement)
    return min(cursor, target)..<max(cursor, target)
  }
}

/// Movements.
extension LineEditor {
  /// Where a movement leads.
  func target(of movement: Movement) -> Int {
    switch movement {
    case .left: max(0, cursor - 1)
    case .right: min(text.count, cursor + 1)
    case .wordLeft: leftward(over: { !$0.isPartOfWord }, then: \.isPartOfWord)
    case .wordRight: rightward(over: { !$0.isPartOfWord }, then: \.isPartOfWord)
    case .blankLeft: leftward(over: \.isWhitespace, then: { !$0.isWhitespace })
    case .lineStart: lineStart(before: cursor)
    case .lineEnd: lineEnd(after: cursor)
    }
  }

  func lineStart(before position: Int) -> Int {
    text[..<position].lastIndex(of: "\n").map { $0 + 1 } ?? 0
  }

  func lineEnd(after position: Int) -> Int {
    text[position...].firstIndex(of: "\n") ?? text.count
  }

  private func leftward(over gap: (Character) -> Bool, then word: (Character) -> Bool) -> Int {
    let end = text[..<cursor].lastIndex { !gap($0) }.map { $0 + 1 } ?? 0
    return text[..<end].lastIndex { !word($0) }.map { $0 + 1 } ?? 0
  }

  private func rightward(over gap: (Character) -> Bool, then word: (Character) -> Bool) -> Int {
    let start = text[cursor...].firstIndex { !gap($0) } ?? text.count
    return text[start...].firstIndex { !word($0) } ?? text.count
  }
}

extension Character {
  fileprivate var isPartOfWord: Bool { isLetter || isNumber }
}
