import Dramatis
import TestSupport
import Testing

@Suite struct EventRuleTests {
  static let mara = """
    aliases: [the innkeeper]
    machines:
      mood: { states: { wary: Wary. }, transitions: [{ from: any, to: wary, when: true, role: any }] }
    behavior: { personality: [She asks.] }
    lines: [Well.]

    """

  @Test(
    arguments: [
      (Event(actor: "Mara", text: "…"), .active), (Event(actor: "MARA", text: "…", to: ["Rowan"]), .active),
      (Event(actor: "The Innkeeper", text: "…", present: []), .active), (Event(text: "…"), .passive),
      (Event(actor: "Rowan", text: "…"), .passive),
      (Event(actor: "Rowan", text: "…", to: ["Mara"]), .passive),
      (Event(actor: "Rowan", text: "…", to: ["Ina", "mara"]), .passive),
      (Event(actor: "Rowan", text: "…", to: ["the innkeeper"]), .passive),
      (Event(actor: "Rowan", text: "…", to: ["Ina"]), nil), (Event(actor: "Rowan", text: "…", to: []), nil),
      (Event(actor: "Rowan", text: "Is mara here?", to: ["Ina"]), .passive),
      (Event(actor: "Rowan", text: "Ask the innkeeper.", to: ["Ina"]), .passive),
      (Event(actor: "Rowan", text: "Tamara knows.", to: ["Ina"]), nil),
      (Event(actor: "Rowan", text: "…", present: ["Mara"]), .passive),
      (Event(actor: "Rowan", text: "Mara!", present: ["Ina"]), nil),
      (Event(actor: "Rowan", text: "…", to: ["Mara"], present: ["Ina"]), .passive),
      (Event(to: ["Ina"], scene: "Ina: I saw Mara."), .passive), (Event(scene: "…"), .passive),
    ] as [(Event, Role?)])
  func `an event is relevant if the character acts, is addressed or is mentioned`(
    event: Event, role: Role?
  ) async throws {
    let session = try Session(cast: [compileMara(Self.mara)])
    let record = try await session.record(of: event, speaker: .addressed)
    #expect(record.role == role)
    #expect(record.states == [role == nil ? "unactivated" : "wary"])
    #expect(record.statements == (role == .passive ? ["She asks."] : []))
    #expect((record.line != nil) == (role == .passive))
    #expect(record.after.turn == 1)
  }

  @Test func `an event that is not relevant asks nothing and enters the scene`() async throws {
    let discriminator = RecordingDiscriminator()
    let program = try compileMara("behavior: { t: [{ when: ask('Late?'), then: [x] }] }\n")
    let session = try Session(cast: [program], discriminator: discriminator)
    _ = try await session.record(of: Event(actor: "Rowan", text: "Psst.", to: ["Ina"]))
    #expect(await discriminator.rounds == [])
    let record = try await session.record(of: Event(actor: "Ina", text: "Well?"))
    #expect(record.after.turn == 2)
    #expect(await discriminator.scenes.map(\.text) == ["Rowan: Psst.\nIna: Well?"])
  }

  @Test(arguments: [(Answer.yes, Role.passive), (.no, nil), (.unknown, nil)] as [(Answer, Role?)])
  func `a profile's own relevance replaces the local rule and is asked first`(
    answer: Answer, role: Role?
  ) async throws {
    let discriminator = RecordingDiscriminator(["Near?": answer])
    let program = try compileMara(
      "relevant: ask('Near?')\nbehavior: { t: [{ when: ask('Late?'), then: [x] }] }\n")
    let session = try Session(cast: [program], discriminator: discriminator)
    let record = try await session.record(of: Event(actor: "Rowan", text: "…", to: ["Ina"]))
    #expect(record.role == role)
    #expect(await discriminator.rounds == (role == nil ? [["Near?"]] : [["Near?"], ["Late?"]]))
    let own = try await session.record(of: Event(actor: "Mara", text: "…"))
    #expect(own.role == .active)
  }

  @Test func `an event needs a text, a scene or a kind`() async throws {
    let session = try Session(cast: [compileMara("")])
    await #expect(throws: SessionError.emptyEvent) { try await session.respond(to: Event(actor: "Rowan")) }
    #expect(await session.turn == 0)
  }

  @Test func `a tick has no text: it moves machines, enters no scene and comes back from a record`()
    async throws
  {
    let program = try compileMara(
      """
      variables: { day: { initial: 0, min: 0, max: 9 } }
      machines:
        clock:
          states: { on: Ticks. }
          transitions: [{ from: any, to: on, when: event.kind == 'tick', set: { day: day + 1 } }]
      behavior: { t: [{ when: ask('Late?'), then: [x] }] }

      """)
    let discriminator = RecordingDiscriminator()
    let session = try Session(cast: [program], discriminator: discriminator)
    _ = try await session.record(of: Event(actor: "Rowan", text: "Evening."))
    for day in 1...2 {
      #expect(try await session.record(of: Event(kind: "tick")).after.variables == [day])
    }
    _ = try await session.record(of: Event(actor: "Rowan", text: "Night."))
    #expect(
      await discriminator.scenes.map(\.text) == [
        "Rowan: Evening.", "Rowan: Evening.", "Rowan: Evening.", "Rowan: Evening.\nRowan: Night.",
      ])
    let transcript = try Transcript(bytes: await session.transcript.bytes)
    #expect(try transcript.differences().differences == [])
    #expect(
      TranscriptExport(transcript).utterances.map(\.text) == ["Evening.", "(tick)", "(tick)", "Night."])
  }

  @Test(
    arguments: [
      Datum.number(.nan), .number(.infinity), .number(-.infinity), .list([.number(1), .number(.nan)]),
      .object(["deep": .list([.number(.infinity)])]),
    ])
  func `a number in the data that is infinite or none is refused, and nothing moves`(datum: Datum)
    async throws
  {
    let session = try Session(cast: [compileMara(Self.mara)])
    await #expect(throws: SessionError.notFinite("n")) {
      try await session.respond(to: Event(text: "…", data: ["a": .number(1), "n": datum]))
    }
    #expect(await session.turn == 0)
    #expect(await session.transcript.turnCount == 0)
  }

  @Test func `a text or a scene has its limit, and so has a line`() async throws {
    let limit = Event.maximumTextBytes
    let (most, more) = (
      String(repeating: "é", count: limit / 2), String(repeating: "é", count: limit / 2) + "x"
    )
    let session = try Session(cast: [compileMara(Self.mara)], performer: FixedPerformer(more))
    for event in [Event(text: more), Event(text: "…", scene: more)] {
      await #expect(throws: SessionError.textTooLong(limit: limit)) {
        try await session.respond(to: event, speaker: .nobody)
      }
    }
    await #expect(throws: SessionError.textTooLong(limit: limit)) {
      try await session.respond(to: Event(text: "…"))
    }
    #expect(await session.turn == 0)
    _ = try await session.respond(to: Event(text: most), speaker: .nobody)
    #expect(await session.turn == 1)
  }
}
