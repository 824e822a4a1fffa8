/// Takes a stream of JSON objects apart that stand each on a line.
struct LineScanner: EventScanner {
  private let longestLine: Int
  /// What has come and is not all taken apart.
  private var bytes: ArraySlice<UInt8> = []
  /// The beginning of a line whose end has not come.
  private var begun: ArraySlice<UInt8> = []

  /// Makes a scanner that refuses a line of more than so many bytes.
  init(longestLine: Int) {
    self.longestLine = longestLine
  }

  mutating func add(_ more: [UInt8]) {
    if bytes.isEmpty { bytes = more[...] } else { bytes += more }
  }

  mutating func next() throws(ModelError) -> SSEEvent? {
    while let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
      let rest = bytes[end...].dropFirst()
      try begin(bytes[..<end])
      bytes = rest
      if let event = try lastEvent() { return event }
    }
    try begin(bytes)
    bytes = []
    return nil
  }

  /// The line that has begun, unless it is blank.
  mutating func lastEvent() throws(ModelError) -> SSEEvent? {
    defer { begun = [] }
    return begun.contains { $0 != 0x20 && $0 != 0x0D } ? SSEEvent(name: "", data: begun) : nil
  }

  private mutating func begin(_ line: ArraySlice<UInt8>) throws(ModelError) {
    guard begun.count + line.count <= longestLine else { throw .tooLong(bytes: longestLine) }
    if begun.isEmpty { begun = line } else { begun += line }
  }
}
