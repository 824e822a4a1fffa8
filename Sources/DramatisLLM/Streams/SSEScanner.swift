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
  private static let lineFeed: UInt8 = 0x0A
  private static let carriageReturn: UInt8 = 0x0D

  private let longestEvent: Int
  private var line: [UInt8] = []
  private var name = ""
  private var data: [UInt8] = []
  private var hasData = false
  private var isAfterCR = false
  private var isAtStart = true

  /// Makes a scanner that refuses an event of more than so many bytes.
  package init(longestEvent: Int = 4 << 20) {
    self.longestEvent = longestEvent
  }

  /// The events that are complete with these bytes.
  ///
  /// - Throws: ``ModelError/tooLong(bytes:)``; the scanner is of no use afterwards.
  package mutating func events(in bytes: [UInt8]) throws(ModelError) -> [SSEEvent] {
    var events: [SSEEvent] = []
    var start = isAfterCR && bytes.first == Self.lineFeed ? 1 : 0
    if !bytes.isEmpty { isAfterCR = false }
    var feed = bytes.place(of: Self.lineFeed, from: start)
    var carriage = bytes.place(of: Self.carriageReturn, from: start)
    while case let end = min(feed, carriage), end < bytes.count {
      try endLine(with: bytes.span.extracting(start..<end), &events)
      start = end + 1
      if end == carriage {
        isAfterCR = start == bytes.count
        if feed == start { start += 1 }
        carriage = bytes.place(of: Self.carriageReturn, from: start)
      }
      if feed < start { feed = bytes.place(of: Self.lineFeed, from: start) }
    }
    if start < bytes.count {
      try check(bytes.count - start)
      line += bytes[start...]
    }
    return events
  }

  /// What stood last where the stream ended without the blank line that it should have.
  mutating func lastEvent() throws(ModelError) -> SSEEvent? {
    var events: [SSEEvent] = []
    let nothing: [UInt8] = []
    try endLine(with: nothing.span, &events)
    try endLine(with: nothing.span, &events)
    return events.first
  }

  private func check(_ more: Int) throws(ModelError) {
    guard line.count + data.count + more <= longestEvent else { throw .tooLong(bytes: longestEvent) }
  }

  private mutating func endLine(
    with rest: Span<UInt8>, _ events: inout [SSEEvent]
  ) throws(ModelError) {
    try check(rest.count)
    if line.isEmpty { return take(rest, &events) }
    rest.withUnsafeBufferPointer { line += $0 }
    let whole = line
    line = []
    take(whole.span, &events)
  }

  private mutating func take(_ line: Span<UInt8>, _ events: inout [SSEEvent]) {
    let mark = isAtStart && line.begins(with: "\u{FEFF}") ? 3 : 0
    isAtStart = false
    if line.count == mark { endEvent(&events) } else { read(line.extracting(mark...)) }
  }

  private mutating func read(_ line: Span<UInt8>) {
    if let value = line.value(of: "data") {
      if hasData { data.append(Self.lineFeed) }
      line.extracting(value).withUnsafeBufferPointer { bytes in
        if data.isEmpty { data = Array(bytes) } else { data += bytes }
      }
      hasData = true
    } else if let value = line.value(of: "event") {
      name = line.extracting(value).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
  }

  private mutating func endEvent(_ events: inout [SSEEvent]) {
    if hasData { events.append(SSEEvent(name: name, data: data)) }
    name = ""
    data = []
    hasData = false
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

extension Span<UInt8> {
  fileprivate func begins(with text: StaticString) -> Bool {
    guard count >= text.utf8CodeUnitCount else { return false }
    for index in 0..<text.utf8CodeUnitCount where self[index] != text.utf8Start[index] { return false }
    return true
  }

  /// Where the value of a line stands, behind one space at most; nil where its field has another name.
  fileprivate func value(of field: StaticString) -> Range<Int>? {
    let length = field.utf8CodeUnitCount
    guard begins(with: field) else { return nil }
    if count == length { return length..<length }
    guard self[length] == UInt8(ascii: ":") else { return nil }
    let start = length + 1
    return (start < count && self[start] == UInt8(ascii: " ") ? start + 1 : start)..<count
  }
}
