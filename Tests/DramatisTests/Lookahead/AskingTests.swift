import Dramatis
import DramatisCompiler
import TestSupport
import Testing

/// The three ways of asking come to the same, and differ in how much they put into a batch.
@Suite struct AskingTests {
  private static let profile = """
    relevant: ask("R?")
    machines:
      m:
        states: { s: S. }
        transitions: [{ from: unactivated, to: s, when: ask("A?") and ask("B?") }]
    behavior:
      t:
        - when: ask("C?")
          then: [{ when: ask("D?"), then: [d] }]
          else: [{ when: ask("E?"), then: [e] }]
        - { when: m == s and ask("F?"), then: [f] }
        - { when: ask("C?"), then: [c] }
    lines:
      - { when: ask("G?"), say: G. }
      - { statement: d, when: ask("H?"), say: H. }

    """

  private func rounds(_ asking: Asking, _ answers: [String: Answer]) async throws -> [String] {
    let discriminator = RecordingDiscriminator(answers)
    let program = try compileMara(Self.profile)
    let session = try Session(cast: [program], discriminator: discriminator, asking: asking)
    let event = Event(actor: "Rowan", text: "…")
    _ = try await session.record(of: event, speaker: .addressed)
    return await discriminator.rounds.map { $0.joined(separator: " ") }
  }

  @Test(arguments: [
    (Asking.inRounds, ["R?", "A? B? C? F?", "D?", "G? H?"]),
    (.eagerly, ["R? A? B? C? D? E? F? G? H?"]),
    (.separately, ["R?", "A?", "B?", "C?", "D?", "F?", "G?", "H?"]),
  ])
  func `a batch holds one depth, everything or one question`(asking: Asking, rounds: [String]) async throws {
    let yes = Dictionary(uniqueKeysWithValues: "RABCDEFGH".map { ("\($0)?", Answer.yes) })
    #expect(try await self.rounds(asking, yes) == rounds)
  }

  @Test(arguments: [
    (Asking.inRounds, ["R?", "A? B? C? F?", "E?", "G?"]),
    (.eagerly, ["R? A? B? C? D? E? F? G? H?"]),
    (.separately, ["R?", "A?", "C?", "E?", "G?"]),
  ])
  func `only asking ahead asks in vain`(asking: Asking, rounds: [String]) async throws {
    let no = Dictionary(uniqueKeysWithValues: "ABCDEFGH".map { ("\($0)?", Answer.no) })
    #expect(try await self.rounds(asking, no.merging(["R?": .yes]) { $1 }) == rounds)
  }

  @Test(arguments: Asking.allCases)
  func `an event that is known not to matter asks nothing`(asking: Asking) async throws {
    let program = try compileMara(
      "relevant: actor == \"Ina\"\n" + Self.profile.split(separator: "\n", maxSplits: 1)[1])
    let discriminator = RecordingDiscriminator()
    let session = try Session(cast: [program], discriminator: discriminator, asking: asking)
    _ = try await session.record(of: Event(actor: "Rowan", text: "…"))
    #expect(await discriminator.rounds.isEmpty)
  }

  @Test func `without sharing each gate asks for itself, with the cues of its text`() async throws {
    let yaml = """
      dramatis: 1
      character: Mara
      questions: { hailed: { ask: Hailed?, cues: [hail] } }
      behavior:
        t:
          - { when: ask("Late?"), then: [a] }
          - { when: ask("Late?") and hailed, then: [b] }
          - { when: hailed and ask("Hailed?"), then: [c] }
      """
    let compilation = Compilation(of: Array(yaml.utf8), name: "test.yaml", shares: false)
    let program = try #require(compilation.program)
    #expect(program.questions.map(\.text) == ["Hailed?", "Late?", "Late?", "Hailed?"])
    #expect(program.questions.map(\.cues) == [["hail"], [], [], ["hail"]])
    #expect(program.questions.map(\.name) == ["hailed", nil, nil, nil])
    #expect(program.answers(from: ["Late?": .yes]).answers.answered == [1, 2])
    #expect(try Program(file: program.fileBytes()) == program)
    let session = try Session(cast: [program], asking: .separately)
    let record = try await session.record(of: Event(text: "hail"), given: ["Late?": .yes])
    #expect(record.statements == ["a", "b", "c"])
  }

  /// A discriminator may change its mind between two askings.
  @Test func `a replay gives each copy of a question its own answer`() async throws {
    let gates = (0..<4).map { "{ when: 'ask(\"Late?\")', then: [s\($0)] }" }.joined(separator: ", ")
    let yaml = """
      dramatis: 1
      character: Mara
      questions: { late: { ask: "Late?" } }
      behavior: { t: [{ when: late, then: [s] }, \(gates)] }
      """
    let program = try #require(Compilation(of: Array(yaml.utf8), name: "test.yaml", shares: false).program)
    let session = try Session(cast: [program], discriminator: Fickle(), asking: .separately)
    let record = try await session.record(of: Event(text: "…"))
    #expect(record.statements == ["s", "s1", "s3"])
    let transcript = try Transcript(bytes: await session.transcript.bytes)
    let replayed = try transcript.turns(to: transcript.head).first?.records.first
    #expect(replayed?.statements == record.statements)
    #expect(replayed?.event?.replies == record.event?.replies)
  }

  @Test(arguments: 0..<6)
  func `random programs come to the same in at most one batch a step`(batch: Int) async throws {
    for number in 0..<12 {
      let seed = 300 + batch * 100 + number
      var naive = NaiveGenerator(seed: UInt64(seed), questionCount: 4, isReadOnce: false)
      var chain = ChainGenerator(seed: seed)
      let events = (0..<6).map { Event(actor: naive.random.pick(["Rowan", "Ina", "Mara"]), text: "\($0)") }
      let chained = chain.program(kinds: ["false", "sample", "belief"]).yaml
      for yaml in [naive.program().yaml, chained] { try await compare(compile(yaml), events) }
    }
  }

  @Test(arguments: ConversationTests.names)
  func `the conversations come to the same in at most one batch a step`(name: String) async throws {
    let program = try Compilation(shipped: name).requiredProgram
    try await compare(program, ConversationTests.events(name))
  }

  private func compare(_ program: Program, _ events: [Event]) async throws {
    let expected = try await records(program, events, .inRounds)
    let eager = try await records(program, events, .eagerly)
    let separate = try await records(program, events, .separately)
    #expect(eager.map(\.step) == expected.map(\.step))
    #expect(separate.map(\.step) == expected.map(\.step))
    #expect(eager.allSatisfy { $0.rounds.count <= 1 })
    #expect(separate.joinedRounds.allSatisfy { $0.count == 1 })
    #expect(separate.questionCount <= expected.questionCount)
    #expect(eager.questionCount >= expected.questionCount)
  }

  private func records(
    _ program: Program, _ events: [Event], _ asking: Asking
  ) async throws -> [StepRecord] {
    let session = try Session(cast: [program], seed: 3, discriminator: ThreeValuedHash(), asking: asking)
    var records: [StepRecord] = []
    for event in events { records += try await session.record(of: event).steps }
    return records
  }
}

/// Says yes and no by turns.
private actor Fickle: Discriminator {
  private var isYes = false

  func replies(to questions: [Question], about scene: Scene) -> [Reply] {
    questions.map { _ in
      isYes.toggle()
      return Reply(isYes ? .yes : .no, source: "fickle")
    }
  }
}

extension [StepRecord] {
  fileprivate var joinedRounds: [[Int]] { flatMap(\.rounds) }
  fileprivate var questionCount: Int { joinedRounds.joined().count }
}
