/// An operand in the table of a flat program; operands within it stand by their places.
enum FlatOperand: Sendable {
  case constant(FlatValue)
  /// The state of a machine or the value of a variable.
  case cell(Int32)
  /// The status of a commitment, as the text that it compares as.
  case status(cell: Int32)
  /// 1 where a machine without a belief is in the state, else 0.
  case certainty(cell: Int32, state: Int32)
  /// What is believed of a state.
  case belief(Int32)
  /// What the event says.
  case slot(Int32)
  case turn
  case negated(Int32)
  case inverted(Int32)
  case arithmetic(Int32, Arithmetic, Int32)
}

/// Two operands and how they are compared.
struct FlatComparison: Sendable {
  let left: Int32
  let comparison: Comparison
  let right: Int32
}

/// A `chance(…)`: its place among the draws and its probability.
struct FlatChance: Sendable {
  let site: Int
  let probability: Double
}
