/// Takes a stream of JSON objects apart that stand each on a line.
struct LineScanner: EventScanner {
  private let longestLine: Int
  private var line: [UInt8] = []

  /// Makes a scanner that refuses a line of more than so many bytes.
  init(longestLine: Int) {
    self.longestLine = longestLine
  }

  mutating func events(in bytes: [UInt8]) throws(ModelError) -> [SSEEvent] {
    var events: [SSEEvent] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == 0x0A {
      try add(bytes[start..<index])
      if let event = take() { events.append(event) }
      start = index + 1
    }
    try add(bytes[start...])
    return events
  }

  mutating func lastEvent() throws(ModelError) -> SSEEvent? { take() }

  private mutating func add(_ bytes: ArraySlice<UInt8>) throws(ModelError) {
    guard line.count + bytes.count <= longestLine else { throw .tooLong(bytes: longestLine) }
    line += bytes
  }

  /// The line so far, unless it is blank.
  private mutating func take() -> SSEEvent? {
    defer { line = [] }
    return line.contains { $0 != 0x20 && $0 != 0x0D } ? SSEEvent(name: "", data: line) : nil
  }
}
