import Dramatis
import DramatisCompiler
import Foundation
import TestSupport
import Testing

/// The code on the page about turns stands here too, so that it is known to compile and run.
@Suite struct TurnPageTests {
  private static let profile = """
    dramatis: 1
    character: Mara
    questions:
      accused: { ask: Does someone accuse Mara?, cues: [watered] }
    machines:
      mood:
        states:
          wary:
        transitions:
          - { from: any, to: wary, when: accused }
    behavior:
      personality:
        - { when: mood == wary, then: Mara watches hands. }
    lines: [Is that so?]
    """

  private let mara: Program
  private let printed = Printed()

  init() throws {
    mara = try Program(profile: Array(Self.profile.utf8), name: "mara.yaml")
  }

  @Test func `a turn of a session`() async throws {
    let session = try Session(cast: [mara], seed: 7)
    let event = Event(actor: "Rowan", text: "You watered the ale!", to: ["Mara"])
    let turn = try await session.respond(to: event)
    for record in turn.records {
      for (machine, state) in zip(record.program.machines, record.after.states) {
        print("\(record.program.character)'s \(machine.name) is \(machine.states[state].name)")
      }
    }
    print(turn.line?.text ?? "…")
    #expect(printed.lines == ["Mara's mood is wary", "Is that so?"])
  }

  @Test func `a turn without a session`() throws {
    var snapshot = mara.initialSnapshot(seed: 7)
    let event = Event(actor: "Rowan", text: "You watered the ale!")
    let scene = Scene(of: event, after: [], window: mara.window)
    var answers = Answers(for: mara)
    while true {
      let open = try mara.openQuestions(at: snapshot, event: event, scene: scene, given: answers)
      if open.isEmpty { break }
      for question in open { answers[question] = .yes }
    }
    let step = try mara.step(from: snapshot, event: event, scene: scene, given: answers)
    snapshot = step.snapshot
    print(step.grounding.statements.map { mara.statements[$0.statement] })
    #expect(printed.lines == ["[\"Mara watches hands.\"]"])
    #expect(snapshot.turn == 1)
  }

  @Test func `the page shows this very code`() throws {
    let here = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
    let blocks = try Page("Sources/Dramatis/Documentation.docc/HowATurnGoes.md").text.blocks(of: "swift")
    #expect(blocks.count == 2)
    for block in blocks {
      let indented = block.split(separator: "\n").map { "    \($0)\n" }.joined()
      #expect(here.contains(indented), "\(block)")
    }
  }

  /// Takes the place of the global `print`.
  private func print(_ item: some Any) {
    printed.lines.append("\(item)")
  }
}

/// What the code of the page prints.
private final class Printed {
  var lines: [String] = []
}
