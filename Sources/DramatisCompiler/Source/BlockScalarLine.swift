/// One line of a literal or folded scalar.
struct BlockScalarLine {
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
