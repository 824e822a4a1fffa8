/// A light reading of a source up to where libyaml gave up: its quotes, brackets and comments, without what they mean.
struct SourceScan {
  /// Quoted texts over several lines.
  private(set) var quotes: [Range<Int>] = []
  /// The comments inside brackets, from the number sign to the end of the line.
  private(set) var comments: [Range<Int>] = []
  /// The brackets that are open at the end.
  private(set) var open: [Int] = []

  private let bytes: [UInt8]
  private let limit: Int
  private var offset = 0
  /// Whether a value may begin here.
  private var mayBegin = true
  /// The column of what stands first in the line behind its dashes.
  private var contentColumn = 0
  private var lineStart = 0

  /// - Parameter limit: Where libyaml gave up.
  init(_ file: SourceFile, upTo limit: Int) {
    bytes = file.bytes
    self.limit = min(limit, bytes.count)
    while offset < self.limit { step() }
  }

  private mutating func step() {
    let byte = bytes[offset]
    switch byte {
    case 0x0A, 0x0D:
      offset += 1
      beginLine()
    case 0x20, 0x09: offset += 1
    case UInt8(ascii: "#") where isBehindBlank: comment()
    case UInt8(ascii: "\""), UInt8(ascii: "'"): mayBegin ? quoted(byte) : plain()
    case UInt8(ascii: "["), UInt8(ascii: "{"): mayBegin || !open.isEmpty ? openBracket() : plain()
    case UInt8(ascii: "]"), UInt8(ascii: "}"): open.isEmpty ? plain() : closeBracket()
    case UInt8(ascii: ","): open.isEmpty ? plain() : separator()
    case UInt8(ascii: ":"): isBeforeBlank ? separator() : plain()
    case UInt8(ascii: "-"), UInt8(ascii: "?"): mayBegin && isBeforeBlank ? indicator() : plain()
    case UInt8(ascii: "|"), UInt8(ascii: ">"): mayBegin && open.isEmpty ? block() : plain()
    case UInt8(ascii: "&"), UInt8(ascii: "!"): mayBegin ? property() : plain()
    default: plain()
    }
  }

  private mutating func beginLine() {
    lineStart = offset
    mayBegin = true
    contentColumn = 0
    while offset + contentColumn < limit, bytes[offset + contentColumn] == 0x20 { contentColumn += 1 }
  }

  private mutating func plain() {
    mayBegin = false
    offset += 1
  }

  private mutating func separator() {
    mayBegin = true
    offset += 1
  }

  private mutating func indicator() {
    offset += 1
    while offset < limit, bytes[offset] == 0x20 { offset += 1 }
    contentColumn = offset - lineStart
  }

  private mutating func openBracket() {
    open.append(offset)
    separator()
  }

  private mutating func closeBracket() {
    open.removeLast()
    plain()
  }

  private mutating func property() {
    while offset < limit, !Self.blanks.contains(bytes[offset]) { offset += 1 }
  }

  private mutating func comment() {
    let start = offset
    while offset < bytes.count, bytes[offset] != 0x0A, bytes[offset] != 0x0D { offset += 1 }
    if !open.isEmpty { comments.append(start..<offset) }
  }

  private mutating func quoted(_ quote: UInt8) {
    let start = offset
    var lines = 0
    offset += 1
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == 0x0A { lines += 1 }
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        offset += 2
        continue
      }
      offset += 1
      guard byte == quote else { continue }
      guard quote == UInt8(ascii: "'"), offset < bytes.count, bytes[offset] == quote else { break }
      offset += 1
    }
    offset = min(offset, bytes.count)
    if lines > 0 { quotes.append(start..<offset) }
    mayBegin = false
  }

  /// A block of text goes on as long as its lines are indented more than what it belongs to.
  private mutating func block() {
    let column = contentColumn
    skipLine()
    while offset < limit {
      let content = bytes[offset..<limit].firstIndex { $0 != 0x20 } ?? limit
      let isBlank = content == limit || bytes[content] == 0x0A || bytes[content] == 0x0D
      guard isBlank || content - offset > column else { break }
      skipLine()
    }
    beginLine()
  }

  private mutating func skipLine() {
    while offset < limit, bytes[offset] != 0x0A { offset += 1 }
    offset = min(offset + 1, limit)
  }

  private static let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]

  private var isBehindBlank: Bool { offset == 0 || Self.blanks.contains(bytes[offset - 1]) }

  private var isBeforeBlank: Bool {
    guard offset + 1 < bytes.count else { return true }
    let next = bytes[offset + 1]
    if Self.blanks.contains(next) { return true }
    return !open.isEmpty && [UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}")].contains(next)
  }
}

extension SourceScan {
  /// The quoted text that was not closed where it was meant to end, if one reaches to the place where libyaml gave up.
  ///
  /// It ends where another one begins, or lines of other keys and elements stand in it.
  func unclosedQuote(in file: SourceFile) -> Int? {
    let here = file.position(at: limit).line
    guard let quote = quotes.last, file.position(at: quote.upperBound).line >= here else { return nil }
    guard quote.upperBound < bytes.count else { return quote.lowerBound }
    let end = quote.upperBound - 1
    let before = bytes[..<end].last { $0 != 0x20 }
    let opens = before.map { [0x0A, 0x2C, 0x3A, 0x5B, 0x7B].contains($0) || $0 == UInt8(ascii: "-") } ?? true
    if opens, bytes[end + 1].goesOn { return quote.lowerBound }
    let (first, last) = (file.position(at: quote.lowerBound).line, file.position(at: end).line)
    return (first + 1...max(first + 1, last)).contains { SourceLine($0, of: file).isStructure }
      ? quote.lowerBound : nil
  }

  /// The comment that swallowed the end of a bracket.
  var swallowingComment: Range<Int>? {
    guard let bracket = open.last, let comment = comments.last, comment.lowerBound > bracket else {
      return nil
    }
    let closers = [UInt8(ascii: "]"), UInt8(ascii: "}")]
    return bytes[comment].contains(where: closers.contains) ? comment : nil
  }
}

extension UInt8 {
  /// Whether a text goes on with this byte right behind a quote.
  fileprivate var goesOn: Bool {
    ![0x20, 0x09, 0x0A, 0x0D, 0x2C, 0x3A, 0x5D, 0x7D].contains(self)
  }
}
