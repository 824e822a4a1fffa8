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

@Suite struct MachineRuleTests {
  private func transitions(_ list: String) -> String {
    """
    machines:
      mood:
        states: { other: Odd., wary: Wary., unactivated: Not yet., warm: Warm. }
        transitions: [\(list)]

    """
  }

  @Test(arguments: [
    ("{ from: any, to: wary, when: true }, { from: any, to: warm, when: true }", ["wary", "wary", "wary"]),
    ("{ from: any, to: wary, when: false }, { from: any, to: warm, when: true }", ["warm", "warm", "warm"]),
    (
      "{ from: any, to: wary, when: ask('?') }, { from: any, to: warm, when: true }",
      ["warm", "warm", "warm"]
    ),
    (
      "{ from: unactivated, to: wary, when: true }, { from: wary, to: warm, when: true }",
      ["wary", "warm", "warm"]
    ),
    (
      "{ from: [wary, unactivated], to: warm, when: true }, { from: [warm], to: wary, when: true }",
      ["warm", "wary", "warm"]
    ),
    ("{ from: warm, to: wary, when: true }", ["unactivated", "unactivated", "unactivated"]),
    ("{ from: any, to: other, when: turn == 2 }", ["unactivated", "other", "other"]),
    ("{ from: any, to: unactivated, when: true }", ["unactivated", "unactivated", "unactivated"]),
    ("{ from: any, to: wary, when: true, role: active }", ["unactivated", "unactivated", "unactivated"]),
    ("", ["unactivated", "unactivated", "unactivated"]),
  ])
  func `the first transition out of the state whose guard is yes fires, else the state stays`(
    list: String, states: [String]
  ) async throws {
    let session = try Session(cast: [compileMara(transitions(list))])
    for state in states {
      #expect(try await session.record(of: Event(text: "…")).states == [state])
    }
  }

  @Test func `unactivated is first and other last, written or not`() throws {
    let program = try compileMara(transitions(""))
    #expect(program.machines[0].states.map(\.name) == ["unactivated", "wary", "warm", "other"])
    #expect(program.machines[0].states.map(\.description) == ["Not yet.", "Wary.", "Warm.", "Odd."])
    let bare = try compileMara("machines: { mood: { states: {} } }\n")
    #expect(bare.machines[0].states.map(\.name) == ["unactivated", "other"])
  }

  @Test(arguments: [
    ("passive", false, true), ("active", true, false), ("any", true, true), (nil, false, true),
  ])
  func `a transition is tried in its role only, and asks in it only`(
    role: String?, active: Bool, passive: Bool
  ) async throws {
    let written = role.map { ", role: \($0)" } ?? ""
    let program = try compileMara(transitions("{ from: any, to: wary, when: ask('?')\(written) }"))
    for (actor, moves) in [("Mara", active), ("Rowan", passive)] {
      let discriminator = RecordingDiscriminator(["?": .yes])
      let record = try await Session(cast: [program], discriminator: discriminator)
        .record(of: Event(actor: actor, text: "…"))
      #expect(record.states == [moves ? "wary" : "unactivated"])
      #expect(await discriminator.rounds == (moves ? [["?"]] : []))
    }
  }
}
