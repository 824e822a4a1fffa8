/// The anchor and the tag that stand before a value.
struct NodeProperties {
  /// Where the value itself begins.
  private(set) var contentStart: Int
  private(set) var tag: Range<Int>?

  /// Only a value that libyaml begins at a property may be scanned.
  init(in bytes: [UInt8], range: Range<Int>) {
    contentStart = range.lowerBound
    while contentStart < range.upperBound {
      let start = contentStart
      switch bytes[start] {
      case UInt8(ascii: "&"): skip(in: bytes, before: range.upperBound) { !$0.isAnchorLetter }
      case UInt8(ascii: "!"): skipTag(in: bytes, before: range.upperBound)
      default: return
      }
      skipSpace(in: bytes, before: range.upperBound)
    }
  }

  private mutating func skipTag(in bytes: [UInt8], before limit: Int) {
    let start = contentStart
    let isVerbatim = start + 1 < limit && bytes[start + 1] == UInt8(ascii: "<")
    skip(in: bytes, before: limit) { $0 <= 0x20 || $0 >= 0x80 || (!isVerbatim && $0.endsTag) }
    tag = tag ?? start..<contentStart
  }

  private mutating func skip(in bytes: [UInt8], before limit: Int, until isEnd: (UInt8) -> Bool) {
    contentStart += 1
    while contentStart < limit, !isEnd(bytes[contentStart]) { contentStart += 1 }
  }

  private mutating func skipSpace(in bytes: [UInt8], before limit: Int) {
    while contentStart < limit {
      if bytes[contentStart] == UInt8(ascii: "#") { skipComment(in: bytes, before: limit) }
      let lineBreak = LineBreak.length(in: bytes, at: contentStart, before: limit)
      let next = ScalarGap.skipBlanks(in: bytes, from: contentStart + lineBreak, before: limit)
      if next == contentStart { return }
      contentStart = next
    }
  }

  private mutating func skipComment(in bytes: [UInt8], before limit: Int) {
    while contentStart < limit, LineBreak.length(in: bytes, at: contentStart, before: limit) == 0 {
      contentStart += 1
    }
  }
}

extension UInt8 {
  fileprivate var isAnchorLetter: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  fileprivate var endsTag: Bool {
    [UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}")]
      .contains(self)
  }
}
