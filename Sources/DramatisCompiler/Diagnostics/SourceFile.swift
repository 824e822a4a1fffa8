/// The text of one file, without its byte-order mark.
public struct SourceFile: Sendable {
  /// The name to print, usually a path.
  public let name: String
  package let text: String
  let bytes: [UInt8]
  /// What was passed over after a mistake in it.
  package internal(set) var passedOver: PassedOver
  private let index: TextIndex

  package init(name: String, text: String) {
    self.init(name: name, text: text, bytes: Array(text.utf8))
  }

  /// The bytes must be UTF-8.
  init(name: String, validBytes bytes: [UInt8], passedOver: PassedOver = PassedOver()) {
    self.init(name: name, text: String(decoding: bytes, as: UTF8.self), bytes: bytes, passedOver: passedOver)
  }

  private init(name: String, text: String, bytes: [UInt8], passedOver: PassedOver = PassedOver()) {
    self.passedOver = passedOver
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

/// A place between two characters of a source file.
///
/// Every node of a document has four of them, so they are kept small; files are far shorter than they can say.
public struct SourcePosition: Hashable, Sendable, Comparable {
  /// The line, counted from 1.
  public var line: Int { Int(lineNumber) }
  /// The column, counted from 1 in Unicode scalars.
  public var column: Int { Int(columnNumber) }
  /// The UTF-8 bytes that precede it in the file's text.
  public var offset: Int { Int(byteOffset) }

  private let lineNumber: Int32
  private let columnNumber: Int32
  private let byteOffset: Int32

  package init(line: Int, column: Int, offset: Int) {
    lineNumber = Int32(clamping: line)
    columnNumber = Int32(clamping: column)
    byteOffset = Int32(clamping: offset)
  }

  /// Orders positions of one file from its start to its end.
  public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    left.byteOffset < right.byteOffset
  }
}

/// A stretch of a source file.
public struct SourceSpan: Hashable, Sendable {
  /// Where the stretch begins.
  public let start: SourcePosition
  /// Where it ends; this position is no longer part of it.
  public let end: SourcePosition

  package init(start: SourcePosition, end: SourcePosition) {
    self.start = start
    self.end = end
  }
}
