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
