import Dramatis

/// Which answers to a question some conditions, all of them asked only whether they are yes, can tell apart.
///
/// Kleene's `and` and `or` are the least and the greatest. So where a question stands under no `not`, unknown
/// opens what no opens; where it stands under one only, unknown opens what yes opens. A connective that is not
/// monotone leaves nothing out.
struct AnswerDemand {
  private var isPositive: [Bool]
  private var isNegative: [Bool]

  init(of conditions: [Condition], count: Int) {
    isPositive = [Bool](repeating: false, count: count)
    isNegative = [Bool](repeating: false, count: count)
    for condition in conditions { note(condition, positive: true) }
  }

  private mutating func note(_ condition: Condition, positive: Bool) {
    switch condition {
    case .question(let index):
      if positive { isPositive[index] = true } else { isNegative[index] = true }
    case .not(let condition): note(condition, positive: !positive)
    case .joined(let connective, let conditions):
      for condition in conditions {
        note(condition, positive: positive)
        if !connective.isMonotone { note(condition, positive: !positive) }
      }
    case .constant, .chance, .holds, .compare, .isMember: break
    }
  }

  /// The answers that are worth trying.
  func truths(of question: Int) -> [Truth] {
    isPositive[question] && isNegative[question] ? [.yes, .no, .unknown] : [.yes, .no]
  }
}
