/// Characters that stand for others, by the names and properties that Unicode gives them.
///
/// Nothing here is a list of code points: a mark is recognised by what Unicode calls it, a wide or presented letter by
/// the letter in its name.
enum LookAlike {
  /// The letter or mark of which this is the full-width, half-width, mathematical or presented form.
  ///
  /// - Returns: The scalar itself where it is no such form. Takes constant time.
  static func standard(of scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    case 0xFF5F...0xFFEE, 0x1D400...0x1D7FF, 0x2100...0x214F, 0xFB50...0xFDFB, 0xFE70...0xFEFC:
      forms[scalar] ?? scalar
    default: scalar
    }
  }

  /// The ASCII marks for which a punctuation mark, a symbol or a modifier letter stands.
  static func marks(of scalar: Unicode.Scalar) -> String? {
    let properties = scalar.properties
    if properties.isDash { return "-" }
    switch properties.generalCategory {
    case .otherPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
      .modifierLetter, .modifierSymbol, .otherSymbol:
      return properties.name.flatMap { marks(named: $0, isQuotation: properties.isQuotationMark) }
    default: return nil
    }
  }

  private static func marks(named name: String, isQuotation: Bool) -> String? {
    func isCalled(_ words: String...) -> Bool { words.contains { name.contains($0) } }
    if isCalled("INVERTED", "SQUARED", "COMBINING") { return nil }
    if isQuotation || isCalled("QUOTATION MARK") {
      return isCalled("SINGLE", "APOSTROPHE") ? "'" : "\""
    }
    if isCalled("HORIZONTAL ELLIPSIS") { return "..." }
    if isCalled("INTERROBANG", "QUESTION EXCLAMATION MARK") { return "?!" }
    if isCalled("EXCLAMATION QUESTION MARK") { return "!?" }
    if isCalled("QUESTION MARK") { return isCalled("DOUBLE") ? "??" : "?" }
    if isCalled("EXCLAMATION MARK") { return isCalled("DOUBLE") ? "!!" : "!" }
    let isTwice = isCalled("DOUBLE", "GERSHAYIM")
    return isCalled(
      "APOSTROPHE", "PRIME", "ACUTE ACCENT", "GRAVE ACCENT", "LETTER TURNED COMMA", "LETTER REVERSED COMMA",
      "SALTILLO",
      "GERESH", "GERSHAYIM", "GREEK TONOS", "GREEK VARIA", "GREEK OXIA", "GREEK PSILI", "GREEK DASIA",
      "GREEK KORONIS") ? (isTwice ? "\"" : "'") : nil
  }

  /// A Greek letter without accents, breathings and diaeresis, which its capitals do not have or do not keep.
  static func bare(_ letter: Unicode.Scalar) -> Unicode.Scalar {
    guard isGreek(letter), let name = letter.properties.name, let end = name.firstRange(of: " WITH ") else {
      return letter
    }
    return named[String(name[..<end.lowerBound])] ?? letter
  }

  /// Whether a scalar is a letter of the Greek script.
  static func isGreek(_ scalar: Unicode.Scalar) -> Bool {
    (0x370..<0x400).contains(scalar.value) && scalar != "\u{37E}" || (0x1F00..<0x2000).contains(scalar.value)
  }

  /// Letters and marks by name, of the blocks that hold what other forms stand for.
  private static let named: [String: Unicode.Scalar] = {
    let blocks: [ClosedRange<UInt32>] = [
      0x20...0x7E, 0xA0...0xFF, 0x370...0x3FF, 0x600...0x6FF, 0x3000...0x318F,
    ]
    let scalars = blocks.joined().compactMap(Unicode.Scalar.init)
    return Dictionary(scalars.compactMap { scalar in scalar.properties.name.map { ($0, scalar) } }) {
      first, _ in first
    }
  }()

  /// The forms beyond full-width ASCII.
  private static let forms: [Unicode.Scalar: Unicode.Scalar] = {
    let blocks: [ClosedRange<UInt32>] = [
      0xFF5F...0xFFEE, 0x1D400...0x1D7FF, 0x2100...0x214F, 0xFB50...0xFDFB, 0xFE70...0xFEFC,
    ]
    var forms: [Unicode.Scalar: Unicode.Scalar] = [:]
    for scalar in blocks.joined().compactMap(Unicode.Scalar.init) {
      guard let name = scalar.properties.name, let form = form(of: scalar, named: name) else { continue }
      forms[scalar] = form
    }
    return forms
  }()

  private static func form(of scalar: Unicode.Scalar, named name: String) -> Unicode.Scalar? {
    let words = name.split(separator: " ")
    switch (words.first, words.last) {
    case ("HALFWIDTH", _), ("FULLWIDTH", _):
      let rest = words.dropFirst().joined(separator: " ")
      return named[rest]
        ?? named["COMBINING " + rest.replacing("KATAKANA ", with: "KATAKANA-HIRAGANA ")]
    case ("MATHEMATICAL", _), ("SCRIPT", _), ("BLACK-LETTER", _), ("DOUBLE-STRUCK", _):
      return mathematical(scalar, last: words.last ?? "")
    case ("ARABIC", "FORM"):
      return named[words.dropLast(2).joined(separator: " ")]
    default: return nil
    }
  }

  private static func mathematical(_ scalar: Unicode.Scalar, last: Substring) -> Unicode.Scalar? {
    if let digit = scalar.properties.numericValue, (0...9).contains(digit) {
      return Unicode.Scalar(UInt32(0x30 + digit))
    }
    guard scalar.properties.isAlphabetic else { return nil }
    if last.unicodeScalars.count == 1 { return last.lowercased().unicodeScalars.first }
    return named["GREEK SMALL LETTER \(last)"]
  }
}
