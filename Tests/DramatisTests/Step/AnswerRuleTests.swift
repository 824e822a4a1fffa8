import Dramatis
import Synchronization
import TestSupport
import Testing

@Suite struct AnswerRuleTests {
  static let profile = """
    questions:
      cued: { ask: Cued?, cues: [ale], counter-cues: [no tea] }
      assumed: { ask: Assumed?, cues: [ale], otherwise: no }
    behavior:
      t:
        - { when: cued, then: [cued yes], else: [cued no], unknown: [cued unknown] }
        - { when: assumed, then: [assumed yes], else: [assumed no], unknown: [assumed unknown] }
    """

  @Test(
    arguments: [
      ("ale", [:], ["cued yes", "assumed yes"]), ("ale, no tea", [:], ["cued unknown", "assumed yes"]),
      ("tea", [:], ["cued unknown", "assumed no"]),
      ("tea", ["assumed": .yes], ["cued unknown", "assumed yes"]),
      ("tea", ["cued": .no], ["cued no", "assumed no"]), ("ale", ["cued": .no], ["cued yes", "assumed yes"]),
      ("ale, no tea", ["cued": .no], ["cued no", "assumed yes"]),
      ("tea", ["assumed": .unknown], ["cued unknown", "assumed no"]),
    ] as [(String, [String: Answer], [String])])
  func `what is unknown goes to the next discriminator and then to what is assumed`(
    text: String, next: [String: Answer], statements: [String]
  ) async throws {
    let program = try compileMara(Self.profile)
    let stack = DiscriminatorStack([CueDiscriminator(for: [program]), ScriptedDiscriminator(next)])
    let session = try Session(cast: [program], discriminator: stack)
    #expect(try await session.record(of: Event(text: text)).statements == statements)
  }

  @Test(arguments: [
    (0.5, "cued unknown", "assumed no"), (0.5.nextUp, "cued yes", "assumed yes"),
    (0.5.nextDown, "cued no", "assumed no"), (0.0, "cued no", "assumed no"), (1.0, "cued yes", "assumed yes"),
  ])
  func `above one half is yes, below is no, and only one half passes on`(
    probability: Double, cued: String, assumed: String
  ) async throws {
    let answer = try #require(Answer(probability: probability))
    let last = RecordingDiscriminator(["cued": answer, "assumed": answer])
    let session = try Session(cast: [compileMara(Self.profile)], discriminator: DiscriminatorStack([last]))
    #expect(try await session.record(of: Event(text: "…")).statements == [cued, assumed])
  }

  @Test func `questions of one who fails go to the next, and the failure is told`() async throws {
    let told = Mutex(0)
    let failing = RecordingDiscriminator(failingInRounds: [1, 2])
    let next = RecordingDiscriminator(["cued": .yes])
    let stack = DiscriminatorStack([failing, next]) { error in
      if error is TestFailure { told.withLock { $0 += 1 } }
    }
    let session = try Session(cast: [compileMara(Self.profile)], discriminator: stack)
    #expect(try await session.record(of: Event(text: "…")).statements.first == "cued yes")
    #expect(await next.rounds.first == ["cued", "assumed"])
    _ = try await session.record(of: Event(text: "And?"))
    _ = try await session.record(of: Event(text: "So?"))
    #expect(told.withLock { $0 } == 2)
    #expect(await failing.rounds.count == 3)
    let strict = DiscriminatorStack([RecordingDiscriminator(failingInRounds: [1]), next])
    await #expect(throws: TestFailure.self) {
      try await Session(cast: [compileMara(Self.profile)], discriminator: strict).record(of: Event(text: "…"))
    }
  }

  @Test func `who is stopped is not passed over`() async throws {
    struct Stopped: Discriminator {
      func replies(to questions: [Question], about scene: Scene) throws -> [Reply] {
        throw CancellationError()
      }
    }
    let stack = DiscriminatorStack([Stopped(), RecordingDiscriminator()]) { _ in Issue.record("told") }
    let session = try Session(cast: [compileMara(Self.profile)], discriminator: stack)
    await #expect(throws: CancellationError.self) { try await session.record(of: Event(text: "…")) }
    #expect(await session.turn == 0)
  }

  @Test func `a stack asks the next only what is still unknown`() async throws {
    let (first, last) = (RecordingDiscriminator(["cued": .no]), RecordingDiscriminator())
    let unused = RecordingDiscriminator()
    let stack = DiscriminatorStack([first, last])
    let session = try Session(cast: [compileMara(Self.profile)], discriminator: stack)
    _ = try await session.record(of: Event(text: "…"))
    #expect(await last.rounds == [["assumed"]])
    let settled = DiscriminatorStack([RecordingDiscriminator(["cued": .no, "assumed": .yes]), unused])
    _ = try await Session(cast: [compileMara(Self.profile)], discriminator: settled).record(
      of: Event(text: "…"))
    #expect(await unused.rounds == [])
  }

  @Test(arguments: [Answer.yes, .no, .unknown])
  func `given answers win, are not asked for and are not assumed otherwise`(answer: Answer) async throws {
    let discriminator = RecordingDiscriminator(["cued": .yes, "assumed": .yes])
    let session = try Session(cast: [compileMara(Self.profile)], discriminator: discriminator)
    let record = try await session.record(
      of: Event(text: "…"), given: ["Cued?": answer, "assumed": answer, "nobody asks this": .yes])
    #expect(record.statements == ["cued \(answer.truth.rawValue)", "assumed \(answer.truth.rawValue)"])
    #expect(await discriminator.rounds == [])
  }

  @Test func `questions composed and decomposed are different questions`() async throws {
    let program = try compileMara(
      "behavior: { t: [{ when: \(yamlQuoted("ask(\"é?\")")), then: [composed] }, "
        + "{ when: \(yamlQuoted("ask(\"e\u{301}?\")")), then: [decomposed] }] }")
    #expect(program.questions.count == 2)
    let session = try Session(cast: [program], discriminator: ComposedDiscriminator())
    #expect(try await session.record(of: Event(text: "…")).statements == ["composed"])
    let given = try await session.record(of: Event(text: "…"), given: ["e\u{301}?": .yes, "x": .no])
    #expect(given.statements == ["composed", "decomposed"])
  }

  /// Says yes to questions in composed form only.
  private struct ComposedDiscriminator: Discriminator {
    func replies(to questions: [Question], about scene: Scene) -> [Reply] {
      questions.map { Reply($0.text.unicodeScalars.contains("\u{301}") ? .no : .yes, source: "form") }
    }
  }
}
