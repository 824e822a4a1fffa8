/// A condition in the table of weights, for guards whose probability counts and not only whether it is yes.
enum FlatWeight: Sendable {
  case constant(Double)
  case question(Int32)
  case compares(Int32)
  case holds(Int32)
  case inverted(Int32)
  /// `and`: the places of the operands in the table of lists.
  case least(first: Int32, count: Int32)
  /// `or`.
  case greatest(first: Int32, count: Int32)
}
