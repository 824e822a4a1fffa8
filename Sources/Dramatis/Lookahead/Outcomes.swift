/// The truth values that a condition can still come to while questions stand unanswered.
package struct Outcomes: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  /// Can come to no.
  package static let no = Outcomes(rawValue: 1)
  /// Can come to unknown.
  package static let unknown = Outcomes(rawValue: 2)
  /// Can come to yes.
  package static let yes = Outcomes(rawValue: 4)
  /// Can come to anything.
  package static let all: Outcomes = [.no, .unknown, .yes]

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// Comes to this alone.
  package init(_ truth: Truth) {
    switch truth {
    case .no: self = .no
    case .unknown: self = .unknown
    case .yes: self = .yes
    }
  }

  /// The one value that is left; nil while there are several.
  var decided: Truth? {
    switch self {
    case .no: .no
    case .unknown: .unknown
    case .yes: .yes
    default: nil
    }
  }

  /// The values that are left.
  var truths: [Truth] { [.yes, .no, .unknown].filter { contains(Outcomes($0)) } }

  /// What `not` of it can come to.
  package var inverted: Outcomes {
    var result: Outcomes = contains(.unknown) ? .unknown : []
    if contains(.yes) { result.insert(.no) }
    if contains(.no) { result.insert(.yes) }
    return result
  }

  /// What two independent conditions can come to together.
  package func joined(by connective: Connective, with other: Outcomes) -> Outcomes {
    Outcomes(rawValue: Self.joins[connective.rawValue << 6 | Int(rawValue) << 3 | Int(other.rawValue)])
  }

  /// For each connective and each two sets of values, what the pairs of their values come to.
  private static let joins: [UInt8] = Connective.allCases.flatMap { connective in
    (UInt8(0)..<64).map { sets in
      let (left, right) = (Outcomes(rawValue: sets >> 3), Outcomes(rawValue: sets & 7))
      var result: Outcomes = []
      for one in left.truths {
        for other in right.truths { result.insert(Outcomes(connective.truth(one, with: other))) }
      }
      return result.rawValue
    }
  }
}

/// Which truth values of a condition its place has to tell from the others.
///
/// A guard needs only to know whether it is yes; a gate with an `else` needs all three values.
struct Demand: OptionSet, Hashable {
  let rawValue: UInt8

  static let yes = Demand(rawValue: 1)
  static let no = Demand(rawValue: 2)

  var inverted: Demand {
    var result: Demand = contains(.yes) ? .no : []
    if contains(.no) { result.insert(.yes) }
    return result
  }

  /// Whether outcomes differ in what is demanded, so that a further answer can matter.
  func distinguishes(_ outcomes: Outcomes) -> Bool {
    (contains(.yes) && outcomes.contains(.yes) && outcomes != .yes)
      || (contains(.no) && outcomes.contains(.no) && outcomes != .no)
  }

  /// What has to be told of one condition, where this is demanded of it together with others.
  ///
  /// - Parameter others: What the others can come to together.
  func narrowed(by connective: Connective, beside others: Outcomes) -> Demand {
    var narrowed: Demand = []
    for other in others.truths {
      let unknown = connective.truth(.unknown, with: other)
      if tells(unknown, from: connective.truth(.yes, with: other)) { narrowed.insert(.yes) }
      if tells(unknown, from: connective.truth(.no, with: other)) { narrowed.insert(.no) }
    }
    return narrowed
  }

  private func tells(_ one: Truth, from other: Truth) -> Bool {
    (contains(.yes) && (one == .yes) != (other == .yes)) || (contains(.no) && (one == .no) != (other == .no))
  }
}

extension Gate {
  /// The values of the condition that have to be told apart: those that open a node of their own.
  var demand: Demand {
    if unknown != nil { return [.yes, .no] }
    return (then == nil ? [] : Demand.yes).union(`else` == nil ? [] : .no)
  }
}
