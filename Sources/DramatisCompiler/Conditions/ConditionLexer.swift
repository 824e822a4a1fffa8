import Dramatis

/// Splits a condition into tokens.
struct ConditionLexer {
  private let scalars: [Unicode.Scalar]
  /// The byte offset of each scalar, and of the end.
  private let offsets: [Int]
  private var position = 0

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    var offset = 0
    var offsets = [0]
    for scalar in scalars {
      offset += UTF8.width(scalar)
      offsets.append(offset)
    }
    self.offsets = offsets
  }

  /// All tokens, the last of which is the end.
  static func tokens(of text: String) throws(ConditionProblem) -> [Token] {
    var lexer = ConditionLexer(text)
    var tokens: [Token] = []
    repeat {
      tokens.append(try lexer.next())
    } while tokens.last?.kind != .end
    return tokens
  }

  private mutating func next() throws(ConditionProblem) -> Token {
    skip { $0.properties.isWhitespace }
    let start = position
    guard let scalar = current else { return Token(kind: .end, range: range(from: start)) }
    if scalar.startsName {
      skip { $0.continuesName }
      return Token(kind: .name(text(from: start)), range: range(from: start))
    }
    if scalar.isDigit { return try number() }
    if scalar == "\"" || scalar == "'" { return try quotedText(scalar) }
    return try symbol()
  }

  private var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private func range(from start: Int) -> Range<Int> { offsets[start]..<offsets[position] }

  private func text(from start: Int) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[start..<position])
    return String(text)
  }

  private mutating func skip(_ belongs: (Unicode.Scalar) -> Bool) {
    while let scalar = current, belongs(scalar) { position += 1 }
  }
}

extension ConditionLexer {
  private mutating func number() throws(ConditionProblem) -> Token {
    let start = position
    skip(\.isDigit)
    let isWhole = !skipFraction()
    let isPlain = !skipExponent()
    if let scalar = current, scalar.startsName {
      skip { $0.continuesName }
      throw .syntax(
        "a name cannot start with a digit", range(from: start), help: ["names start with a letter or '_'"])
    }
    let digits = text(from: start)
    if isWhole, isPlain, let value = Int(digits) {
      return Token(kind: .integer(value), range: range(from: start))
    }
    guard !isWhole || !isPlain, let value = Double(digits), value.isFinite else {
      throw ConditionProblem(
        code: .numberOutOfRange, message: "the number \(digits.prefix(40)) is too large",
        range: range(from: start))
    }
    return Token(kind: .number(value), range: range(from: start))
  }

  private mutating func skipFraction() -> Bool {
    guard current == ".", position + 1 < scalars.count, scalars[position + 1].isDigit else { return false }
    position += 1
    skip(\.isDigit)
    return true
  }

  private mutating func skipExponent() -> Bool {
    guard current == "e" || current == "E" else { return false }
    var next = position + 1
    if next < scalars.count, scalars[next] == "-" || scalars[next] == "+" { next += 1 }
    guard next < scalars.count, scalars[next].isDigit else { return false }
    position = next
    skip(\.isDigit)
    return true
  }

  private mutating func quotedText(_ quote: Unicode.Scalar) throws(ConditionProblem) -> Token {
    let start = position
    position += 1
    var text = String.UnicodeScalarView()
    while let scalar = current, scalar != quote {
      text.append(scalar == "\\" ? try escaped() : scalar)
      position += 1
    }
    guard current == quote else {
      throw .syntax(
        "this text has no end", range(from: start), help: ["close it with \(quote)"])
    }
    position += 1
    return Token(kind: .text(String(text)), range: range(from: start))
  }

  /// The scalar that an escape stands for; leaves the position on its last scalar.
  private mutating func escaped() throws(ConditionProblem) -> Unicode.Scalar {
    let start = position
    position += 1
    switch current {
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "\"": return "\""
    case "'": return "'"
    case "\\": return "\\"
    default:
      if current != nil { position += 1 }
      throw .syntax(
        "unknown escape '\(text(from: start))'", range(from: start),
        help: ["the escapes are \\\" \\' \\\\ \\n \\r \\t; for a backslash write \\\\"])
    }
  }

  private mutating func symbol() throws(ConditionProblem) -> Token {
    let start = position
    for symbol in ["==", "!=", "<=", ">=", "&&", "||"] where follows(symbol) {
      position += 2
      if let word = Self.words[symbol] { throw mistaken(symbol, word, start) }
      return Token(kind: .symbol(symbol), range: range(from: start))
    }
    let symbol = String(Character(scalars[position]))
    position += 1
    if let word = Self.words[symbol] { throw mistaken(symbol, word, start) }
    guard "()[],.<>+-*/".contains(symbol) else {
      throw .syntax("'\(symbol)' has no meaning in a condition", range(from: start))
    }
    return Token(kind: .symbol(symbol), range: range(from: start))
  }

  /// Symbols of other languages, and what is written here.
  private static let words = [
    "&&": "and", "||": "or", "!": "not", "=": "==", "≤": "<=", "≥": ">=", "≠": "!=", "“": "\"", "”": "\"",
    "„": "\"",
  ]

  private func mistaken(_ symbol: String, _ word: String, _ start: Int) -> ConditionProblem {
    .syntax("'\(symbol)' has no meaning in a condition", range(from: start), help: ["write '\(word)'"])
  }

  private func follows(_ symbol: String) -> Bool {
    scalars[position...].starts(with: symbol.unicodeScalars)
  }
}

extension Unicode.Scalar {
  var isDigit: Bool { ("0"..."9").contains(self) }

  /// A letter of any script, or an underscore.
  var startsName: Bool { self == "_" || properties.isAlphabetic }

  /// What a name may hold after its first letter: letters, digits, marks and underscores.
  var continuesName: Bool {
    startsName || properties.numericType == .decimal || properties.canonicalCombiningClass != .notReordered
      || properties.generalCategory == .spacingMark || properties.generalCategory == .nonspacingMark
  }
}
