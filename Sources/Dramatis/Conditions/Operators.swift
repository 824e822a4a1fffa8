// The one table of what operators do: both evaluators, the lookahead, the parser and the printer read it. An operator
// is a case here, with an answer to each question about it.

/// What joins conditions, the one that binds loosest first.
///
/// It is associative and commutative, its probability stays within 0 and 1, and raising one operand moves the
/// whole in one direction. From this follows what it comes to for sets of values and for ranges.
public enum Connective: Int, Hashable, Sendable, CaseIterable {
  /// Kleene's or: the greatest of its operands.
  case or
  /// Kleene's and: the least of its operands.
  case and

  /// The word that stands between two conditions.
  package var word: String {
    switch self {
    case .or: "or"
    case .and: "and"
    }
  }

  /// The key under which it stands in a compiled program.
  var key: String {
    switch self {
    case .or: "any"
    case .and: "all"
    }
  }

  /// What it comes to without operands; joined to another condition this changes nothing.
  package var neutral: Truth {
    switch self {
    case .or: .no
    case .and: .yes
    }
  }

  /// The probability of two conditions together.
  @inline(__always)
  func probability(_ left: Double, with right: Double) -> Double {
    switch self {
    case .or: max(left, right)
    case .and: min(left, right)
    }
  }
}

extension Connective {
  /// The value of two conditions together.
  func truth(_ left: Truth, with right: Truth) -> Truth {
    Truth(probability: probability(Answer(left).probability, with: Answer(right).probability))
  }

  /// Whether the whole always has the value of one of its operands, so that this one decides it.
  package var isSelective: Bool {
    Truth.allCases.allSatisfy { left in
      Truth.allCases.allSatisfy { right in
        let whole = truth(left, with: right)
        return whole == left || whole == right
      }
    }
  }

  /// Whether the whole never becomes less true by an operand that becomes more so.
  package var isMonotone: Bool {
    // The cases stand in ascending order.
    zip(Truth.allCases, Truth.allCases.dropFirst()).allSatisfy { less, more in
      Truth.allCases.allSatisfy {
        Answer(truth(less, with: $0)).probability <= Answer(truth(more, with: $0)).probability
      }
    }
  }
}

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

  /// Whether it holds between two values that have an order.
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

  /// What it comes to between two values that have no order, of which only the sameness counts.
  package func equality(_ same: Bool) -> Truth {
    switch self {
    case .equal: Truth(same)
    case .notEqual: Truth(!same)
    case .less, .lessOrEqual, .greater, .greaterOrEqual: .unknown
    }
  }

  /// Whether it says nothing of values that have no order.
  package var needsOrder: Bool { equality(true) == .unknown }

  /// The comparison that holds when the two sides are exchanged.
  package var mirrored: Comparison {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }

  /// The whole numbers for which it holds on the left of a number, as a range or as all outside of one.
  ///
  /// - Returns: Nil where they are neither; a step then compares number by number.
  func range(beside number: Int) -> (range: ClosedRange<Int>, isInside: Bool)? {
    switch self {
    case .equal: (number...number, true)
    case .notEqual: (number...number, false)
    case .less: (number...(.max), false)
    case .lessOrEqual: (.min...number, true)
    case .greater: (.min...number, false)
    case .greaterOrEqual: (number...(.max), true)
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

  /// How tightly an operator binds, the loosest first.
  package enum Level: Int, CaseIterable {
    case sum, product
  }

  /// Beside which others it is read from left to right.
  package var level: Level {
    switch self {
    case .plus, .minus: .sum
    case .times, .dividedBy: .product
    }
  }

  /// Whether the right operand has to be a number as written, and not 0.
  package var needsDivisor: Bool { self == .dividedBy }

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

  /// What adding comes to the same as combining with a number on the right, at the ends of Int's range too.
  func addend(_ number: Int) -> Int? {
    switch self {
    case .plus: number
    case .minus: number == .min ? nil : -number
    case .times, .dividedBy: nil
    }
  }
}
