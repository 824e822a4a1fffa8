/// Takes a stream of JSON objects apart that should stand each on a line.
///
/// An object ends where its last brace does: some are printed over several lines, and some stand one behind the other
/// without anything between them. What is no object ends with its line.
struct LineScanner {
  private let longestLine: Int
  /// The beginning of an object or line whose end has not come.
  private var begun: [UInt8] = []
  /// How many braces are open.
  private var depth = 0
  private var isInText = false
  private var isEscaped = false

  /// Makes a scanner that refuses an object of more than so many bytes.
  init(longestLine: Int) {
    self.longestLine = longestLine
  }

  /// Hands over each object that is complete with these bytes, in order.
  ///
  /// - Throws: ``TransportError/tooLong(bytes:)``, or what the closure throws; the scanner is of no use afterwards.
  mutating func scan(_ bytes: Span<UInt8>, onLine handle: EventHandler) throws(TransportError) {
    var start = 0
    for index in bytes.indices where isEnd(bytes[index]) {
      try take(bytes.extracting(start..<(index + 1)), handle: handle)
      start = index + 1
    }
    let rest = bytes.extracting(start...)
    guard begun.count + rest.count <= longestLine else { throw .tooLong(bytes: longestLine) }
    begun.append(copying: rest)
  }

  /// Whether an object or a line that is none ends with a byte.
  @inline(__always)
  private mutating func isEnd(_ byte: UInt8) -> Bool {
    if isInText {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInText = false
      }
      return false
    }
    switch byte {
    case UInt8(ascii: "\""):
      isInText = depth > 0
      return false
    case UInt8(ascii: "{"):
      depth += 1
      return false
    case UInt8(ascii: "}"):
      depth = max(depth - 1, 0)
      return depth == 0
    case 0x0A: return depth == 0
    default: return false
    }
  }

  private mutating func take(_ piece: Span<UInt8>, handle: EventHandler) throws(TransportError) {
    guard begun.count + piece.count <= longestLine else { throw .tooLong(bytes: longestLine) }
    if begun.isEmpty { return try hand(piece, to: handle) }
    begun.append(copying: piece)
    try end(onLine: handle)
  }

  /// Hands over what has begun.
  mutating func end(onLine handle: EventHandler) throws(TransportError) {
    (depth, isInText, isEscaped) = (0, false, false)
    try hand(begun.span, to: handle)
    begun.removeAll(keepingCapacity: true)
  }

  /// Hands something over, unless it is blank.
  private func hand(_ line: Span<UInt8>, to handle: EventHandler) throws(TransportError) {
    for index in line.indices where !Self.blanks.contains(line[index]) { return try handle("", line) }
  }

  private static let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
}
