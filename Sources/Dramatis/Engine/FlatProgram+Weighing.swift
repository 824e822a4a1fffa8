extension FlatProgram {
  /// The probability of a condition: `and` is the least, `or` the greatest, `chance(q)` counts q.
  func probability(
    of place: Int32, _ position: Position, _ event: PreparedEvent, _ answers: Answers
  ) -> Double {
    switch weights[Int(place)] {
    case .constant(let value): value
    case .question(let question): answers.probability(question)
    case .compares(let comparison): Answer(compared(comparison, position, event)).probability
    case .holds(let operand): Answer(value(of: operand, position, event).isTrue).probability
    case .inverted(let inner):
      Answer.inverted(probability(of: inner, position, event, answers))
    case .least(let first, let count):
      least(of: Int(first)..<Int(first + count), position, event, answers)
    case .greatest(let first, let count):
      greatest(of: Int(first)..<Int(first + count), position, event, answers)
    }
  }

  private func least(
    of list: Range<Int>, _ position: Position, _ event: PreparedEvent, _ answers: Answers
  ) -> Double {
    var least = 1.0
    for place in list {
      least = min(least, probability(of: weightLists[place], position, event, answers))
    }
    return least
  }

  private func greatest(
    of list: Range<Int>, _ position: Position, _ event: PreparedEvent, _ answers: Answers
  ) -> Double {
    var greatest = 0.0
    for place in list {
      greatest = max(greatest, probability(of: weightLists[place], position, event, answers))
    }
    return greatest
  }
}
