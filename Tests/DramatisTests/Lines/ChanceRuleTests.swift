import Dramatis
import TestSupport
import Testing

@Suite struct ChanceRuleTests {
  private static let profile = """
    variables: { heads: { initial: 0, min: 0, max: 1000 }, both: { initial: 0, min: 0, max: 1000 } }
    machines:
      coin:
        states: {}
        transitions:
          - { from: any, to: other, when: chance(0.25) and ask("A?"), set: { heads: heads + 1 } }
      copy:
        states: {}
        transitions:
          - { from: any, to: other, when: chance(0.25), set: { both: both + 1 } }
    behavior:
      t: [{ when: chance(0.5), then: [Heads., { when: ask("B?"), then: [{ when: chance(0.5), then: [Deep.] }] }] }]
    lines: [One., Two., Three.]

    """

  /// What was drawn in each turn: fired machines and statements.
  private func drawn(
    seed: UInt64, given: [String: Answer], speaker: Session.Speaker = .nobody
  ) async throws -> [[String]] {
    let session = try Session(cast: [compileMara(Self.profile)], seed: seed)
    var drawn: [[String]] = []
    for number in 1...60 {
      let record = try await session.record(of: Event(text: "\(number)"), given: given, speaker: speaker)
      drawn.append(
        (record.event?.step.grounding.fired.map { "\($0.machine)" } ?? []) + record.statements)
    }
    return drawn
  }

  @Test func `a draw depends on seed, turn and place alone`() async throws {
    let yes = try await drawn(seed: 1, given: ["A?": .yes, "B?": .yes])
    #expect(yes == (try await drawn(seed: 1, given: ["A?": .yes, "B?": .yes], speaker: .addressed)))
    #expect(yes != (try await drawn(seed: 2, given: ["A?": .yes, "B?": .yes])))
    let no = try await drawn(seed: 1, given: ["A?": .no, "B?": .no])
    #expect(no == yes.map { $0.filter { $0 != "0" && $0 != "Deep." } })
    #expect(Set(yes).count > 5)
    let fired = yes.joined().filter { $0 == "1" }.count
    #expect((5...28).contains(fired))
  }

  @Test func `a failed turn draws the same when it is tried again`() async throws {
    let program = try compileMara(Self.profile)
    let expected = try await Session(cast: [program], seed: 3).record(
      of: Event(text: "1"), speaker: .addressed)
    let session = try Session(cast: [program], seed: 3, performer: FixedPerformer("One.", failures: 3))
    for _ in 0..<3 {
      await #expect(throws: TestFailure()) { try await session.respond(to: Event(text: "1")) }
    }
    #expect(try await session.record(of: Event(text: "1"), speaker: .addressed).after == expected.after)
  }

  @Test(arguments: [(0.0, 0), (1.0, 50)])
  func `a chance of nothing never comes and a certain one always`(chance: Double, count: Int) async throws {
    let session = try Session(cast: [
      compileMara("behavior: { t: [{ when: chance(\(chance)), then: [x] }] }\n")
    ])
    var statements = 0
    for _ in 0..<50 { statements += try await session.record(of: Event(text: "…")).statements.count }
    #expect(statements == count)
  }
}
