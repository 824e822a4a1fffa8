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

  @Test func `an event needs a text or a scene`() async throws {
    let session = try Session(cast: [compileMara("")])
    await #expect(throws: SessionError.emptyEvent) { try await session.respond(to: Event(actor: "Rowan")) }
    #expect(await session.turn == 0)
  }
}
