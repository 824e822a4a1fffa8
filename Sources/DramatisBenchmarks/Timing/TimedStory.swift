#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A generated story of which it is known when each payoff becomes due.
///
/// From foreshadow to payoff it takes as long as in the CFPG paper (arXiv 2601.07033): 20.9 turns on average, 13 at the
/// median, a tenth beyond 45; a log-normal distribution has all three.
struct TimedStory {
  struct Debt {
    /// The turn of the foreshadow.
    let foreshadow: Int
    /// The first turn on which the trigger is true.
    let trigger: Int
    /// On how many turns it is true; one is not seldom.
    let length: Int
    /// What an author would write for `not-before`, without knowing the trigger.
    let notBefore: Int
    /// Another debt that is truly due earlier and that the author makes this one wait for.
    let after: Int?

    func holds(in turn: Int) -> Bool { trigger <= turn && turn < trigger + length }
  }

  static let debtCount = 6
  /// Turns on which a trigger is true, on average.
  static let meanLength = 4.0
  /// How much of the distance that they guess authors write for `not-before`.
  static let caution = 0.25
  /// Turns after the last trigger that the story goes on.
  static let epilogue = 20

  let debts: [Debt]

  var turns: Int { (debts.map { $0.trigger + $0.length }.max() ?? 0) + Self.epilogue }

  init(using random: inout SplitMix64) {
    var debts: [Debt] = []
    for _ in 0..<Self.debtCount {
      let foreshadow = Int.random(in: 1...20, using: &random)
      let trigger = foreshadow + Self.distance(&random)
      let earlier = debts.indices.filter { debts[$0].trigger + debts[$0].length <= trigger }
      let isKnown = Bool.random(using: &random)
      debts.append(
        Debt(
          foreshadow: foreshadow, trigger: trigger, length: Self.length(&random),
          notBefore: Int(Double(Self.distance(&random)) * Self.caution),
          after: isKnown ? earlier.randomElement(using: &random) : nil))
    }
    self.debts = debts
  }

  /// Median 13, mean 20.9.
  static func distance(_ random: inout SplitMix64) -> Int {
    let (median, mean) = (13.0, 20.9)
    let spread = (2 * log(mean / median)).squareRoot()
    let (one, other) = (Double.random(in: 0..<1, using: &random), Double.random(in: 0..<1, using: &random))
    let normal = (-2 * log(1 - one)).squareRoot() * cos(2 * Double.pi * other)
    return max(Int(median * exp(spread * normal) + 0.5), 1)
  }

  /// From one turn on, each further one as probable as the last.
  private static func length(_ random: inout SplitMix64) -> Int {
    var length = 1
    while Double.random(in: 0..<1, using: &random) > 1 / meanLength { length += 1 }
    return length
  }
}
