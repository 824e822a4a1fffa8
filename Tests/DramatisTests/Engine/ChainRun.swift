import Dramatis
import TestSupport

/// The engine and the naive evaluator side by side, event by event.
struct ChainRun {
  let plan: ChainProgram
  let program: Program
  private(set) var snapshot: Snapshot
  private(set) var world: ChainWorld
  private(set) var disagreements: [String] = []

  init(_ plan: ChainProgram, seed: UInt64 = 0) throws {
    self.plan = plan
    program = try compile(plan.yaml)
    snapshot = program.initialSnapshot(seed: seed)
    world = ChainWorld(of: plan)
  }

  static func event(role: String?, datum: Int?) -> Event {
    Event(
      actor: role == "active" ? "Mara" : "Rowan", text: "…", to: role == nil ? ["Ann"] : nil,
      data: datum.map { ["n": .number(Double($0))] } ?? [:])
  }

  func given(_ answers: [Double?]) -> Answers {
    let pairs = answers.enumerated().map { index, probability in
      ("q\(index)", probability.flatMap { Answer(probability: $0) } ?? .unknown)
    }
    return program.answers(from: Dictionary(uniqueKeysWithValues: pairs)).answers
  }

  /// Takes an event with every question answered, and again with only what the rounds ask for.
  mutating func step(role: String?, datum: Int?, answers: [Double?], others: [Double?]) {
    world.answers = answers
    world.datum = datum
    let event = Self.event(role: role, datum: datum)
    let scene = Scene(of: event, after: [], window: 10)
    let step = program.uncheckedStep(from: snapshot, event: event, scene: scene, given: given(answers))
    let asked = rounds(event, scene, given(answers))
    expect(asked.rounds <= program.questions.count + 1, "the rounds do not end")
    for rest in [nil, given(others)] {
      var partial = asked.answers
      for index in program.questions.indices where partial[index] == nil { partial[index] = rest?[index] }
      let again = program.uncheckedStep(from: snapshot, event: event, scene: scene, given: partial)
      expect(again == step, "an answer that nobody asked for matters: \(asked.answers.answered)")
    }
    let before = world
    if let role { move(step, before, role) } else { expectUnmoved(step) }
    snapshot = step.snapshot
    expect(snapshot.variables == [world.x], "x is \(snapshot.variables), not \(world.x)")
    expect(texts(step) == (role == "passive" ? statements : []), "statements are \(texts(step))")
  }

  private func rounds(_ event: Event, _ scene: Scene, _ all: Answers) -> (answers: Answers, rounds: Int) {
    var answers = Answers(for: program)
    for round in 0...program.questions.count + 1 {
      let open = program.uncheckedQuestions(at: snapshot, event: event, scene: scene, given: answers)
      if open.isEmpty || open.contains(where: { answers[$0] != nil }) { return (answers, round) }
      for index in open { answers[index] = all[index] }
    }
    return (answers, .max)
  }

  private func texts(_ step: Step) -> [String] {
    step.grounding.statements.map { program.statements[$0.statement] }
  }

  private var statements: [String] {
    plan.gates.enumerated().compactMap { index, gate in
      let value = gate.value(world)
      return value > 0.5 ? "yes \(index)" : value < 0.5 ? "no \(index)" : nil
    }
  }
}

extension ChainRun {
  private mutating func expect(_ holds: Bool, _ what: String) {
    if !holds { disagreements.append("turn \(snapshot.turn): \(what)\n\(plan.yaml)") }
  }

  private mutating func expectUnmoved(_ step: Step) {
    expect(
      step.snapshot.turn == snapshot.turn + 1 && step.snapshot.beliefs == snapshot.beliefs
        && step.snapshot.states == snapshot.states && step.grounding.distributions.isEmpty,
      "an irrelevant event moves something")
  }

  private mutating func move(_ step: Step, _ before: ChainWorld, _ role: String) {
    for (index, machine) in plan.machines.enumerated() {
      let fired = step.grounding.fired.first { $0.machine == index }
      let distribution = step.grounding.distributions[index]
      if machine.isBelief {
        let belief = machine.belief(after: before.beliefs[index], before, role)
        world.beliefs[index] = belief
        expectSame(distribution, belief)
        expectSame(step.snapshot.beliefs[index], belief)
        ground(index, belief, step.snapshot)
        expect(fired == nil || fired?.transition == nil, "a belief fires a transition")
      } else if machine.isSample {
        expectSame(distribution, machine.distribution(from: before.states[index], before, role))
        let present = machine.present(from: before.states[index], before, role)
        expect(fired?.transition.map(present.contains) ?? true, "an absent transition was drawn")
        follow(fired?.transition, index, step)
      } else {
        let first = machine.first(from: before.states[index], before, role)
        expect(fired?.transition == first, "another transition fires: \(String(describing: fired))")
        expect(distribution.isEmpty, "a deterministic machine has a distribution")
        follow(first, index, step)
      }
    }
  }

  private mutating func follow(_ transition: Int?, _ index: Int, _ step: Step) {
    if let transition {
      let transition = plan.machines[index].transitions[transition]
      world.states[index] = transition.to
      world.x = min(max(world.x + (transition.adds ?? 0), -3), 3)
    }
    expect(step.snapshot.states[index] == world.states[index], "another state is entered")
  }

  private mutating func expectSame(_ engine: [Double], _ naive: [Double]) {
    let isSame =
      engine.count == naive.count
      && zip(engine, naive).allSatisfy { abs($0 - $1) <= 1e-12 && ($1 != 0 || $0 == 0) && !$0.isNaN }
    expect(isSame && abs(engine.reduce(0, +) - 1) <= 1e-12, "\(engine) is not \(naive)")
  }

  /// The most probable, the first of those that are the same; what differs by rounding only may be either.
  private mutating func ground(_ index: Int, _ belief: [Double], _ snapshot: Snapshot) {
    let (own, state) = (snapshot.beliefs[index], snapshot.states[index])
    expect(own.firstIndex(of: own.max() ?? 0) == state, "ties do not go to the first")
    let most = belief.max() ?? 0
    let near = belief.indices.filter { belief[$0] > most - 1e-12 }
    expect(near.contains(state), "state \(state) is not the most probable of \(belief)")
    world.states[index] = state
  }
}
