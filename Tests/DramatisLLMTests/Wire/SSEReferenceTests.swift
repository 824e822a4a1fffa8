import TestSupport
import Testing

@testable import DramatisLLM

/// The scanner of events against a reading of the whole stream that is written without regard to pieces.
@Suite struct SSEReferenceTests {
  private static let tokens = [
    "data", "data:", "data: ", "event: x", "event", "id: 1", ":", " ", "\n", "\r", "\r\n", "\n\n", "a", "é",
    "\u{FEFF}", "\u{0}", "data: {\"a\":1}\n\n", ": ping\n",
  ].map { Array($0.utf8) }

  /// Cuts all lines first, then reads each for itself.
  private static func reference(_ stream: [UInt8]) -> [KeptEvent] {
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

  private static func events(of lines: [[Unicode.Scalar]]) -> [KeptEvent] {
    var events: [KeptEvent] = []
    var name = ""
    var data: [[Unicode.Scalar]] = []
    for line in lines {
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count < 2 ? [] : Array(parts[1].first == " " ? parts[1].dropFirst() : parts[1])
      switch String(String.UnicodeScalarView(parts.first ?? [])) {
      case "" where line.isEmpty:
        if !data.isEmpty {
          events.append(KeptEvent(name: name, data: bytes(Array(data.joined(separator: ["\n"])))))
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

  @Test func `random streams are read like the reference, split at every byte`() throws {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<1500 {
      let stream = (0..<Int.random(in: 0...9, using: &random)).flatMap { _ in
        Self.tokens.randomElement(using: &random) ?? []
      }
      let expected = Self.reference(stream)
      for split in 0...stream.count {
        let pieces = [Array(stream[..<split]), Array(stream[split...])]
        #expect(try SSEScanner.events(of: pieces) == expected, "\(stream) split at \(split)")
      }
      #expect(try SSEScanner.events(of: stream.map { [$0] }) == expected, "\(stream) byte by byte")
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
      #expect(try SSEScanner.events(of: pieces) == Self.reference(stream), "\(stream) split at \(split)")
    }
  }

  @Test func `lines of objects are the same wherever they are split`() throws {
    let stream = Array("{\"a\":1}\n\r\n  \n{\"b\":\"é\"}\r\n{}".utf8)
    for split in 0...stream.count {
      let pieces = [Array(stream[..<split]), Array(stream[split...])]
      let lines = try LineScanner.lines(of: pieces, longest: 20).map(\.description)
      #expect(lines == ["|{\"a\":1}", "|{\"b\":\"é\"}", "|{}"])
    }
  }
}
