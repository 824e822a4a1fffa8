#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Takes a stream of server-sent events apart, whatever pieces it arrives in.
///
/// It works on bytes, so that a piece may end within a character. Lines end with LF, CRLF or CR; a byte order mark
/// at the start, comments, and fields other than `event` and `data` are passed over.
package struct SSEScanner {
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  private let longestEvent: Int
  /// What has come and is not all taken apart.
  private var bytes: [UInt8] = []
  private var start = 0
  /// The next LF and CR, or places before the start where they have to be searched.
  private var feed = -1
  private var carriage = -1
  /// The beginning of a line whose end has not come.
  private var begun: [UInt8] = []
  private var name = ""
  private var data: ArraySlice<UInt8>?
  private var isAfterCR = false
  private var isAtStart = true

  /// Makes a scanner that refuses an event of more than so many bytes.
  package init(longestEvent: Int = 4 << 20) {
    self.longestEvent = longestEvent
  }

  /// Takes bytes that have come, for ``next()`` to look at.
  package mutating func add(_ more: [UInt8]) {
    if bytes.isEmpty { bytes = more } else { bytes += more }
    feed = -1
    carriage = -1
  }

  /// The next event that is complete; nil where more bytes are needed.
  ///
  /// - Throws: ``ModelError/tooLong(bytes:)``; the scanner is of no use afterwards.
  package mutating func next() throws(ModelError) -> SSEEvent? {
    while start < bytes.count {
      let isSecondHalf = isAfterCR && bytes[start] == Self.lineFeed
      isAfterCR = false
      if isSecondHalf {
        start += 1
        continue
      }
      let end = lineEnd()
      guard end < bytes.count else { break }
      let line = start..<end
      isAfterCR = end == carriage
      start = end + 1
      if let event = try take(line) { return event }
    }
    try keepRest()
    return nil
  }

  /// What stood last where the stream ended without the blank line that it should have.
  mutating func lastEvent() throws(ModelError) -> SSEEvent? {
    if let event = try take(0..<0) { return event }
    return try take(0..<0)
  }

  private mutating func lineEnd() -> Int {
    if feed < start { feed = bytes.place(of: Self.lineFeed, from: start) }
    if carriage < start { carriage = bytes.place(of: Self.carriageReturn, from: start) }
    return min(feed, carriage)
  }

  private mutating func keepRest() throws(ModelError) {
    if start < bytes.count {
      try check(bytes.count - start)
      begun += bytes[start...]
    }
    bytes = []
    start = 0
  }

  private func check(_ more: Int) throws(ModelError) {
    guard begun.count + (data?.count ?? 0) + more <= longestEvent else { throw .tooLong(bytes: longestEvent) }
  }

  /// Takes a line of what has come, or what was missing of one that had begun.
  private mutating func take(_ place: Range<Int>) throws(ModelError) -> SSEEvent? {
    try check(place.count)
    defer { isAtStart = false }
    if begun.isEmpty {
      let line = SSELine(bytes.span.extracting(place), isFirst: isAtStart)
      return take(line) { $0.bytes[(place.lowerBound + $1.lowerBound)..<place.upperBound] }
    }
    begun += bytes[place]
    defer { begun = [] }
    return take(SSELine(begun.span, isFirst: isAtStart)) { $0.begun[$1] }
  }

  private mutating func take(
    _ line: SSELine, _ value: (Self, Range<Int>) -> ArraySlice<UInt8>
  ) -> SSEEvent? {
    switch line {
    case .blank: return takeEvent()
    case .data(let place): addData(value(self, place))
    case .event(let place): name = String(decoding: value(self, place), as: UTF8.self)
    case .other: break
    }
    return nil
  }

  private mutating func addData(_ value: ArraySlice<UInt8>) {
    if data == nil { data = value } else { data? += [Self.lineFeed] + value }
  }

  private mutating func takeEvent() -> SSEEvent? {
    defer {
      name = ""
      data = nil
    }
    return data.map { SSEEvent(name: name, data: $0) }
  }
}

extension [UInt8] {
  /// The first place of a byte at or behind another place; the end where there is none.
  fileprivate func place(of byte: UInt8, from start: Int) -> Int {
    withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, start < bytes.count,
        let found = memchr(base + start, Int32(byte), bytes.count - start)
      else { return bytes.count }
      return UnsafeRawPointer(found) - base
    }
  }
}
