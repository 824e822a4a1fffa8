/// A text as values hold it: the same by its bytes, or as a name.
///
/// The evaluation over the tree has strings, a step has numbers that stand for them.
protocol ValueText: Hashable, Sendable {
  /// A folded name.
  associatedtype Name: Hashable, Sendable

  /// Whether it is the same byte for byte.
  func isSameText(as other: Self) -> Bool
  /// Whether it folds to a name.
  func isSpelling(of name: Name) -> Bool
}

extension String: ValueText {
  func isSameText(as other: String) -> Bool { isSameBytes(as: other) }

  func isSpelling(of name: FoldedName) -> Bool { FoldedName(self) == name }
}

/// What an operand comes to in a step.
enum Value<Text: ValueText>: Hashable, Sendable {
  case integer(Int)
  case number(Double)
  case text(Text)
  case name(Text.Name)
  case boolean(Bool)
  /// The event does not give it, or gives something that conditions do not read.
  case missing
}

extension Value {
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
  func truth(of comparison: Comparison, with other: Value) -> Truth {
    switch (self, other) {
    case (.integer(let left), .integer(let right)): Truth(comparison.holds(left, right))
    case (.text(let left), .text(let right)): comparison.equality(left.isSameText(as: right))
    case (.name(let name), .text(let text)), (.text(let text), .name(let name)):
      comparison.equality(text.isSpelling(of: name))
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

  /// Minus a whole number.
  var negated: Value {
    if case .integer(let value) = self { .integer(Arithmetic.minus(0, value)) } else { .missing }
  }

  /// The opposite of a boolean.
  var inverted: Value {
    switch self {
    case .boolean(let value): .boolean(!value)
    case .integer(let value): .integer(value == 0 ? 1 : 0)
    default: .missing
    }
  }

  /// Two whole numbers combined.
  func combined(by operation: Arithmetic, with other: Value) -> Value {
    guard case .integer(let left) = self, case .integer(let right) = other else { return .missing }
    return .integer(operation(left, right))
  }

  /// The value as a variable stores it; nil where nothing can be assigned.
  var stored: Int? {
    switch self {
    case .integer(let value): value
    case .boolean(let value): value ? 1 : 0
    default: nil
    }
  }
}
