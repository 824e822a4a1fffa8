/// A value that conditions compare and effects assign.
public indirect enum Operand: Hashable, Sendable, Codable {
  /// A whole number as written.
  case integer(Int)
  /// A number with a fraction as written.
  case number(Double)
  /// A text as written.
  case text(String)
  /// `true` or `false` as written.
  case boolean(Bool)
  /// The value of `program.variables[i]`.
  case variable(Int)
  /// A value of an enumeration: the variable's index and the value's.
  case choice(variable: Int, value: Int)
  /// The current state of `program.machines[i]`.
  case machine(Int)
  /// A state of a machine as written.
  case state(machine: Int, state: Int)
  /// The probability of a state of a machine: what is believed, or 1 or 0.
  case probability(machine: Int, state: Int)
  /// The current status of `program.commitments[i]`.
  case commitment(Int)
  /// A status of a commitment as written.
  case status(CommitmentStatus)
  /// Who acts in the event.
  case actor
  /// The kind of the event.
  case kind
  /// A datum of the event, by its key.
  case data(String)
  /// The number of the turn, from 1.
  case turn
  /// Minus a whole number.
  case negated(Operand)
  /// The opposite of a boolean.
  case inverted(Operand)
  /// Two whole numbers combined; results beyond Int's range stop at its ends.
  case arithmetic(Operand, Arithmetic, Operand)
}

/// How two whole numbers are combined.
public enum Arithmetic: String, Hashable, Sendable, Codable, CaseIterable {
  /// The sum.
  case plus = "+"
  /// The difference.
  case minus = "-"
  /// The product.
  case times = "*"
  /// The quotient, rounded toward zero; by a constant other than 0 only.
  case dividedBy = "/"

  /// The result, held at the ends of Int's range; division by zero leaves the left value.
  package func callAsFunction(_ left: Int, _ right: Int) -> Int {
    switch self {
    case .plus:
      let (sum, overflow) = left.addingReportingOverflow(right)
      return overflow ? (left < 0 ? .min : .max) : sum
    case .minus:
      let (difference, overflow) = left.subtractingReportingOverflow(right)
      return overflow ? (left < 0 ? .min : .max) : difference
    case .times:
      let (product, overflow) = left.multipliedReportingOverflow(by: right)
      return overflow ? ((left < 0) == (right < 0) ? .max : .min) : product
    case .dividedBy:
      guard right != 0 else { return left }
      let (quotient, overflow) = left.dividedReportingOverflow(by: right)
      return overflow ? .max : quotient
    }
  }
}
