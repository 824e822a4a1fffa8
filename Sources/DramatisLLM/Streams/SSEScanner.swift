/// Takes a stream of server-sent events apart, whatever pieces it arrives in.
///
/// It works on bytes, so that a piece may end within a character. Lines end with LF, CRLF or CR; a byte order mark
/// at the start, comments, and fields other than `event` and `data` are passed over.
package struct SSEScanner {
  private let longestEvent: Int
  /// The beginning of a line whose end has not come.
  private var begun: [UInt8] = []
  private var name = ""
  private var data: [UInt8] = []
  private var hasData = false
  private var isAfterCR = false
  private var isAtStart = true

  /// Makes a scanner that refuses an event of more than so many bytes.
  package init(longestEvent: Int = 4 << 20) {
    self.longestEvent = longestEvent
  }

  /// Hands over each event that is complete with these bytes, in order.
  ///
  /// - Throws: ``ModelError/tooLong(bytes:)``, or what the closure throws; the scanner is of no use afterwards.
  package mutating func scan(_ bytes: Span<UInt8>, _ take: EventTaker) throws(ModelError) {
    guard !bytes.isEmpty else { return }
    var start = isAfterCR && bytes[0] == LineEnds.feed ? 1 : 0
    isAfterCR = false
    var ends = LineEnds()
    while let end = ends.next(from: start, in: bytes) {
      let isLast = end + 1 < bytes.count && bytes[end] == LineEnds.feed && bytes[end + 1] == LineEnds.feed
      try endLine(bytes.extracting(start..<end), isLast: isLast, take)
      start = end + 1
      if isLast {
        try endEvent(take)
        start += 1
      }
      guard bytes[end] == LineEnds.carriageReturn else { continue }
      isAfterCR = start == bytes.count
      if !isAfterCR, bytes[start] == LineEnds.feed { start += 1 }
    }
    guard start < bytes.count else { return }
    try check(bytes.count - start)
    begun.append(copying: bytes.extracting(start...))
  }

  /// Hands over what stood last where the stream ended without the blank line that it should have.
  mutating func end(_ take: EventTaker) throws(ModelError) {
    try endLine(Span(), isLast: true, take)
    try endEvent(take)
  }

  /// Reads a line, or the end of one that had begun.
  private mutating func endLine(
    _ piece: Span<UInt8>, isLast: Bool, _ take: EventTaker
  ) throws(ModelError) {
    try check(piece.count)
    guard !begun.isEmpty else { return try read(piece, isLast: isLast, take) }
    var line: [UInt8] = []
    swap(&line, &begun)
    line.append(copying: piece)
    try read(line.span, isLast: isLast, take)
  }

  /// - Parameter isLast: Whether a blank line is known to follow.
  private mutating func read(_ line: Span<UInt8>, isLast: Bool, _ take: EventTaker) throws(ModelError) {
    defer { isAtStart = false }
    switch SSELine(line, isFirst: isAtStart) {
    case .blank: try endEvent(take)
    // The data of nearly every event, and nothing is copied.
    case .data(let place) where isLast && !hasData: try take(name, line.extracting(place))
    case .data(let place): addData(line.extracting(place))
    case .event(let place): name = line.extracting(place).text
    case .other: break
    }
  }

  private mutating func addData(_ value: Span<UInt8>) {
    if hasData { data.append(LineEnds.feed) }
    hasData = true
    data.append(copying: value)
  }

  private mutating func endEvent(_ take: EventTaker) throws(ModelError) {
    if hasData {
      try take(name, data.span)
      hasData = false
      data.removeAll(keepingCapacity: true)
    }
    if !name.isEmpty { name = "" }
  }

  private func check(_ more: Int) throws(ModelError) {
    guard begun.count + data.count + more <= longestEvent else { throw .tooLong(bytes: longestEvent) }
  }
}
