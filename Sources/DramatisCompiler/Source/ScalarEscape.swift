/// One escape sequence of a double-quoted scalar.
struct ScalarEscape {
  let value: [UInt8]
  let end: Int

  /// Reads at a backslash; a sequence that YAML does not know stands for nothing.
  init(in bytes: [UInt8], at offset: Int, before limit: Int) {
    let letter = offset + 1 < limit ? bytes[offset + 1] : 0
    let digits = ScalarEscape.digits(after: letter)
    end = min(offset + 2 + digits, limit)
    value =
      digits > 0
      ? ScalarEscape.encode(bytes[min(offset + 2, end)..<end])
      : ScalarEscape.simple[letter] ?? []
  }

  private static let simple: [UInt8: [UInt8]] = [
    UInt8(ascii: "0"): [0x00], UInt8(ascii: "a"): [0x07], UInt8(ascii: "b"): [0x08],
    UInt8(ascii: "t"): [0x09], 0x09: [0x09], UInt8(ascii: "n"): [0x0A],
    UInt8(ascii: "v"): [0x0B], UInt8(ascii: "f"): [0x0C], UInt8(ascii: "r"): [0x0D],
    UInt8(ascii: "e"): [0x1B], UInt8(ascii: " "): [0x20], UInt8(ascii: "\""): [0x22],
    UInt8(ascii: "'"): [0x27], UInt8(ascii: "/"): [0x2F], UInt8(ascii: "\\"): [0x5C],
    UInt8(ascii: "N"): [0xC2, 0x85], UInt8(ascii: "_"): [0xC2, 0xA0],
    UInt8(ascii: "L"): [0xE2, 0x80, 0xA8], UInt8(ascii: "P"): [0xE2, 0x80, 0xA9],
  ]

  private static func digits(after letter: UInt8) -> Int {
    switch letter {
    case UInt8(ascii: "x"): 2
    case UInt8(ascii: "u"): 4
    case UInt8(ascii: "U"): 8
    default: 0
    }
  }

  private static func encode(_ digits: ArraySlice<UInt8>) -> [UInt8] {
    let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    guard let scalar = number.flatMap(Unicode.Scalar.init) else { return [] }
    return Array(String(scalar).utf8)
  }
}
