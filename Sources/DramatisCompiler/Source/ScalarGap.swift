/// A run of blanks and line breaks inside a plain or quoted scalar.
struct ScalarGap {
  /// The blanks before the first break.
  let blanks: Range<Int>
  let breaks: [LineBreak]
  let end: Int

  init?(in bytes: [UInt8], at start: Int, before limit: Int) {
    var offset = ScalarGap.skipBlanks(in: bytes, from: start, before: limit)
    blanks = start..<offset
    var found: [LineBreak] = []
    while let next = LineBreak(in: bytes, at: offset, before: limit) {
      found.append(next)
      offset = ScalarGap.skipBlanks(in: bytes, from: next.range.upperBound, before: limit)
    }
    breaks = found
    end = offset
    if end == start { return nil }
  }

  static func skipBlanks(in bytes: [UInt8], from start: Int, before limit: Int) -> Int {
    var offset = start
    while offset < limit, bytes[offset] == 0x20 || bytes[offset] == 0x09 { offset += 1 }
    return offset
  }
}
