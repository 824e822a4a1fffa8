/// Characters that look like blanks or like nothing, and what to call them.
extension Unicode.Scalar {
  /// Such as `a no-break space (U+00A0)`; nil for what can be seen, and for the blank of ASCII.
  var invisibleName: String? {
    guard value >= 0xA0, let name = Self.invisible[value] ?? (isOddBlank ? "an odd blank" : nil) else {
      return nil
    }
    return "\(name) (\(codePoint))"
  }

  /// Such as `U+200B`.
  var codePoint: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// Whether it takes room like a blank, or none at all, and does nothing for its neighbours.
  var isOddBlank: Bool {
    switch value {
    case 0xA0, 0xAD, 0x1680, 0x180E, 0x2000...0x200B, 0x202F, 0x205F, 0x2060, 0x3000, 0x3164, 0xFEFF: true
    default: false
    }
  }

  private static let invisible: [UInt32: String] = [
    0xA0: "a no-break space", 0xAD: "a soft hyphen", 0x200B: "a zero-width space",
    0x200C: "a zero-width non-joiner",
    0x200D: "a zero-width joiner", 0x200E: "a left-to-right mark", 0x200F: "a right-to-left mark",
    0x202F: "a narrow no-break space", 0x2060: "a word joiner", 0x3000: "an ideographic space",
    0x3164: "a Hangul filler", 0xFEFF: "a zero-width no-break space",
  ]
}

extension StringProtocol {
  /// The first character in it that cannot be seen, with the bytes before it.
  var firstInvisible: (scalar: Unicode.Scalar, offset: Int)? {
    var offset = 0
    for scalar in unicodeScalars {
      if scalar.invisibleName != nil { return (scalar, offset) }
      offset += UTF8.width(scalar)
    }
    return nil
  }

  /// The text with characters that cannot be seen as their code points: `<U+200B>`.
  ///
  /// - Parameter isWanted: Which of them.
  func escaping(_ isWanted: (Unicode.Scalar) -> Bool) -> String {
    guard unicodeScalars.contains(where: { $0.value >= 0xA0 && isWanted($0) }) else { return String(self) }
    return unicodeScalars.map { isWanted($0) ? "<\($0.codePoint)>" : String($0) }.joined()
  }
}
