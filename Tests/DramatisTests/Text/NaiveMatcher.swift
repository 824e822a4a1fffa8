@testable import Dramatis

/// Finds phrases by looking at every position, written without a look at the automaton.
struct NaiveMatcher {
  private let text: [Character]

  init(_ text: String) {
    self.text = Array(text.foldedByLines())
  }

  /// Whether a phrase stands in the text as whole words.
  func contains(_ phrase: Phrase) -> Bool {
    starts(of: phrase.pieces[0]).contains { follows(phrase, after: 0, standingAt: $0) }
  }

  /// Whether the pieces behind one fit, with that one at a place.
  private func follows(_ phrase: Phrase, after index: Int, standingAt start: Int) -> Bool {
    guard index + 1 < phrase.pieces.count else { return true }
    let end = start + phrase.pieces[index].text.count
    return starts(of: phrase.pieces[index + 1]).contains { next in
      next >= end
        && fits(
          phrase.joints[index], end: end, next: next, of: (phrase.pieces[index], phrase.pieces[index + 1]))
        && follows(phrase, after: index + 1, standingAt: next)
    }
  }

  private func fits(_ joint: Phrase.Joint, end: Int, next: Int, of pieces: (Phrase.Piece, Phrase.Piece))
    -> Bool
  {
    let wordEnd = pieces.0.isOpenAfter ? (end...text.count).first { !splits(at: $0) } ?? end : end
    let wordStart = pieces.1.isOpenBefore ? (0...next).last { !splits(at: $0) } ?? next : next
    switch joint {
    case .sameWord: return (end...next).allSatisfy(splits)
    case .nextWord: return wordStart == wordEnd + 1 && (text[wordEnd] == " " || text[wordEnd] == "\n")
    case .gap:
      guard wordEnd <= wordStart else { return false }
      let between = wordEnd..<wordStart
      let words = between.filter { !splits(at: $0) && (joins(text[$0]) || Self.unspaced.contains(text[$0])) }
      return words.count <= 3 && !between.contains(where: endsSentence)
    }
  }

  private func endsSentence(at place: Int) -> Bool {
    let after = place + 1 < text.count ? text[place + 1] : "\n"
    let before = place > 0 ? text[place - 1] : "\n"
    return switch text[place] {
    case "!", "?", ";", "\n": true
    case ".": !joins(after) && after != "." && before != "."
    default: false
    }
  }

  /// Where a piece stands.
  private func starts(of piece: Phrase.Piece) -> [Int] {
    let wanted = Array(piece.text)
    guard wanted.count <= text.count else { return [] }
    return (0...(text.count - wanted.count)).filter { start in
      let end = start + wanted.count
      return text[start..<end].map { $0 == "\n" ? " " : $0 } == wanted
        && (piece.isOpenBefore || !splits(at: start))
        && (piece.isOpenAfter || !splits(at: end))
    }
  }

  /// Whether a word goes on across a position.
  private func splits(at position: Int) -> Bool {
    let after = Array(text[position...])
    let before = Array(text[..<position].reversed())
    guard let left = before.first, let right = after.first else { return false }
    if joins(left), joins(right) { return true }
    let tail = after.drop { $0 == "'" }.prefix { joins($0) }
    if joins(left), right == "'" {
      return String(tail) == "t" && after.dropFirst().first == "t"
    }
    return left == "'" && joins(right) && tail.count == 1 && before.dropFirst().first.map(joins) == true
  }

  private static let unspaced: Set<Character> = ["の", "鍵", "人", "ก"]

  /// Whether a character is one of a word in a script with spaces.
  private func joins(_ character: Character) -> Bool {
    guard !Self.unspaced.contains(character) else { return false }
    let isMark = character.unicodeScalars.first?.properties.canonicalCombiningClass != .notReordered
    return character.isLetter || character.isNumber || isMark
  }
}
