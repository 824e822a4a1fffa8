import Dramatis
import TestSupport
import Testing

@Suite struct FailureRuleTests {
  private static let profile = """
    machines:
      mood:
        states: { wary: Wary. }
        transitions:
          - { from: any, to: wary, when: ask("A?") }
          - { from: wary, to: other, when: ask("L?"), role: active }
    behavior: { t: [{ when: ask("B?"), then: [{ when: ask("C?"), then: [Deep.] }] }] }

    """
  private static let answers: [String: Answer] = ["A?": .yes, "B?": .yes, "C?": .yes, "L?": .yes]
  private static let event = Event(actor: "Rowan", text: "…")

  /// Rounds in which the discriminator fails, how often the performer does, and what is asked in the end.
  @Test(
    arguments: [
      ([1], 0, [["A?", "B?"], ["A?", "B?"], ["C?"], ["L?"]]),
      ([2], 0, [["A?", "B?"], ["C?"], ["C?"], ["L?"]]),
      ([2, 3], 0, [["A?", "B?"], ["C?"], ["C?"], ["C?"], ["L?"]]),
      ([3], 0, [["A?", "B?"], ["C?"], ["L?"], ["L?"]]),
      ([], 2, [["A?", "B?"], ["C?"], ["L?"]]),
      ([2, 4], 1, [["A?", "B?"], ["C?"], ["C?"], ["L?"], ["L?"]]),
    ] as [(Set<Int>, Int, [[String]])])
  func `a turn that fails leaves everything as it was and asks no answered question again`(
    rounds: Set<Int>, performances: Int, asked: [[String]]
  ) async throws {
    let discriminator = RecordingDiscriminator(Self.answers, failingInRounds: rounds)
    let session = try Session(
      cast: [compileMara(Self.profile)], discriminator: discriminator,
      performer: FixedPerformer("Hm.", failures: performances))
    let before = try await session.snapshot(of: "Mara")
    for _ in 0..<(rounds.count + performances) {
      await #expect(throws: TestFailure()) { try await session.respond(to: Self.event) }
      #expect(try await session.snapshot(of: "Mara") == before)
      #expect(await session.lastTurn == nil)
      #expect(await session.turn == 0)
      #expect(await session.lastLine == nil)
    }
    let record = try await session.record(of: Self.event, speaker: .addressed)
    #expect(record.states == ["other"])
    #expect(record.statements == ["Deep."])
    #expect(await discriminator.rounds == asked)
    #expect(await discriminator.scenes.last?.text == "Rowan: …\nMara: Hm.")
  }

  @Test func `a discriminator that answers too little is refused`() async throws {
    struct Short: Discriminator {
      func replies(to questions: [Question], about scene: Scene) -> [Reply] { [] }
    }
    let session = try Session(cast: [compileMara(Self.profile)], discriminator: Short())
    await #expect(throws: ReplyCountError(expected: 2, received: 0)) {
      try await session.respond(to: Self.event)
    }
    #expect(await session.lastTurn == nil)
  }

  @Test func `answers are asked for anew in the next turn`() async throws {
    let discriminator = RecordingDiscriminator()
    let session = try Session(cast: [compileMara(Self.profile)], discriminator: discriminator)
    for _ in 0..<2 { _ = try await session.record(of: Event(scene: "the same")) }
    #expect(await discriminator.rounds == [["A?", "B?"], ["A?", "B?"]])
  }

  @Test(.timeLimit(.minutes(10)))
  func `a second turn during a turn throws and harms nothing`() async throws {
    let waiting = WaitingDiscriminator()
    let program = try compileMara("behavior: { t: [{ when: ask('?'), then: [x] }] }\n")
    let session = try Session(cast: [program], discriminator: waiting)
    async let first = session.record(of: Self.event)
    await waiting.untilAsked()
    await #expect(throws: SessionError.turnInProgress) { try await session.respond(to: Self.event) }
    await #expect(throws: SessionError.turnInProgress) { try await session.set([:], of: "Mara") }
    await waiting.letGo()
    #expect(try await first.statements == ["x"])
    #expect(await session.turn == 1)
  }

  @Test func `equal sessions give equal turns`() async throws {
    let program = try compileMara(Self.profile + "lines: [One., Two., Three., Four.]\n")
    var runs: [[TurnRecord]] = []
    for _ in 0..<2 {
      let session = try Session(cast: [program], seed: 5, discriminator: HashDiscriminator())
      var records: [TurnRecord] = []
      for number in 0..<12 {
        records.append(try await session.record(of: Event(text: "\(number)"), speaker: .addressed))
      }
      runs.append(records)
    }
    for (one, other) in zip(runs[0], runs[1]) {
      #expect(one.after == other.after)
      #expect(one.steps.map(\.step) == other.steps.map(\.step))
      #expect(one.steps.map(\.rounds) == other.steps.map(\.rounds))
      #expect(one.steps.map(\.replies) == other.steps.map(\.replies))
      #expect(one.steps.map(\.scene.text) == other.steps.map(\.scene.text))
    }
  }
}
