import Dramatis
import FoundationEssentials
import TestSupport
import Testing

/// `previous` and `newly`.
@Suite struct MemoryTests {
  private static let profile = """
    questions:
      sworn: { ask: Sworn?, cues: [i swear], over: scene }
      rude: { ask: Rude?, cues: [oaf] }
    variables:
      oaths: { initial: 0, min: 0, max: 9 }
      met: { initial: false }
    machines:
      faith:
        states: { had: Faith. }
        transitions:
          - { from: any, to: had, when: newly(sworn), set: { oaths: oaths + 1, met: true } }
      mood:
        states: { calm: Calm., cross: Cross. }
        transitions:
          - { from: [unactivated, calm], to: cross, when: rude }
          - { from: cross, to: calm, when: 'event.kind == "pause"' }
    behavior:
      t:
        - { when: mood == cross and previous(mood) != cross, then: [has lost it] }
        - { when: mood != previous(mood), then: [has changed] }
        - { when: "previous(mood) in [cross, other]", then: [was cross] }
        - { when: oaths > previous(oaths), then: [one more oath] }
        - { when: met and not previous(met), then: [has just met] }
        - { when: newly(rude), then: [rude again] }
        - { when: previous(rude), then: [was rude] }
    commitments:
      debt: { foreshadow: A debt., trigger: mood == calm and previous(mood) == cross, payoff: It is paid. }
    lines:
      - { when: newly(rude), say: Oaf yourself. }
      - { when: oaths > previous(oaths), say: So be it. }
      - Yes?
    """

  /// What is said, of which kind, what applies and what is answered, turn by turn.
  private static let turns: [(text: String, kind: String, statements: [String], line: String)] = [
    ("Hello.", "speech", [], "Yes?"),
    ("I swear it.", "speech", ["one more oath", "has just met"], "So be it."),
    ("Well?", "speech", [], "Yes?"),
    ("You oaf!", "speech", ["has lost it", "has changed", "rude again"], "Oaf yourself."),
    ("Oaf!", "speech", ["was cross", "was rude"], "Yes?"),
    ("So.", "pause", ["has changed", "was cross", "was rude"], "Yes?"),
    ("Oaf!", "speech", ["has lost it", "has changed", "rude again"], "Oaf yourself."),
  ]

  @Test func `what is new in a turn is told from what was before it`() async throws {
    let program = try compileMara(Self.profile)
    let session = try Session(
      cast: [program], discriminator: CueDiscriminator(for: [program]), performer: AuthoredPerformer())
    for expected in Self.turns {
      let turn = try await session.respond(
        to: Event(actor: "Rowan", text: expected.text, kind: expected.kind))
      let record = try #require(turn.records.first)
      #expect(record.statements == expected.statements, "\(expected.text)")
      #expect(turn.line?.text == expected.line, "\(expected.text)")
      #expect(record.after.variables.first == (expected.text == "Hello." ? 0 : 1))
      #expect(record.after.commitments.first?.triggered == (record.after.turn < 6 ? nil : 6))
    }
  }

  /// Texts of turns, and in which of them the question is newly yes.
  ///
  /// A tilde is a whisper to somebody else, an
  /// exclamation mark begins the character's own words.
  @Test(
    arguments: [
      (["oaf", "oaf", "oaf"], [true, false, false]), (["oaf", "", "oaf"], [true, false, true]),
      (["", "oaf", "oaf", "", "", "oaf"], [false, true, false, false, false, true]),
      (["oaf", "~", "oaf"], [true, false, false]), (["~", "oaf", "~", ""], [false, true, false, false]),
      (["oaf", "!oaf", "oaf"], [true, false, false]), (["!oaf", "oaf"], [false, true]),
    ])
  func `only turns that concern the character count, and not its own words`(
    texts: [String], expected: [Bool]
  ) throws {
    let program = try compileMara(
      """
      questions: { rude: { ask: Rude?, cues: [oaf] } }
      behavior: { t: [{ when: newly(rude), then: [new] }] }
      """)
    var snapshot = program.initialSnapshot()
    for (text, isNew) in zip(texts, expected) {
      let event = Event(
        actor: text.hasPrefix("!") ? "Mara" : "Rowan", text: text, to: text == "~" ? ["Bram"] : nil)
      let (answers, _) = program.answers(from: ["rude": text.hasSuffix("oaf") ? .yes : .unknown])
      let scene = Scene(of: event, after: [], window: 1)
      let open = try program.openQuestions(
        at: snapshot, event: event, scene: scene, given: Answers(for: program))
      #expect(open == (text == "~" || text == "!oaf" ? [] : [0]))
      let step = try program.step(from: snapshot, event: event, scene: scene, given: answers)
      #expect(step.grounding.statements.isEmpty == !isNew, "\(text)")
      snapshot = step.snapshot
    }
  }

  @Test func `within one turn a question is newly yes once`() throws {
    let program = try compileMara(
      """
      questions: { rude: { ask: Rude?, cues: [oaf] } }
      variables: { n: { initial: 0, min: 0, max: 9 } }
      machines:
        m: { states: { s: S }, transitions: [{ from: any, to: s, when: newly(rude), set: { n: n + 1 } }] }
      lines: ["{n}"]
      """)
    let (answers, _) = program.answers(from: ["rude": .yes])
    func step(_ snapshot: Snapshot, from actor: String, isLine: Bool) throws -> Snapshot {
      try program.step(
        from: snapshot, event: Event(actor: actor, text: "…"), scene: Scene("…"), given: answers,
        isLine: isLine
      ).snapshot
    }
    let event = try step(program.initialSnapshot(), from: "Rowan", isLine: false)
    let line = try step(event, from: "Bram", isLine: true)
    let again = try step(step(line, from: "Bram", isLine: true), from: "Rowan", isLine: false)
    #expect([event, line, again].map(\.variables) == [[1], [1], [1]])
  }

  @Test func `what was before is stored by names and comes back`() throws {
    let program = try compileMara(Self.profile)
    var snapshot = program.initialSnapshot()
    for (text, question) in [("Oaf", "rude"), ("I swear", "sworn")] {
      let (answers, _) = program.answers(from: [question: .yes])
      let step = try program.step(
        from: snapshot, event: Event(actor: "Rowan", text: text), scene: Scene(text), given: answers)
      snapshot = step.snapshot
      let data = try JSONEncoder().encode(try program.named(snapshot))
      let restored = try program.snapshot(from: JSONDecoder().decode(NamedSnapshot.self, from: data))
      #expect(restored.snapshot == snapshot)
      #expect(try program.snapshot(at: program.position(at: snapshot)) == snapshot)
    }
  }
}
