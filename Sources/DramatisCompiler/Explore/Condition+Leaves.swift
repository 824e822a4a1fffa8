import Dramatis

/// Conditions taken apart.
extension Condition {
  /// The operands of a comparison, taken apart down to what they read.
  var reads: [Operand] {
    var reads: [Operand] = []
    forEachRead { reads.append($0) }
    return reads
  }

  /// Calls for every one of a comparison's ``reads``.
  func forEachRead(_ body: (Operand) -> Void) {
    for operand in ownOperands { operand.forEachAtom(body) }
  }

  /// The condition with every leaf replaced.
  func mapLeaves(_ replace: (Condition) -> Condition) -> Condition {
    switch self {
    case .not(let condition): .not(condition.mapLeaves(replace))
    case .joined(let connective, let conditions):
      .joined(connective, conditions.map { $0.mapLeaves(replace) })
    case .constant, .question, .chance, .holds, .compare, .isMember: replace(self)
    }
  }
}

extension Operand {
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
      + loreConditions
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
  var frozen: Commitment {
    with(trigger: .constant(false), plant: .constant(false), abandonWhen: nil, checks: nil)
  }
}
