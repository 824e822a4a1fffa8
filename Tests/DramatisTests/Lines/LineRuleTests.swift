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

@Suite struct ChanceRuleTests {
  private static let profile = """
    variables: { heads: { initial: 0, min: 0, max: 1000 }, both: { initial: 0, min: 0, max: 1000 } }
    machines:
      coin:
        states: {}
        transitions:
          - { from: any, to: other, when: chance(0.25) and ask("A?"), set: { heads: heads + 1 } }
      copy:
        states: {}
        transitions:
          - { from: any, to: other, when: chance(0.25), set: { both: both + 1 } }
    behavior:
      t: [{ when: chance(0.5), then: [Heads., { when: ask("B?"), then: [{ when: chance(0.5), then: [Deep.] }] }] }]
    lines: [One., Two., Three.]

    """

  /// What was drawn in each turn: fired machines and statements.
  private func drawn(
    seed: UInt64, given: [String: Answer], speaker: Session.Speaker = .nobody
  ) async throws -> [[String]] {
    let session = try Session(cast: [compileMara(Self.profile)], seed: seed)
    var drawn: [[String]] = []
    for number in 1...60 {
      let record = try await session.record(of: Event(text: "\(number)"), given: given, speaker: speaker)
      drawn.append(
        (record.event?.step.grounding.fired.map { "\($0.machine)" } ?? []) + record.statements)
    }
    return drawn
  }

  @Test func `a draw depends on seed, turn and place alone`() async throws {
    let yes = try await drawn(seed: 1, given: ["A?": .yes, "B?": .yes])
    #expect(yes == (try await drawn(seed: 1, given: ["A?": .yes, "B?": .yes], speaker: .addressed)))
    #expect(yes != (try await drawn(seed: 2, given: ["A?": .yes, "B?": .yes])))
    let no = try await drawn(seed: 1, given: ["A?": .no, "B?": .no])
    #expect(no == yes.map { $0.filter { $0 != "0" && $0 != "Deep." } })
    #expect(Set(yes).count > 5)
    let fired = yes.joined().filter { $0 == "1" }.count
    #expect((5...28).contains(fired))
  }

  @Test func `a failed turn draws the same when it is tried again`() async throws {
    let program = try compileMara(Self.profile)
    let expected = try await Session(cast: [program], seed: 3).record(
      of: Event(text: "1"), speaker: .addressed)
    let session = try Session(cast: [program], seed: 3, performer: FixedPerformer("One.", failures: 3))
    for _ in 0..<3 {
      await #expect(throws: TestFailure()) { try await session.respond(to: Event(text: "1")) }
    }
    #expect(try await session.record(of: Event(text: "1"), speaker: .addressed).after == expected.after)
  }

  @Test(arguments: [(0.0, 0), (1.0, 50)])
  func `a chance of nothing never comes and a certain one always`(chance: Double, count: Int) async throws {
    let session = try Session(cast: [
      compileMara("behavior: { t: [{ when: chance(\(chance)), then: [x] }] }\n")
    ])
    var statements = 0
    for _ in 0..<50 { statements += try await session.record(of: Event(text: "…")).statements.count }
    #expect(statements == count)
  }
}
