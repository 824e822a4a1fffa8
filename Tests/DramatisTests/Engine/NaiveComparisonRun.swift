@testable import Dramatis
import TestSupport

/// The engine and the naive evaluator on one program, side by side.
struct NaiveComparisonRun {
  let naive: NaiveProgram
  let program: Program
  let checksOpenness: Bool
  let asking: Asking
  /// For each question its place in the compiled program; nil where no condition asks it.
  private let places: [Int?]
  private(set) var disagreements: [String] = []
  /// How many assignments of answers were compared, and how many rounds.
  private(set) var assignmentCount = 0
  private(set) var roundCount = 0

  init(_ naive: NaiveProgram, checksOpenness: Bool, asking: Asking) throws {
    self.naive = naive
    self.asking = asking
    self.checksOpenness = checksOpenness
    let program = try compile(naive.yaml)
    self.program = program
    places = (0..<naive.questionCount).map { index in
      program.questions.firstIndex { $0.text == "Is it \(index)?" }
    }
  }

  /// Takes a sequence of turns; before each goes through every assignment of answers.
  mutating func run(_ events: [NaiveEvent], using random: inout SeededGenerator) {
    var place = Place(position: naive.start, snapshot: program.initialSnapshot())
    for event in events {
      let nothing = [NaiveTruth?](repeating: nil, count: naive.questionCount)
      explore(place, event, nothing, rounds: 0)
      let answers = nothing.map { _ in random.pick(NaiveTruth.allCases) }
      place = Place(
        position: naive.step(place.position, event, answers).position,
        snapshot: step(place, event, answers).snapshot)
    }
  }

  private struct Place {
    let position: NaivePosition
    let snapshot: Snapshot
  }

  /// Asks round after round; each way of answering a round leads on by itself.
  private mutating func explore(_ place: Place, _ event: NaiveEvent, _ answers: [NaiveTruth?], rounds: Int) {
    let open = openQuestions(place, event, answers)
    if checksOpenness { checkOpenness(open, place, event, answers) }
    if open.isEmpty { return checkEnd(place, event, answers, rounds: rounds) }
    roundCount += 1
    if Set(open).count < open.count || open.contains(where: { answers[$0] != nil }) {
      return disagree("\(open) asks again after \(answers)", event)
    }
    for round in completions(of: open.map { _ in nil }) {
      var further = answers
      for (question, answer) in zip(open, round) { further[question] = answer }
      explore(place, event, further, rounds: rounds + 1)
    }
  }

  private mutating func checkOpenness(
    _ open: [Int], _ place: Place, _ event: NaiveEvent, _ answers: [NaiveTruth?]
  ) {
    let bounds = NaiveLookahead(program: naive, position: place.position, event: event, answers: answers)
      .bounds()
    if !bounds.lower.isSubset(of: open) || !bounds.upper.isSuperset(of: open) {
      disagree(
        "open \(open), by definition \(bounds.lower.sorted()) to \(bounds.upper.sorted()) after \(answers)",
        event)
    }
  }

  private mutating func checkEnd(
    _ place: Place, _ event: NaiveEvent, _ answers: [NaiveTruth?], rounds: Int
  ) {
    if rounds > most { disagree("\(rounds) rounds, but at most \(most) are needed", event) }
    let outcome = outcome(step(place, event, answers))
    for completion in completions(of: answers) {
      assignmentCount += 1
      let expected = naive.step(place.position, event, completion)
      if outcome != expected { disagree("\(answers) asked: \(outcome), not \(expected)", event) }
      let whole = self.outcome(step(place, event, completion))
      if whole != expected { disagree("\(completion): \(whole), not \(expected)", event) }
    }
    let all = answers.map { $0 ?? .yes }
    if !openQuestions(place, event, all).isEmpty { disagree("all answered, yet some are open", event) }
  }

  /// How many rounds a turn can need.
  private var most: Int {
    switch asking {
    case .inRounds: naive.depth
    case .eagerly: 1
    case .separately: naive.questionCount
    }
  }

  private mutating func disagree(_ what: String, _ event: NaiveEvent) {
    if disagreements.count < 3 { disagreements.append("\(what) on \(event)\n\(naive.yaml)") }
  }
}

extension NaiveComparisonRun {
  private func engine(_ event: NaiveEvent) -> Event {
    Event(actor: event.actor, text: "…", data: event.datum.map { ["n": .number(Double($0))] } ?? [:])
  }

  private func engine(_ answers: [NaiveTruth?]) -> Answers {
    var result = Answers(for: program)
    for (place, answer) in zip(places, answers) {
      guard let place, let answer else { continue }
      result[place] = answer == .yes ? .yes : answer == .no ? .no : .unknown
    }
    return result
  }

  private func openQuestions(_ place: Place, _ event: NaiveEvent, _ answers: [NaiveTruth?]) -> [Int] {
    let open = program.uncheckedQuestions(
      at: place.snapshot, event: engine(event), scene: Scene("…"), given: engine(answers), asking: asking)
    return open.map { places.firstIndex(of: $0) ?? -1 }
  }

  private func step(_ place: Place, _ event: NaiveEvent, _ answers: [NaiveTruth?]) -> Step {
    program.uncheckedStep(
      from: place.snapshot, event: engine(event), scene: Scene("…"), given: engine(answers))
  }

  private func outcome(_ step: Step) -> NaiveOutcome {
    NaiveOutcome(
      position: NaivePosition(
        states: step.snapshot.states, variables: step.snapshot.variables, turn: step.snapshot.turn,
        held: Set(step.snapshot.memory.held.map { places.firstIndex(of: $0) ?? -1 })),
      role: step.grounding.role?.rawValue,
      fired: step.grounding.fired.map { [$0.machine, $0.transition ?? -1] },
      statements: step.grounding.statements.map { program.statements[$0.statement] })
  }
}
