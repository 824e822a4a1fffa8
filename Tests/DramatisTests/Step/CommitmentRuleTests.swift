import DramatisCompiler
import FoundationEssentials
import TestSupport
import Testing

@testable import Dramatis

/// How commitments take part in a turn: what is asked when, what reads them, and what keeps them.
@Suite struct CommitmentRuleTests {
  static let body = """
    questions:
      cellar: { ask: Does anyone mention the cellar?, cues: [cellar] }
      danger: { ask: Is a guest in danger?, cues: [danger] }
    machines:
      mood: { states: { wary: "" }, transitions: [{ from: any, to: wary, when: danger }] }
    behavior:
      personality:
        - when: silver_key == triggered
          then: [Mara touches the key., { when: 'ask("Is it dark?")', then: Mara lights a lamp. }]
    commitments:
      silver_key:
        foreshadow: { text: Mara wears a silver key., cues: [silver key] }
        trigger: cellar
        payoff: { text: Mara opens the cellar., cues: [opens the cellar] }
        due-within: 1
    lines:
      - { when: silver_key == triggered, say: [She opens the cellar., The key turns and she opens the cellar.] }
      - { when: cellar, say: What cellar? }
      - Hm, a silver key.

    """

  private func key(_ session: Session) async throws -> CommitmentProgress {
    try await session.snapshot(of: "Mara").commitments[0]
  }

  @Test func `triggers share the round of machines, and gates that read a status wait for them`() async throws
  {
    let record = RecordingDiscriminator(["cellar": .yes])
    let session = try Session(
      cast: [try compileMara(Self.body)], discriminator: record, performer: FixedPerformer(nil))
    _ = try await session.respond(to: Event(text: "…"))
    #expect(await record.rounds == [["danger", "cellar"], ["Is it dark?"]])
  }

  @Test func `asking eagerly puts everything in one round`() async throws {
    let record = RecordingDiscriminator(["cellar": .no])
    let session = try Session(
      cast: [try compileMara(Self.body)], discriminator: record, performer: FixedPerformer(nil),
      asking: .eagerly)
    _ = try await session.respond(to: Event(text: "…"))
    #expect(await record.rounds == [["danger", "cellar", "Is it dark?"]])
  }

  @Test
  func
    `the checks on a line are one round of the line's own step, with the triggers that it may bring about`()
    async throws
  {
    let record = RecordingDiscriminator(["cellar": .no])
    let session = try Session(
      cast: [try compileMara(Self.body)], discriminator: record, performer: FixedPerformer("…"))
    let turn = try await session.respond(to: Event(text: "…"))
    let checks = ["commitments.silver_key.planted", "commitments.silver_key.early"]
    #expect(await record.rounds == [["danger", "cellar"], checks + ["cellar"]])
    #expect(turn.records[0].line?.rounds.count == 1)
  }

  @Test func `without a model a commitment is planted, made due, and paid by a line that its cues know`()
    async throws
  {
    let session = try Session(cast: [try compileMara(Self.body)])
    let first = try await session.respond(to: Event(actor: "Rowan", text: "Evening."))
    #expect(first.line?.text == "Hm, a silver key.")
    #expect(try await key(session).written == 1)
    let second = try await session.respond(to: Event(actor: "Rowan", text: "Is there a cellar?"))
    #expect(second.records[0].statements == ["Mara touches the key."])
    #expect(second.records[0].event?.step.grounding.due == [0])
    #expect(second.line?.text.contains("opens the cellar") == true)
    #expect(try await key(session).status == .paid)
    #expect(try await key(session).settled == 2)
  }

  @Test(
    arguments: [("The cellar is deep.", 1), ("Hm.", nil), ("She opens the cellar.", nil)] as [(String, Int?)])
  func `a trigger may come true by the character's own line, unless that line is the payoff`(
    line: String, triggered: Int?
  ) async throws {
    let session = try Session(cast: [try compileMara(Self.body)], performer: FixedPerformer(line))
    let turn = try await session.respond(to: Event(text: "Evening."))
    #expect(try await key(session).triggered == triggered)
    #expect(try await key(session).misses == 0)
    let isLookedAt = turn.records[0].explanations.map { $0.commitments.contains { $0.part == .trigger } }
    #expect(isLookedAt == [true, line != "She opens the cellar."])
    #expect(try await session.transcript.differences().differences == [])
    let next = try await session.respond(to: Event(text: "Well?"), speaker: .nobody)
    #expect(next.records[0].event?.step.grounding.due == (triggered == nil ? [] : [0]))
  }

  @Test func `by the first rules no line triggered anything`() throws {
    let program = try compileMara(Self.body)
    let given = program.answers(from: ["cellar": .yes]).answers
    for (rules, status) in [(Rules.first, CommitmentStatus.planted), (.second, .triggered)] {
      let event = program.uncheckedStep(
        from: program.initialSnapshot(), event: Event(text: "…"), scene: Scene("…"),
        given: Answers(for: program), rules: rules)
      let line = program.uncheckedStep(
        from: event.snapshot, event: Event(actor: "Mara", text: "…"), scene: Scene("…"), given: given,
        isLine: true, rules: rules)
      #expect(line.snapshot.commitments[0].status == status)
    }
  }

  @Test(
    arguments: [
      ("2 of 2", [true, true], 2), ("2 of 3", [true, false], nil), ("2 of 3", [false, true], nil),
    ]
      as [(String, [Bool], Int?)])
  func `a turn counts once for a trigger that has to hold, whether on the event or on a line`(
    hold: String, held: [Bool], triggered: Int?
  ) throws {
    let program = try compileMara(
      """
      commitments:
        key: { foreshadow: A key., trigger: 'ask("T?")', payoff: A door opens., hold: \(hold) }

      """)
    var snapshot = program.initialSnapshot()
    for holds in held {
      for (isLine, actor) in [(false, "Rowan"), (true, "Mara"), (true, "Mara")] {
        let given = program.answers(from: ["T?": holds ? .yes : .no]).answers
        snapshot =
          program.uncheckedStep(
            from: snapshot, event: Event(actor: actor, text: "…"), scene: Scene("…"), given: given,
            isLine: isLine
          ).snapshot
      }
    }
    #expect(snapshot.commitments[0].triggered == triggered)
    let named = try JSONDecoder().decode(
      NamedSnapshot.self, from: JSONEncoder().encode(program.uncheckedNamed(snapshot)))
    #expect(try program.snapshot(from: named).snapshot == snapshot)
  }

  @Test func `a payoff before its trigger is recorded as early, and the commitment stays`() async throws {
    let session = try Session(
      cast: [try compileMara(Self.body)], performer: FixedPerformer("She opens the cellar."))
    let turn = try await session.respond(to: Event(text: "Evening."))
    #expect(turn.records[0].line?.step.grounding.commitments.map(\.kind) == [.early])
    #expect(try await key(session).status == .planted)
    #expect(try await key(session).early == 1)
  }

  @Test
  func `what is not paid is asked for again and then overdue, even while nothing concerns the character`()
    async throws
  {
    let program = try compileMara(Self.body)
    let session = try Session(cast: [program], performer: FixedPerformer("Not now."))
    _ = try await session.respond(to: Event(text: "The cellar!"))
    let second = try await session.respond(to: Event(text: "Well?"))
    #expect(second.records[0].event?.step.grounding.due == [0])
    #expect(try await key(session).misses == 2)
    #expect(program.uncheckedOverdue(0, at: try await session.snapshot(of: "Mara")) == false)
    _ = try await session.respond(to: Event(text: "Rain.", to: ["Ann"]))
    #expect(program.uncheckedOverdue(0, at: try await session.snapshot(of: "Mara")))
  }

  @Test func `undo, retry and branches take commitments along, and a replay comes to the same`() async throws
  {
    let session = try Session(cast: [try compileMara(Self.body)])
    _ = try await session.respond(to: Event(actor: "Rowan", text: "Evening."))
    let planted = try await key(session)
    _ = try await session.respond(to: Event(actor: "Rowan", text: "The cellar?"))
    #expect(try await key(session).status == .paid)
    let paid = try await session.retry()
    #expect(paid.records[0].line?.step.grounding.commitments.map(\.kind) == [.paid])
    _ = try await session.undo()
    #expect(try await key(session) == planted)
    try await session.createBranch("other")
    _ = try await session.respond(to: Event(actor: "Rowan", text: "Danger!"))
    #expect(try await key(session).status == .planted)
    try await session.move(toBranch: "main")
    #expect(try await key(session) == planted)
    let transcript = try Transcript(bytes: await session.transcript.bytes)
    #expect(try transcript.differences().differences.isEmpty)
    let resumed = try Session(resuming: transcript)
    #expect(try await key(resumed) == planted)
  }

  @Test func `where a commitment stands is stored by name and comes back exactly`() async throws {
    let program = try compileMara(Self.body)
    let session = try Session(cast: [program])
    for text in ["Evening.", "The cellar?", "Thanks."] {
      _ = try await session.respond(to: Event(actor: "Rowan", text: text))
      let snapshot = try await session.snapshot(of: "Mara")
      let bytes = try JSONEncoder().encode(program.uncheckedNamed(snapshot))
      let (restored, changes) = try program.snapshot(
        from: JSONDecoder().decode(NamedSnapshot.self, from: bytes))
      #expect(restored == snapshot)
      #expect(changes.isEmpty)
    }
  }

  @Test(arguments: [
    (#""triggered""#, "triggered (triggered 4)"), (#"{"status":"planted"}"#, "planted (planted 4)"),
    (#"{"status":"paid","triggered":-3,"settled":99}"#, "paid (triggered 0, settled 4)"),
    (#"{"status":"triggered","triggered":2,"misses":1000000}"#, "triggered (triggered 2, missed 4)"),
  ])
  func `what is stored with made-up turns is held within those that were`(stored: String, text: String) throws
  {
    let json = """
      {"version":1,"character":"Mara","seed":0,"turn":4,"states":{},"beliefs":{},"variables":{},"commitments":{"silver_key":\(stored)}}
      """
    let program = try compileMara(Self.body)
    let named = try JSONDecoder().decode(NamedSnapshot.self, from: Data(json.utf8))
    #expect(try program.snapshot(from: named).snapshot.commitments[0].text == text)
  }

  @Test func `of several that are due the line is asked for a few, by priority and then by age`() throws {
    let program = try compileMara(
      """
      payoffs-per-turn: 2
      commitments:
        first: { foreshadow: a, trigger: turn >= 2, payoff: A }
        second: { foreshadow: b, trigger: turn >= 1, payoff: B }
        third: { foreshadow: c, trigger: turn >= 3, payoff: C, priority: 1 }

      """)
    var snapshot = program.initialSnapshot()
    var due: [[Int]] = []
    for _ in 1...3 {
      let step = program.uncheckedStep(
        from: snapshot, event: Event(text: "…"), scene: Scene("…"), given: Answers(for: program))
      due.append(step.grounding.due)
      snapshot = step.snapshot
    }
    #expect(due == [[1], [1, 0], [2, 1]])
    let line = program.uncheckedStep(
      from: snapshot, event: Event(actor: "Mara", text: "…"), scene: Scene("…"), given: Answers(for: program),
      isLine: true)
    #expect(line.snapshot.commitments.map(\.misses) == [0, 1, 1])
  }

  @Test func `commitments read each other as they were before the step, in whatever order they stand`() throws
  {
    for names in [["one", "two"], ["two", "one"]] {
      let bodies = [
        "one": "  one: { foreshadow: a, trigger: turn >= 2, payoff: A }",
        "two": "  two: { foreshadow: b, trigger: one == triggered, payoff: B }",
      ]
      let program = try compileMara(
        "commitments:\n" + names.compactMap { bodies[$0] }.map { $0 + "\n" }.joined())
      var snapshot = program.initialSnapshot()
      for turn in 1...3 {
        snapshot =
          program.uncheckedStep(
            from: snapshot, event: Event(text: "…"), scene: Scene("…"), given: Answers(for: program)
          ).snapshot
        let two = try #require(names.firstIndex(of: "two"))
        #expect((snapshot.commitments[two].status == .triggered) == (turn == 3))
      }
    }
  }

  @Test func `an action that is no line is checked before it can make anything due`() throws {
    let program = try compileMara(Self.body)
    let given = program.answers(from: ["cellar": .yes, "commitments.silver_key.early": .yes]).answers
    let step = program.uncheckedStep(
      from: program.initialSnapshot(), event: Event(actor: "Mara", text: "…"), scene: Scene("…"), given: given
    )
    #expect(step.grounding.commitments.map(\.kind) == [.early, .planted, .triggered])
  }
}
