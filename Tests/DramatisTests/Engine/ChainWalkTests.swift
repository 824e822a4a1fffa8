import Dramatis
import TestSupport
import Testing

/// Sampled machines: what is drawn, how often, and what runs.
@Suite struct ChainWalkTests {
  /// The greatest chi-square that chance gives once in 10,000, by degrees of freedom.
  private static let critical = [0, 15.14, 18.42, 21.11, 23.51, 25.74, 27.86, 29.88]

  private static let yaml = """
    variables: { x: { initial: 0, min: 0, max: 9 } }
    questions: { a: { ask: A? }, b: { ask: B? } }
    machines:
      mood:
        probabilistic: sample
        states: { s1: "", s2: "" }
        stay: { unactivated: 0.5, s1: -1 }
        transitions:
          - { from: unactivated, to: s1, when: a, set: { x: 1 } }
          - { from: any, to: s2, when: b, bias: 0.75, set: { x: 2 } }
          - { from: any, to: s2, when: chance(0.3), set: { x: 3 } }
          - { from: any, to: unactivated, when: not a, set: { x: 4 } }
          - { from: [unactivated, s2], to: other, when: a or b, role: any, set: { x: 5 } }
          - { from: unactivated, to: other, when: x == 7, set: { x: 6 } }

    """

  private func step(_ program: Program, _ snapshot: Snapshot, _ a: Double, _ b: Double) throws -> Step {
    let event = Event(text: "…")
    let (answers, _) = program.answers(from: [
      "a": try #require(Answer(probability: a)), "b": try #require(Answer(probability: b)),
    ])
    return program.uncheckedStep(
      from: snapshot, event: event, scene: Scene(of: event, after: [], window: 10), given: answers)
  }

  /// The row by hand: weights over `x` as it is after each entry, 0 for staying.
  private func row(_ a: Double, _ b: Double, from state: Int) -> [Int: Double] {
    let chain = ChainProgram.Machine(
      kind: "sample", stateCount: 4, stay: [0.5, -1, 0, 0],
      transitions: [
        ([0], 1, .ask(0), 0), ([0, 1, 2, 3], 2, .ask(1), 0.75), ([0, 1, 2, 3], 2, .chance(0.3), 0),
        ([0, 1, 2, 3], 0, .not(.ask(0)), 0), ([0, 2], 3, .or([.ask(0), .ask(1)]), 0),
      ].map { .init(from: $0, to: $1, when: $2, role: "passive", bias: $3, adds: nil) })
    var world = ChainWorld(of: ChainProgram(questionCount: 2, machines: [chain], gates: []))
    world.answers = [a, b]
    let row = chain.row(from: state, world, "passive")
    return Dictionary(uniqueKeysWithValues: row.moves.map { ($0 + 1, $1) } + [(0, row.stays)])
  }

  private func chiSquare(_ counts: [Int: Int], _ row: [Int: Double], _ total: Int) -> (Double, Int) {
    let large = row.filter { $0.value * Double(total) >= 5 }
    let cells = large.map { (Double(counts[$0] ?? 0), $1 * Double(total)) }
    let rest = row.filter { $0.value * Double(total) < 5 }
    let restCount = rest.keys.reduce(0) { $0 + (counts[$1] ?? 0) }
    let restExpected = rest.values.reduce(0, +) * Double(total)
    #expect(Double(restCount) <= restExpected + 6 * restExpected.squareRoot() + 2)
    return (cells.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / $1.1 }, max(cells.count - 1, 0))
  }

  @Test(arguments: [
    (0.7, 0.4), (0.5, 0.5), (1.0, 0.0), (0.0, 1.0), (1e-9, 1 - 1e-9), (0.1, 0.02), (0.9, 0.9),
  ])
  func `what is drawn over 4000 seeds follows the row`(a: Double, b: Double) throws {
    let program = try compileMara(Self.yaml)
    var first: [Int: Int] = [:]
    var second: [Int: Int] = [:]
    for seed in 0..<4000 {
      let one = try step(program, program.initialSnapshot(seed: UInt64(seed)), a, b)
      first[one.snapshot.variables[0], default: 0] += 1
      if one.snapshot.states[0] == 2 {
        let two = try step(program, one.snapshot, a, b)
        let moved = two.grounding.fired.isEmpty ? 0 : two.snapshot.variables[0]
        second[moved, default: 0] += 1
      }
    }
    let (statistic, freedom) = chiSquare(first, row(a, b, from: 0), 4000)
    #expect(statistic <= Self.critical[freedom])
    let (again, less) = chiSquare(second, row(a, b, from: 2), second.values.reduce(0, +))
    #expect(again <= Self.critical[less], "the second draw depends on the first")
  }

  @Test func `effects run for what was drawn and for nothing else`() throws {
    let program = try compileMara(Self.yaml)
    for seed in 0..<300 {
      let step = try step(program, program.initialSnapshot(seed: UInt64(seed)), 0.6, 0.4)
      let fired = step.grounding.fired
      #expect(fired.count <= 1)
      #expect(step.snapshot.variables == [fired.first?.transition.map { $0 + 1 } ?? 0])
      #expect(fired.first?.transition != 5)
      #expect(step.snapshot.states == [fired.first?.to ?? 0])
      let row = row(0.6, 0.4, from: 0)
      let expected = [
        (row[0] ?? 0) + (row[4] ?? 0), row[1] ?? 0, (row[2] ?? 0) + (row[3] ?? 0), row[5] ?? 0,
      ]
      for (own, naive) in zip(step.grounding.distributions[0], expected) { #expect(abs(own - naive) < 1e-12) }
    }
  }

  @Test func `the same seed takes the same walk`() throws {
    let program = try compileMara(Self.yaml)
    var walks: Set<[Int]> = []
    for seed in 0..<40 {
      let walk = { () throws -> [Snapshot] in
        var random = SeededGenerator(seed: 7)
        var snapshots = [program.initialSnapshot(seed: UInt64(seed))]
        for _ in 0..<10 {
          let (a, b) = (Double.random(in: 0...1, using: &random), Double.random(in: 0...1, using: &random))
          snapshots.append(try step(program, snapshots[snapshots.count - 1], a, b).snapshot)
        }
        return snapshots
      }
      #expect(try walk() == walk())
      walks.insert(try walk().flatMap(\.states))
    }
    #expect(walks.count > 30)
  }

  @Test func `machines that look the same draw each for itself, and a line draws anew`() async throws {
    let machine = """
      { probabilistic: sample, states: { s: "" }, transitions: \
      [{ from: unactivated, to: s, when: chance(0.5), role: any }, \
      { from: s, to: unactivated, when: chance(0.5), role: any }] }
      """
    let program = try compileMara("machines:\n  m: \(machine)\n  n: \(machine)\n")
    var pairs: [[Int]: Int] = [:]
    var changes: [[Int]: Int] = [:]
    for seed in 0..<400 {
      let session = try Session(cast: [program], seed: UInt64(seed), performer: FixedPerformer("…"))
      let record = try await session.record(of: Event(text: "…"), speaker: .addressed)
      pairs[try #require(record.event).step.snapshot.states, default: 0] += 1
      changes[record.steps.map { $0.step.grounding.fired.count { $0.machine == 0 } }, default: 0] += 1
    }
    // Each of four is a quarter; 400 draws stay within 6 deviations.
    #expect(pairs.count == 4 && pairs.values.allSatisfy { (48...152).contains($0) })
    #expect(changes.count == 4 && changes.values.allSatisfy { (48...152).contains($0) })
  }
}
