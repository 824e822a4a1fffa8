import Testing

@testable import Dramatis

/// The flat form against the evaluation over the tree, on conditions of every shape.
@Suite struct FlatConditionTests {
  private static let probabilities: [Double?] = [nil, 0, 0.3, 0.5, 0.5.nextUp, 1]

  /// Every assignment of answers to the two questions.
  private func assignments(_ program: Program) -> [Answers] {
    Self.probabilities.flatMap { first in
      Self.probabilities.map { second in
        var answers = Answers(for: program)
        answers[0] = first.flatMap { Answer(probability: $0) }
        answers[1] = second.flatMap { Answer(probability: $0) }
        return answers
      }
    }
  }

  @Test(arguments: 0..<60)
  func `guards, gates and weights come to what the tree comes to`(seed: Int) throws {
    var generator = ConditionGenerator(seed: UInt64(seed))
    for _ in 0..<12 {
      let condition = generator.condition(depth: 3)
      let program = ConditionGenerator.program(condition)
      try program.verify()
      let snapshot = generator.snapshot(of: program)
      let event = generator.event()
      let role = program.side(in: event)
      for answers in assignments(program) {
        let facts = Facts(snapshot, turn: snapshot.turn + 1, event: event, role: role, answers: answers)
        let truth = condition.truth(facts)
        let step = program.uncheckedStep(from: snapshot, event: event, scene: Scene("…"), given: answers)
        let fires = step.grounding.fired.contains { $0.machine == 0 }
        #expect(fires == (truth == .yes), "\(condition) on \(event)")
        let gate = step.grounding.statements.map { program.statements[$0.statement] }
        let after = Facts(
          step.snapshot, turn: step.snapshot.turn, event: event, role: role, answers: answers,
          isStepped: true)
        #expect(
          gate == (role == .active ? [] : [condition.truth(after).rawValue]), "\(condition) on \(event)")
      }
    }
  }

  @Test(arguments: 0..<60)
  func `the weight of a guard is the probability of its tree`(seed: Int) throws {
    var generator = ConditionGenerator(seed: 1000 + UInt64(seed))
    for _ in 0..<12 {
      let condition = generator.condition(depth: 3)
      let program = ConditionGenerator.program(condition)
      let (snapshot, event) = (generator.snapshot(of: program), generator.event())
      for answers in assignments(program) {
        var facts = Facts(
          snapshot, turn: 1, event: event, role: program.side(in: event), answers: answers, isStepped: true)
        facts.weighsChance = true
        var position = program.uncheckedPosition(at: snapshot)
        position.turn = 1
        let place = program.flat.transitions[program.machines[0].transitions.count].probability
        let range = condition.range(facts)
        let ends: [(ProbabilityEnd, Double)] = [
          (.middle, condition.answer(facts).probability), (.lower, range.low), (.upper, range.high),
          (.possible, range.high > 0 ? 1 : 0), (.certain, range.low < 1 ? 0 : 1),
        ]
        for (end, expected) in ends {
          let probability = program.flat.probability(
            of: place, counting: end, at: position, on: program.uncheckedPrepared(event), given: answers)
          #expect(probability == expected, "\(end) of \(condition) on \(event)")
        }
      }
    }
  }

  @Test(arguments: 0..<60)
  func `a transition is absent exactly where no event and no answer could make its guard hold`(seed: Int) {
    var generator = ConditionGenerator(seed: 2000 + UInt64(seed), hasChance: false, connectives: [.and, .or])
    for _ in 0..<12 {
      let condition = generator.condition(depth: 3)
      let program = ConditionGenerator.program(condition)
      let snapshot = generator.snapshot(of: program)
      let facts = Facts(
        snapshot, turn: 1, event: Event(text: "…"), role: .passive, answers: Answers(for: program))
      let present = TentativeStep(of: program, facts: facts).present(from: snapshot.states[1], of: 1)
      #expect(present.isEmpty == (condition.mostHopeful(facts) == .no), "\(condition)")
    }
  }

  @Test func `texts are the same by their bytes and actors by their folded names`() throws {
    let composed = "caf\u{E9}"
    for (condition, holds) in [
      (Condition.compare(.kind, .equal, .text(composed)), false),
      (.compare(.kind, .equal, .text("cafe\u{301}")), true),
      (.compare(.actor, .equal, .text(composed)), true),
      (.compare(.actor, .equal, .data("who")), true), (.compare(.kind, .equal, .data("who")), false),
    ] {
      let program = ConditionGenerator.program(condition)
      let event = Event(actor: "CAFE\u{301}", text: "…", kind: "cafe\u{301}", data: ["who": .text(composed)])
      let step = program.uncheckedStep(
        from: program.initialSnapshot(), event: event, scene: Scene("…"), given: Answers(for: program))
      #expect(step.grounding.fired.contains { $0.machine == 0 } == holds, "\(condition)")
    }
  }
}

extension Condition {
  /// What it comes to if whatever reads the event or an answer were as it would have to be.
  fileprivate func mostHopeful(_ facts: Facts) -> Truth { hopeful(facts, for: .yes) }

  private func hopeful(_ facts: Facts, for wish: Truth) -> Truth {
    switch self {
    case .question, .chance: wish
    case .holds(let operand): operand.readsEvent ? wish : truth(facts)
    case .compare(let left, _, let right): left.readsEvent || right.readsEvent ? wish : truth(facts)
    case .isMember(let operand, let list):
      ([operand] + list).contains(where: \.readsEvent) ? wish : truth(facts)
    case .constant: truth(facts)
    case .not(let inner): Answer(inner.hopeful(facts, for: wish == .yes ? .no : .yes)).inverted.truth
    case .joined(.and, let parts):
      extreme(parts.map { $0.hopeful(facts, for: wish) }, of: [.no, .unknown], else: .yes)
    case .joined(_, let parts):
      extreme(parts.map { $0.hopeful(facts, for: wish) }, of: [.yes, .unknown], else: .no)
    }
  }

  private func extreme(_ truths: [Truth], of order: [Truth], else otherwise: Truth) -> Truth {
    order.first(where: truths.contains) ?? otherwise
  }
}
