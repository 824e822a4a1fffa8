extension String {
  /// The form in which cues, names and texts are compared.
  ///
  /// Case is folded without a locale, a run of whitespace is one space, every script's apostrophes, quotation marks,
  /// dashes, question and exclamation marks are their ASCII forms, wide, narrow and presented letters are the plain
  /// ones, what nobody sees vanishes. The four Turkish letters i are one, and Greek letters lose their accents.
  /// Compare the results with `==`, which takes composed and decomposed spellings for the same text.
  package func folded() -> String {
    var folding = Folding(capacity: utf8.count, keepsLines: false)
    folding.append(contentsOf: self)
    return folding.text
  }

  /// The same, but a run of whitespace that breaks a line is a line feed.
  func foldedByLines() -> String {
    var folding = Folding(capacity: utf8.count, keepsLines: true)
    folding.append(contentsOf: self)
    return folding.text
  }
}

/// Folds a text one scalar after the other.
private struct Folding {
  private var bytes: [UInt8] = []
  private let keepsLines: Bool
  private var followsSpace = false
  /// Whether a dot above would be the dot of an i.
  private var followsBareI = false
  private var followsGreek = false
  /// Whether a joiner would hold emoji together.
  private var followsEmoji = false
  private var markCount = 0

  init(capacity: Int, keepsLines: Bool) {
    bytes.reserveCapacity(capacity)
    self.keepsLines = keepsLines
  }

  /// What has been folded so far.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Folds a text, runs of ASCII that is folded already as they are.
  mutating func append(contentsOf text: String) {
    var text = text
    let isPlain = Self.isPlain
    text.withUTF8 { source in
      var place = 0
      while place < source.count {
        var end = place
        while end < source.count, isPlain[Int(source[end])] { end += 1 }
        if end > place {
          bytes.append(contentsOf: source[place..<end])
          follows(ascii: source[end - 1])
          place = end
        } else {
          var decoder = Unicode.UTF8()
          var rest = source[place...].makeIterator()
          guard case .scalarValue(let scalar) = decoder.decode(&rest) else { return }
          append(scalar)
          place += UTF8.width(scalar)
        }
      }
    }
  }

  /// For each byte, whether it is a character that folds to itself.
  private static let isPlain: [Bool] = (0...255).map { byte in
    (0x21..<0x7F).contains(byte) && !(0x41...0x5A).contains(byte) && byte != 0x60 && byte != 0x3B
  }

  /// Folds one more scalar.
  private mutating func append(_ scalar: Unicode.Scalar) {
    if let byte = UInt8(exactly: scalar.value), byte < 0x80 {
      append(ascii: byte)
    } else {
      append(beyondASCII: LookAlike.standard(of: scalar))
    }
  }

  private mutating func append(beyondASCII scalar: Unicode.Scalar) {
    if scalar.isASCII {
      append(ascii: UInt8(truncatingIfNeeded: scalar.value))
    } else if scalar.properties.isWhitespace {
      appendSpace(isLine: scalar == "\u{85}" || scalar == "\u{2028}" || scalar == "\u{2029}")
    } else if scalar == "\u{37E}" {
      append(ascii: UInt8(ascii: ";"))
    } else if !scalar.properties.isDefaultIgnorableCodePoint {
      append(other: scalar)
    } else if followsEmoji, !scalar.properties.isVariationSelector, scalar != "\u{AD}" {
      append(joiner: scalar)
    }
  }

  /// Folds an ASCII character.
  private mutating func append(ascii byte: UInt8) {
    switch byte {
    case 0x20, 0x09...0x0D: return appendSpace(isLine: byte != 0x20 && byte != 0x09)
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
    case UInt8(ascii: "`"): bytes.append(UInt8(ascii: "'"))
    // Greek asks with it.
    case UInt8(ascii: ";") where followsGreek: bytes.append(UInt8(ascii: "?"))
    default: bytes.append(byte)
    }
    follows(ascii: byte)
  }

  /// Remembers an ASCII character for what comes next.
  private mutating func follows(ascii byte: UInt8) {
    followsSpace = false
    followsGreek = false
    followsEmoji = false
    markCount = 0
    followsBareI = byte | 0x20 == UInt8(ascii: "i")
  }

  /// Writes the first space of a run.
  private mutating func appendSpace(isLine: Bool) {
    if !followsSpace { bytes.append(0x20) }
    if isLine, keepsLines { bytes[bytes.count - 1] = 0x0A }
    followsSpace = true
    followsBareI = false
    followsGreek = false
    followsEmoji = false
  }

  /// Keeps a joiner or a tag of an emoji, which make it another one.
  private mutating func append(joiner scalar: Unicode.Scalar) {
    guard scalar == "\u{200D}" || (0xE0020...0xE007F).contains(scalar.value) else { return }
    bytes.append(contentsOf: scalar.utf8)
  }

  /// Folds a scalar beyond ASCII that can be seen.
  private mutating func append(other scalar: Unicode.Scalar) {
    let isDotOfI = followsBareI && scalar == "\u{307}"
    let isGreekMark =
      followsGreek && scalar.properties.generalCategory == .nonspacingMark && !scalar.properties.isCased
    let place = scalar.properties.canonicalCombiningClass
    followsSpace = false
    followsBareI = Self.isBareI(scalar) || followsBareI && place != .notReordered && place != .above
    followsGreek = LookAlike.isGreek(scalar) || followsGreek && place != .notReordered
    followsEmoji = scalar.properties.isEmoji
    markCount = place == .notReordered ? 0 : markCount + 1
    if isDotOfI || isGreekMark || markCount > Self.longestMarks { return }
    if Self.common.indices.contains(Int(scalar.value)) {
      bytes.append(contentsOf: Self.common[Int(scalar.value)].utf8)
    } else if Self.punctuation.indices.contains(Int(scalar.value) - 0x2000) {
      bytes.append(contentsOf: Self.punctuation[Int(scalar.value) - 0x2000].utf8)
    } else {
      bytes.append(contentsOf: Self.fold(scalar).utf8)
    }
  }

  /// Marks in a row beyond these are dropped, as in Unicode's stream-safe text: comparing them would be quadratic.
  private static let longestMarks = 30

  /// The folds of the alphabets at the start of Unicode, Latin to Armenian.
  private static let common = (0..<0x590).map { Unicode.Scalar($0).map(fold) ?? "" }
  /// Those of the general punctuation.
  private static let punctuation = (0x2000..<0x2070).map { Unicode.Scalar($0).map(fold) ?? "" }

  /// The fold of one scalar, without regard to those before it.
  private static func fold(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\u{130}": return "i"
    case "\u{149}": return "'n"
    default: break
    }
    if scalar.properties.isCased {
      let folded = String(scalar).lowercased().uppercased().lowercased()
      guard LookAlike.isGreek(scalar) else { return LookAlike.marks(of: scalar) ?? folded }
      return folded.unicodeScalars.reduce(into: "") { text, letter in
        guard letter.properties.generalCategory != .nonspacingMark else { return }
        text.unicodeScalars.append(LookAlike.bare(letter))
      }
    }
    return LookAlike.marks(of: scalar) ?? String(scalar)
  }

  /// Whether a scalar is an i with nothing above it, in either case.
  private static func isBareI(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\u{131}", "\u{12E}", "\u{12F}", "\u{1E2C}", "\u{1E2D}", "\u{1ECA}", "\u{1ECB}": true
    default: false
    }
  }
}

/// A name as it is compared: folded, without space around it.
package struct FoldedName: Hashable, Sendable {
  /// The folded spelling.
  package let text: String

  /// Folds a name.
  package init(_ name: String) {
    text = name.folded().trimmed()
  }
}

extension String {
  /// Whether two spellings name the same thing.
  package func isSameName(as other: String) -> Bool {
    FoldedName(self) == FoldedName(other)
  }

  /// This folded text without a space at either end.
  func trimmed() -> String {
    let bytes = utf8
    guard bytes.first == 0x20 || bytes.last == 0x20 else { return self }
    let start = dropFirst(first == " " ? 1 : 0)
    return String(start.dropLast(start.last == " " ? 1 : 0))
  }
}

extension String {
  /// Byte equality; `==` on strings is canonical equivalence and would merge NFC and NFD.
  package func isSameBytes(as other: String) -> Bool {
    utf8.elementsEqual(other.utf8)
  }
}
