import Dramatis

/// Answers whether a trigger holds, wrongly as often as it is told to, and less surely where it is wrong.
struct TimingOracle {
  /// The probability of yes where it is no.
  let falsePositive: Double
  /// The probability of no where it is yes.
  let falseNegative: Double

  /// Yes from 0.6 to 1 where it is right and from 0.5 to 0.9 where it is wrong; no from 0 to 0.4.
  func answer(_ truth: Bool, _ random: inout SplitMix64) -> Answer {
    let isWrong = Double.random(in: 0..<1, using: &random) < (truth ? falseNegative : falsePositive)
    let confidence = Double.random(in: 0..<1, using: &random)
    let probability: Double =
      truth != isWrong ? (truth ? 0.6 + 0.4 * confidence : 0.501 + 0.399 * confidence) : 0.4 * confidence
    return Answer(probability: probability) ?? .unknown
  }
}
