import Dramatis
import TestSupport
import Testing

/// Small probabilistic machines worked out by hand.
@Suite struct ChainRuleTests {
  static func machine(
    _ transitions: [String], kind: String = "belief", states: [String] = ["s", "t"], name: String = "m",
    stay: String = "{}"
  ) -> String {
    "  \(name): { probabilistic: \(kind), states: { \(states.map { "\($0): \"\"" }.joined(separator: ", ")) }, "
      + "stay: \(stay), transitions: [\(transitions.map { "{ \($0) }" }.joined(separator: ", "))] }\n"
  }

  private func turn(
    _ machines: String, _ rest: String = "", _ answers: [String: Answer] = [:],
    event: Event = Event(actor: "Rowan", text: "…")
  ) async throws -> TurnRecord {
    let program = try compileMara("machines:\n" + machines + rest)
    return try await Session(cast: [program], discriminator: RecordingDiscriminator(answers))
      .record(of: event)
  }

  @Test(arguments: [["s", "t"], ["t", "s"]], [0.3, 0.5, 0.99, 1])
  func `ties go to the state declared first, however the transitions stand`(
    targets: [String], probability: Double
  ) async throws {
    let answer = try #require(Answer(probability: probability))
    let transitions = targets.map { "from: any, to: \($0), when: ask('\($0)?'), bias: 9" }
    let record = try await turn(Self.machine(transitions), "", ["s?": answer, "t?": answer])
    let belief = record.after.beliefs[0]
    #expect(belief[1] == belief[2] && belief[1] > belief[0])
    #expect(record.states == ["s"])
  }

  @Test func `staying and moving equally likely stays with the first`() async throws {
    // One transition at one half: p = 1/2, staying = 1/2.
    let half = try #require(Answer(probability: 0.5))
    let there = try await turn(
      Self.machine(["from: unactivated, to: s, when: ask('A?')"]), "", ["A?": half])
    #expect(there.after.beliefs[0] == [0.5, 0.5, 0, 0])
    #expect(there.states == ["unactivated"])
    #expect(there.steps.flatMap(\.step.grounding.fired).isEmpty)
  }

  /// Lines about the weather: whatever nobody answered, however it is asked.
  @Test(arguments: [
    "ask('A?')", "not ask('A?')", "ask('A?') or ask('B?')", "ask('A?') and ask('B?')",
    "ask('A?') and chance(0.9)", "ask('A?') or not (ask('B?') or chance(0.9))", "event.data.n == 1",
    "not (event.data.n == 1) and ask('A?')", "event.data.n in [1, 2]", "event.data.n == 1 or false",
  ])
  func `what nobody answered moves no belief and draws nothing`(condition: String) async throws {
    for kind in ["belief", "sample"] {
      let machine = Self.machine(
        [
          "from: any, to: s, when: \(yamlQuoted(condition)), bias: 9",
          "from: any, to: t, when: ask('T?'), bias: 9",
        ],
        kind: kind)
      let program = try compileMara("machines:\n" + machine)
      for seed in 0..<20 {
        let session = try Session(
          cast: [program], seed: UInt64(seed), discriminator: RecordingDiscriminator())
        for _ in 0..<10 {
          let record = try await session.record(of: Event(text: "It rains."))
          #expect(record.distributions == ["m": ["unactivated": 1, "s": 0, "t": 0, "other": 0]])
          #expect(record.states == ["unactivated"])
        }
      }
    }
  }

  @Test(
    arguments: [
      ("ask('A?')", 0.5, 0.5), ("not ask('A?')", 0.25, 0.75), ("ask('A?') and ask('B?')", 0.9, nil),
      ("ask('A?') or ask('B?')", 0.9, 0.9), ("ask('A?') or not ask('B?')", 0.7, 0.7),
      ("not (ask('A?') and ask('B?'))", 0.3, 0.7), ("chance(0.4) or ask('B?')", 0, 0.4),
      ("ask('A?') and not (event.data.n == 1)", 0.9, nil), ("ask('A?') or event.data.n == 1", 0.9, 0.9),
      ("ask('A?') and not (ask('B?') and chance(0.75))", 0.9, 0.25),
    ] as [(String, Double, Double?)])
  func `a row reads the lower probability, and a half that somebody says at its word`(
    condition: String, probability: Double, lower: Double?
  ) async throws {
    let answer = try #require(Answer(probability: probability))
    let record = try await turn(
      Self.machine(["from: unactivated, to: s, when: \(yamlQuoted(condition))"]), "", ["A?": answer])
    #expect(abs(record.after.beliefs[0][1] - (lower ?? 0)) < 1e-12)
  }

  @Test(arguments: [(Answer.unknown, 0.0), (Answer(probability: 0.5), 0.5)])
  func `by the first rules what nobody answered was half a yes`(answer: Answer?, now: Double) throws {
    let program = try compileMara(
      "machines:\n" + Self.machine(["from: unactivated, to: s, when: ask('A?')"]))
    let given = program.answers(from: ["A?": try #require(answer)]).answers
    for (rules, expected) in [(Rules.first, 0.5), (.second, now)] {
      let step = program.uncheckedStep(
        from: program.initialSnapshot(), event: Event(text: "…"), scene: Scene("…"), given: given,
        rules: rules)
      #expect(step.snapshot.beliefs[0][1] == expected)
    }
  }

  @Test(arguments: [
    ("from: any, to: s, when: true, role: active", "Rowan"), ("from: any, to: s, when: false", "Rowan"),
    ("from: any, to: s, when: ask('A?') and false", "Rowan"), ("from: any, to: s, when: x == 1", "Rowan"),
    ("from: any, to: s, when: not (x == 0 or ask('A?'))", "Rowan"),
    ("from: any, to: s, when: m == other and ask('A?')", "Rowan"),
    ("from: any, to: s, when: p(m == t) > 0.1 and ask('A?')", "Rowan"),
    ("from: s, to: t, when: true", "Rowan"), ("from: any, to: s, when: ask('A?')", "Mara"),
  ])
  func `an absent transition leaves its target at exactly 0 and asks nothing`(
    transition: String, actor: String
  ) async throws {
    for kind in ["belief", "sample"] {
      let record = try await turn(
        Self.machine([transition], kind: kind), "variables: { x: { initial: 0, min: 0, max: 1 } }\n",
        ["A?": .yes], event: Event(actor: actor, text: "…"))
      #expect(record.distributions == ["m": ["unactivated": 1, "s": 0, "t": 0, "other": 0]])
      #expect(record.steps.flatMap(\.rounds).isEmpty)
    }
  }

  /// No by the event is not absent: it counts as a probability of 0, held at a millionth.
  @Test(arguments: [
    "ask('A?')", "turn == 9", "event.kind == 'blow'", "actor == 'Ann'", "event.data.n == 1",
    "chance(0.000000001)",
  ])
  func `what only the event or an answer makes no stays present`(condition: String) async throws {
    let record = try await turn(
      Self.machine(["from: any, to: s, when: \(condition)"]), "", ["A?": .no],
      event: Event(actor: "Rowan", text: "…", data: ["n": .number(0)]))
    #expect(abs(record.after.beliefs[0][1] - 1e-6) < 1e-17)
  }

  @Test func `a probability in a guard is that of the start, in a tree that of now`() async throws {
    // One turn makes s 0.8; the other machine sees it in the next.
    let machines =
      Self.machine(["from: unactivated, to: s, when: ask('A?')"])
      + "  n: { states: { seen: \"\" }, transitions: [{ from: any, to: seen, when: p(m == s) > 0.4 }] }\n"
    let trees = "behavior: { t: [{ when: p(m == s) > 0.4, then: [likely], else: [unlikely] }] }\n"
    for order in [machines, machines.split(separator: "\n").reversed().joined(separator: "\n") + "\n"] {
      let program = try compileMara("machines:\n" + order + trees)
      let answer = try #require(Answer(probability: 0.8))
      let session = try Session(cast: [program], discriminator: RecordingDiscriminator(["A?": answer]))
      let first = try await session.record(of: Event(text: "…"))
      #expect(first.statements == ["likely"])
      #expect(!first.states.contains("seen") && first.states.contains("s"))
      #expect(try await session.record(of: Event(text: "…")).states.contains("seen"))
    }
  }

  @Test func `of a machine without belief the probability is 1 or 0`() async throws {
    for kind in ["sample", "false"] {
      let stay = kind == "sample" ? "stay: { unactivated: -100 }, " : ""
      let record = try await turn(
        "  m: { probabilistic: \(kind), \(stay)states: { s: \"\" }, "
          + "transitions: [{ from: any, to: s, when: true }] }\n",
        "behavior: { t: [{ when: p(m == s) == 1, then: [one] }, { when: p(m == other) == 0, then: [none] }] }\n"
      )
      #expect(record.statements == ["one", "none"])
    }
  }

  @Test(
    arguments: [
      0, .leastNonzeroMagnitude, 1e-300, 1e-9, 0.5.nextDown, 0.5, 0.5.nextUp, 1 - 1e-9, 1.0.nextDown, 1.0,
    ] as [Double])
  func `no answer and no bias makes a number that is none`(probability: Double) async throws {
    let answer = try #require(Answer(probability: probability))
    for bias in [-100, 0, 100] {
      let transitions = ["s", "t", "unactivated"].map {
        "from: any, to: \($0), when: not ask('\($0)?'), bias: \(bias)"
      }
      let machine = Self.machine(transitions, stay: "{ unactivated: \(-bias), s: \(bias), other: 100 }")
      let program = try compileMara("machines:\n" + machine)
      let given = ["s?": answer, "t?": answer, "unactivated?": answer]
      let session = try Session(cast: [program], discriminator: RecordingDiscriminator(given))
      for _ in 0..<20 {
        let belief = try await session.record(of: Event(text: "…")).after.beliefs[0]
        #expect(belief.allSatisfy { $0 >= 0 && $0 <= 1 } && abs(belief.reduce(0, +) - 1) <= 1e-12)
        #expect(belief[3] == 0)
      }
    }
  }
}
