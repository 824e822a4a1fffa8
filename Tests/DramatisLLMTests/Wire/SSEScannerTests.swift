import TestSupport
import Testing

@testable import DramatisLLM

/// Streams of events as services send them, in whatever pieces they arrive.
@Suite struct SSEScannerTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let events: [String]
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ events: [String]) {
      self.name = name
      bytes = Array(text.utf8)
      self.events = events
    }
  }

  static let samples = [
    Sample("one event", "data: a\n\n", ["|a"]),
    Sample("no space after the colon", "data:a\n\n", ["|a"]),
    Sample("only one space is dropped", "data:  a\n\n", ["| a"]),
    Sample("several in a chunk", "data: a\n\ndata: b\n\ndata: c\n\n", ["|a", "|b", "|c"]),
    Sample("CRLF", "event: x\r\ndata: a\r\n\r\ndata: b\r\n\r\n", ["x|a", "|b"]),
    Sample("CR", "event: x\rdata: a\r\rdata: b\r\r", ["x|a", "|b"]),
    Sample("mixed ends", "data: a\r\n\ndata: b\n\r\ndata: c\r\r\n", ["|a", "|b", "|c"]),
    Sample("comments", ":\n\n: ping\n\ndata: a\n:x\ndata: b\n\n", ["|a\nb"]),
    Sample("several data lines", "data: a\ndata: b\ndata\ndata:\n\n", ["|a\nb\n\n"]),
    Sample("an empty data line", "data\n\ndata:\n\n", ["|", "|"]),
    Sample("an event without data", "event: ping\n\ndata: a\n\n", ["|a"]),
    Sample("a byte order mark", "\u{FEFF}data: a\n\n\u{FEFF}data: b\n\n", ["|a"]),
    Sample("other fields", "id: 1\nretry: 5\nfoo\nDATA: x\ndata: a\n\n", ["|a"]),
    Sample("many bytes a character", "data: grüß 👋 日本\n\n", ["|grüß 👋 日本"]),
    Sample("no blank line at the end", "data: a\n\ndata: b", ["|a", "|b"]),
    Sample("a newline at the end", "data: a\n\ndata: b\n", ["|a", "|b"]),
    Sample("a colon in the data", "data: {\"a\":1}\n\n", ["|{\"a\":1}"]),
    Sample("nothing", "", []),
    Sample("only ends", "\n\r\n\r\r\n\n", []),
  ]

  private func events(_ pieces: [[UInt8]]) throws -> [String] {
    try SSEScanner.events(of: pieces).map(\.description)
  }

  @Test(arguments: samples)
  func `a stream has these events, wherever it is split`(sample: Sample) throws {
    #expect(try events([sample.bytes]) == sample.events)
    #expect(try events(sample.bytes.map { [$0] }) == sample.events)
    for first in 0...sample.bytes.count {
      for second in first...sample.bytes.count {
        let pieces = [
          sample.bytes[..<first], sample.bytes[first..<second], [], sample.bytes[second...],
        ].map { Array($0) }
        #expect(try events(pieces) == sample.events, "split at \(first) and \(second)")
      }
    }
  }

  @Test func `five thousand random streams give the same events in any pieces`() throws {
    var random = SeededGenerator(seed: 7)
    let tokens = [
      "data", ":", " ", "\n", "\r", "\r\n", "event", "x", "\n\n", "é", "\u{0}", "data: a\n\n", ": c\n",
    ]
    for _ in 0..<5000 {
      let bytes = (0..<Int.random(in: 0...12, using: &random)).flatMap { _ in
        Array((tokens.randomElement(using: &random) ?? "").utf8)
      }
      var pieces: [[UInt8]] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = Int.random(in: 1...5, using: &random)
        pieces.append(Array(rest.prefix(count)))
        rest = rest.dropFirst(count)
      }
      #expect(try events([bytes]) == events(pieces), "\(bytes)")
    }
  }

  @Test func `any bytes at all are taken without a crash`() throws {
    var random = SeededGenerator(seed: 11)
    var scanner = SSEScanner(longestEvent: 1 << 16)
    for _ in 0..<2000 {
      let bytes = (0..<100).map { _ in UInt8.random(in: 0...255, using: &random) }
      try scanner.scan(bytes.span) { _, data in
        let count = data.count
        #expect(count <= 1 << 16)
      }
    }
  }

  @Test(arguments: ["data: ", "x", ": ", "data: a\n"])
  func `an event that does not end is refused`(repeated: String) throws {
    var scanner = SSEScanner(longestEvent: 10_000)
    let piece = Array(String(repeating: repeated, count: 100).utf8)
    #expect(throws: TransportError.tooLong(bytes: 10_000)) {
      for _ in 0..<1000 { try scanner.scan(piece.span) { _, _ in } }
    }
  }
}
