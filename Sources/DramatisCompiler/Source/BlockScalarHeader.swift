/// The first line of a literal or folded scalar, as `|2-`.
struct BlockScalarHeader {
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
