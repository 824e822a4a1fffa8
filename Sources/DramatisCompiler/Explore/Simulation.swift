import Dramatis

/// Random walks through a program, to see what happens often, seldom and never.
///
/// Every turn somebody acts, drawn among the partners, whomever conditions name and a stranger, with a kind and
/// data drawn among what conditions can tell apart; then the character answers with a line, which is an action
/// of its own. Every draw is a function of seed, walk and turn, so that the same seed gives the same walks.
///
/// ```swift
/// var simulation = Simulation(of: program, turns: 50, seed: 7, answers: .hash)
/// for _ in 0..<100 { simulation.walk() }
/// let report = SimulationReport(of: simulation)
/// ```
public struct Simulation: Sendable {
  let program: Program
  let seed: UInt64
  let answers: SimulatedAnswers
  private let turns: Int
  private let values: EventValues
  /// What was seen so far.
  package private(set) var tally: SimulationTally

  /// How many walks were taken.
  public var walks: Int { tally.walks }

  /// Prepares walks of some turns each.
  public init(of program: Program, turns: Int, seed: UInt64, answers: SimulatedAnswers) {
    self.program = program
    self.turns = turns
    self.seed = seed
    self.answers = answers
    values = EventValues(of: program)
    tally = SimulationTally(of: program)
  }

  /// Takes the next walk.
  ///
  /// - Parameter isStopped: Asked before every turn; once it says yes, the walk ends there.
  public mutating func walk(isStopped: () -> Bool = { false }) {
    let number = tally.walks
    var walk = Walk(
      seed: UInt64(Draw.number(seed: seed, turn: number, site: Site.walk) * 0x1p53), number: number,
      snapshot: program.initialSnapshot())
    walk.snapshot = program.initialSnapshot(seed: walk.seed)
    var taken = 0
    while taken < turns, !isStopped() {
      takeTurn(of: &walk)
      taken += 1
    }
    if taken > 0 { tally.end(at: walk.snapshot, seen: walk.seen) }
  }

  /// The places that draw; the engine's own are far from them.
  private enum Site {
    static let walk = 1 << 50
    static let field = 1 << 51
    static let answer = 1 << 52
  }

  private struct Walk {
    let seed: UInt64
    let number: Int
    var snapshot: Snapshot
    var earlier: [Event] = []
    var seen: Set<SimulationTally.Place> = []
  }

  private mutating func takeTurn(of walk: inout Walk) {
    let before = walk.snapshot
    var count = QuestionCount()
    let event = event(in: walk)
    let step = resolve(event, in: &walk, isLine: false, counting: &count)
    if step.grounding.isRelevant {
      let line = Event(
        actor: program.character, text: "line \(walk.snapshot.turn) of walk \(walk.number + 1)")
      _ = resolve(line, in: &walk, isLine: true, counting: &count)
    }
    tally.add(from: before, to: walk.snapshot, asking: count)
    for (machine, state) in walk.snapshot.states.enumerated() {
      walk.seen.insert(SimulationTally.Place(machine: machine, state: state))
    }
  }

  private func event(in walk: Walk) -> Event {
    let turn = walk.snapshot.turn + 1
    var event = Event(text: "turn \(turn) of walk \(walk.number + 1)")
    for (index, field) in ([.actor] + values.fields.filter { $0 != .actor }).enumerated() {
      let options = values.values(of: field, on: .passive).filter { field != .actor || $0 != nil }
      let number = Draw.number(seed: walk.seed, turn: turn, site: Site.field + index)
      event.set(field, to: options[Draw.index(number, below: options.count)])
    }
    return event
  }

  /// Asks round after round, then steps, as a session does.
  private mutating func resolve(
    _ event: Event, in walk: inout Walk, isLine: Bool, counting count: inout QuestionCount
  ) -> Step {
    let scene = Scene(of: event, after: walk.earlier, window: program.window, for: program)
    var given = Answers(for: program)
    while true {
      let open = program.uncheckedQuestions(
        at: walk.snapshot, event: event, scene: scene, given: given, isLine: isLine, choosesLine: !isLine)
      if open.isEmpty { break }
      count.add(round: open.count)
      for (question, answer) in zip(open, replies(to: open, about: scene, in: walk, isLine: isLine)) {
        given[question] = answer
      }
    }
    let step = program.uncheckedStep(
      from: walk.snapshot, event: event, scene: scene, given: given, isLine: isLine)
    walk.snapshot = step.snapshot
    walk.earlier = (walk.earlier + [event]).suffix(max(program.window - 1, 0))
    tally.visits.add(step, openedNodes: program.openedNodes(in: step, event: event, given: given))
    return step
  }

  private func replies(
    to open: [Int], about scene: Scene, in walk: Walk, isLine: Bool
  ) -> [Answer] {
    switch answers {
    case .hash:
      HashDiscriminator().replies(to: open.map { program.questions[$0] }, about: scene).map(\.answer)
    case .drawn(let known, let rest):
      open.map { question in
        let number = Draw.number(
          seed: walk.seed, turn: walk.snapshot.turn + (isLine ? 0 : 1), site: Site.answer + question,
          attempt: isLine ? 1 : 0)
        return (known[question] ?? rest).answer(at: number)
      }
    }
  }
}

/// How much was asked in one turn.
struct QuestionCount {
  private(set) var questions = 0
  private(set) var rounds = 0

  mutating func add(round: Int) {
    questions += round
    rounds += 1
  }
}
