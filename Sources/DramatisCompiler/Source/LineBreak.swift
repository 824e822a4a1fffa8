/// The line breaks of YAML 1.1: LF, CR, CR LF, U+0085, U+2028 and U+2029.
struct LineBreak {
  /// The bytes that it occupies in the source.
  let range: Range<Int>
  /// The bytes that it stands for in the value of a scalar.
  let value: [UInt8]

  init?(in bytes: [UInt8], at offset: Int, before end: Int) {
    let length = LineBreak.length(in: bytes, at: offset, before: end)
    guard length > 0 else { return nil }
    range = offset..<offset + length
    value = length == 3 ? Array(bytes[range]) : [0x0A]
  }

  /// Only U+2028 and U+2029 survive folding and are kept as they are.
  var folds: Bool { value == [0x0A] }

  static func length(in bytes: [UInt8], at offset: Int, before end: Int) -> Int {
    guard offset < end else { return 0 }
    switch bytes[offset] {
    case 0x0A: return 1
    case 0x0D: return offset + 1 < end && bytes[offset + 1] == 0x0A ? 2 : 1
    case 0xC2: return offset + 1 < end && bytes[offset + 1] == 0x85 ? 2 : 0
    case 0xE2: return isSeparator(bytes, offset, end) ? 3 : 0
    default: return 0
    }
  }

  private static func isSeparator(_ bytes: [UInt8], _ offset: Int, _ end: Int) -> Bool {
    offset + 2 < end && bytes[offset + 1] == 0x80 && bytes[offset + 2] & 0xFE == 0xA8
  }
}
