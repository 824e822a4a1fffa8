import Dramatis

/// Splits a condition into tokens.
struct ConditionLexer {
  /// UTF-8, so that a position is a place in the condition's text.
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// All tokens, the last of which is the end.
  static func tokens(of text: String) throws(ConditionProblem) -> [Token] {
    var lexer = ConditionLexer(text)
    var tokens: [Token] = []
    tokens.reserveCapacity(8)
    while true {
      let token = try lexer.next()
      tokens.append(token)
      if case .end = token.kind { return tokens }
    }
  }

  private mutating func next() throws(ConditionProblem) -> Token {
    skip(\.isBlank)
    let start = position
    guard let scalar = current else { return Token(kind: .end, range: range(from: start)) }
    if scalar.startsName {
      skipName()
      return Token(kind: .name(text(from: start)), range: range(from: start))
    }
    if scalar.isDigit { return try number() }
    if scalar == "\"" || scalar == "'" { return try quotedText(scalar) }
    return try symbol()
  }

  private var current: Unicode.Scalar? { scalar(at: position) }

  private func scalar(at offset: Int) -> Unicode.Scalar? {
    guard offset < bytes.count else { return nil }
    if bytes[offset] < 0x80 { return Unicode.Scalar(bytes[offset]) }
    var rest = bytes[offset...].makeIterator()
    var decoder = UTF8()
    guard case .scalarValue(let scalar) = decoder.decode(&rest) else { return nil }
    return scalar
  }

  private func range(from start: Int) -> Range<Int> { start..<position }

  private func text(from start: Int) -> String { String(decoding: bytes[start..<position], as: UTF8.self) }

  private mutating func skipName() {
    // Nearly every name is ASCII, which is told by its bytes.
    while position < bytes.count, bytes[position].continuesName { position += 1 }
    skip(\.continuesName)
  }

  private mutating func skip(_ belongs: (Unicode.Scalar) -> Bool) {
    while let scalar = current, belongs(scalar) { position += UTF8.width(scalar) }
  }
}

extension ConditionLexer {
  private mutating func number() throws(ConditionProblem) -> Token {
    let start = position
    skip(\.isDigit)
    let isWhole = !skipFraction()
    let isPlain = !skipExponent()
    if let scalar = current, scalar.startsName {
      skipName()
      throw .syntax(
        "a name cannot start with a digit", at: range(from: start), help: ["names start with a letter or '_'"]
      )
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
    guard current == ".", scalar(at: position + 1)?.isDigit == true else { return false }
    position += 1
    skip(\.isDigit)
    return true
  }

  private mutating func skipExponent() -> Bool {
    guard current == "e" || current == "E" else { return false }
    var next = position + 1
    if let sign = scalar(at: next), sign == "-" || sign == "+" { next += 1 }
    guard scalar(at: next)?.isDigit == true else { return false }
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
      position += UTF8.width(current ?? scalar)
    }
    guard current == quote else {
      throw .syntax(
        "this text has no end", at: range(from: start), help: ["close it with \(quote)"])
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
      position += current.map(UTF8.width) ?? 0
      throw .syntax(
        "unknown escape '\(text(from: start))'", at: range(from: start),
        help: ["the escapes are \\\" \\' \\\\ \\n \\r \\t; for a backslash write \\\\"])
    }
  }

  private mutating func symbol() throws(ConditionProblem) -> Token {
    let start = position
    position += symbolWidth
    let symbol = text(from: start)
    if Self.symbols.contains(symbol) { return Token(kind: .symbol(symbol), range: range(from: start)) }
    if let word = Self.words[symbol] { throw mistaken(symbol, for: word, from: start) }
    if Self.assignments.contains(symbol) {
      throw .syntax(
        "'\(symbol)' has no meaning here", at: range(from: start),
        help: ["a transition changes variables below 'set': trust: trust + 1"])
    }
    if let invisible = symbol.firstInvisible?.scalar.invisibleName {
      throw .syntax(
        "\(invisible) stands here, which cannot be seen", at: range(from: start), help: ["remove it"])
    }
    if let ascii = symbol.unicodeScalars.first?.asciiOfFullWidth {
      throw mistaken(symbol, for: String(ascii), from: start)
    }
    throw .syntax(
      "'\(symbol)' has no meaning in a condition", at: range(from: start),
      help: Self.advice[symbol].map { [$0] } ?? [])
  }

  /// What to do instead of what other languages can do.
  private static let advice = [
    "%": "a number stands alone, without a sign behind it, and there is no remainder",
    ":": "compare with '==', as in mood == wary", ";": "join two conditions with 'and' or 'or'",
    "?": "two gates or transitions choose between two values", "^": "write a product: trust * trust",
  ]

  /// How many bytes the symbol here has: two or three of ASCII that stand for one thing, or one scalar.
  private var symbolWidth: Int {
    if Self.triples.contains(where: bytes[position...].starts) { return 3 }
    let isPair = position + 1 < bytes.count && Self.pairs.contains([bytes[position], bytes[position + 1]])
    return isPair ? 2 : current.map(UTF8.width) ?? 1
  }

  private static let symbols = Set(
    Comparison.allCases.map(\.rawValue) + Arithmetic.allCases.map(\.rawValue) + [
      "(", ")", ",", ".", "[", "]",
    ])

  private static let pairs = Set(
    symbols.union(words.keys).union(assignments).map { Array($0.utf8) }.filter {
      $0.count == 2 && $0.allSatisfy { $0 < 0x80 }
    }
  )

  /// Symbols of other languages, and what is written here.
  private static let words = [
    "&&": "and", "||": "or", "&": "and", "|": "or", "!": "not", "=": "==", "=>": ">=", "=<": "<=", "<>": "!=",
    "~=": "!=", "===": "==", "!==": "!=", "−": "-", "×": "*", "÷": "/", "«": "\"", "»": "\"", "‘": "'",
    "’": "'", "≤": "<=", "≥": ">=", "≠": "!=", "“": "\"", "”": "\"", "∧": "and", "∨": "or", "¬": "not",
    "„": "\"",
  ]

  private static let triples = words.keys.map { Array($0.utf8) }.filter {
    $0.count == 3 && $0.allSatisfy { $0 < 0x80 }
  }

  /// What changes a variable in other languages.
  private static let assignments: Set<String> = ["+=", "-=", "*=", "++", ":="]

  private func mistaken(_ symbol: String, for word: String, from start: Int) -> ConditionProblem {
    .syntax("'\(symbol)' has no meaning in a condition", at: range(from: start), help: ["write '\(word)'"])
  }
}

extension Unicode.Scalar {
  /// The character of ASCII of which this is the full-width form.
  fileprivate var asciiOfFullWidth: Unicode.Scalar? {
    (0xFF01...0xFF5E).contains(value) ? Unicode.Scalar(value - 0xFEE0) : nil
  }

  var isDigit: Bool { ("0"..."9").contains(self) }

  /// A space of any kind; ASCII is told apart without Unicode's tables, here and below.
  var isBlank: Bool {
    isASCII ? self == " " || ("\u{9}"..."\u{D}").contains(self) : properties.isWhitespace
  }

  /// A letter of any script, or an underscore.
  var startsName: Bool {
    guard isASCII else { return properties.isAlphabetic }
    return ("a"..."z").contains(self) || ("A"..."Z").contains(self) || self == "_"
  }

  /// What a name may hold after its first letter: letters, digits, marks and underscores.
  var continuesName: Bool {
    guard !isASCII else { return startsName || isDigit }
    return startsName || properties.numericType == .decimal
      || properties.canonicalCombiningClass != .notReordered
      || properties.generalCategory == .spacingMark || properties.generalCategory == .nonspacingMark
  }
}

extension UInt8 {
  /// Whether a name may go on with this byte of ASCII.
  fileprivate var continuesName: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
    default: false
    }
  }
}
