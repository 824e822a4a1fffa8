import Dramatis

/// Conditions taken apart.
extension Condition {
  /// What it is made of, without `and`, `or` and `not`, in order.
  var leaves: [Condition] {
    var leaves: [Condition] = []
    forEachLeaf { leaves.append($0) }
    return leaves
  }

  /// Calls for every one of its ``leaves``.
  func forEachLeaf(_ body: (Condition) -> Void) {
    switch self {
    case .not(let condition): condition.forEachLeaf(body)
    case .all(let conditions), .any(let conditions):
      for condition in conditions { condition.forEachLeaf(body) }
    case .constant, .question, .chance, .holds, .compare, .isMember: body(self)
    }
  }

  /// The operands of a comparison, taken apart down to what they read.
  var reads: [Operand] {
    var reads: [Operand] = []
    forEachRead { reads.append($0) }
    return reads
  }

  /// Calls for every one of a comparison's ``reads``.
  func forEachRead(_ body: (Operand) -> Void) {
    switch self {
    case .holds(let operand): operand.forEachAtom(body)
    case .compare(let left, _, let right):
      left.forEachAtom(body)
      right.forEachAtom(body)
    case .isMember(let operand, let list):
      operand.forEachAtom(body)
      for operand in list { operand.forEachAtom(body) }
    case .constant, .question, .chance, .not, .all, .any: break
    }
  }

  /// The condition with every leaf replaced; a leaf under an odd number of `not` is not positive.
  func mapLeaves(positive: Bool = true, _ replace: (Condition, Bool) -> Condition) -> Condition {
    switch self {
    case .not(let condition): .not(condition.mapLeaves(positive: !positive, replace))
    case .all(let conditions): .all(conditions.map { $0.mapLeaves(positive: positive, replace) })
    case .any(let conditions): .any(conditions.map { $0.mapLeaves(positive: positive, replace) })
    case .constant, .question, .chance, .holds, .compare, .isMember: replace(self, positive)
    }
  }
}

extension Operand {
  /// What it reads or is, without arithmetic.
  var atoms: [Operand] {
    var atoms: [Operand] = []
    forEachAtom { atoms.append($0) }
    return atoms
  }

  /// Calls for every one of its ``atoms``.
  func forEachAtom(_ body: (Operand) -> Void) {
    switch self {
    case .negated(let operand), .inverted(let operand): operand.forEachAtom(body)
    case .arithmetic(let left, _, let right):
      left.forEachAtom(body)
      right.forEachAtom(body)
    default: body(self)
    }
  }

  /// The part of an event that it reads.
  var field: EventField? {
    switch self {
    case .actor: .actor
    case .kind: .kind
    case .data(let key): .data(key)
    default: nil
    }
  }
}

extension Program {
  /// Every condition that decides something, commitments and lines included.
  var conditions: [Condition] {
    steppedConditions + treeNodes.flatMap(\.gates).map(\.condition) + lines.compactMap(\.condition)
  }

  /// The conditions that decide where a step leads.
  var steppedConditions: [Condition] {
    [relevance].compactMap(\.self) + machines.flatMap(\.transitions).map(\.guardCondition)
      + commitments.flatMap { $0.conditions + $0.paidCheck }
  }
}

extension Commitment {
  /// The check on a line that changes the status, as a condition.
  var paidCheck: [Condition] { (checks?.paid).map { [.question($0)] } ?? [] }

  /// The same commitment where nothing moves it.
  var still: Commitment {
    with(trigger: .constant(false), plant: .constant(false), abandonWhen: nil, checks: nil)
  }
}
