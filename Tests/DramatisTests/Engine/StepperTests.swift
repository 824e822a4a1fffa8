import Dramatis
import Foundation
import TestSupport
import Testing

@Suite struct StepperTests {
  private static let events = [
    Event(actor: "Rowan", text: "You cheat!", data: ["x": .number(1)]), Event(actor: "Mara", text: "Hm."),
    Event(actor: "Ina", text: "Mara?", kind: "whisper"), Event(text: "Rain.", to: ["Nobody"]),
    Event(actor: "Rowan", text: "…", partners: ["Rowan", "Rowan"]),
  ]

  private static let chain = """
    questions: { a: { ask: A? }, b: { ask: B? } }
    machines:
      mood:
        probabilistic: belief
        states: { wary: "", warm: "" }
        transitions:
          - { from: any, to: wary, when: a, role: any }
          - { from: wary, to: warm, when: b and not a, bias: 1.5 }
      gait:
        probabilistic: sample
        states: { slow: "", fast: "" }
        transitions:
          - { from: any, to: slow, when: chance(0.5), role: any }
          - { from: any, to: fast, when: p(mood == wary) > 0.2 or a, role: any }
      walk:
        states: { on: "" }
        transitions: [{ from: any, to: "on", when: gait == fast and b }]
    behavior: { t: [{ when: p(mood == wary) > 0.3, then: [Wary.], else: [{ when: b, then: [Calm.] }] }] }
    """

  private func programs() throws -> [Program] {
    [try compile(everything), try compileMara(Self.chain)]
  }

  @Test func `one stepper takes many characters where the pure form takes them`() throws {
    for program in try programs() {
      var stepper = Stepper(for: program)
      let prepared = Self.events.map { program.uncheckedPrepared($0) }
      var random = SeededGenerator(seed: 3)
      var snapshots = (0..<5).map { program.initialSnapshot(seed: $0) }
      var positions = (0..<5).map { program.position(seed: $0) }
      for _ in 0..<200 {
        let (who, what) = (random.int(0...4), random.int(0...Self.events.count - 1))
        var answers = Answers(for: program)
        for question in program.questions.indices {
          answers[question] = random.pick([nil, .yes, .no, .unknown, Answer(probability: 0.7)])
        }
        let event = Self.events[what]
        let step = program.uncheckedStep(
          from: snapshots[who], event: event, scene: Scene(of: event, after: [], window: 1), given: answers)
        try stepper.step(&positions[who], on: prepared[what], given: answers)
        snapshots[who] = step.snapshot
        #expect(program.uncheckedSnapshot(at: positions[who]) == step.snapshot)
        #expect(stepper.role == step.grounding.role)
        #expect(Array(stepper.fired) == step.grounding.fired)
        #expect(Array(stepper.statements) == step.grounding.statements)
        for (machine, distribution) in step.grounding.distributions.enumerated() {
          #expect(Array(try stepper.distribution(of: machine)) == distribution)
        }
      }
      #expect(program.uncheckedSnapshot(at: program.uncheckedPosition(at: snapshots[0])) == snapshots[0])
    }
  }

  @Test func `the character's own line belongs to the turn that has begun`() throws {
    let program = try compileMara(Self.chain)
    var stepper = Stepper(for: program)
    var character = program.position(seed: 7)
    let line = program.uncheckedPrepared(Event(actor: "Mara", text: "Hm."))
    try stepper.step(&character, on: line, given: Answers(for: program), isLine: true)
    #expect(character.turn == 0)
    #expect(stepper.role == .active)
  }

  @Test func `a stored position with three machines takes less than a kilobyte`() throws {
    let program = try compileMara(Self.chain)
    #expect(program.machines.count == 3)
    var stepper = Stepper(for: program)
    var character = program.position(seed: .max)
    let event = program.uncheckedPrepared(Self.events[0])
    var answers = Answers(for: program)
    (answers[0], answers[1]) = (Answer(probability: 0.37), Answer(probability: 0.81))
    for _ in 0..<50 { try stepper.step(&character, on: event, given: answers) }
    let bytes = try JSONEncoder().encode(program.uncheckedNamed(program.uncheckedSnapshot(at: character)))
    #expect(bytes.count < 1024)
  }
}
