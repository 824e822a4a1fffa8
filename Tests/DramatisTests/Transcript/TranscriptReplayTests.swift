import DramatisCompiler
import Foundation
import TestSupport
import Testing

@testable import Dramatis

/// Transcripts of the conversations with the characters that we ship.
@Suite struct TranscriptReplayTests {
  @Test(arguments: ConversationTests.names)
  func `a replay from the bytes comes to the same turns, with no model`(name: String) async throws {
    let (session, turns) = try await Self.conversation(name)
    let transcript = try Transcript(bytes: await session.transcript.bytes)
    #expect(try transcript.differences().differences.isEmpty)
    let replayed = try transcript.turns(to: transcript.head)
    #expect(replayed.map(\.line) == turns.map(\.line))
    for (again, turn) in zip(replayed, turns) {
      #expect(again.records.map(\.after) == turn.records.map(\.after))
      #expect(again.records.map { $0.steps.map(\.step) } == turn.records.map { $0.steps.map(\.step) })
      #expect(again.records.map { $0.steps.map(\.replies) } == turn.records.map { $0.steps.map(\.replies) })
      #expect(again.records.map { $0.steps.map(\.scene) } == turn.records.map { $0.steps.map(\.scene) })
    }
  }

  @Test(arguments: ConversationTests.names)
  func `a save and a reload between all turns changes nothing`(name: String) async throws {
    let (whole, turns) = try await Self.conversation(name)
    let program = try Compilation(shipped: name).requiredProgram
    var session = try Session(cast: [program], seed: 7)
    _ = try await session.greet(as: program.character)
    for (event, turn) in zip(try ConversationTests.events(name), turns) {
      session = try Session(resuming: try Transcript(bytes: await session.transcript.bytes))
      let again = try await session.respond(to: event)
      #expect(again.line == turn.line)
      #expect(again.records.map(\.after) == turn.records.map(\.after))
    }
    #expect(await session.transcript.bytes == whole.transcript.bytes)
  }

  @Test func `a probability is replayed bit by bit`() async throws {
    let program = try compileMara(
      """
      machines:
        mood:
          probabilistic: belief
          states: { wary: "", warm: "" }
          transitions:
            - { from: any, to: wary, when: 'ask("Wary?")' }
            - { from: any, to: warm, when: 'ask("Warm?")' }
        walk: { probabilistic: sample, states: { a: "", b: "" }, transitions: [{ from: any, to: b, when: 'ask("B?")' }] }

      """)
    let session = try Session(cast: [program], seed: .max)
    for turn in 0..<20 {
      let answers: [String: Double] = [
        "Wary?": 0.1 + Double(turn) / 30, "Warm?": 1 / 3, "B?": 0.5 / Double(turn + 1),
      ]
      _ = try await session.respond(
        to: Event(text: "…"), given: answers.compactMapValues { Answer(probability: $0) })
    }
    let transcript = try Transcript(bytes: await session.transcript.bytes)
    #expect(try transcript.differences().differences == [])
    let resumed = try Session(resuming: transcript)
    #expect(try await resumed.snapshot(of: "Mara") == session.snapshot(of: "Mara"))
  }

  @Test func `a cast hears lines again as it heard them`() async throws {
    let mara = try compileMara("lines: [{ say: ['Who is {user}?'] }]\n")
    let rowan = try compile("dramatis: 1\ncharacter: Rowan\nlines: [{ say: [Me., You.] }]\n")
    let session = try Session(cast: [mara, rowan])
    _ = try await session.greet(as: "Mara")
    var turn = try await session.respond(to: Event(actor: "Ann", text: "Hello"))
    for _ in 0..<4 { turn = try await session.respond(to: try #require(turn.line)) }
    let transcript = try Transcript(bytes: await session.transcript.bytes)
    #expect(try transcript.differences().differences == [])
    let scenes = try transcript.turns(to: transcript.head).last?.records.map { $0.steps.map(\.scene.text) }
    #expect(scenes == turn.records.map { $0.steps.map(\.scene.text) })
    let resumed = try Session(resuming: transcript)
    let line = try #require(turn.line)
    let again = try await resumed.respond(to: line)
    #expect(again.line == (try await session.respond(to: line)).line)
  }

  @Test func `the first turn that comes to something else is told with what it was`() async throws {
    let body =
      "machines: { mood: { states: { wary: '', warm: '' }, transitions: [{ from: any, to: warm, when: 'true' }] } }\n"
    let session = try Session(cast: [try compileMara(body)])
    for text in ["a", "b"] { _ = try await session.respond(to: Event(text: text)) }
    let bytes = String(decoding: await session.transcript.bytes, as: UTF8.self)
    let forged = try Transcript(
      bytes: forge(bytes) { $0.replacing(#""states":{"mood":"warm"}"#, with: #""states":{"mood":"wary"}"#) })
    let (differences, same) = try forged.differences(to: forged.head)
    #expect(same == 0)
    #expect(differences.map(\.turn) == [1])
    #expect(differences.first.map { [$0.name, $0.recorded, $0.replayed] } == ["mood", "wary", "warm"])
  }
}

extension TranscriptReplayTests {
  /// A conversation as `dramatis chat` has it, and its turns.
  static func conversation(_ name: String) async throws -> (Session, [Turn]) {
    let program = try Compilation(shipped: name).requiredProgram
    let session = try Session(cast: [program], seed: 7)
    _ = try await session.greet(as: program.character)
    var turns: [Turn] = []
    for event in try ConversationTests.events(name) { turns.append(try await session.respond(to: event)) }
    return (session, turns)
  }
}

/// Changes the lines after the header and gives them new checksums.
func forge(_ text: String, _ change: (String) -> String) -> [UInt8] {
  let lines = text.split(separator: "\n").enumerated().map { index, line -> String in
    guard index > 0, let start = line.range(of: #""record":"#)?.upperBound else { return String(line) }
    let body = change(String(line[start...].dropLast()))
    return #"{"check":"\#(SHA256.hex(body.utf8).prefix(16))","record":\#(body)}"#
  }
  return Array((lines.joined(separator: "\n") + "\n").utf8)
}
