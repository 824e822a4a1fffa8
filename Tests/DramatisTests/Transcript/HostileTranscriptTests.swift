import Foundation
import TestSupport
import Testing

@testable import Dramatis

/// Transcripts whose checksums fit and whose content was made up.
@Suite struct HostileTranscriptTests {
  private static let body = """
    variables: { count: { initial: 0, min: 0, max: 9 } }
    machines:
      mood: { states: { wary: "" }, transitions: [{ from: any, to: wary, when: 'ask("Bad?")', set: { count: count + 1 } }] }
      belief: { probabilistic: belief, states: { calm: "" }, transitions: [{ from: any, to: calm, when: 'ask("Calm?")' }] }
    lines: [One., Two.]

    """

  private func text() async throws -> String {
    let session = try Session(cast: [try compileMara(Self.body)])
    _ = try await session.respond(to: Event(text: "a"), given: ["Bad?": .yes])
    try await session.set(["count": .number(3)], of: "Mara")
    _ = try await session.respond(to: Event(text: "b"), given: ["Calm?": .no])
    _ = try await session.retry()
    try await session.createBranch("other", at: 1)
    return String(decoding: await session.transcript.bytes, as: UTF8.self)
  }

  /// Opens it as every command does; whether it can be used is not asked.
  private func use(_ bytes: [UInt8]) async throws {
    let transcript = try Transcript(bytes: bytes)
    for entry in transcript.entries.map(\.id) { _ = try? transcript.turns(to: entry) }
    _ = try? transcript.differences()
    let session = try Session(resuming: transcript)
    _ = try await session.respond(to: Event(text: "c"))
    _ = try await session.retry()
    _ = try await session.undo(99)
  }

  @Test func `numbers and names that mean nothing are refused or ignored, and nothing crashes`() async throws
  {
    let text = try await text()
    let replacements: [(String, [String])] = [
      (#""id":"#, [#""id":-"#, #""id":9"#, #""id":99999999999"#]),
      (#""parent":"#, [#""parent":-1"#, #""parent":9"#]),
      (#""number":1"#, [#""number":0"#, #""number":9223372036854775807"#, #""number":-5"#]),
      (#""turn":1"#, [#""turn":9223372036854775807"#, #""turn":-1"#]),
      (#""mood":"wary""#, [#""mood":"gone""#, #""gone":"wary""#]),
      (#""character":"Mara""#, [#""character":"Nobody""#]),
      (#""count":1"#, [#""count":99"#, #""count":"x""#, #""count":null"#]),
      (#""question":"Bad?""#, [#""question":"Never asked""#]),
      (#""attempt":1"#, [#""attempt":9223372036854775807"#]),
      (#""authored":"#, [#""authored":-"#, #""authored":999"#]),
      (#""to":1"#, [#""to":-1"#, #""to":77"#]),
      (#""branch":"other""#, [#""branch":"../x""#, #""branch":"""#]),
      (#""version":1"#, [#""version":7"#]),
      (#""calm":"#, [#""calm":-"#, #""calm":1e308,"x":"#]),
    ]
    var opened = 0
    for (old, news) in replacements {
      #expect(text.contains(old), "\(old)")
      for new in news {
        let bytes = forge(text) { $0.replacing(old, with: new) }
        if (try? await use(bytes)) != nil { opened += 1 }
      }
    }
    #expect(opened > 0, "some of it is harmless")
  }

  @Test func `random damage under a fitting checksum never crashes`() async throws {
    let text = try await text()
    var random = SeededGenerator(seed: 5)
    let pieces = ["0", "9", "-", "\"\"", "null", "true", "[]", "{}", "x", ",", "1e400", "\\u0000"]
    for _ in 0..<300 {
      let bytes = forge(text) { line in
        guard random.once(in: 3), let place = line.indices.randomElement(using: &random) else { return line }
        return line[..<place] + random.pick(pieces) + line[line.index(after: place)...]
      }
      try? await use(bytes)
    }
  }
}
