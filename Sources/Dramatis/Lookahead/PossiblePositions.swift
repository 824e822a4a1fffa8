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
  /// Whether all that an undecided gate can still open counts as open, as ``Asking/eagerly`` wants it.
  let isEager: Bool

  /// Everything as it stands before the step.
  init(_ facts: Facts, isEager: Bool = false) {
    self.facts = facts
    self.isEager = isEager
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
    case .joined(let connective, let conditions):
      conditions.reduce(Outcomes(connective.neutral)) { $0.joined(by: connective, with: outcomes(of: $1)) }
    case .constant, .chance: Outcomes(condition.truth(facts))
    case .holds, .compare, .isMember: outcomes(ofComparison: condition)
    }
  }

  /// Evaluates over every state and value that what is read may have.
  private func outcomes(ofComparison condition: Condition) -> Outcomes {
    guard let worlds = worlds(over: condition.ownOperands) else { return .all }
    return worlds.reduce(into: []) { $0.formUnion(Outcomes(condition.truth($1))) }
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
    case .joined(let connective, let conditions):
      let possible = conditions.map { outcomes(of: $0) }
      let others = possible.reducedAroundEach(from: Outcomes(connective.neutral)) {
        $0.joined(by: connective, with: $1)
      }
      for (condition, others) in zip(conditions, others) {
        collect(from: condition, demand: demand.narrowed(by: connective, beside: others), into: &open)
      }
    case .constant, .chance, .holds, .compare, .isMember:
      break
    }
  }
}

extension Array {
  /// For each element all the others reduced to one.
  func reducedAroundEach(from initial: Element, _ join: (Element, Element) -> Element) -> [Element] {
    var reduced = [Element](repeating: initial, count: count)
    var before = initial
    for index in indices {
      reduced[index] = before
      before = join(before, self[index])
    }
    var after = initial
    for index in indices.reversed() {
      reduced[index] = join(reduced[index], after)
      after = join(self[index], after)
    }
    return reduced
  }
}
