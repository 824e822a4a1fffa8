import Dramatis
import TestSupport
import Testing

@Suite struct CastRuleTests {
  private static func profile(_ name: String, line: String) -> String {
    """
    dramatis: 1
    character: \(name)
    questions: { asked: { ask: Asked?, cues: [ale] } }
    machines:
      heard: { states: { s: S. }, transitions: [{ from: any, to: s, when: asked }] }
      spoke: { states: { s: S. }, transitions: [{ from: any, to: s, when: asked, role: active }] }
    behavior:
      to Mara: { with: Mara, statements: [About Mara.] }
    lines: ["\(line)"]

    """
  }

  private func session(_ discriminator: (any Discriminator)? = nil) throws -> Session {
    try Session(
      cast: [
        compile(Self.profile("Mara", line: "More ale, Ina.")),
        compile(Self.profile("Ina", line: "Tea, Mara.")),
      ],
      discriminator: discriminator)
  }

  @Test(
    arguments: [
      (Event(actor: "Rowan", text: "…"), Session.Speaker.addressed, "Mara"),
      (Event(actor: "Rowan", text: "…", to: ["Ina"]), .addressed, "Ina"),
      (Event(actor: "Rowan", text: "Ina!", to: ["Bo"]), .addressed, "Ina"),
      (Event(actor: "Rowan", text: "…", to: ["Ina", "Mara"]), .addressed, "Mara"),
      (Event(actor: "Rowan", text: "Mara, Ina", to: ["Ina"]), .addressed, "Ina"),
      (Event(actor: "Rowan", text: "…"), .member("ina"), "Ina"),
      (Event(actor: "Rowan", text: "…"), .nobody, nil),
      (Event(actor: "Rowan", text: "…", to: ["Mara"]), .member("Ina"), nil),
      (Event(actor: "Rowan", text: "…", present: ["Ina"]), .addressed, "Ina"),
      (Event(actor: "Mara", text: "…"), .addressed, "Ina"),
      (Event(actor: "Rowan", text: "…", to: ["Bo"]), .addressed, nil),
    ] as [(Event, Session.Speaker, String?)])
  func `who is addressed speaks, else the first whom the event concerns`(
    event: Event, speaker: Session.Speaker, name: String?
  ) async throws {
    let turn = try await session().respond(to: event, speaker: speaker)
    #expect(turn.line?.character == name)
    #expect(turn.records.map { $0.line != nil } == turn.records.map { $0.program.character == name })
    #expect(turn.records.map(\.after.turn) == [1, 1])
  }

  @Test func `a line is stepped on once by who said it and once by who hears it`() async throws {
    let session = try session()
    let first = try await session.respond(to: Event(actor: "Rowan", text: "Mara?", to: ["Mara"]))
    let line = try #require(first.line)
    #expect(first.records.map(\.states) == [["unactivated", "s"], ["s", "unactivated"]])
    let second = try await session.respond(to: line)
    #expect(second.records[0].event == nil)
    #expect(second.records[0].before.states == second.records[0].after.states)
    #expect(second.records.map(\.states) == [["unactivated", "s"], ["s", "unactivated"]])
    #expect(second.records[1].statements == ["About Mara."])
    #expect(second.records[1].event?.scene.text == "Rowan: Mara?\nMara: More ale, Ina.")
    #expect(second.line?.character == "Ina")
    #expect(second.records.map(\.after.turn) == [2, 2])
    await #expect(throws: SessionError.staleLine) { try await session.respond(to: line) }
  }

  @Test func `a line that is not responded to is in everybody's next scene once`() async throws {
    let session = try session()
    _ = try await session.respond(to: Event(actor: "Rowan", text: "One."))
    let turn = try await session.respond(to: Event(actor: "Rowan", text: "Two."), speaker: .nobody)
    let scenes = turn.records.map { $0.event?.scene.text }
    #expect(scenes == Array(repeating: "Rowan: One.\nMara: More ale, Ina.\nRowan: Two.", count: 2))
  }

  @Test func `a line that a later turn has overtaken cannot be responded to`() async throws {
    let session = try session()
    let line = try #require(try await session.respond(to: Event(actor: "Mara", text: "Hm?")).line)
    _ = try await session.respond(to: Event(actor: "Rowan", text: "Two."), speaker: .nobody)
    await #expect(throws: SessionError.staleLine) { try await session.respond(to: line, speaker: .nobody) }
    #expect(await session.turn == 2)
  }

  @Test func `what one does not perceive is not in their scene`() async throws {
    let session = try session()
    _ = try await session.respond(to: Event(actor: "Rowan", text: "Secret.", present: ["Mara"]))
    let turn = try await session.respond(to: Event(actor: "Rowan", text: "Both."), speaker: .nobody)
    #expect(
      turn.records.map { $0.event?.scene.text } == [
        "Rowan: Secret.\nMara: More ale, Ina.\nRowan: Both.", "Rowan: Both.",
      ])
  }

  @Test func `a failing second member undoes the first`() async throws {
    let discriminator = RecordingDiscriminator(["asked": .yes], failingInRounds: [2])
    let session = try session(discriminator)
    let event = Event(actor: "Rowan", text: "…")
    await #expect(throws: TestFailure()) { try await session.respond(to: event) }
    #expect(try await session.snapshot(of: "Mara").states == [0, 0])
    #expect(try await session.snapshot(of: "Mara").turn == 0)
    let turn = try await session.respond(to: event, speaker: .nobody)
    #expect(turn.records.map(\.states) == [["s", "unactivated"], ["s", "unactivated"]])
    #expect(await discriminator.rounds.count == 3)
  }

  @Test func `two members of one name are refused`() throws {
    let program = try compileMara("aliases: [Ina]\n")
    for other in ["mara", "Ina"] {
      #expect(throws: SessionError.self) {
        try Session(cast: [program, compile(Self.profile(other, line: "x"))])
      }
    }
  }

  @Test func `an unknown speaker is refused before anything happens`() async throws {
    let session = try session()
    await #expect(throws: SessionError.noSuchCharacter("Bo")) {
      try await session.respond(to: Event(text: "…"), speaker: .member("Bo"))
    }
    #expect(await session.turn == 0)
  }

  /// SEMANTICS, Openness: a round holds what can still change something.
  @Test func `lines of a member who will not speak ask nothing`() async throws {
    let discriminator = RecordingDiscriminator()
    let body = "lines: [{ when: ask('Whose?'), say: [x] }]\n"
    let cast = [try compileMara(body), try compile("dramatis: 1\ncharacter: Ina\n" + body)]
    let session = try Session(cast: cast, discriminator: discriminator)
    _ = try await session.respond(to: Event(actor: "Rowan", text: "…"))
    let asked = await discriminator.rounds
    #expect(asked == [["Whose?"]])
  }
}
