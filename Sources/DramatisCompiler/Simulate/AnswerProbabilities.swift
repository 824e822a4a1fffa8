import Dramatis

/// How probable the three answers to a question are in a ``Simulation``.
package struct AnswerProbabilities: Hashable, Sendable {
  /// The probability of yes.
  package let yes: Double
  /// The probability of unknown; what is left is no.
  package let unknown: Double

  /// Each answer as probable as the others.
  package static let even = AnswerProbabilities(unchecked: 1 / 3, 1 / 3)

  /// Makes probabilities; nil where one is not from 0 to 1 or they sum to more than 1.
  package init?(yes: Double, unknown: Double = 0) {
    guard yes >= 0, unknown >= 0, yes + unknown <= 1 else { return nil }
    self.init(unchecked: yes, unknown)
  }

  private init(unchecked yes: Double, _ unknown: Double) {
    self.yes = yes
    self.unknown = unknown
  }

  /// The answer that a number from 0 to 1 falls on.
  func answer(at draw: Double) -> Answer {
    draw < yes ? .yes : draw < yes + unknown ? .unknown : .no
  }
}

/// Who answers in a ``Simulation``.
package enum SimulatedAnswers: Hashable, Sendable {
  /// The hash discriminator: arbitrary, but the same everywhere.
  case hash
  /// Draws, by question; those that are not named take the default.
  case drawn([Int: AnswerProbabilities], default: AnswerProbabilities)
}
