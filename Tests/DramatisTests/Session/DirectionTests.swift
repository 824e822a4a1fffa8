import DramatisCompiler
import TestSupport
import Testing

@testable import Dramatis

/// Where a line is to go, and how long things stand as they do.
@Suite struct DirectionTests {
  private static let profile = """
    questions:
      asked: { ask: Does anyone ask for the key?, cues: [key] }
      thanked: { ask: Does anyone thank Mara?, cues: [thank*] }
    machines:
      mood:
        states: { warm: Mara smiles., cool: Mara nods. }
        transitions:
          - { from: any, to: warm, when: thanked }
          - { from: warm, to: cool, when: asked, role: active }
    commitments:
      chest: { foreshadow: A chest stands locked., trigger: asked, payoff: The chest opens. }

    """

  private func session(_ performer: FixedPerformer) throws -> Session {
    try Session(cast: [compileMara(Self.profile)], performer: performer)
  }

  private func event(_ text: String = "…", _ direction: Direction? = nil) -> Event {
    Event(actor: "Rowan", text: text, direction: direction)
  }

  @Test func `a wish holds for one line, or until it is taken back, and moves nothing`() async throws {
    let performer = FixedPerformer("Hm.")
    let session = try session(performer)
    let wishes: [Direction?] = [
      Direction("once"), nil, Direction("always", lasts: true), nil, Direction("and once"), Direction(""),
      nil,
    ]
    for wish in wishes { _ = try await session.respond(to: event("…", wish)) }
    let told = await performer.requests.map { $0.situation.directions.map(\.text) }
    #expect(told == [["once"], [], ["always"], ["always"], ["always", "and once"], [], []])
    let states = try await session.snapshot(of: "Mara").states
    #expect(states == [0])
  }

  @Test func `a wish that lasts is there again after resuming, and gone with the turn that is undone`()
    async throws
  {
    let performer = FixedPerformer("Hm.")
    let session = try session(performer)
    _ = try await session.respond(to: event("…", Direction("be brief", lasts: true)))
    let resumed = try Session(
      resuming: try Transcript(bytes: await session.transcript.bytes), performer: performer)
    _ = try await resumed.respond(to: event())
    #expect(await performer.requests.last?.situation.directions == [Direction("be brief", lasts: true)])
    _ = try await resumed.undo(2)
    _ = try await resumed.respond(to: event())
    #expect(await performer.requests.last?.situation.directions == [])
  }

  @Test(arguments: [
    (#""go on""#, Direction("go on")), (#"{"text":"go on","lasting":true}"#, Direction("go on", lasts: true)),
    (#""""#, Direction("")),
  ])
  func `an event carries a direction as a text or an object`(json: String, direction: Direction) throws {
    let line = try EventLine(json: #"{"text":"…","direction":\#(json)}"#)
    #expect(line.event.direction == direction && line.unknownKeys.isEmpty)
  }

  @Test(arguments: [#"{"text":"…","direction":3}"#, #"{"text":"…","direction":{"lasting":true}}"#])
  func `a direction of another type is refused`(json: String) {
    #expect(throws: ExchangeError.self) { try EventLine(json: json) }
  }

  @Test(arguments: [(nil, 3), (0, 1), (5, 5)])
  func `the director speaks after so many turns in which nothing fell due`(stall: Int?, first: Int)
    async throws
  {
    let profile = Self.profile.replacing(
      "foreshadow: A chest stands locked.", with: "foreshadow: { text: A chest stands locked., cues: [hm] }")
    let session = try Session(cast: [compileMara(profile)], performer: FixedPerformer("Hm."))
    await session.direct(by: Director(stall: stall))
    var directed: [Int] = []
    for turn in 1...7 where try await !session.respond(to: event()).directions.isEmpty {
      directed.append(turn)
    }
    // In the first turn the foreshadow has not been seen.
    #expect(directed.first == max(first, 2))
    let last = try #require(await session.lastTurn?.directions.first)
    #expect(
      last.text == "Does anyone ask for the key?" && last.commitment == "chest" && last.origin == .director)
  }

  @Test func `while something is due, and when all is paid, the director is silent`() async throws {
    let session = try Session(
      cast: [compileMara(Self.profile)],
      discriminator: DiscriminatorStack([
        ScriptedDiscriminator(["commitments.chest.planted": .yes]),
        CueDiscriminator(for: [compileMara(Self.profile)]),
      ]), performer: FixedPerformer("Hm."))
    await session.direct(by: Director(stall: 0))
    _ = try await session.respond(to: event("The key!"))
    for _ in 0..<4 {
      let turn = try await session.respond(to: event())
      #expect(turn.directions.isEmpty && turn.records[0].event?.step.grounding.due == [0])
    }
  }

  @Test func `a state is new until the character has spoken of it, and then has a date`() async throws {
    let performer = FixedPerformer("Hm.")
    let session = try session(performer)
    for text in ["…", "Thank you.", "…", "…"] { _ = try await session.respond(to: event(text)) }
    let standings = await performer.requests.compactMap(\.situation.standings.first)
    #expect(standings.map(\.isNew) == [false, true, false, false])
    #expect(standings.map(\.since) == [0, 2, 2, 2])
    #expect(standings[1].before == 0 && standings[1].reasons == [1])
  }

  @Test func `what was done on the line itself is new in the next turn`() async throws {
    let performer = FixedPerformer("Here is the key.")
    let session = try session(performer)
    for text in ["Thank you.", "…", "…"] { _ = try await session.respond(to: event(text)) }
    let standings = await performer.requests.compactMap(\.situation.standings.first)
    #expect(standings.map(\.state) == [1, 2, 2] && standings.map(\.isNew) == [true, true, false])
  }
}
