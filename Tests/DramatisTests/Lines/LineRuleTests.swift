import Dramatis
import TestSupport
import Testing

@Suite struct LineRuleTests {
  private static let profile = """
    variables: { said: { initial: 0, min: 0, max: 9 } }
    machines:
      mood:
        states: { wary: Wary., warm: Warm. }
        transitions:
          - { from: unactivated, to: wary, when: ask("Accused?") }
          - { from: wary, to: warm, when: ask("Did she smile?") and turn == 1, role: active, set: { said: said + 1 } }
    behavior: { t: [{ when: ask("Late?"), then: [It is late.] }] }

    """

  @Test func `the line is stepped once, as an active event of the same turn`() async throws {
    let discriminator = RecordingDiscriminator(["Accused?": .yes, "Did she smile?": .yes])
    let performer = FixedPerformer("She smiles.")
    let session = try Session(
      cast: [compileMara(Self.profile)], discriminator: discriminator, performer: performer)
    let record = try await session.record(of: Event(actor: "Rowan", text: "You!"), speaker: .addressed)
    #expect(record.states == ["warm"])
    #expect(record.after.turn == 1)
    #expect(record.after.variables == [1])
    #expect(record.event?.step.snapshot.variables == [0])
    #expect(record.line?.step.grounding.role == .active)
    #expect(record.line?.step.grounding.statements == [])
    #expect(await discriminator.rounds == [["Accused?", "Late?"], ["Did she smile?"]])
    #expect(await discriminator.scenes.last?.text == "Rowan: You!\nMara: She smiles.")
    #expect(await discriminator.scenes.last?.newest == "She smiles.")
    #expect(await performer.requests.count == 1)
    #expect(try await session.snapshot(of: "Mara") == record.after)
  }

  @Test func `a line that nothing watches for asks nothing`() async throws {
    let discriminator = RecordingDiscriminator()
    let session = try Session(
      cast: [compileMara(Self.profile)], discriminator: discriminator, performer: FixedPerformer("Hm."))
    _ = try await session.record(of: Event(text: "…"), speaker: .addressed)
    #expect(await discriminator.rounds == [["Accused?", "Late?"]])
  }

  @Test func `an answer given about the event says nothing about the line`() async throws {
    let profile = """
      variables: { count: { initial: 0, min: 0, max: 9 } }
      machines:
        m: { states: {}, transitions: [{ from: any, to: other, when: ask("?"), role: any, set: { count: count + 1 } }] }
      """
    let session = try Session(cast: [compileMara(profile)], performer: FixedPerformer("Hm."))
    let record = try await session.record(of: Event(text: "…"), given: ["?": .yes], speaker: .addressed)
    #expect(record.after.variables == [1])
  }

  @Test func `a given answer that the event leaves unused holds for the line`() async throws {
    let profile = """
      machines:
        m: { states: { s: "" }, transitions: [{ from: any, to: s, when: ask("?"), role: active }] }
      """
    let session = try Session(cast: [compileMara(profile)], performer: FixedPerformer("Hm."))
    let record = try await session.record(of: Event(text: "…"), given: ["?": .yes], speaker: .addressed)
    #expect(record.states == ["s"])
    #expect(record.event?.replies.isEmpty == true)
    #expect(record.line?.replies[0]?.source == "given")
  }

  @Test func `nobody speaks in answer to an active event, or when told not to`() async throws {
    for (event, speaker) in [
      (Event(actor: "Mara", text: "…"), Session.Speaker.addressed), (Event(text: "…"), .nobody),
      (Event(actor: "Mara", text: "…"), .member("Mara")),
    ] {
      let performer = FixedPerformer("Hm.")
      let session = try Session(cast: [compileMara(Self.profile)], performer: performer)
      let turn = try await session.respond(to: event, speaker: speaker)
      #expect(turn.line == nil)
      #expect(turn.records[0].line == nil)
      #expect(await performer.requests.isEmpty)
    }
  }
}
