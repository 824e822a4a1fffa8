extension Outlook {
  /// Adds the unanswered questions that can still change what is demanded of a condition.
  ///
  /// Exact for conditions that name no question twice: a question is added only if some answers to the
  /// others leave its own answer deciding.
  func collect(from condition: Condition, demand: Demand, into open: inout [Int]) {
    guard demand.distinguishes(outcomes(of: condition)) else { return }
    switch condition {
    case .question(let index):
      if !open.contains(index) { open.append(index) }
    case .not(let condition):
      collect(from: condition, demand: demand.inverted, into: &open)
    case .all(let conditions):
      collect(fromAll: conditions.map { (condition: $0, outcomes: outcomes(of: $0)) }, demand, into: &open)
    case .any(let conditions):
      let opposites = conditions.map { (condition: Condition.not($0), outcomes: outcomes(of: $0).inverted) }
      collect(fromAll: opposites, demand.inverted, into: &open)
    case .constant, .chance, .holds, .compare, .isMember:
      break
    }
  }

  /// An operand's yes matters if all others can be yes; its no matters unless another is surely no.
  private func collect(
    fromAll operands: [(condition: Condition, outcomes: Outcomes)], _ demand: Demand, into open: inout [Int]
  ) {
    let neverYes = operands.count { !$0.outcomes.contains(.yes) }
    let surelyNo = operands.count { $0.outcomes == .no }
    for operand in operands {
      var narrowed: Demand = []
      if demand.contains(.yes), neverYes == (operand.outcomes.contains(.yes) ? 0 : 1) {
        narrowed.insert(.yes)
      }
      if demand.contains(.no), surelyNo == (operand.outcomes == .no ? 1 : 0) { narrowed.insert(.no) }
      collect(from: operand.condition, demand: narrowed, into: &open)
    }
  }
}
