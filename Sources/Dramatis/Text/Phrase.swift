/// A parsed cue: words to be found in a text, perhaps only their beginning.
package struct Phrase: Hashable, Sendable {
  /// The folded words, without space around them and without the final `*`.
  package let text: String
  /// Whether the last word may go on.
  package let isPrefix: Bool

  /// Parses a cue such as `short-changed` or `cheat*`.
  package init(parsing source: String) throws(PhraseError) {
    let (body, isPrefix) = try Self.split(source)
    text = body.folded().trimmed()
    self.isPrefix = isPrefix
    guard !text.isEmpty else {
      throw PhraseError(fault: .empty, offset: 0)
    }
    guard text.unicodeScalars.contains(where: Self.isVisible) else {
      throw PhraseError(fault: .nothingToMatch, offset: Self.start(of: source))
    }
  }

  /// A name, in which a star is a letter like any other; nil where there is nothing to look for.
  package init?(name: String) {
    text = name.folded().trimmed()
    isPrefix = false
    guard text.unicodeScalars.contains(where: Self.isVisible) else { return nil }
  }

  /// Separates the words from a final `*`, the only place for one.
  private static func split(_ source: String) throws(PhraseError) -> (body: String, isPrefix: Bool) {
    let scalars = source.unicodeScalars
    guard let star = scalars.firstIndex(of: "*") else { return (source, false) }
    let body = scalars[..<star]
    let isLast = scalars[star...].dropFirst().allSatisfy(\.properties.isWhitespace)
    let followsSpace =
      body.last?.properties.isWhitespace == true && !body.allSatisfy(\.properties.isWhitespace)
    guard isLast, !followsSpace else { throw PhraseError(fault: .misplacedStar, offset: body.count) }
    return (String(body), true)
  }

  /// The offset of the first scalar that is not a space.
  private static func start(of source: String) -> Int {
    source.unicodeScalars.prefix(while: \.properties.isWhitespace).count
  }

  /// Whether a scalar can be looked for: a letter, a number, a symbol or a punctuation mark.
  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return ("!"..."~").contains(scalar) }
    return switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .control, .format, .surrogate, .unassigned,
      .spaceSeparator, .lineSeparator, .paragraphSeparator:
      false
    default: true
    }
  }
}

/// Why a cue cannot be read, and where.
package struct PhraseError: Error, Hashable, Sendable {
  /// What is wrong with a cue.
  package enum Fault: String, Hashable, Sendable, CaseIterable {
    /// There is nothing in it.
    case empty
    /// A `*` stands elsewhere than directly after the last character.
    case misplacedStar
    /// It holds no letter, number, symbol or punctuation mark.
    case nothingToMatch
  }

  /// What is wrong.
  package let fault: Fault
  /// Where, in Unicode scalars from the start of the cue as written.
  package let offset: Int
}
