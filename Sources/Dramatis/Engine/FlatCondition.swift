/// One test of a guard or gate, and where each outcome leads.
///
/// A way is the place of another decision, always an earlier one, so that following ways ends; a negative
/// way is the end `~way`, which means what the maker of the graph wants. Conditions are compiled twice, for
/// *is it yes* and for *is it no*, so that no test needs a third outcome.
struct Decision: Sendable {
  enum Test: Sendable {
    /// Every comparison of a cell with a constant; the bounds are part of the range.
    case cellIsWithin(FlatRange, cell: Int32)
    case isYes(question: Int32)
    case isNo(question: Int32)
    case slot(SlotTest)
    case other(OtherTest)
  }

  /// What reads nothing but the event, and so is decided as soon as the event is known.
  enum SlotTest: Sendable {
    case holds(Int32, FlatText)
    /// The slot holds a text, and another one.
    case differs(Int32, FlatText)
  }

  enum OtherTest: Sendable {
    case draws(chance: Int32)
    case compares(Int32, is: Truth)
    case holds(Int32, is: Truth)
  }

  let test: Test
  let yes: Int32
  let no: Int32
}

/// A closed range in which a number lies or not by one comparison.
///
/// What is less than the least wraps round and is very far from it.
struct FlatRange: Sendable {
  private let least: Int
  private let length: UInt

  init(_ range: ClosedRange<Int>) {
    least = range.lowerBound
    length = UInt(bitPattern: range.upperBound &- range.lowerBound)
  }

  @inline(__always)
  func contains(_ value: Int) -> Bool { UInt(bitPattern: value &- least) <= length }
}

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

/// A condition whose probability counts and not only whether it is yes, as it does in a probabilistic machine.
///
/// What it is made of stands by its places in the table of probabilities.
enum FlatProbability: Sendable {
  case constant(Double)
  case question(Int32)
  case compares(Int32)
  case holds(Int32)
  case inverted(Int32)
  /// The places of the operands stand in the table of lists.
  case joined(Connective, first: Int32, count: Int32)
}
