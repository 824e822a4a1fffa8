/// Probabilistic machines: every answer that can change a probability matters, not only yes.
extension PossiblePositions {
  /// Works out where a probabilistic machine can go, by the guards as they are before the step.
  ///
  /// - Parameter open: Receives the unanswered questions of the live rows.
  mutating func moveProbabilistically(
    _ index: Int, of program: Program, before: PossiblePositions, open: inout [Int]
  ) {
    let machine = program.machines[index]
    let live =
      machine.kind == .belief
      ? facts.beliefs[index].indices.filter { facts.beliefs[index][$0] > 0 } : [facts.states[index]]
    var step = TentativeStep(of: program, facts: facts)
    var missing: [Int] = []
    var present: [Transition] = []
    for state in live {
      for transition in step.present(from: state, of: index) {
        before.collectPresent(from: machine.transitions[transition].guardCondition, into: &missing)
        present.append(machine.transitions[transition])
      }
    }
    for question in missing where !open.contains(question) { open.append(question) }
    if missing.isEmpty {
      decide(index, of: program, by: &step)
    } else {
      states[index] = Set(live + present.map(\.to)).sorted()
      beliefs[index] = machine.kind == .belief ? nil : []
      run(present, canStay: true, program: program)
    }
  }

  private mutating func decide(_ index: Int, of program: Program, by step: inout TentativeStep) {
    let machine = program.machines[index]
    if machine.kind == .belief {
      let belief = step.belief(of: index)
      beliefs[index] = belief
      states[index] = [belief.mostProbable]
      return
    }
    guard let transition = step.draw(index) else { return }
    states[index] = [machine.transitions[transition].to]
    run([machine.transitions[transition]], canStay: false, program: program)
  }

  /// Adds the unanswered questions that can still change what a transition weighs in its row, or whether it is in it.
  func collectPresent(from condition: Condition, into open: inout [Int]) {
    collectProbable(from: condition, into: &open)
    // Where nothing is sure, it is in the row only if nothing is possible.
    if facts.rules.end == .lower, range(of: condition, at: .lower).low == 0 {
      collectProbable(from: condition, at: .possible, into: &open)
    }
  }

  /// Adds the unanswered questions that can still change a condition's probability.
  func collectProbable(from condition: Condition, into open: inout [Int]) {
    collectProbable(from: condition, at: facts.rules.end, into: &open)
  }

  private func collectProbable(from condition: Condition, at end: ProbabilityEnd, into open: inout [Int]) {
    guard !range(of: condition, at: end).isPoint else { return }
    switch condition {
    case .question(let index):
      if !open.contains(index) { open.append(index) }
    case .not(let condition):
      collectProbable(from: condition, at: end.opposite, into: &open)
    case .joined(let connective, let conditions):
      let ranges = conditions.map { range(of: $0, at: end) }
      let others = ranges.reducedAroundEach(from: ProbabilityRange(Answer(connective.neutral).probability)) {
        $0.joined(by: connective, with: $1)
      }
      for (index, condition) in conditions.enumerated()
      where ranges[index].matters(to: connective, beside: others[index]) {
        collectProbable(from: condition, at: end, into: &open)
      }
    case .constant, .chance, .holds, .compare, .isMember:
      break
    }
  }

  /// Where one end of a condition's probability can still come to stand.
  private func range(of condition: Condition, at end: ProbabilityEnd) -> ProbabilityRange {
    switch condition {
    case .question(let index):
      guard let answer = facts.answers[index] else { return ProbabilityRange(low: 0, high: 1) }
      return ProbabilityRange(answer.isUnanswered ? end.ofUnanswered : end.of(answer.probability))
    case .chance(let probability, _): return ProbabilityRange(end.of(probability))
    case .not(let condition): return range(of: condition, at: end.opposite).inverted
    case .joined(let connective, let conditions):
      return conditions.reduce(ProbabilityRange(Answer(connective.neutral).probability)) {
        $0.joined(by: connective, with: range(of: $1, at: end))
      }
    case .constant, .holds, .compare, .isMember:
      let probabilities = outcomes(of: condition).truths.map {
        $0 == .unknown ? end.ofUnanswered : Answer($0).probability
      }
      return ProbabilityRange(low: probabilities.min() ?? 0, high: probabilities.max() ?? 1)
    }
  }

  /// Whether the probability of a condition can still end at a bound or above it, and below it.
  func outcomes(of condition: Condition, from bound: Double) -> Outcomes {
    let range = range(of: condition, at: facts.rules.end)
    return (range.high >= bound ? Outcomes.yes : []).union(range.low < bound ? .no : [])
  }
}

/// What probabilistic machines come to on a set of answers, before it is decided that a step is taken.
struct TentativeStep {
  private var stepper: Stepper
  private let position: Position
  private let event: PreparedEvent
  private let answers: Answers

  init(of program: Program, facts: Facts) {
    stepper = Stepper(program.flat, rules: facts.rules)
    var snapshot = Snapshot(
      seed: facts.seed, turn: facts.turn, states: facts.states, beliefs: facts.beliefs,
      variables: facts.variables, commitments: facts.commitments, spent: facts.spent)
    snapshot.memory.values = facts.past
    position = Position(snapshot, of: program.flat, identity: program.identity)
    event = PreparedEvent(
      for: program.flat, concern: .character, side: facts.role,
      slots: program.flat.slots.values(of: facts.event))
    answers = facts.answers
  }

  /// The transitions that are present in the row of a state.
  func present(from state: Int, of machine: Int) -> [Int] {
    let flat = stepper.flat
    return event.candidates(leaving: flat.machines[machine].firstState + state)
      .map(event.candidate)
      .filter { flat.follow($0.way, at: position, on: event, given: answers) == 1 }
      .map { flat.transitions[Int($0.transition)].number }
  }

  /// What a machine that carries a belief comes to believe.
  mutating func belief(of machine: Int) -> [Double] {
    stepper.updateBelief(of: machine, at: position, on: event, given: answers)
    return Array(stepper.distributions[stepper.flat.states(of: machine)])
  }

  /// The transition that a sampled machine draws; nil where it stays.
  mutating func draw(_ machine: Int) -> Int? {
    stepper.draw(machine, at: position, on: event, given: answers).map { stepper.flat.transitions[$0].number }
  }
}
