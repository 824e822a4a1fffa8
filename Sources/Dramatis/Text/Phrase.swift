/// A parsed cue: words to be found in a text, with stars for parts of words and gaps for words between.
package struct Phrase: Hashable, Sendable {
  /// Words that stand as written, and whether the first may begin and the last end otherwise.
  struct Piece: Hashable, Sendable {
    /// The folded words, without space around them.
    let text: String
    /// Whether its first word may begin with more.
    let isOpenBefore: Bool
    /// Whether its last word may go on.
    let isOpenAfter: Bool
  }

  /// How a piece follows the one before it.
  enum Joint: Hashable, Sendable {
    /// In the same word.
    case sameWord
    /// One space behind the word in which the other ends.
    case nextWord
    /// Behind at most ``longestGap`` words of the same sentence.
    case gap
  }

  /// How many words a gap may hold.
  package static let longestGap = 3

  /// What has to be found, in this order; at least one.
  let pieces: [Piece]
  /// What stands between the pieces.
  let joints: [Joint]

  /// Parses a cue such as `short-changed`, `cheat*`, `*schlüssel`, `cut* her hair` or `you … cheated`.
  package init(parsing source: String) throws(PhraseError) {
    if let words = Self.plainWords(of: source) {
      pieces = [words]
      joints = []
      return
    }
    var reader = PhraseReader(source)
    (pieces, joints) = try reader.read()
  }

  /// The one piece of a cue in ASCII without gaps and with no star but a last one, as nearly all are.
  private static func plainWords(of source: String) -> Piece? {
    let isOpenAfter = source.utf8.last == UInt8(ascii: "*")
    let words = isOpenAfter ? source.utf8.dropLast() : source.utf8[...]
    guard let last = words.last, last != UInt8(ascii: " ") || !isOpenAfter,
      words.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: ".") })
    else { return nil }
    let text = String(Substring(words)).folded().trimmed()
    return text.isEmpty ? nil : Piece(text: text, isOpenBefore: false, isOpenAfter: isOpenAfter)
  }

  /// A name, in which a star is a letter like any other; nil where there is nothing to look for.
  package init?(name: String) {
    let text = name.folded().trimmed()
    guard PhraseReader.isVisible(text) else { return nil }
    pieces = [Piece(text: text, isOpenBefore: false, isOpenAfter: false)]
    joints = []
  }

  /// The folded words, without stars at the ends, a star inside as `*` and a gap as `…`.
  package var text: String {
    var text = ""
    for (index, piece) in pieces.enumerated() {
      if index > 0 { text += separator(before: index) }
      text += piece.text
    }
    return text
  }

  private func separator(before index: Int) -> String {
    let stars = (pieces[index - 1].isOpenAfter ? "*" : "", pieces[index].isOpenBefore ? "*" : "")
    return switch joints[index - 1] {
    case .sameWord: "*"
    case .nextWord: "\(stars.0) \(stars.1)"
    case .gap: "\(stars.0) … \(stars.1)"
    }
  }

  /// Whether the last word may go on.
  package var isPrefix: Bool { pieces.last?.isOpenAfter ?? false }
  /// Whether the first word may begin with more.
  package var isSuffix: Bool { pieces.first?.isOpenBefore ?? false }
  /// What stands between its spaces.
  package var words: [Substring] { text.split(separator: " ") }
  /// Whether a letter or a digit has to be found.
  var holdsWords: Bool {
    pieces.contains { $0.text.contains { $0.isLetter || $0.isNumber } }
  }
  /// Whether it is words alone, with no star or gap between.
  package var isOnePiece: Bool { pieces.count == 1 }
}

/// Reads a cue from left to right.
private struct PhraseReader {
  private let scalars: [Unicode.Scalar]
  private var pieces: [Phrase.Piece] = []
  private var joints: [Phrase.Joint] = []
  private var words = ""
  private var isOpenBefore = false
  private var joint: Phrase.Joint?
  private var gap: Int?

  init(_ source: String) {
    scalars = Array(source.unicodeScalars)
  }

  mutating func read() throws(PhraseError) -> (pieces: [Phrase.Piece], joints: [Phrase.Joint]) {
    let tokens = tokens()
    let first = tokens.first { $0.kind != .space }
    let last = tokens.last { $0.kind != .space }
    if let first, first.range == last?.range, first.kind == .star, first.range.count == 1 {
      throw PhraseError(fault: .empty, offset: 0)
    }
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .words: try add(token)
      case .space: addSpace(before: tokens.dropFirst(index + 1).first)
      case .star:
        let touches = [tokens.prefix(index).last, tokens.dropFirst(index + 1).first].compactMap(\.self)
        guard token.range.count == 1, touches.contains(where: { $0.kind == .words }) else {
          throw PhraseError(fault: .misplacedStar, offset: token.range.lowerBound)
        }
        addStar()
      case .gap:
        guard first?.range != last?.range, token.range != first?.range, token.range != last?.range, gap == nil
        else { throw PhraseError(fault: .misplacedGap, offset: token.range.lowerBound) }
        close(isOpenAfter: false)
        (joint, gap) = (.gap, token.range.lowerBound)
      }
    }
    close(isOpenAfter: false)
    guard !pieces.isEmpty else { throw PhraseError(fault: .empty, offset: 0) }
    return (pieces, joints)
  }

  private mutating func add(_ token: Token) throws(PhraseError) {
    var source = String.UnicodeScalarView()
    source.append(contentsOf: scalars[token.range])
    let folded = String(source).folded()
    guard !folded.isEmpty else { return }
    guard Self.isVisible(folded) else {
      throw PhraseError(fault: .nothingToMatch, offset: token.range.lowerBound)
    }
    words += folded
    gap = nil
  }

  /// A space keeps words in one piece unless a star stands on either side.
  private mutating func addSpace(before next: Token?) {
    guard let next else { return }
    if next.kind == .words, !words.isEmpty {
      if !words.hasSuffix(" ") { words += " " }
    } else if next.kind == .star {
      close(isOpenAfter: false)
    }
    if words.isEmpty, joint != .gap {
      joint = pieces.isEmpty ? nil : .nextWord
      isOpenBefore = false
    }
  }

  private mutating func addStar() {
    let isAfterWord = !words.isEmpty
    close(isOpenAfter: true)
    if isAfterWord { joint = .sameWord }
    isOpenBefore = true
  }

  /// Ends a piece, where there is one.
  private mutating func close(isOpenAfter: Bool) {
    let text = words.trimmed()
    words = ""
    guard !text.isEmpty else { return }
    if !pieces.isEmpty { joints.append(joint ?? .nextWord) }
    pieces.append(Phrase.Piece(text: text, isOpenBefore: isOpenBefore, isOpenAfter: isOpenAfter))
    (joint, isOpenBefore) = (.nextWord, false)
  }
}

extension PhraseReader {
  private enum Kind { case words, space, star, gap }

  private struct Token {
    let kind: Kind
    let range: Range<Int>
  }

  /// Words, runs of space, runs of stars, and dots that stand between words or alone.
  private func tokens() -> [Token] {
    let holdsWords = scalars.contains { Self.kind(of: $0) == .words }
    var runs: [Token] = []
    for (index, scalar) in scalars.enumerated() {
      let kind = Self.kind(of: scalar)
      if let last = runs.last, last.kind == kind {
        runs[runs.count - 1] = Token(kind: kind, range: last.range.lowerBound..<index + 1)
      } else {
        runs.append(Token(kind: kind, range: index..<index + 1))
      }
    }
    return runs.indices.reduce(into: []) { tokens, index in
      let run = runs[index]
      guard run.kind == .gap, !(holdsWords && isGap(index, among: runs)) else { return tokens.append(run) }
      tokens.append(Token(kind: .words, range: run.range))
    }
  }

  private static func kind(of scalar: Unicode.Scalar) -> Kind {
    if scalar == "*" { return .star }
    if scalar == "." || scalar == "\u{2026}" { return .gap }
    return scalar.properties.isWhitespace ? .space : .words
  }

  /// Whether dots are a gap: an ellipsis between two words, with spaces on both sides or on none.
  private func isGap(_ index: Int, among runs: [Token]) -> Bool {
    let dots = scalars[runs[index].range]
    guard dots.contains("\u{2026}") || dots.count >= 3 else { return false }
    let before = index == 0 || runs[index - 1].kind == .space
    let after = index == runs.count - 1 || runs[index + 1].kind == .space
    return before == after
  }

  /// Whether a text holds a letter, a number, a symbol or a punctuation mark.
  static func isVisible(_ text: String) -> Bool { text.unicodeScalars.contains(where: isVisible) }

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
    /// A `*` stands alone, or beside another.
    case misplacedStar
    /// A gap stands at an end, or beside another.
    case misplacedGap
    /// It holds no letter, number, symbol or punctuation mark.
    case nothingToMatch
  }

  /// What is wrong.
  package let fault: Fault
  /// Where, in Unicode scalars from the start of the cue as written.
  package let offset: Int
}
