import Dramatis
import TestSupport
import Testing

@Suite struct OrderRuleTests {
  private func record(_ profile: String, _ event: Event = Event(actor: "Rowan", text: "…")) async throws
    -> TurnRecord
  {
    try await Session(cast: [compileMara(profile)]).record(of: event)
  }

  private static let twoMachines = """
    variables: { a: { initial: 1, min: 0, max: 10 }, b: { initial: 1, min: 0, max: 10 } }
    machines:
      first:
        states: { s: S. }
        transitions: [{ from: any, to: s, when: a == 1, set: { a: a + 20, b: a - 7 } }]
      second:
        states: { s: S. }
        transitions:
          - { from: any, to: s, when: a == 1 and b == 1 and first == unactivated, set: { b: b * 2, a: a - b } }
    behavior:
      t: [{ when: first == s and second == s and a == 4 and b == 6, then: [new values] }]

    """

  @Test func `guards read what was, effects run in order and clamp, trees read what is`() async throws {
    let record = try await record(Self.twoMachines)
    #expect(record.states == ["s", "s"])
    #expect(record.after.variables == [4, 6])
    #expect(record.statements == ["new values"])
  }

  @Test func `statements come before gates wherever they are written, and gates go depth first`() async throws
  {
    let record = try await record(
      """
      behavior:
        t:
          - { when: true, then: [{ when: true, then: [four] }, three, { when: true, then: [five] }] }
          - one
          - { when: true, then: [six] }
          - two
          - one
      """)
    #expect(record.statements == ["one", "two", "one", "three", "four", "five", "six"])
  }

  private static let partners = """
    behavior:
      to Ina: { with: Ina, statements: [Ina.] }
      general: [General.]
      to Rowan: { with: Rowan, statements: [Rowan.] }
      more of Ina: { with: ina, statements: [Ina again.] }

    """

  @Test(arguments: [
    (Event(actor: "Rowan", text: "…"), ["General.", "Rowan."]),
    (Event(actor: "INA", text: "…"), ["General.", "Ina.", "Ina again."]), (Event(text: "…"), ["General."]),
    (Event(actor: "Rowan", text: "…", partners: []), ["General."]),
    (
      Event(actor: "x", text: "…", partners: ["Rowan", "Nobody", "Ina"]),
      ["General.", "Rowan.", "Ina.", "Ina again."]
    ),
  ])
  func `partner topics follow the order of partners, who are the actor unless given`(
    event: Event, statements: [String]
  ) async throws {
    #expect(try await record(Self.partners, event).statements == statements)
  }

  @Test(
    arguments: [
      ("mood == unactivated", "yes"), ("turn == 1", "yes"), ("a == 2", "yes"), ("false", nil),
    ] as [(String, String?)])
  func `a gate takes the exit of its value`(condition: String, statement: String?) async throws {
    let record = try await record(
      "variables: { a: { initial: 2, min: 0, max: 3 } }\nmachines: { mood: { states: {} } }\n"
        + "behavior: { t: [{ when: \(yamlQuoted(condition)), then: [\"yes\"] }] }\n")
    #expect(record.statements == (statement.map { [$0] } ?? []))
  }
}
