import Dramatis
import DramatisCompiler
import TestSupport
import Testing

@Suite struct ExplorerTests {
  private func explore(_ body: String, positions: Int = 2000) throws -> (Program, Exploration) {
    let program = try compileMara(body)
    return (program, Explorer.explore(program, limits: ExplorationLimits(positions: positions)))
  }

  private func reached(_ program: Program, _ exploration: Exploration, _ machine: Int = 0) -> [String] {
    program.machines[machine].states.indices.filter { exploration.firstInState[machine][$0] != nil }.map {
      program.machines[machine].states[$0].name
    }
  }

  private static func machine(_ transitions: String, states: String = "a, b, c") -> String {
    let states = states.split(separator: ", ").map { "\($0): \"\"" }.joined(separator: ", ")
    return """
      machines:
        m:
          states: { \(states) }
          transitions:
      \(transitions.split(separator: "\n").map { "      - \($0)" }.joined(separator: "\n"))
      """
  }

  @Test(
    arguments: [
      ("{ from: unactivated, to: a, when: 'ask(\"q\")' }", ["unactivated", "a"]),
      // A question cannot be yes and no in one condition.
      ("{ from: unactivated, to: a, when: 'ask(\"q\") and not ask(\"q\")' }", ["unactivated"]),
      // The first of two transitions always wins.
      (
        "{ from: unactivated, to: a, when: 'ask(\"q\")' }\n{ from: unactivated, to: b, when: 'ask(\"q\")' }",
        ["unactivated", "a"]
      ),
      ("{ from: unactivated, to: a, when: chance(0) }", ["unactivated"]),
      ("{ from: unactivated, to: a, when: chance(0.01) }", ["unactivated", "a"]),
      (
        "{ from: unactivated, to: a, when: turn >= 30 }\n{ from: a, to: b, when: turn < 30 }",
        ["unactivated", "a"]
      ),
      (
        "{ from: unactivated, to: a, when: turn == 3 }\n{ from: a, to: b, when: turn == 3 }",
        ["unactivated", "a"]
      ),
      (
        "{ from: unactivated, to: a, when: 'event.kind == \"x\" and event.kind == \"y\"' }\n"
          + "{ from: unactivated, to: b, when: 'event.kind == \"x\"' }", ["unactivated", "b"]
      ),
      (
        "{ from: unactivated, to: a, when: event.data.n > 3 and event.data.n < 3 }\n"
          + "{ from: unactivated, to: b, when: event.data.n > 3 and event.data.n < 4 }", ["unactivated", "b"]
      ),
      ("{ from: unactivated, to: a, when: 'actor == \"Mara\"' }", ["unactivated"]),
      ("{ from: unactivated, to: a, when: 'actor == \"Rowan\"', role: active }", ["unactivated"]),
      ("{ from: unactivated, to: a, when: 'actor == \"Mara\"', role: active }", ["unactivated", "a"]),
    ])
  func `reaches what can be reached and nothing else`(transitions: String, states: [String]) throws {
    let (program, exploration) = try explore(Self.machine(transitions))
    #expect(exploration.isComplete && exploration.notes.isEmpty)
    #expect(reached(program, exploration) == states)
  }

  @Test func `two machines that ask one question agree on its answer`() throws {
    let (program, exploration) = try explore(
      """
      questions: { q: { ask: Does it? } }
      machines:
        m: { states: { a: "" }, transitions: [{ from: unactivated, to: a, when: q }] }
        n: { states: { a: "" }, transitions: [{ from: unactivated, to: a, when: not q }] }
        both:
          states: { a: "", early: "" }
          transitions: [{ from: unactivated, to: a, when: m == a and n == a and turn < 3 }]
      """)
    #expect(exploration.isComplete)
    #expect(reached(program, exploration, 1) == ["unactivated", "a"])
    #expect(reached(program, exploration, 2) == ["unactivated"])
  }

  @Test func `variables, effects and their bounds are followed`() throws {
    let body = """
      variables: { n: { initial: 0, min: 0, max: 5 } }
      machines:
        m:
          states: { a: "", b: "" }
          transitions:
            - { from: unactivated, to: unactivated, when: 'n < 5 and ask("q")', set: { n: n + 2 } }
            - { from: unactivated, to: a, when: n == 5 }
            - { from: a, to: b, when: n > 5 }
      """
    let (program, exploration) = try explore(body)
    #expect(exploration.isComplete)
    #expect(reached(program, exploration) == ["unactivated", "a"])
    let first = try #require(exploration.firstInState[0][1])
    #expect(exploration.positions[first].turns == 4)
    #expect(exploration.path(to: first).map(\.snapshot.variables) == [[0], [2], [4], [5], [5]])
  }

  @Test func `a bound that was reached is no claim`() throws {
    let body = """
      variables: { n: { initial: 0, min: 0, max: 500 } }
      machines:
        m: { states: { a: "" }, transitions: [{ from: unactivated, to: a, when: n == 500 }] }
        count: { states: {}, transitions: [{ from: any, to: other, when: 'ask("q")', set: { n: n + 1 } }] }
      """
    let (_, cut) = try explore(body, positions: 100)
    #expect(!cut.isComplete && cut.wasBounded && cut.positions.count == 100)
    #expect(try explore(body, positions: 2000).1.isComplete)
  }

  @Test func `turn in arithmetic is never called complete`() throws {
    let (_, exploration) = try explore(
      Self.machine("{ from: unactivated, to: a, when: turn * 2 == 7 }"), positions: 50)
    #expect(!exploration.isComplete)
  }

  @Test func `a belief is taken as free and said to be`() throws {
    let (program, exploration) = try explore(
      """
      machines:
        m:
          probabilistic: belief
          states: { a: "", b: "", c: "" }
          transitions: [{ from: unactivated, to: a, when: 'ask("q")' }, { from: a, to: b, when: 'ask("r")' }]
      """)
    #expect(exploration.isComplete && exploration.notes.count == 1)
    #expect(reached(program, exploration) == ["unactivated", "a", "b"])
  }

  @Test func `a sampled machine takes whatever states do not rule out`() throws {
    let (program, exploration) = try explore(
      """
      machines:
        m:
          probabilistic: sample
          states: { a: "", b: "", c: "" }
          transitions:
            - { from: unactivated, to: a, when: 'ask("q")' }
            - { from: unactivated, to: b, when: m == a }
            - { from: a, to: c, when: chance(0) }
      """)
    #expect(exploration.isComplete && exploration.notes.isEmpty)
    #expect(reached(program, exploration) == ["unactivated", "a"])
  }

  @Test func `statements behind gates that nothing opens are not reached`() throws {
    let (program, exploration) = try explore(
      """
      machines: { m: { states: { a: "" }, transitions: [{ from: unactivated, to: a, when: chance(0) }] } }
      behavior:
        t: [{ when: m == a, then: [never], else: [{ when: 'ask("q")', then: [sometimes] }] }]
      """)
    let opened = program.treeNodes.indices.filter { exploration.isOpened[$0] }
    #expect(
      opened.flatMap { program.treeNodes[$0].statements }.map { program.statements[$0] } == ["sometimes"])
  }

  /// Whatever a walk through the program comes to, the explorer has found.
  @Test(arguments: 0..<40)
  func `random walks never leave what was explored`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let program = try RandomProfile.program(&generator)
    let explored = SlicedExploration(of: program, limits: ExplorationLimits(positions: 20_000))
    var simulation = Simulation(of: program, turns: 12, seed: seed, answers: .drawn([:], default: .even))
    for _ in 0..<12 { simulation.walk() }
    let bound = QuestionBound(of: program)
    #expect(simulation.tally.questions.most <= bound.questions)
    #expect(simulation.tally.rounds.most <= bound.rounds)
    for (index, machine) in program.machines.enumerated() {
      let exploration = explored.exploration(ofMachine: index)
      for state in machine.states.indices where simulation.tally.turnsEnded[index][state] > 0 {
        #expect(
          exploration.firstInState[index][state] != nil, "\(machine.name).\(machine.states[state].name)")
      }
      for transition in machine.transitions.indices
      where simulation.tally.visits.transitions[index][transition] > 0 {
        #expect(exploration.hasFired[index][transition], "\(machine.name).\(transition + 1)")
      }
    }
    for (topic, source) in program.topics.enumerated() {
      for node in program.nodes(below: source.root) where simulation.tally.visits.nodes[node] > 0 {
        #expect(explored.exploration(ofTopic: topic).isOpened[node])
      }
    }
  }

  @Test func `exploring twice gives the same positions in the same order`() throws {
    var generator = SeededGenerator(seed: 7)
    let program = try RandomProfile.program(&generator)
    let (first, second) = (
      Explorer.explore(program, limits: ExplorationLimits(positions: 300)),
      Explorer.explore(program, limits: ExplorationLimits(positions: 300))
    )
    #expect(first.positions.map(\.snapshot) == second.positions.map(\.snapshot))
    #expect(first.positions.map(\.steps) == second.positions.map(\.steps))
  }
}

/// Small profiles with machines of all kinds, variables, trees and every source of conditions.
private enum RandomProfile {
  static func program(_ generator: inout SeededGenerator) throws -> Program {
    var lines = ["variables: { n: { initial: 0, min: 0, max: 3 } }"]
    if generator.once(in: 4) { lines.append("relevant: \(yamlQuoted(condition(&generator)))") }
    lines.append("machines:")
    for name in ["m", "k"] {
      let kind = generator.pick(["false", "false", "false", "sample", "belief"])
      lines += [
        "  \(name):", "    probabilistic: \(kind)", "    states: { a: \"\", b: \"\" }", "    transitions:",
      ]
      for _ in 0..<generator.int(2...5) { lines.append("      - " + transition(&generator, kind)) }
    }
    lines += ["behavior:", "  t:"]
    for number in 0..<3 {
      lines.append(
        "    - { when: \(yamlQuoted(condition(&generator))), then: [s\(number)], else: [{ when: \(yamlQuoted(condition(&generator))), then: [e\(number)], unknown: [u\(number)] }] }"
      )
    }
    return try compileMara(lines.joined(separator: "\n"))
  }

  private static func transition(_ generator: inout SeededGenerator, _ kind: String) -> String {
    let from = generator.pick(["any", "unactivated", "a", "b", "[a, other]"])
    let role = generator.pick(["passive", "passive", "active", "any"])
    let set =
      kind != "belief" && generator.once(in: 3)
      ? ", set: { n: \(generator.pick(["n + 1", "n - 1", "3 - n"])) }" : ""
    return
      "{ from: \(from), to: \(generator.pick(["a", "b", "other"])), role: \(role), when: \(yamlQuoted(condition(&generator)))\(set) }"
  }

  private static func condition(_ generator: inout SeededGenerator, depth: Int = 2) -> String {
    if depth > 0, generator.once(in: 2) {
      let operands = (0..<2).map { _ in "(\(condition(&generator, depth: depth - 1)))" }
      return generator.once(in: 3)
        ? "not \(operands[0])" : operands.joined(separator: generator.pick([" and ", " or "]))
    }
    return generator.pick([
      #"ask("p?")"#, #"ask("q?")"#, #"ask("r?")"#, "m == a", "k == b", "n >= 2", "chance(0.5)", "turn > 4",
      #"event.kind == "payment""#, #"actor == "Rowan""#, "event.data.x > 3", "event.data.x > n",
      "m in [a, other]",
    ])
  }
}
