import DramatisCompiler

extension Mutator {
  /// A condition negated, and every word, sign and number of it changed.
  mutating func mutate(condition: Cursor, _ kind: Mutation.Kind? = nil) {
    let text = condition.text
    guard !text.isEmpty else { return }
    replace(condition, by: "not (\(text))", kind ?? .conditionNegated)
    for piece in Self.pieces(of: text) {
      guard let (other, own) = changed(piece) else { continue }
      let new = text[..<piece.startIndex] + other + text[piece.endIndex...]
      replace(condition, by: String(new), kind ?? own)
    }
  }

  private mutating func changed(_ piece: Substring) -> (String, Mutation.Kind)? {
    if piece == "and" || piece == "or" { return (piece == "and" ? "or" : "and", .joinExchanged) }
    if let number = Int(piece) { return (neighbour(of: number), .numberChanged) }
    return Self.comparisons[piece].map { ($0, .comparisonChanged) }
  }

  private static let comparisons: [Substring: String] = [
    "==": "!=", "!=": "==", "<": "<=", "<=": "<", ">": ">=", ">=": ">",
  ]

  /// The words and signs that do not stand in quotes, in order.
  private static func pieces(of text: String) -> [Substring] {
    text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset.isMultiple(of: 2) }
      .flatMap { $0.element.split { !isWord($0) && !isSign($0) } }
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "."
  }

  private static func isSign(_ character: Character) -> Bool { "=!<>".contains(character) }
}
