/// Is given an event of a stream: its type, empty where none was given, and its data, which are gone afterwards.
package typealias EventHandler = (_ name: String, _ data: Span<UInt8>) throws(TransportError) -> Void

/// Takes a stream of server-sent events apart, whatever pieces it arrives in.
///
/// It works on bytes, so that a piece may end within a character. Lines end with LF, CRLF or CR; a byte order mark
/// at the start, comments, and fields other than `event`, `data` and `error` are passed over.
///
/// Two things are read that are no events by the standard: a field `error`, as llama-server had it, is an event of that
/// type; and an object that is complete ends where another begins, for services that leave the blank line out.
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
  /// - Throws: ``TransportError/tooLong(bytes:)``, or what the closure throws; the scanner is of no use afterwards.
  package mutating func scan(
    _ bytes: Span<UInt8>, onEvent handle: EventHandler
  ) throws(TransportError) {
    guard !bytes.isEmpty else { return }
    var start = isAfterCR && bytes[0] == LineEnds.feed ? 1 : 0
    isAfterCR = false
    var ends = LineEnds()
    while let end = ends.next(from: start, in: bytes) {
      let isLast = end + 1 < bytes.count && bytes[end] == LineEnds.feed && bytes[end + 1] == LineEnds.feed
      try endLine(bytes.extracting(start..<end), isLast: isLast, handle: handle)
      start = end + 1
      if isLast {
        try endEvent(handle)
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
  mutating func end(onEvent handle: EventHandler) throws(TransportError) {
    try endLine(Span(), isLast: true, handle: handle)
    try endEvent(handle)
  }

  /// Reads a line, or the end of one that had begun.
  private mutating func endLine(
    _ piece: Span<UInt8>, isLast: Bool, handle: EventHandler
  ) throws(TransportError) {
    try check(piece.count)
    guard !begun.isEmpty else { return try read(piece, isLast: isLast, handle: handle) }
    var line: [UInt8] = []
    swap(&line, &begun)
    line.append(copying: piece)
    try read(line.span, isLast: isLast, handle: handle)
  }

  /// - Parameter isLast: Whether a blank line is known to follow.
  private mutating func read(
    _ line: Span<UInt8>, isLast: Bool, handle: EventHandler
  ) throws(TransportError) {
    defer { isAtStart = false }
    switch SSELine(line, isFirst: isAtStart) {
    case .blank: try endEvent(handle)
    // The data of nearly every event, and nothing is copied.
    case .data(let place) where isLast && !hasData: try handle(name, line.extracting(place))
    case .data(let place): try add(line.extracting(place), handle: handle)
    case .event(let place): name = line.extracting(place).text
    case .error(let place):
      if hasData { try endEvent(handle) }
      name = "error"
      try add(line.extracting(place), handle: handle)
    case .other: break
    }
  }

  private mutating func add(_ value: Span<UInt8>, handle: EventHandler) throws(TransportError) {
    if hasData, data.last == UInt8(ascii: "}"), value.holds("{", at: 0) || value.holds("[DONE]", at: 0) {
      try endEvent(handle)
    }
    if hasData { data.append(LineEnds.feed) }
    hasData = true
    data.append(copying: value)
  }

  private mutating func endEvent(_ handle: EventHandler) throws(TransportError) {
    if hasData {
      try handle(name, data.span)
      hasData = false
      data.removeAll(keepingCapacity: true)
    }
    if !name.isEmpty { name = "" }
  }

  private func check(_ more: Int) throws(TransportError) {
    guard begun.count + data.count + more <= longestEvent else { throw .tooLong(bytes: longestEvent) }
  }
}

/// What a line of a stream of server-sent events says, with the place of its value in it.
private enum SSELine {
  case blank
  case data(Range<Int>)
  case event(Range<Int>)
  case error(Range<Int>)
  /// A comment, or a field that nobody needs.
  case other

  /// Reads a line without its end; a byte order mark may stand before the first one.
  init(_ line: Span<UInt8>, isFirst: Bool) {
    let start = isFirst && line.holds("\u{FEFF}", at: 0) ? 3 : 0
    if line.count == start {
      self = .blank
    } else if let value = line.value(of: "data", at: start) {
      self = .data(value)
    } else if let value = line.value(of: "event", at: start) {
      self = .event(value)
    } else if let value = line.value(of: "error", at: start), !value.isEmpty {
      self = .error(value)
    } else {
      self = .other
    }
  }
}

extension Span<UInt8> {
  /// The value of a field, behind one space at most; nil where another field begins there.
  @inline(__always)
  fileprivate func value(of field: StaticString, at start: Int) -> Range<Int>? {
    guard holds(field, at: start) else { return nil }
    let colon = start + field.utf8CodeUnitCount
    guard colon < count else { return count..<count }
    guard self[colon] == UInt8(ascii: ":") else { return nil }
    let hasSpace = colon + 1 < count && self[colon + 1] == UInt8(ascii: " ")
    return (hasSpace ? colon + 2 : colon + 1)..<count
  }
}

/// Finds LF and CR in bytes, each of which is searched for once.
private struct LineEnds {
  static let feed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")

  /// The next ones, or places before the start where they have to be searched for.
  private var feed = -1
  private var carriageReturn = -1

  /// The first end of a line at or behind a place, in the same bytes as ever; nil where there is none.
  mutating func next(from start: Int, in bytes: Span<UInt8>) -> Int? {
    if feed < start { feed = bytes.place(of: Self.feed, from: start) }
    if carriageReturn < start { carriageReturn = bytes.place(of: Self.carriageReturn, from: start) }
    let end = min(feed, carriageReturn)
    return end < bytes.count ? end : nil
  }
}
