import TestSupport
import Testing

@testable import Dramatis

@Suite struct ProgramMutationTests {
  @Test(arguments: 0..<8)
  func `a changed byte under a fitting hash is refused or runs`(seed: Int) async throws {
    let body = try compile(everything).body
    var random = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<80 {
      var changed = body
      let place = random.int(0...body.count - 1)
      let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(body[place])
      changed[place] = isDigit ? UInt8(random.int(48...57)) : UInt8(random.int(0...255))
      _ = try await loadsOrRefuses(changed)
    }
  }

  @Test(arguments: ["-1", "7", "99", "1e400", "9223372036854775807", "-9223372036854775808"])
  func `any other number under a fitting hash is refused or runs`(number: String) async throws {
    let body = try compile(everything).body
    for range in Self.numbers(of: body) {
      var changed = body
      changed.replaceSubrange(range, with: number.utf8)
      _ = try await loadsOrRefuses(changed)
    }
  }

  @Test(arguments: 0..<8)
  func `parts exchanged for others under a fitting hash are refused or run`(seed: Int) async throws {
    let body = try compile(everything).body
    let parts = Self.parts(of: body)
    var random = SeededGenerator(seed: UInt64(seed))
    var loaded = 0
    for _ in 0..<130 {
      var changed = body
      changed.replaceSubrange(random.pick(parts), with: body[random.pick(parts)])
      loaded += try await loadsOrRefuses(changed) ? 1 : 0
    }
    #expect(loaded > 5)
  }

  /// The end of a JSON list is repeated, emptied or shortened.
  @Test func `lists emptied and doubled under a fitting hash are refused or run`() async throws {
    let body = try compile(everything).body
    for range in Self.parts(of: body, opening: "[", closing: "]") {
      let inner = body[range].dropFirst().dropLast()
      for list in [[], Array(inner) + Array(",".utf8) + Array(inner)] {
        var changed = body
        changed.replaceSubrange(range, with: Array("[".utf8) + list + Array("]".utf8))
        _ = try await loadsOrRefuses(changed)
      }
    }
  }

  @Test(
    arguments: [16, 100, 120, 170, 250, 260, 5_000, 200_000],
    [
      (#"{"not":{"_0":"#, #"{"constant":{"_0":true}}"#, "}}"), (#"{"all":{"_0":["#, "", "]}}"),
      (
        #"{"holds":{"_0":{"negated":{"_0":"#, #"{"turn":{}}"#, "}}}}"
      ), ("[", "", "]"),
    ])
  func `deep nesting under a fitting hash is refused or runs`(
    depth: Int, parts: (open: String, inner: String, close: String)
  ) async throws {
    let nested =
      String(repeating: parts.open, count: depth) + parts.inner + String(repeating: parts.close, count: depth)
    _ = try await loadsOrRefuses(Self.body(relevance: nested))
  }

  @Test func `a condition over many machines under a fitting hash is refused or runs in bounded time`()
    async throws
  {
    let machines = (0..<24).map { index in
      "m\(index): { states: {a: A.}, transitions: [{from: any, to: other, when: 'ask(\"?\")'}] }"
    }
    let yaml = "machines: {\(machines.joined(separator: ", "))}\nbehavior: {t: [{when: true, then: [x]}]}\n"
    let text = String(decoding: try compileMara(yaml).body, as: UTF8.self)
    let list = (0..<24).map { #"{"machine":{"_0":\#($0)}}"# }.joined(separator: ",")
    let member = #""condition":{"isMember":{"_0":{"integer":{"_0":9}},"of":[\#(list)]}}"#
    let changed = text.replacing(#""condition":{"constant":{"_0":true}}"#, with: member)
    #expect(changed != text)
    #expect(throws: ProgramError.self) { try Program(file: Program.file(Array(changed.utf8))) }
  }

  static func body(relevance: String) throws -> [UInt8] {
    let text = String(decoding: try compileMara("relevant: turn == 12345\n").body, as: UTF8.self)
    let condition = #"{"compare":{"_0":{"turn":{}},"_1":"==","_2":{"integer":{"_0":12345}}}}"#
    let changed = text.replacing(condition, with: relevance)
    #expect(changed != text)
    return Array(changed.utf8)
  }

  private static func numbers(of body: [UInt8]) -> [Range<Int>] {
    let isDigit = body.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return body.indices.filter { isDigit[$0] && !isDigit[$0 - 1] && body[$0 - 1] != UInt8(ascii: "_") }
      .map { start in start..<(isDigit[start...].firstIndex(of: false) ?? body.count) }
  }

  private static func parts(
    of body: [UInt8], opening: Unicode.Scalar = "{", closing: Unicode.Scalar = "}"
  ) -> [Range<Int>] {
    var (starts, parts) = ([Int](), [Range<Int>]())
    for (place, byte) in body.enumerated() {
      if byte == UInt8(ascii: opening) { starts.append(place) }
      if byte == UInt8(ascii: closing), let start = starts.popLast() { parts.append(start..<(place + 1)) }
    }
    return parts
  }
}
