/// Between which probabilities something lies, both ends included.
///
/// What nobody answered lies anywhere from 0 to 1, and moves nothing: what counts is the lower end.
struct ProbabilityRange: Hashable {
  let low: Double
  let high: Double

  init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  init(_ probability: Double) {
    self.init(low: probability, high: probability)
  }

  /// Where an answer lies; by the first rules what nobody answered was one half.
  init(_ answer: Answer, rules: Rules) {
    if answer.isUnanswered, rules > .first {
      self.init(low: 0, high: 1)
    } else {
      self.init(answer.probability)
    }
  }

  var isPoint: Bool { low == high }

  /// Whether it is 0 only because nobody answered.
  var isOpenAtZero: Bool { low == 0 && high > 0 }

  /// Inverted as answers are, to the last bit.
  var inverted: ProbabilityRange {
    ProbabilityRange(low: Answer.inverted(high), high: Answer.inverted(low))
  }

  /// Where two conditions lie together: at the ends of both, since each moves the whole in one direction.
  func joined(by connective: Connective, with other: ProbabilityRange) -> ProbabilityRange {
    let (first, last) = (ends(of: connective, beside: other.low), ends(of: connective, beside: other.high))
    return ProbabilityRange(low: min(first.low, last.low), high: max(first.high, last.high))
  }

  /// Whether it makes a difference where in the range a condition lies.
  ///
  /// - Parameter others: Where those that it is joined with can lie together.
  func matters(to connective: Connective, beside others: ProbabilityRange) -> Bool {
    !ends(of: connective, beside: others.low).isPoint || !ends(of: connective, beside: others.high).isPoint
  }

  private func ends(of connective: Connective, beside other: Double) -> ProbabilityRange {
    let ends = (connective.probability(low, with: other), connective.probability(high, with: other))
    return ProbabilityRange(low: min(ends.0, ends.1), high: max(ends.0, ends.1))
  }
}

/// Which end of a range counts.
enum ProbabilityEnd {
  /// What is sure at least.
  case lower
  /// What is possible at most.
  case upper
  /// Whether anything is possible: the upper end, with all that is more than 0 as 1.
  case possible
  /// Whether all is certain: the lower end, with all that is less than 1 as 0.
  case certain
  /// By the first rules: half a yes for whatever nobody answered.
  case middle

  /// What counts under `not`.
  @inline(__always)
  var opposite: ProbabilityEnd {
    switch self {
    case .lower: .upper
    case .upper: .lower
    case .possible: .certain
    case .certain: .possible
    case .middle: .middle
    }
  }

  /// What counts where nobody answered.
  @inline(__always)
  var ofUnanswered: Double {
    switch self {
    case .lower, .certain: 0
    case .upper, .possible: 1
    case .middle: 0.5
    }
  }

  /// What counts of a probability that is known.
  @inline(__always)
  func of(_ probability: Double) -> Double {
    switch self {
    case .lower, .upper, .middle: probability
    case .possible: probability > 0 ? 1 : 0
    case .certain: probability < 1 ? 0 : 1
    }
  }
}

extension Rules {
  /// The end of a condition's range that a row and a certainty read.
  var end: ProbabilityEnd { self == .first ? .middle : .lower }
}
