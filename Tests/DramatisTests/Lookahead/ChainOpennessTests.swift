import Dramatis
import TestSupport
import Testing

/// What is asked for probabilistic machines: every answer that can still change a probability, and no other.
@Suite struct ChainOpennessTests {
  private func rounds(_ condition: String, kind: String, _ answers: [String: Answer], given: [String: Answer])
    async throws -> [[String]]
  {
    let discriminator = RecordingDiscriminator(answers)
    let program = try compileMara(
      "machines:\n"
        + ChainRuleTests.machine(["from: any, to: s, when: \(yamlQuoted(condition))"], kind: kind)
        + "questions: { a: { ask: A? }, b: { ask: B? }, c: { ask: C? } }\n")
    let session = try Session(cast: [program], discriminator: discriminator)
    _ = try await session.record(of: Event(text: "…"), given: given)
    return await discriminator.rounds
  }

  static let places: [(String, Double, [String])] = [
    ("a and b", 0.0, []), ("a and b", 1, ["b"]), ("a and b", 0.5, ["b"]), ("a and b", 0.01, ["b"]),
    ("a or b", 1, []), ("a or b", 0, ["b"]), ("a or b", 0.5, ["b"]), ("not a and b", 1, []),
    ("not (a and b)", 0, []), ("not (a or b)", 1, []), ("a and (b or c)", 0, []),
    ("a and (b or c)", 1, ["b", "c"]), ("a or b and c", 1, []), ("a or b and c", 0.7, ["b", "c"]),
    ("a and b or c", 0, ["c"]), ("chance(0.3) and b", 0, ["b"]), ("chance(0) and b", 0, []),
    ("chance(1) or b", 0, []), ("chance(0) or b", 0, ["b"]), ("true or b", 0, []), ("true and b", 0, ["b"]),
    ("a and (chance(0.3) or b)", 0.3, []), ("a and (chance(0.3) or b)", 0.4, ["b"]),
    ("a or chance(0.3) and b", 0.3, []), ("a or chance(0.3) and b", 0.2, ["b"]), ("turn == 9 and b", 0, []),
    ("turn == 1 and b", 0, ["b"]), ("event.data.n == 1 or b", 0, ["b"]),
    ("event.data.n == 1 and b", 0, ["b"]), ("not (chance(0.6) or a) and b", 0.6, ["b"]),
    ("not a and (chance(0.25) or b)", 0.75, []),
    // Bounds are as exact as the values that they bound.
    ("a and (chance(0.1) or b)", 0.1, []), ("not a and (chance(0.5) or b)", 0.5.nextDown, ["b"]),
  ]

  @Test(arguments: places, ["belief", "sample"])
  func `a question is asked where its answer can change a probability`(
    place: (String, Double, [String]), kind: String
  ) async throws {
    let (condition, probability, asked) = place
    let a = try #require(Answer(probability: probability))
    let rounds = try await rounds(condition, kind: kind, [:], given: ["a": a])
    #expect(rounds == (asked.isEmpty ? [] : [asked]))
  }

  /// Which questions can change the value of a formula, tried out over all answers of a grid.
  private func matters(_ question: Int, in formula: ChainFormula, _ world: ChainWorld, _ open: [Int]) -> Bool
  {
    let others = open.filter { $0 != question && formula.questions.contains($0) }
    let grid = [nil, 0, 0.05, 0.28, 0.45, 0.55, 0.72, 0.95, 1]
    for number in 0..<others.reduce(1, { count, _ in count * grid.count }) {
      var tried = world
      var rest = number
      for other in others {
        tried.answers[other] = grid[rest % grid.count]
        rest /= grid.count
      }
      let values = [nil, 0, 1].map { value in
        tried.answers[question] = value
        return formula.weight(tried)
      }
      if Set(values).count > 1 { return true }
    }
    return false
  }

  @Test(arguments: 0..<6, ["belief", "sample"])
  func `the first round of a random machine is what a search over answers finds`(batch: Int, kind: String)
    throws
  {
    for number in 0..<60 {
      var generator = ChainGenerator(seed: 7000 + batch * 100 + number, questionCount: 3, isReadOnce: true)
      let plan = generator.program(kinds: [kind], gates: 0)
      let program = try compile(plan.yaml)
      var world = ChainWorld(of: plan)
      world.datum = generator.random.pick([nil, 0, 1])
      let known = (0..<3).filter { _ in generator.random.once(in: 3) }
      var answers = Answers(for: program)
      for index in known {
        world.answers[index] = generator.random.pick([nil, 0, 0.3, 0.5, 0.9, 1])
        let question = try #require(program.questions.firstIndex { $0.name == "q\(index)" })
        answers[question] = world.answers[index].flatMap { Answer(probability: $0) } ?? .unknown
      }
      let role = generator.random.pick(["passive", "active"])
      let event = ChainRun.event(role: role, datum: world.datum)
      let open = program.uncheckedQuestions(
        at: program.initialSnapshot(seed: 0), event: event, scene: Scene("…"), given: answers)
      let unknown = [0, 1, 2].filter { !known.contains($0) }
      let expected = unknown.filter { question in
        plan.machines[0].tried(from: 0, world, role).contains {
          matters(question, in: plan.machines[0].transitions[$0].when, world, unknown)
        }
      }
      #expect(open.compactMap { program.questions[$0].name }.sorted() == expected.map { "q\($0)" })
    }
  }

  /// Trees, lines and other machines wait for what a belief can become, and are asked in the same round.
  @Test(arguments: [
    ("m == s", [["A?", "B?"]]), ("m == t", [["A?"]]), ("m == other", [["A?"]]),
    ("p(m == s) > 0.4", [["A?", "B?"]]),
    ("p(m == s) > 0.4 and n == other", [["A?"]]), ("not (p(m == s) > 0.4)", [["A?", "B?"]]),
  ])
  func `gates that a pending belief can open are live`(gate: String, rounds: [[String]]) async throws {
    let discriminator = RecordingDiscriminator(["A?": .yes])
    let program = try compileMara(
      "machines:\n" + ChainRuleTests.machine(["from: any, to: s, when: ask('A?')"])
        + "  n: { states: { seen: \"\" }, transitions: [] }\n"
        + "behavior: { t: [{ when: \(yamlQuoted("(\(gate)) and ask('B?')")), then: [x] }] }\n")
    let session = try Session(cast: [program], discriminator: discriminator)
    _ = try await session.record(of: Event(text: "…"))
    #expect(await discriminator.rounds == rounds)
  }

  @Test(arguments: 0..<20)
  func `a file keeps probabilistic machines, their rows and their questions`(seed: Int) throws {
    var generator = ChainGenerator(seed: 8000 + seed)
    let plan = generator.program(kinds: ["belief", "sample", "false"])
    let program = try compile(plan.yaml)
    let loaded = try Program(file: program.fileBytes())
    #expect(loaded == program)
    #expect(loaded.machines.map(\.kind) == [.belief, .sample, .deterministic])
    #expect(loaded.machines.map { $0.states.map(\.stayBias) } == plan.machines.map(\.stay))
    #expect(
      loaded.machines.map { $0.transitions.map(\.bias) } == plan.machines.map { $0.transitions.map(\.bias) })
    var snapshots = [program, loaded].map { $0.initialSnapshot(seed: 5) }
    for _ in 0..<10 {
      let event = ChainRun.event(role: "passive", datum: generator.random.pick([nil, 0, 1]))
      let given = Dictionary(
        uniqueKeysWithValues: (0..<4).map {
          ("q\($0)", generator.answer().flatMap { Answer(probability: $0) } ?? .unknown)
        })
      let steps = zip([program, loaded], snapshots).map { program, snapshot in
        program.uncheckedStep(
          from: snapshot, event: event, scene: Scene("…"), given: program.answers(from: given).answers)
      }
      #expect(steps[0] == steps[1])
      snapshots = steps.map(\.snapshot)
    }
  }
}
