/// A machine in the table of a flat program.
struct FlatMachine: Sendable {
  let kind: Machine.Kind
  /// The place of its first state among those of all machines.
  let firstState: Int
  let stateCount: Int
  /// The place of its first probability in a position; 0 where it carries no belief.
  let firstBelief: Int

  /// The place of the list of candidates that leave a state, among as many states as are counted.
  static func list(from state: Int, in role: Role) -> Int { 2 * state + (role == .passive ? 0 : 1) }
}

/// A transition as one of those that leave a state in a role.
struct FlatCandidate: Sendable {
  /// Leads to 1 where it fires; in a probabilistic machine, where it is present in the row.
  let way: Int32
  /// Its place among the transitions of all machines.
  let transition: Int32
}

/// What a transition does.
struct FlatTransition: Sendable {
  /// Its index within its machine.
  let number: Int
  let to: Int
  let effects: Range<Int>
  /// The place of its guard in the table of probabilities; -1 in a deterministic machine.
  let probability: Int32
  let bias: Double
}

/// An assignment, with the bounds to which the value is held.
struct FlatEffect: Sendable {
  /// What is assigned; a sum is what most effects are, and costs no look into the table of operands.
  enum Value: Sendable {
    case sum(cell: Int, Int)
    case operand(Int32)
  }

  let cell: Int
  let value: Value
  /// A constant is any value within bounds that leave only the constant.
  let bounds: ClosedRange<Int>

  var isSum: Bool { if case .sum = value { true } else { false } }

  @inline(__always)
  func held(_ value: Int) -> Int { min(max(value, bounds.lowerBound), bounds.upperBound) }
}

/// A place in a tree at which statements apply, and the way on.
struct FlatStop: Sendable {
  let statements: Range<Int>
  let way: Int32
}

/// A commitment in the table of a flat program.
struct FlatCommitment: Sendable {
  /// Whether this character pays it; if not it does not move.
  let isOwned: Bool
  let rules: CommitmentRules
  /// Each way leads to 1 where the condition is yes.
  let plant: Int32
  let trigger: Int32
  let abandon: Int32
  /// The place of the trigger in the table of probabilities; -1 where no certainty is asked for.
  let probability: Int32
  let certainty: Double
  /// The cells of the statuses that have to be paid first.
  let after: [Int]
  let priority: Int
  let checks: Commitment.Checks?
}
