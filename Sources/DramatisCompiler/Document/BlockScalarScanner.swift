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

/// The first line of a literal or folded scalar, as `|2-`.
private struct BlockScalarHeader {
  enum Chomping { case strip, clip, keep }

  private(set) var chomping = Chomping.clip
  private(set) var hasIndent = false
  /// Where the first line of content begins.
  private(set) var end: Int

  init(in bytes: [UInt8], range: Range<Int>) {
    end = min(range.lowerBound + 1, range.upperBound)
    while end < range.upperBound, note(bytes[end]) { end += 1 }
    while end < range.upperBound, LineBreak.length(in: bytes, at: end, before: range.upperBound) == 0 {
      end += 1
    }
    end += LineBreak.length(in: bytes, at: end, before: range.upperBound)
  }

  /// False for the first byte that is no indicator.
  private mutating func note(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "-"): chomping = .strip
    case UInt8(ascii: "+"): chomping = .keep
    case UInt8(ascii: "1")...UInt8(ascii: "9"): hasIndent = true
    default: return false
    }
    return true
  }
}

/// One line of a literal or folded scalar.
private struct BlockScalarLine {
  /// The bytes of the line, without its break.
  let range: Range<Int>
  /// The number of spaces that begin the line.
  let spaces: Int
  let lineBreak: LineBreak?

  /// True for a line of nothing but spaces.
  var isEmpty: Bool { spaces == range.count }

  init(in bytes: [UInt8], from start: Int, before limit: Int) {
    var end = start
    while end < limit, LineBreak.length(in: bytes, at: end, before: limit) == 0 { end += 1 }
    range = start..<end
    spaces = bytes[range].prefix { $0 == 0x20 }.count
    lineBreak = LineBreak(in: bytes, at: end, before: limit)
  }

  static func lines(in bytes: [UInt8], range: Range<Int>) -> [BlockScalarLine] {
    var lines: [BlockScalarLine] = []
    var offset = range.lowerBound
    while offset < range.upperBound {
      let line = BlockScalarLine(in: bytes, from: offset, before: range.upperBound)
      lines.append(line)
      offset = line.lineBreak?.range.upperBound ?? range.upperBound
    }
    return lines
  }
}
