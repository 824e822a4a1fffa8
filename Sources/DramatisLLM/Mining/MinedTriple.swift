/// A foreshadow, its trigger and its payoff as found in a text (CFPG, arXiv 2601.07033).
public struct MinedTriple: Hashable, Sendable {
  /// The number of the sentence that sets something up.
  public let foreshadowSentence: Int
  /// The number of the sentence that settles it.
  public let payoffSentence: Int
  /// What is set up.
  public let foreshadow: String
  /// What makes it due, as a question that is answered with yes or no.
  public let trigger: String
  /// What settles it.
  public let payoff: String

  /// Nil for one whose sentences are not there or not apart.
  init?(_ value: JSONValue, within range: ClosedRange<Int>) {
    guard let from = value["foreshadow_sentence"]?.int, let to = value["payoff_sentence"]?.int,
      range.contains(from), range.contains(to), to > from,
      let foreshadow = value["foreshadow"]?.text, let trigger = value["trigger"]?.text,
      let payoff = value["payoff"]?.text,
      [foreshadow, trigger, payoff].allSatisfy({ $0.contains { $0.isLetter || $0.isNumber } })
    else { return nil }
    foreshadowSentence = from
    payoffSentence = to
    self.foreshadow = foreshadow
    self.trigger = trigger
    self.payoff = payoff
  }
}
