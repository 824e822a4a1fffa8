/// Where a character may stand after a step, as far as the answers so far decide it.
///
/// The states of a machine are those that its live guards can still lead to, the values of a variable those
/// that their effects can still leave. What is decided here no further answer can change. States and values
/// are followed one by one: that some of them only come together is not.
struct PossiblePositions {
  /// How many combinations of states and values are looked at before anything counts as possible.
  private static let maximumWorlds = 256

  var facts: Facts
  /// For each machine the states it can be in, ascending; exactly one where it is decided.
  var states: [[Int]]
  /// For each variable the values that it can have, ascending; nil where they are too many to follow.
  var variables: [[Int]?]
  /// For each machine its belief, empty where it carries none; nil while it is not decided.
  var beliefs: [[Double]?]
  /// For each commitment the statuses that it can have, in the order of their cases.
  var statuses: [[CommitmentStatus]]
  /// Whether all that an undecided gate can still open counts as open.
  let looksAhead: Bool

  /// Everything as it stands before the step.
  init(_ facts: Facts, looksAhead: Bool = false) {
    self.facts = facts
    self.looksAhead = looksAhead
    states = facts.states.map { [$0] }
    variables = facts.variables.map { [$0] }
    beliefs = facts.beliefs
    statuses = facts.commitments.map { [$0.status] }
  }

  /// What a condition can still come to.
  func outcomes(of condition: Condition) -> Outcomes {
    switch condition {
    case .question(let index): facts.answers[index].map { Outcomes($0.truth) } ?? .all
    case .not(let condition): outcomes(of: condition).inverted
    case .all(let conditions): conditions.reduce(.yes) { $0.and(outcomes(of: $1)) }
    case .any(let conditions): conditions.reduce(.no) { $0.or(outcomes(of: $1)) }
    case .constant, .chance: Outcomes(condition.truth(facts))
    case .holds(let operand): settle([operand]) { condition.truth($0) }
    case .compare(let left, _, let right): settle([left, right]) { condition.truth($0) }
    case .isMember(let operand, let list): settle([operand] + list) { condition.truth($0) }
    }
  }

  /// Evaluates over every state and value that what is read may have.
  private func settle(_ operands: [Operand], _ truth: (Facts) -> Truth) -> Outcomes {
    guard let worlds = worlds(over: operands) else { return .all }
    return worlds.reduce(into: []) { $0.formUnion(Outcomes(truth($1))) }
  }

  /// Every combination of the states and values that are read; nil where they cannot be followed.
  func worlds(over operands: [Operand]) -> [Facts]? {
    guard operands.flatMap(\.believed).allSatisfy({ beliefs[$0] != nil }) else { return nil }
    var world = facts
    for (index, belief) in beliefs.enumerated() {
      if let belief { world.beliefs[index] = belief }
    }
    var worlds = [world]
    for machine in Set(operands.flatMap(\.machines)).sorted() {
      worlds = worlds.flatMap { world in states[machine].map { world.with(state: $0, of: machine) } }
    }
    for variable in Set(operands.flatMap(\.variables)).sorted() {
      guard let values = variables[variable], worlds.count * values.count <= Self.maximumWorlds else {
        return nil
      }
      worlds = worlds.flatMap { world in values.map { world.with(value: $0, of: variable) } }
    }
    for commitment in Set(operands.flatMap(\.commitments)).sorted() {
      guard worlds.count * statuses[commitment].count <= Self.maximumWorlds else { return nil }
      worlds = worlds.flatMap { world in
        statuses[commitment].map { world.with(status: $0, of: commitment) }
      }
    }
    return worlds
  }
}

extension Facts {
  fileprivate func with(status: CommitmentStatus, of commitment: Int) -> Facts {
    var facts = self
    facts.commitments[commitment].status = status
    return facts
  }

  fileprivate func with(state: Int, of machine: Int) -> Facts {
    var facts = self
    facts.states[machine] = state
    return facts
  }

  fileprivate func with(value: Int, of variable: Int) -> Facts {
    var facts = self
    facts.variables[variable] = value
    return facts
  }
}

extension PossiblePositions {
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
