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
