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
        before.collectProbable(from: machine.transitions[transition].guardCondition, into: &missing)
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

  /// Adds the unanswered questions that can still change a condition's probability.
  func collectProbable(from condition: Condition, into open: inout [Int]) {
    guard !range(of: condition).isPoint else { return }
    switch condition {
    case .question(let index):
      if !open.contains(index) { open.append(index) }
    case .not(let condition):
      collectProbable(from: condition, into: &open)
    case .joined(let connective, let conditions):
      let ranges = conditions.map { range(of: $0) }
      let others = ranges.reducedAroundEach(from: ProbabilityRange(Outcomes(connective.neutral))) {
        $0.joined(by: connective, with: $1)
      }
      for (index, condition) in conditions.enumerated()
      where ranges[index].matters(to: connective, beside: others[index]) {
        collectProbable(from: condition, into: &open)
      }
    case .constant, .chance, .holds, .compare, .isMember:
      break
    }
  }

  /// Between which probabilities a condition can still end.
  private func range(of condition: Condition) -> ProbabilityRange {
    switch condition {
    case .question(let index):
      facts.answers[index].map { ProbabilityRange($0.probability) } ?? ProbabilityRange(low: 0, high: 1)
    case .chance(let probability, _): ProbabilityRange(probability)
    case .not(let condition): range(of: condition).inverted
    case .joined(let connective, let conditions):
      conditions.reduce(ProbabilityRange(Outcomes(connective.neutral))) {
        $0.joined(by: connective, with: range(of: $1))
      }
    case .constant, .holds, .compare, .isMember:
      ProbabilityRange(outcomes(of: condition))
    }
  }

  /// Whether the probability of a condition can still end at a bound or above it, and below it.
  func outcomes(of condition: Condition, from bound: Double) -> Outcomes {
    let range = range(of: condition)
    return (range.high >= bound ? Outcomes.yes : []).union(range.low < bound ? .no : [])
  }
}

/// The probabilities that are still possible, both ends included.
private struct ProbabilityRange {
  let low: Double
  let high: Double

  init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  init(_ probability: Double) {
    self.init(low: probability, high: probability)
  }

  init(_ outcomes: Outcomes) {
    let probabilities = outcomes.truths.map { Answer($0).probability }
    self.init(low: probabilities.min() ?? 0, high: probabilities.max() ?? 1)
  }

  var isPoint: Bool { low == high }

  /// Inverted as answers are, to the last bit.
  var inverted: ProbabilityRange {
    let (low, high) = (Answer(probability: high)?.inverted, Answer(probability: low)?.inverted)
    return ProbabilityRange(low: low?.probability ?? 0, high: high?.probability ?? 1)
  }

  /// Where two conditions can end together: at the ends of both, since each moves the whole in one direction.
  func joined(by connective: Connective, with other: ProbabilityRange) -> ProbabilityRange {
    let (first, last) = (ends(of: connective, beside: other.low), ends(of: connective, beside: other.high))
    return ProbabilityRange(low: min(first.low, last.low), high: max(first.high, last.high))
  }

  /// Whether it makes a difference where in the range a condition ends.
  ///
  /// - Parameter others: Where those that it is joined with can end together.
  func matters(to connective: Connective, beside others: ProbabilityRange) -> Bool {
    !ends(of: connective, beside: others.low).isPoint || !ends(of: connective, beside: others.high).isPoint
  }

  private func ends(of connective: Connective, beside other: Double) -> ProbabilityRange {
    let ends = (connective.probability(low, with: other), connective.probability(high, with: other))
    return ProbabilityRange(low: min(ends.0, ends.1), high: max(ends.0, ends.1))
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
    position = Position(
      Snapshot(
        seed: facts.seed, turn: facts.turn, states: facts.states, beliefs: facts.beliefs,
        variables: facts.variables, commitments: facts.commitments))
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
