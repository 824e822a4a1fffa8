/// A text as numbered sentences.
public struct Sentences: Hashable, Sendable {
  /// The sentences in order, each on one line; the first has the number 1.
  public let texts: [String]

  /// Splits a text at full stops, question and exclamation marks before a space, and at empty lines.
  ///
  /// - Complexity: Linear in the text.
  public init(_ text: String) {
    var texts: [String] = []
    var current = ""
    var previous: Character = "\n"
    var hasEnded = false
    func finish() {
      let words = current.split(whereSeparator: \.isWhitespace)
      if !words.isEmpty { texts.append(words.joined(separator: " ")) }
      current = ""
      hasEnded = false
    }
    for character in text {
      let isBlankLine = character.isNewline && previous.isNewline
      if isBlankLine || (hasEnded && character.isWhitespace) { finish() }
      if Self.ends.contains(character) {
        hasEnded = character != "." || !Self.isAbbreviation(current)
      } else if !Self.closers.contains(character) {
        hasEnded = false
      }
      current.append(character)
      previous = character
    }
    finish()
    self.texts = texts
  }

  private static let ends: Set<Character> = [".", "!", "?", "…", "。", "！", "？"]
  private static let closers: Set<Character> = ["\"", "'", "”", "’", "»", ")", "]"]
  private static let abbreviations: Set<String> = ["mr", "mrs", "ms", "dr", "st", "prof", "vs", "etc"]

  /// Whether a full stop behind this text belongs to its last word.
  private static func isAbbreviation(_ text: String) -> Bool {
    let word = String(text.reversed().prefix { $0.isLetter }.reversed())
    return abbreviations.contains(word.lowercased()) || (word.count == 1 && word.first?.isUppercase == true)
  }

  /// Some sentences with their numbers, one a line.
  func numbered(_ range: ClosedRange<Int>) -> String {
    range.clamped(to: 1...max(texts.count, 1)).compactMap { number in
      texts.indices.contains(number - 1) ? "\(number). \(texts[number - 1])" : nil
    }.joined(separator: "\n")
  }
}
