/// What probabilistic machines come to on a set of answers, before it is decided that a step is taken.
struct Weighing {
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
