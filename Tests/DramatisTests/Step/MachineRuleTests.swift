import Dramatis
import TestSupport
import Testing

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
