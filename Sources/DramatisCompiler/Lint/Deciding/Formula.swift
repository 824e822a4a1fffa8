import Dramatis

/// A condition whose leaves are indices into a ``ConditionSpace``.
indirect enum Formula {
  case constant(Bool)
  case leaf(Int)
  case not(Formula)
  case joined(Connective, [Formula])

  /// Calls for every leaf, as often as it stands there.
  func forEachLeaf(_ body: (Int) -> Void) {
    switch self {
    case .constant: break
    case .leaf(let index): body(index)
    case .not(let formula): formula.forEachLeaf(body)
    case .joined(_, let formulas):
      for formula in formulas { formula.forEachLeaf(body) }
    }
  }

  /// How many leaves it has.
  var leafCount: Int {
    var count = 0
    forEachLeaf { _ in count += 1 }
    return count
  }

  /// Whether it is `true` or `false` as written.
  var isConstant: Bool {
    if case .constant = self { true } else { false }
  }
}

/// A demand on a condition.
struct Constraint {
  let formula: Formula
  /// The values of which it must have one.
  let wanted: Outcomes

  init(_ formula: Formula, _ wanted: Outcomes) {
    self.formula = formula
    self.wanted = wanted
  }
}

/// Whether some demands can be met together.
enum Verdict {
  case possible
  case impossible
  /// There are too many combinations to tell, or the values are not followed.
  case undecided
}
