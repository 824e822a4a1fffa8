/// How two values are compared.
public enum Comparison: String, Hashable, Sendable, Codable, CaseIterable {
  /// Both are the same.
  case equal = "=="
  /// They differ.
  case notEqual = "!="
  /// The left one is less.
  case less = "<"
  /// The left one is less or the same.
  case lessOrEqual = "<="
  /// The left one is more.
  case greater = ">"
  /// The left one is more or the same.
  case greaterOrEqual = ">="
}

extension Comparison {
  func holds<T: Comparable>(_ left: T, _ right: T) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }

  /// For values that have no order: anything but `==` and `!=` is unknown.
  func equality(_ same: Bool) -> Truth {
    switch self {
    case .equal: Truth(same)
    case .notEqual: Truth(!same)
    default: .unknown
    }
  }
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
