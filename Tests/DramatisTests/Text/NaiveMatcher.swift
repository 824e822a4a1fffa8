@testable import Dramatis

/// Finds phrases by looking at every position, written without a look at the automaton.
struct NaiveMatcher {
  private let text: [Character]

  init(_ text: String) {
    self.text = Array(text.folded())
  }

  /// Whether a phrase stands in the text as whole words.
  func contains(_ phrase: Phrase) -> Bool {
    let wanted = Array(phrase.text)
    guard wanted.count <= text.count else { return false }
    return (0...(text.count - wanted.count)).contains { start in
      let end = start + wanted.count
      return Array(text[start..<end]) == wanted && !splits(at: start) && (phrase.isPrefix || !splits(at: end))
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

  /// Whether a character is one of a word in a script with spaces.
  private func joins(_ character: Character) -> Bool {
    let unspaced: Set<Character> = ["の", "鍵", "人", "ก"]
    guard !unspaced.contains(character) else { return false }
    let isMark = character.unicodeScalars.first?.properties.canonicalCombiningClass != .notReordered
    return character.isLetter || character.isNumber || isMark
  }
}
