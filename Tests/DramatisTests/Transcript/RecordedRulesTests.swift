import Foundation
import TestSupport
import Testing

@testable import Dramatis

/// By which rules of a turn a transcript was recorded, and what becomes of older and newer ones.
@Suite struct RecordedRulesTests {
  /// Two members, a belief, a draw, a role of `any`, a question over the scene, a retry, an undo and a value set by
  /// hand, recorded by version 0.1.0.
  static func recorded() throws -> [UInt8] {
    try Repository.bytes("Tests/DramatisTests/Transcript/Recorded/rules-1.jsonl")
  }

  @Test func `a record of version 0.1.0 comes to the same by its own rules`() throws {
    let transcript = try Transcript(bytes: try Self.recorded())
    #expect(transcript.header.rules == .first)
    let (differences, same) = try transcript.differences()
    #expect(differences == [])
    #expect(same == transcript.turnCount)
    #expect(same == 8)
  }

  @Test func `a record of version 0.1.0 is written again as it was`() throws {
    let bytes = try Self.recorded()
    #expect(try Transcript(bytes: bytes).bytes == bytes)
  }

  @Test func `a session goes on by the rules of its record`() async throws {
    let session = try Session(resuming: try Transcript(bytes: try Self.recorded()))
    #expect(await session.rules == .first)
    _ = try await session.respond(to: Event(actor: "Ann", text: "It rains."))
    #expect(try await session.transcript.differences().differences == [])
    let again = try Session(resuming: try Transcript(bytes: await session.transcript.bytes))
    #expect(await again.rules == .first)
  }

  @Test func `a new session says by which rules it goes`() async throws {
    let session = try Session(cast: [try compileMara("lines: [Hm.]\n")])
    _ = try await session.respond(to: Event(text: "…"))
    #expect(await session.rules == .current)
    let bytes = await session.transcript.bytes
    #expect(String(decoding: bytes, as: UTF8.self).contains(#""rules":\#(Rules.current.rawValue)"#))
    #expect(try Transcript(bytes: bytes).header.rules == .current)
  }

  @Test(arguments: [0, -1, 3, 99]) func `rules that nobody knows are named`(rules: Int) async throws {
    let session = try Session(cast: [try compileMara("lines: [Hm.]\n")])
    let text = String(decoding: await session.transcript.bytes, as: UTF8.self)
    let bytes = Self.forgeHeader(text) {
      $0.replacing(#""rules":\#(Rules.current.rawValue)"#, with: #""rules":\#(rules)"#)
    }
    #expect(throws: TranscriptError.unsupportedRules(rules)) { try Transcript(bytes: bytes) }
    let message = TranscriptError.unsupportedRules(rules).description
    #expect(message.contains("rules \(rules)"))
    #expect(message.contains("up to \(Rules.current.rawValue)"))
  }

  /// Changes the first line and gives it a new checksum.
  private static func forgeHeader(_ text: String, _ change: (String) -> String) -> [UInt8] {
    var lines = text.split(separator: "\n").map(String.init)
    if let start = lines[0].range(of: #""record":"#)?.upperBound {
      let body = change(String(lines[0][start...].dropLast()))
      lines[0] = #"{"check":"\#(SHA256.hex(body.utf8).prefix(16))","record":\#(body)}"#
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }
}
