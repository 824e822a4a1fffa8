/// Reads a stream line by line, with a bound on their length.
struct LineReader: ~Copyable {
  /// The longest line that is read, in bytes.
  static let maximumLength = 8 << 20

  private let stream: InputStream
  private let skipsLongLines: Bool
  private var buffer: [UInt8] = []
  private var position = 0
  private var isAtEnd = false

  /// What a line can turn out to be.
  enum Line: Equatable {
    case text(String)
    /// It is longer than the bound; all of it was skipped, where such lines are.
    case tooLong
    /// It is not UTF-8.
    case notUTF8
  }

  /// - Parameter skipsLongLines: Whether to read on after a line that is too long; else it is told of as soon as it is,
  ///   which may have no end, and what follows is of no use.
  init(_ stream: consuming InputStream, skipsLongLines: Bool = true) {
    self.stream = stream
    self.skipsLongLines = skipsLongLines
  }

  /// The next line without its break, of which a carriage return is part; nil at the end.
  mutating func next() throws(Failure) -> Line? {
    var searched = position
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) {
        defer { position = end + 1 }
        return line(buffer[position..<end])
      }
      searched = buffer.count
      if searched - position > Self.maximumLength {
        return skipsLongLines ? try skipLine() : .tooLong
      }
      guard try fill(&searched) else { break }
    }
    guard position < buffer.count else { return nil }
    defer { position = buffer.count }
    return line(buffer[position...])
  }

  private func line(_ bytes: ArraySlice<UInt8>) -> Line {
    let bytes = bytes.last == 0x0D ? bytes.dropLast() : bytes
    if bytes.count > Self.maximumLength { return .tooLong }
    return String(validating: bytes, as: UTF8.self).map { .text($0) } ?? .notUTF8
  }

  /// Reads on, dropping what was consumed; false at the end.
  private mutating func fill(_ searched: inout Int) throws(Failure) -> Bool {
    guard !isAtEnd else { return false }
    buffer.removeFirst(position)
    searched -= position
    position = 0
    let piece = try stream.read(atMost: 65_536)
    isAtEnd = piece.isEmpty
    buffer += piece
    return !isAtEnd
  }

  private mutating func skipLine() throws(Failure) -> Line {
    repeat {
      position = buffer.count
      var searched = position
      guard try fill(&searched) else { break }
    } while !buffer.contains(0x0A)
    position = buffer.firstIndex(of: 0x0A).map { $0 + 1 } ?? buffer.count
    return .tooLong
  }
}
