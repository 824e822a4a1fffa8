/// Reads a plain or quoted scalar again to learn where each byte comes from.
struct FlowScalarScanner {
  private let bytes: [UInt8]
  private let end: Int
  private let style: ScalarStyle
  private var offset: Int
  private var map: ScalarMap

  init(_ bytes: [UInt8], in range: Range<Int>, style: ScalarStyle) {
    let quote = style == .plain || range.count < 2 ? 0 : 1
    self.bytes = bytes
    self.style = style
    offset = range.lowerBound + quote
    end = range.upperBound - quote
    map = ScalarMap(origin: offset)
  }

  mutating func scan() -> ScalarMap {
    while offset < end { step() }
    return map
  }

  private mutating func step() {
    if let gap = ScalarGap(in: bytes, at: offset, before: end) {
      fold(gap)
    } else if style == .doubleQuoted, bytes[offset] == UInt8(ascii: "\\") {
      readEscape()
    } else if style == .singleQuoted, bytes[offset] == UInt8(ascii: "'") {
      map.append([bytes[offset]], from: offset..<min(offset + 2, end))
      offset += 2
    } else {
      offset = map.copyCharacter(at: offset, before: end, of: bytes)
    }
  }

  private mutating func fold(_ gap: ScalarGap) {
    offset = gap.end
    guard let first = gap.breaks.first else {
      for blank in gap.blanks { map.append([bytes[blank]], from: blank..<blank + 1) }
      return
    }
    if first.folds, gap.breaks.count == 1 {
      return map.append([0x20], from: first.range.lowerBound..<gap.end)
    }
    gap.breaks.dropFirst(first.folds ? 1 : 0).forEach { map.append($0) }
  }

  private mutating func readEscape() {
    if let lineBreak = LineBreak(in: bytes, at: offset + 1, before: end) {
      return skipEscapedBreak(lineBreak)
    }
    let escape = ScalarEscape(in: bytes, at: offset, before: end)
    map.append(escape.value, from: offset..<escape.end)
    offset = escape.end
  }

  /// An escaped break vanishes together with the indentation of the next line.
  private mutating func skipEscapedBreak(_ lineBreak: LineBreak) {
    offset = lineBreak.range.upperBound
    guard let gap = ScalarGap(in: bytes, at: offset, before: end) else { return }
    gap.breaks.forEach { map.append($0) }
    offset = gap.end
  }
}

/// One escape sequence of a double-quoted scalar.
private struct ScalarEscape {
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
