extension String {
  /// The form in which cues, names and texts are compared.
  ///
  /// Case is folded without a locale, a run of whitespace is one space, typographic apostrophes, quotation marks
  /// and hyphens are their ASCII forms, soft hyphens and variation selectors vanish. The four Turkish letters i are
  /// one. Compare the results with `==`, which takes composed and decomposed spellings for the same text.
  package func folded() -> String {
    var folding = Folding(capacity: utf8.count)
    for scalar in unicodeScalars { folding.append(scalar) }
    return folding.text
  }
}

/// Folds a text one scalar after the other.
private struct Folding {
  private var bytes: [UInt8] = []
  private var followsSpace = false
  /// Whether a dot above would be the dot of an i.
  private var followsBareI = false
  private var markCount = 0

  init(capacity: Int) {
    bytes.reserveCapacity(capacity)
  }

  /// What has been folded so far.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Folds one more scalar.
  mutating func append(_ scalar: Unicode.Scalar) {
    if let byte = UInt8(exactly: scalar.value), byte < 0x80 {
      append(ascii: byte)
    } else if scalar.properties.isWhitespace {
      appendSpace()
    } else if !Self.isIgnored(scalar) {
      append(other: scalar)
    }
  }

  /// Folds an ASCII character.
  private mutating func append(ascii byte: UInt8) {
    switch byte {
    case 0x20, 0x09...0x0D: return appendSpace()
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
    default: bytes.append(byte)
    }
    followsSpace = false
    markCount = 0
    followsBareI = byte | 0x20 == UInt8(ascii: "i")
  }

  /// Writes the first space of a run.
  private mutating func appendSpace() {
    if !followsSpace { bytes.append(0x20) }
    followsSpace = true
    followsBareI = false
  }

  /// Folds a scalar beyond ASCII.
  private mutating func append(other scalar: Unicode.Scalar) {
    let isDotOfI = followsBareI && scalar == "\u{307}"
    let place = scalar.properties.canonicalCombiningClass
    followsSpace = false
    followsBareI = Self.isBareI(scalar) || followsBareI && place != .notReordered && place != .above
    markCount = place == .notReordered ? 0 : markCount + 1
    if isDotOfI || markCount > Self.longestMarks { return }
    if Self.common.indices.contains(Int(scalar.value)) {
      bytes.append(contentsOf: Self.common[Int(scalar.value)].utf8)
    } else if scalar.properties.isCased {
      bytes.append(contentsOf: Self.fold(scalar).utf8)
    } else if let plain = Self.plain(scalar) {
      bytes.append(plain)
    } else {
      bytes.append(contentsOf: scalar.utf8)
    }
  }

  /// Marks in a row beyond these are dropped, as in Unicode's stream-safe text: comparing them would be quadratic.
  private static let longestMarks = 30

  /// The folds of the alphabets at the start of Unicode, Latin to Armenian.
  private static let common = (0..<0x590).map { Unicode.Scalar($0).map(fold) ?? "" }

  /// The fold of one scalar, with neither typography nor spaces.
  private static func fold(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\u{130}": "i"
    case "\u{149}": "'n"
    case "\u{2BC}": "'"
    case "\u{37E}": ";"
    default: String(scalar).lowercased().uppercased().lowercased()
    }
  }

  /// The ASCII form of a typographic mark.
  private static func plain(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar {
    case "\u{2018}", "\u{2019}": UInt8(ascii: "'")
    case "\u{201C}", "\u{201D}": UInt8(ascii: "\"")
    case "\u{2010}", "\u{2011}": UInt8(ascii: "-")
    case "\u{1FEF}": UInt8(ascii: "`")
    default: nil
    }
  }

  /// Whether a scalar only concerns how its neighbours are drawn.
  private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\u{AD}" || scalar.properties.isVariationSelector
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
