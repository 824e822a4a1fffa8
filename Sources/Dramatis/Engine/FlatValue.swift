/// What an operand comes to in a step, with texts as numbers.
enum FlatValue: Hashable, Sendable {
  case integer(Int)
  case number(Double)
  case text(FlatText)
  /// A folded name by its number.
  case name(Int32)
  case boolean(Bool)
  /// The event does not give it, or gives something that conditions do not read.
  case missing
}

/// A text as two numbers: texts of the same bytes share one, texts that fold to the same name the other.
struct FlatText: Hashable, Sendable {
  let bytes: Int32
  let name: Int32
}

extension FlatValue {
  /// Whether a boolean variable or datum is true; unknown for anything else.
  var isTrue: Truth {
    switch self {
    case .boolean(let value): Truth(value)
    case .integer(let value): Truth(value != 0)
    default: .unknown
    }
  }

  private var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The comparison's outcome; unknown where the two are not comparable.
  func compared(_ comparison: Comparison, _ other: FlatValue) -> Truth {
    switch (self, other) {
    case (.integer(let left), .integer(let right)): Truth(comparison.holds(left, right))
    case (.text(let left), .text(let right)): comparison.equality(left.bytes == right.bytes)
    case (.name(let name), .text(let text)), (.text(let text), .name(let name)):
      comparison.equality(text.name == name)
    case (.name(let left), .name(let right)): comparison.equality(left == right)
    case (.boolean(let left), .boolean(let right)): comparison.equality(left == right)
    default:
      if let left = number, let right = other.number {
        Truth(comparison.holds(left, right))
      } else {
        .unknown
      }
    }
  }

  var negated: FlatValue {
    if case .integer(let value) = self { .integer(Arithmetic.minus(0, value)) } else { .missing }
  }

  var inverted: FlatValue {
    switch self {
    case .boolean(let value): .boolean(!value)
    case .integer(let value): .integer(value == 0 ? 1 : 0)
    default: .missing
    }
  }

  func combined(_ operation: Arithmetic, _ other: FlatValue) -> FlatValue {
    guard case .integer(let left) = self, case .integer(let right) = other else { return .missing }
    return .integer(operation(left, right))
  }
}
