import Dramatis
import TestSupport
import Testing

/// Rounds of small profiles, checked by hand against SEMANTICS, "Openness".
@Suite struct OpennessRuleTests {
  private func rounds(_ behavior: String, _ answers: [String: Answer] = [:]) async throws -> [[String]] {
    let discriminator = RecordingDiscriminator(answers)
    let program = try compileMara(
      """
      variables: { x: { initial: 0, min: 0, max: 2 } }
      machines:
        m:
          states: { s: S. }
          transitions: [{ from: unactivated, to: s, when: ask("A?"), set: { x: 1 } }]

      """ + behavior)
    _ = try await Session(cast: [program], discriminator: discriminator).record(of: Event(text: "…"))
    return await discriminator.rounds
  }

  @Test(arguments: [
    ("true and ask('B?')", [["A?", "B?"]]), ("false and ask('B?')", [["A?"]]),
    ("true or ask('B?')", [["A?"]]), ("turn == 1 or ask('B?')", [["A?"]]),
    ("event.data.n == 1 and ask('B?')", [["A?"]]), ("ask('B?') and ask('C?')", [["A?", "B?", "C?"]]),
    ("ask('A?') and ask('B?')", [["A?", "B?"]]), ("m == s and ask('B?')", [["A?", "B?"]]),
    ("m == other and ask('B?')", [["A?"]]), ("x == 1 and ask('B?')", [["A?", "B?"]]),
  ])
  func `a round holds the questions of all live guards and gates`(gate: String, rounds: [[String]])
    async throws
  {
    let behavior = "behavior: { t: [{ when: \(yamlQuoted(gate)), then: [x] }] }\n"
    #expect(try await self.rounds(behavior) == rounds)
  }

  @Test(arguments: [
    (Answer.yes, [["A?", "B?"], ["C?"], ["D?"]]), (.no, [["A?", "B?"], ["E?"]]), (.unknown, [["A?", "B?"]]),
  ])
  func `a gate is asked when its parents are open`(answer: Answer, rounds: [[String]]) async throws {
    let behavior = """
      behavior:
        t:
          - when: ask("B?")
            then: [{ when: ask("C?"), then: [{ when: ask("D?"), then: [x] }] }]
            else: [{ when: ask("E?"), then: [{ when: ask("D?"), then: [x] }] }]

      """
    #expect(try await self.rounds(behavior, ["B?": answer, "C?": .yes]) == rounds)
  }

  @Test func `a later guard is live until an earlier one is yes`() async throws {
    let machine = { (first: String) in
      "machines: { m: { states: {}, transitions: [{ from: any, to: other, when: \(first) }, "
        + "{ from: any, to: unactivated, when: ask('B?') }] } }\n"
    }
    for (first, expected) in [
      ("true", []), ("false", [["B?"]]), ("ask('A?')", [["A?", "B?"]]), ("ask('B?')", [["B?"]]),
    ] {
      let discriminator = RecordingDiscriminator()
      let session = try Session(cast: [compileMara(machine(first))], discriminator: discriminator)
      _ = try await session.record(of: Event(text: "…"))
      #expect(await discriminator.rounds == expected)
    }
  }

  /// What comes together counts as free, and so does a question named twice: more may be asked, never less.
  @Test(arguments: [
    // The state and the variable change together or not at all.
    ("t: [{ when: m == s and x == 0 and ask('B?'), then: [x] }]", [["A?", "B?"]]),
    // Never yes: a question and its opposite.
    ("t: [{ when: ask('B?') and not ask('B?'), then: [x] }]", [["A?", "B?"]]),
  ])
  func `what only comes together is asked about apart`(tree: String, rounds: [[String]]) async throws {
    let asked = try await self.rounds("behavior: { \(tree) }\n")
    #expect(asked == rounds)
  }

  /// The guard that is pending leaves x at 0 or makes it 1.
  @Test(arguments: [
    ("x == 2 and ask('B?')", [["A?"]]), ("x in [0, 1] and ask('B?')", [["A?", "B?"]]),
    // Unknown whatever x becomes, and unknown has no exit.
    ("x == event.data.n and ask('B?')", [["A?"]]),
    ("x + x == 1 and ask('B?')", [["A?"]]), ("x + x == 2 and ask('B?')", [["A?", "B?"]]),
  ])
  func `what pending guards can make of a variable is followed`(gate: String, rounds: [[String]])
    async throws
  {
    #expect(try await self.rounds("behavior: { t: [{ when: \(yamlQuoted(gate)), then: [x] }] }\n") == rounds)
  }

  @Test func `a gate that is open whatever pending guards do is live`() async throws {
    let tree = "behavior: { t: [{ when: x < 2, then: [{ when: ask('B?'), then: [x] }] }] }\n"
    #expect(try await rounds(tree) == [["A?", "B?"]])
  }

  @Test(arguments: [
    ("x == 1", false), ("x == 2", true), ("x == 3", false), ("x == 4", true), ("y == 3", true),
    ("y == 5", true), ("y == 4", false),
    ("y == 0", true), ("y == 2", false),
  ])
  func `running values of several pending machines are followed`(gate: String, canHold: Bool) async throws {
    let program = try compileMara(
      """
      variables: { x: { initial: 0, min: 0, max: 9 }, y: { initial: 0, min: 0, max: 9 } }
      machines:
        m: { states: {}, transitions: [{ from: any, to: other, when: ask("A?"), set: { x: x + 2 } }] }
        n:
          states: {}
          transitions:
            - { from: any, to: other, when: ask("B?"), set: { x: x + 2, y: x + 1 } }
            - { from: any, to: other, when: true, set: { y: 0 } }
      behavior: { t: [{ when: \(gate) and ask("C?"), then: [x] }] }

      """)
    let open = program.uncheckedQuestions(
      at: program.initialSnapshot(), event: Event(text: "…"), scene: Scene("…"), given: Answers(for: program))
    #expect(open.map { program.questions[$0].text } == (canHold ? ["A?", "B?", "C?"] : ["A?", "B?"]))
  }

  @Test func `values that are too many to follow count as free`() async throws {
    let machines = (0..<12).map { index in
      "m\(index): { states: {}, transitions: [{ from: any, to: other, when: 'ask(\"A\(index)?\")', "
        + "set: { v\(index): 1 } }] }"
    }
    let sums = { (count: Int) in (0..<count).map { "v\($0) + v\($0)" }.joined(separator: " + ") }
    let program = { (gate: String) in
      try compileMara(
        "variables: { \((0..<12).map { "v\($0): { initial: 0, min: 0, max: 9 }" }.joined(separator: ", ")) }\n"
          + "machines: { \(machines.joined(separator: ", ")) }\n"
          + "behavior: { t: [{ when: '\(gate) and ask(\"B?\")', then: [x] }] }\n")
    }
    for (count, isFollowed) in [(3, true), (8, true), (9, false)] {
      let compiled = try program("\(sums(count)) == 1")
      let open = compiled.uncheckedQuestions(
        at: compiled.initialSnapshot(), event: Event(text: "…"), scene: Scene("…"),
        given: Answers(for: compiled))
      #expect(open.count == (isFollowed ? 12 : 13))
    }
  }
}
