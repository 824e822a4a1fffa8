import Dramatis
import DramatisCompiler
import TestSupport
import Testing

/// How a story opens, as a session takes it.
@Suite struct OpeningTests {
  private static let body = """
    questions: { bell: { ask: Does a bell ring?, cues: [bell], over: scene } }
    machines:
      mood:
        states: { wary: "" }
        transitions: [{ from: any, to: wary, when: bell }]
    """

  @Test func `everyone hears it, nothing moves, and it is part of the scene`() async throws {
    let mara = try compileMara(Self.body)
    let session = try Session(cast: [mara])
    try await session.narrate(opening: "A bell rings.")
    #expect(await session.turn == 0)
    #expect(try await session.snapshot(of: "Mara") == mara.initialSnapshot())
    let turn = try await session.respond(to: Event(actor: "Rowan", text: "Good day."))
    #expect(turn.records[0].event?.scene.text == "A bell rings.\nRowan: Good day.")
    #expect(turn.records[0].after.states == [1])
  }

  @Test func `it is recorded, stays when everything is undone, and is there when a session goes on`()
    async throws
  {
    let session = try Session(cast: [compileMara(Self.body)])
    try await session.narrate(opening: "A bell rings.")
    _ = try await session.respond(to: Event(actor: "Rowan", text: "Good day."))
    _ = try await session.undo(1)
    let transcript = try Transcript(bytes: await session.transcript.bytes)
    #expect(transcript.path(to: transcript.head).count == 1)
    #expect(try transcript.differences().same == 1)
    let again = try Session(resuming: transcript)
    let turn = try await again.respond(to: Event(actor: "Rowan", text: "Well?"))
    #expect(turn.records[0].event?.scene.text == "A bell rings.\nRowan: Well?")
  }

  @Test func `an empty one is none`() async throws {
    let session = try Session(cast: [compileMara(Self.body)])
    try await session.narrate(opening: "")
    #expect(await session.transcript.entries.isEmpty)
  }
}
