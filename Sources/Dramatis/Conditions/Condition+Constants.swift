extension Condition {
  /// Whether states, variables and constants alone make it no, whatever is answered or happens.
  func isRuledOut(_ facts: Facts) -> Bool {
    outcomes(bySelfAlone: facts) == .no
  }

  /// What it can come to if every question, event and chance were free.
  private func outcomes(bySelfAlone facts: Facts) -> Outcomes {
    switch self {
    case .question: .all
    case .chance(let probability, _): probability <= 0 ? .no : probability >= 1 ? .yes : [.yes, .no]
    case .not(let condition): condition.outcomes(bySelfAlone: facts).inverted
    case .all(let conditions): conditions.reduce(.yes) { $0.and($1.outcomes(bySelfAlone: facts)) }
    case .any(let conditions): conditions.reduce(.no) { $0.or($1.outcomes(bySelfAlone: facts)) }
    case .constant: Outcomes(truth(facts))
    case .holds(let operand): operand.readsEvent ? .all : Outcomes(truth(facts))
    case .compare(let left, _, let right):
      left.readsEvent || right.readsEvent ? .all : Outcomes(truth(facts))
    case .isMember(let operand, let list):
      ([operand] + list).contains(where: \.readsEvent) ? .all : Outcomes(truth(facts))
    }
  }
}

extension Operand {
  /// Whether its value comes from the event or from time rather than from the character.
  var readsEvent: Bool {
    switch self {
    case .actor, .kind, .data, .turn: true
    case .negated(let operand), .inverted(let operand): operand.readsEvent
    case .arithmetic(let left, _, let right): left.readsEvent || right.readsEvent
    default: false
    }
  }
}
