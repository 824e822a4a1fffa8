import Dramatis
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

  /// An undecided variable and a question named twice count as free: more may be asked, never less.
  @Test(arguments: [
    // No guard can make it 2, which is not followed.
    ("t: [{ when: x == 2 and ask('B?'), then: [x] }]", [["A?", "B?"]]),
    // Unknown whatever x becomes, and unknown has no exit.
    ("t: [{ when: x == event.data.n and ask('B?'), then: [x] }]", [["A?", "B?"]]),
    // The state and the variable change together or not at all.
    ("t: [{ when: m == s and x == 0 and ask('B?'), then: [x] }]", [["A?", "B?"]]),
    // Decided whatever A? is.
    ("t: [{ when: x < 2, then: [{ when: ask('B?'), then: [x] }] }]", [["A?"], ["B?"]]),
    // Never yes: a question and its opposite.
    ("t: [{ when: ask('B?') and not ask('B?'), then: [x] }]", [["A?", "B?"]]),
  ])
  func `what pending guards can make of a variable is not followed`(tree: String, rounds: [[String]])
    async throws
  {
    let asked = try await self.rounds("behavior: { \(tree) }\n")
    #expect(asked == rounds)
  }
}
