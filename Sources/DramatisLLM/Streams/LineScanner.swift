/// Takes a stream of JSON objects apart that stand each on a line.
struct LineScanner {
  private let longestLine: Int
  /// The beginning of a line whose end has not come.
  private var begun: [UInt8] = []

  /// Makes a scanner that refuses a line of more than so many bytes.
  init(longestLine: Int) {
    self.longestLine = longestLine
  }

  /// Hands over each line that is complete with these bytes, in order.
  ///
  /// - Throws: ``ModelError/tooLong(bytes:)``, or what the closure throws; the scanner is of no use afterwards.
  mutating func scan(_ bytes: Span<UInt8>, _ take: EventTaker) throws(ModelError) {
    var start = 0
    while true {
      let end = bytes.place(of: UInt8(ascii: "\n"), from: start)
      let piece = bytes.extracting(start..<end)
      guard begun.count + piece.count <= longestLine else { throw .tooLong(bytes: longestLine) }
      guard end < bytes.count else { return begun.append(copying: piece) }
      if begun.isEmpty {
        try hand(piece, take)
      } else {
        begun.append(copying: piece)
        try self.end(take)
      }
      start = end + 1
    }
  }

  /// Hands over the line that has begun.
  mutating func end(_ take: EventTaker) throws(ModelError) {
    try hand(begun.span, take)
    begun.removeAll(keepingCapacity: true)
  }

  /// Hands over a line, unless it is blank.
  private func hand(_ line: Span<UInt8>, _ take: EventTaker) throws(ModelError) {
    for index in line.indices where line[index] != 0x20 && line[index] != 0x0D { return try take("", line) }
  }
}
