/// Reads a literal or folded scalar again to learn where each byte comes from.
struct BlockScalarScanner {
  private let bytes: [UInt8]
  private let header: BlockScalarHeader
  private let lines: [BlockScalarLine]
  private let isFolded: Bool
  private var map: ScalarMap
  private var lastBreak: LineBreak?
  private var lastStartsBlank = false
  private var emptyLines: [LineBreak] = []

  init(_ bytes: [UInt8], in range: Range<Int>, style: ScalarStyle) {
    self.bytes = bytes
    header = BlockScalarHeader(in: bytes, range: range)
    lines = BlockScalarLine.lines(in: bytes, range: header.end..<range.upperBound)
    isFolded = style == .folded
    map = ScalarMap(origin: min(range.lowerBound + 1, range.upperBound), isBlock: true)
  }

  /// An indicator counts from an indentation that only the value reveals.
  mutating func scan(value: [UInt8]) -> ScalarMap {
    let indent = header.hasIndent ? indent(revealedBy: value) : detectedIndent
    for line in lines { add(line, indent: indent) }
    finish()
    return map
  }

  private mutating func add(_ line: BlockScalarLine, indent: Int) {
    if line.isEmpty, line.spaces <= indent {
      if let lineBreak = line.lineBreak { emptyLines.append(lineBreak) }
      return
    }
    let content = min(line.range.lowerBound + indent, line.range.upperBound)
    let startsBlank = bytes[content..<line.range.upperBound].first.map { $0 == 0x20 || $0 == 0x09 } ?? false
    join(before: content, keepingBreak: startsBlank || lastStartsBlank)
    var offset = content
    while offset < line.range.upperBound {
      offset = map.copyCharacter(at: offset, before: line.range.upperBound, of: bytes)
    }
    (lastBreak, lastStartsBlank) = (line.lineBreak, startsBlank)
  }

  private mutating func join(before content: Int, keepingBreak: Bool) {
    if isFolded, !keepingBreak, let lastBreak, lastBreak.folds {
      if emptyLines.isEmpty { map.append([0x20], from: lastBreak.range.lowerBound..<content) }
    } else {
      map.append(lastBreak)
    }
    flushEmptyLines()
  }

  private mutating func finish() {
    if header.chomping != .strip { map.append(lastBreak) }
    if header.chomping == .keep { flushEmptyLines() }
  }

  private mutating func flushEmptyLines() {
    emptyLines.forEach { map.append($0) }
    emptyLines = []
  }

  private var detectedIndent: Int {
    let first = lines.firstIndex { !$0.isEmpty } ?? lines.endIndex - 1
    return lines.prefix(first + 1).map(\.spaces).max() ?? 1
  }

  private func indent(revealedBy value: [UInt8]) -> Int {
    let read = BlockScalarLine.lines(in: value, range: value.indices)
    if let line = lines.first(where: { !$0.isEmpty }), let kept = read.first(where: { !$0.isEmpty }) {
      return max(0, line.spaces - kept.spaces)
    }
    let widest = lines.map(\.spaces).max() ?? 0
    return max(0, widest - (read.map(\.spaces).max() ?? 0))
  }
}
