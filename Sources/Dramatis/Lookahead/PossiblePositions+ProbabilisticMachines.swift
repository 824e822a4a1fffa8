/// Probabilistic machines: every answer that can change a probability matters, not only yes.
extension PossiblePositions {
  /// Works out where a probabilistic machine can go, by the guards as they are before the step.
  ///
  /// - Parameter open: Receives the unanswered questions of the live rows.
  mutating func weigh(
    _ index: Int, _ machine: Machine, from before: PossiblePositions, program: Program, open: inout [Int]
  ) {
    let live =
      machine.kind == .belief
      ? facts.beliefs[index].indices.filter { facts.beliefs[index][$0] > 0 } : [facts.states[index]]
    var weighing = TentativeStep(program, facts)
    var missing: [Int] = []
    var present: [Transition] = []
    for state in live {
      for transition in weighing.present(from: state, of: index) {
        before.collectWeighed(from: machine.transitions[transition].guardCondition, into: &missing)
        present.append(machine.transitions[transition])
      }
    }
    for question in missing where !open.contains(question) { open.append(question) }
    if missing.isEmpty {
      decide(index, machine, program, &weighing)
    } else {
      states[index] = Set(live + present.map(\.to)).sorted()
      beliefs[index] = machine.kind == .belief ? nil : []
      run(present, canStay: true, program: program)
    }
  }

  private mutating func decide(
    _ index: Int, _ machine: Machine, _ program: Program, _ weighing: inout TentativeStep
  ) {
    if machine.kind == .belief {
      let belief = weighing.belief(of: index)
      beliefs[index] = belief
      states[index] = [belief.mostProbable]
      return
    }
    guard let transition = weighing.draw(index) else { return }
    states[index] = [machine.transitions[transition].to]
    run([machine.transitions[transition]], canStay: false, program: program)
  }

  /// Adds the unanswered questions that can still change a condition's probability.
  func collectWeighed(from condition: Condition, into open: inout [Int]) {
    guard !range(of: condition).isPoint else { return }
    switch condition {
    case .question(let index):
      if !open.contains(index) { open.append(index) }
    case .not(let condition):
      collectWeighed(from: condition, into: &open)
    case .all(let conditions):
      let ranges = conditions.map { range(of: $0) }
      for (index, condition) in conditions.enumerated() where ranges.canBeLeast(index) {
        collectWeighed(from: condition, into: &open)
      }
    case .any(let conditions):
      let ranges = conditions.map { range(of: $0) }
      for (index, condition) in conditions.enumerated() where ranges.canBeGreatest(index) {
        collectWeighed(from: condition, into: &open)
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
    case .all(let conditions): conditions.reduce(ProbabilityRange(1)) { $0.least(range(of: $1)) }
    case .any(let conditions): conditions.reduce(ProbabilityRange(0)) { $0.greatest(range(of: $1)) }
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

  func least(_ other: ProbabilityRange) -> ProbabilityRange {
    ProbabilityRange(low: min(low, other.low), high: min(high, other.high))
  }

  func greatest(_ other: ProbabilityRange) -> ProbabilityRange {
    ProbabilityRange(low: max(low, other.low), high: max(high, other.high))
  }
}

extension [ProbabilityRange] {
  /// Whether one of them can end below all others, so that it decides the least.
  fileprivate func canBeLeast(_ index: Int) -> Bool {
    indices.allSatisfy { $0 == index || self[index].low < self[$0].high }
  }

  /// Whether one of them can end above all others, so that it decides the greatest.
  fileprivate func canBeGreatest(_ index: Int) -> Bool {
    indices.allSatisfy { $0 == index || self[index].high > self[$0].low }
  }
}

/// What probabilistic machines come to on a set of answers, before it is decided that a step is taken.
struct TentativeStep {
  private var stepper: Stepper
  private let position: Position
  private let event: PreparedEvent
  private let answers: Answers

  init(_ program: Program, _ facts: Facts) {
    stepper = Stepper(program.flat)
    position = Position(
      Snapshot(
        seed: facts.seed, turn: facts.turn, states: facts.states, beliefs: facts.beliefs,
        variables: facts.variables, commitments: facts.commitments))
    event = PreparedEvent(program.flat, .character, facts.role, program.flat.slots.values(of: facts.event))
    answers = facts.answers
  }

  /// The transitions that are present in the row of a state.
  func present(from state: Int, of machine: Int) -> [Int] {
    let flat = stepper.flat
    return event.candidates(leaving: flat.machines[machine].firstState + state)
      .map(event.candidate)
      .filter { flat.follow($0.way, position, event, answers) == 1 }
      .map { flat.transitions[Int($0.transition)].number }
  }

  /// What a machine that carries a belief comes to believe.
  mutating func belief(of machine: Int) -> [Double] {
    stepper.carryOn(machine, position, event, answers)
    return Array(stepper.distributions[stepper.flat.states(of: machine)])
  }

  /// The transition that a sampled machine draws; nil where it stays.
  mutating func draw(_ machine: Int) -> Int? {
    stepper.draw(machine, position, event, answers).map { stepper.flat.transitions[$0].number }
  }
}
