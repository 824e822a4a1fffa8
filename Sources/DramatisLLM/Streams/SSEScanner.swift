/// Takes a stream of server-sent events apart, whatever pieces it arrives in.
///
/// It works on bytes, so that a piece may end within a character. Lines end with LF, CRLF or CR; a byte order mark
/// at the start, comments, and fields other than `event` and `data` are passed over.
struct SSEScanner {
  private let longestEvent: Int
  private var line: [UInt8] = []
  private var name = ""
  private var data: [UInt8] = []
  private var hasData = false
  private var isAfterCR = false
  private var isAtStart = true

  /// Makes a scanner that refuses an event of more than so many bytes.
  init(longestEvent: Int = 4 << 20) {
    self.longestEvent = longestEvent
  }

  /// The events that are complete with these bytes.
  ///
  /// - Throws: ``ModelError/tooLong(bytes:)``; the scanner is of no use afterwards.
  mutating func events(in bytes: [UInt8]) throws(ModelError) -> [SSEEvent] {
    var events: [SSEEvent] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == 0x0A || byte == 0x0D {
      if byte == 0x0A, isAfterCR, index == start {
        start = index + 1
        isAfterCR = false
        continue
      }
      try endLine(with: bytes[start..<index], &events)
      start = index + 1
      isAfterCR = byte == 0x0D
    }
    if start < bytes.count {
      isAfterCR = false
      try check(bytes.count - start)
      line += bytes[start...]
    }
    return events
  }

  /// What stood last where the stream ended without the blank line that it should have.
  mutating func lastEvent() throws(ModelError) -> SSEEvent? {
    var events: [SSEEvent] = []
    try endLine(with: [], &events)
    try endLine(with: [], &events)
    return events.first
  }

  private func check(_ more: Int) throws(ModelError) {
    guard line.count + data.count + more <= longestEvent else { throw .tooLong(bytes: longestEvent) }
  }

  private mutating func endLine(
    with rest: ArraySlice<UInt8>, _ events: inout [SSEEvent]
  ) throws(ModelError) {
    try check(rest.count)
    var whole = rest
    if !line.isEmpty {
      line += rest
      whole = line[...]
      line = []
    }
    if isAtStart, whole.starts(with: [0xEF, 0xBB, 0xBF]) { whole = whole.dropFirst(3) }
    isAtStart = false
    if whole.isEmpty { endEvent(&events) } else { read(whole) }
  }

  private mutating func read(_ line: ArraySlice<UInt8>) {
    let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
    var value = line[min(colon + 1, line.endIndex)...]
    if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
    let field = line[..<colon]
    if field.elementsEqual("data".utf8) {
      if hasData { data.append(0x0A) }
      data += value
      hasData = true
    } else if field.elementsEqual("event".utf8) {
      name = String(decoding: value, as: UTF8.self)
    }
  }

  private mutating func endEvent(_ events: inout [SSEEvent]) {
    if hasData { events.append(SSEEvent(name: name, data: data)) }
    name = ""
    data = []
    hasData = false
  }
}
