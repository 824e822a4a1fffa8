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

  @Test func `a transition of role any fires once a turn, on the event or on the line`() async throws {
    let counting = "to: wary, role: any, set: { count: count + 1 }"
    for (when, counts) in [("true", [1, 2, 3]), ("event.kind == 'x' or actor == 'Mara'", [1, 2, 3])] {
      let program = try compileMara(
        "variables: { count: { initial: 0, min: 0, max: 9 } }\n"
          + transitions("{ from: any, when: \(when), \(counting) }"))
      let session = try Session(cast: [program], performer: FixedPerformer("…"))
      for count in counts {
        let turn = try await session.respond(to: Event(text: "…"))
        #expect(turn.records[0].after.variables == [count])
        #expect(turn.records[0].steps.count == 2)
        #expect(turn.records[0].steps.flatMap(\.step.grounding.fired).count == 1)
      }
      let replayed = try Transcript(bytes: await session.transcript.bytes).differences()
      #expect(replayed.differences == [])
    }
  }

  @Test func `once a turn is for each transition by itself, and asks no more once it has fired`() async throws
  {
    let program = try compileMara(
      transitions(
        "{ from: unactivated, to: wary, when: ask('a'), role: any }, { from: wary, to: warm, when: ask('b'), role: any }"
      ))
    let discriminator = RecordingDiscriminator(["a": .yes, "b": .yes])
    let session = try Session(cast: [program], discriminator: discriminator, performer: FixedPerformer("…"))
    #expect(try await session.record(of: Event(text: "…"), speaker: .addressed).states == ["warm"])
    #expect(await discriminator.rounds == [["a"], ["b"]])
    let spent = try compileMara(transitions("{ from: any, to: wary, when: ask('a'), role: any }"))
    let again = RecordingDiscriminator(["a": .yes])
    let second = try Session(cast: [spent], discriminator: again, performer: FixedPerformer("…"))
    for _ in 1...2 { _ = try await second.record(of: Event(text: "…"), speaker: .addressed) }
    #expect(await again.rounds == [["a"], ["a"]])
  }

  @Test func `by the first rules a transition of role any fired on the line again`() throws {
    let program = try compileMara(transitions("{ from: any, to: wary, when: true, role: any }"))
    for (rules, fired) in [(Rules.first, 1), (.second, 0)] {
      let event = program.uncheckedStep(
        from: program.initialSnapshot(), event: Event(text: "…"), scene: Scene("…"),
        given: Answers(for: program), rules: rules)
      let line = program.uncheckedStep(
        from: event.snapshot, event: Event(actor: "Mara", text: "…"), scene: Scene("…"),
        given: Answers(for: program), isLine: true, rules: rules)
      #expect(event.grounding.fired.count == 1)
      #expect(line.grounding.fired.count == fired)
    }
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
