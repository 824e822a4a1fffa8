/// The text of one file, without its byte-order mark.
public struct SourceFile: Sendable {
  /// The name to print, usually a path.
  public let name: String
  package let text: String
  let bytes: [UInt8]
  private let index: TextIndex

  package init(name: String, text: String) {
    self.init(name: name, text: text, bytes: Array(text.utf8))
  }

  /// The bytes must be UTF-8.
  init(name: String, validBytes bytes: [UInt8]) {
    self.init(name: name, text: String(decoding: bytes, as: UTF8.self), bytes: bytes)
  }

  private init(name: String, text: String, bytes: [UInt8]) {
    self.name = name
    self.text = text
    self.bytes = bytes
    index = TextIndex(bytes)
  }

  /// The number of lines; a break at the end begins an empty one.
  package var lineCount: Int { index.lineStarts.count }

  /// A line by its number from 1, without its break; empty outside the file.
  package func line(_ number: Int) -> Substring {
    let range = lineRange(number)
    let utf8 = text.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
    return text[start..<utf8.index(start, offsetBy: range.count)]
  }

  /// The place of a byte; offsets beyond the file mean its end.
  package func position(at offset: Int) -> SourcePosition {
    let offset = min(max(0, offset), bytes.count)
    let line = index.line(at: offset)
    let before = index.scalars(before: index.lineStarts[line], in: bytes)
    let column = index.scalars(before: offset, in: bytes) - before
    return SourcePosition(line: line + 1, column: column + 1, offset: offset)
  }

  package func span(_ range: Range<Int>) -> SourceSpan {
    SourceSpan(start: position(at: range.lowerBound), end: position(at: range.upperBound))
  }

  /// The bytes of a line by its number from 1, without its break.
  func lineRange(_ number: Int) -> Range<Int> {
    guard number >= 1, number <= lineCount else { return bytes.count..<bytes.count }
    let start = index.lineStarts[number - 1]
    var end = number < lineCount ? index.lineStarts[number] : bytes.count
    while end > start, LineBreak.length(in: bytes, at: breakStart(before: end), before: end) > 0 {
      end = breakStart(before: end)
    }
    return start..<end
  }

  var lineStarts: [Int] { index.lineStarts }

  func scalars(before offset: Int) -> Int {
    index.scalars(before: offset, in: bytes)
  }

  func offset(ofScalar number: Int) -> Int {
    index.offset(ofScalar: number, in: bytes)
  }

  private func breakStart(before end: Int) -> Int {
    var offset = end - 1
    while offset > 0, !bytes[offset].startsScalar { offset -= 1 }
    return offset
  }
}
