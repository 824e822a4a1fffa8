import Dramatis

/// Takes generated stories through the engine with an oracle that makes mistakes.
struct TimingTest {
  let stories: Int
  let seed: UInt64

  /// The same stories and the same mistakes for every gate.
  func tally(_ gate: TimingGate, _ oracle: TimingOracle) throws -> TimingTally {
    var random = SplitMix64(state: seed)
    var tally = TimingTally()
    for _ in 0..<stories {
      let story = TimedStory(using: &random)
      var mistakes = SplitMix64(state: random.next())
      let due = try play(story, try gate.program(for: story), oracle, &mistakes)
      for (debt, turn) in zip(story.debts, due) { tally.note(turn, of: debt) }
    }
    return tally
  }

  /// The turn in which each debt became due; whoever owes it pays it in the same turn.
  private func play(
    _ story: TimedStory, _ program: Program, _ oracle: TimingOracle, _ random: inout SplitMix64
  ) throws -> [Int?] {
    var stepper = Stepper(for: program)
    var position = program.position()
    let event = program.uncheckedPrepared(Event(actor: "World", text: "…"))
    let line = program.uncheckedPrepared(Event(actor: program.character, text: "…"))
    let paid = program.answers(
      from: Dictionary(
        uniqueKeysWithValues: story.debts.indices.map { ("commitments.c\($0).paid", Answer.yes) })
    ).answers
    for turn in 1...story.turns {
      var answers = Answers(for: program)
      for (index, debt) in story.debts.enumerated() {
        answers[index] = oracle.answer(debt.holds(in: turn), &random)
      }
      try stepper.step(&position, on: event, given: answers)
      try stepper.step(&position, on: line, given: paid, isLine: true)
    }
    return try story.debts.indices.map { try position.progress(of: $0).triggered }
  }
}
