/// What an operand comes to in a step.
enum Value: Hashable {
  case integer(Int)
  case number(Double)
  case text(String)
  case name(FoldedName)
  case boolean(Bool)
  /// The event does not give it, or gives something that conditions do not read.
  case missing

  init(_ datum: Datum?) {
    switch datum {
    case .boolean(let value): self = .boolean(value)
    case .number(let value): self = .number(value)
    case .text(let value): self = .text(value)
    case .null, .list, .object, nil: self = .missing
    }
  }

  var integer: Int? {
    if case .integer(let value) = self { value } else { nil }
  }

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
  func compared(_ comparison: Comparison, _ other: Value) -> Truth {
    switch (self, other) {
    case (.integer(let left), .integer(let right)):
      Truth(comparison.holds(left, right))
    case (.text(let left), .text(let right)):
      comparison.equality(left.isSameBytes(as: right))
    case (.name(let left), .text(let right)), (.text(let right), .name(let left)):
      comparison.equality(left == FoldedName(right))
    case (.name(let left), .name(let right)):
      comparison.equality(left == right)
    case (.boolean(let left), .boolean(let right)):
      comparison.equality(left == right)
    default:
      if let left = number, let right = other.number {
        Truth(comparison.holds(left, right))
      } else {
        .unknown
      }
    }
  }
}
