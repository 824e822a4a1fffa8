import Testing

@testable import DramatisLLM

/// The scanner of events against a reading of the whole stream that is written without regard to pieces.
@Suite struct SSEReferenceTests {
  private struct Event: Equatable {
    var name = ""
    var data: [UInt8] = []
  }

  private static let tokens = [
    "data", "data:", "data: ", "event: x", "event", "id: 1", ":", " ", "\n", "\r", "\r\n", "\n\n", "a", "é",
    "\u{FEFF}", "\u{0}", "data: {\"a\":1}\n\n", ": ping\n",
  ].map { Array($0.utf8) }

  /// Cuts all lines first, then reads each for itself.
  private static func reference(_ stream: [UInt8]) -> [Event] {
    var text = stream.map { Unicode.Scalar($0) }
    if text.starts(with: ["\u{EF}", "\u{BB}", "\u{BF}"]) { text.removeFirst(3) }
    var lines: [[Unicode.Scalar]] = [[]]
    for (index, scalar) in text.enumerated() {
      if scalar == "\n", index > 0, text[index - 1] == "\r" { continue }
      if scalar == "\n" || scalar == "\r" { lines.append([]) } else { lines[lines.count - 1].append(scalar) }
    }
    // What the end of the stream leaves open is ended by it.
    lines.append([])
    return events(of: lines)
  }

  private static func events(of lines: [[Unicode.Scalar]]) -> [Event] {
    var events: [Event] = []
    var name = ""
    var data: [[Unicode.Scalar]] = []
    for line in lines {
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count < 2 ? [] : Array(parts[1].first == " " ? parts[1].dropFirst() : parts[1])
      switch String(String.UnicodeScalarView(parts.first ?? [])) {
      case "" where line.isEmpty:
        if !data.isEmpty {
          events.append(Event(name: name, data: bytes(Array(data.joined(separator: ["\n"])))))
        }
        (name, data) = ("", [])
      case "data": data.append(value)
      case "event": name = String(decoding: bytes(value), as: UTF8.self)
      default: break
      }
    }
    return events
  }

  private static func bytes(_ scalars: [Unicode.Scalar]) -> [UInt8] { scalars.map { UInt8($0.value) } }

  private static func scanned(_ pieces: [[UInt8]]) throws -> [Event] {
    var scanner = SSEScanner()
    var events: [SSEEvent] = []
    for piece in pieces {
      scanner.add(piece)
      while let event = try scanner.next() { events.append(event) }
    }
    if let last = try scanner.lastEvent() { events.append(last) }
    return events.map { Event(name: $0.name, data: Array($0.data)) }
  }

  @Test func `random streams are read like the reference, split at every byte`() throws {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<1500 {
      let stream = (0..<Int.random(in: 0...9, using: &random)).flatMap { _ in
        Self.tokens.randomElement(using: &random) ?? []
      }
      let expected = Self.reference(stream)
      for split in 0...stream.count {
        let pieces = [Array(stream[..<split]), Array(stream[split...])]
        #expect(try Self.scanned(pieces) == expected, "\(stream) split at \(split)")
      }
      #expect(try Self.scanned(stream.map { [$0] }) == expected, "\(stream) byte by byte")
    }
  }

  @Test func `random bytes are read like the reference`() throws {
    var random = SeededGenerator(seed: 6)
    let likely = Array("data: event\r\n:".utf8)
    for _ in 0..<2000 {
      let stream = (0..<Int.random(in: 0...60, using: &random)).map { _ in
        Bool.random(using: &random)
          ? likely.randomElement(using: &random) ?? 0 : UInt8.random(in: 0...255, using: &random)
      }
      let split = Int.random(in: 0...stream.count, using: &random)
      let pieces = [Array(stream[..<split]), Array(stream[split...])]
      #expect(try Self.scanned(pieces) == Self.reference(stream), "\(stream) split at \(split)")
    }
  }

  @Test func `what is added before the last piece was read follows it`() throws {
    var scanner = SSEScanner()
    for byte in "event: e\r\ndata: a\r\n\r\ndata: b\n\n".utf8 { scanner.add([byte]) }
    let first = try scanner.next()
    scanner.add(Array("data: c\n\n".utf8))
    let others = [try scanner.next(), try scanner.next(), try scanner.next()]
    #expect(
      ([first] + others).map { $0.map { "\($0.name)|\(String(decoding: $0.data, as: UTF8.self))" } }
        == ["e|a", "|b", "|c", nil])
  }

  @Test func `lines of objects are the same wherever they are split`() throws {
    let stream = Array("{\"a\":1}\n\r\n  \n{\"b\":\"é\"}\r\n{}".utf8)
    for split in 0...stream.count {
      var scanner = LineScanner(longestLine: 20)
      var lines: [String] = []
      for piece in [stream[..<split], stream[split...]] {
        scanner.add(Array(piece))
        while let event = try scanner.next() { lines.append(String(decoding: event.data, as: UTF8.self)) }
      }
      if let last = try scanner.lastEvent() { lines.append(String(decoding: last.data, as: UTF8.self)) }
      #expect(lines == ["{\"a\":1}", "{\"b\":\"é\"}\r", "{}"])
    }
  }
}
