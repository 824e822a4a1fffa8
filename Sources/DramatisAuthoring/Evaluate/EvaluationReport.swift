import Dramatis

/// What became of an evaluation: no number without its interval, and none without its control.
public struct EvaluationReport: Hashable, Sendable, Encodable {
  /// A mean with the interval in which it lies, in 95 of a hundred draws of pairs.
  public struct Estimate: Hashable, Sendable, Encodable {
    /// The mean over pairs, and the ends of the interval.
    public let mean, low, high: Double
    /// Over how many pairs.
    public let pairs: Int
  }

  /// How predictions with one background did.
  public struct ArmResult: Hashable, Sendable, Encodable {
    /// Which background.
    public let arm: String
    /// The published score, from 0 to 100.
    public let score: Estimate
    /// The share of predictions with the same main action, from 0 to 100.
    public let exact: Estimate
    /// The shares of the verdicts, of 1.
    public let entailed, neutral, contradicted: Double
    /// The score in scenes that are near to a training scene, and in others; nil where there are none.
    public let seen, new: Estimate?
    /// Pairs without any prediction that could be used.
    public let missing: Int
    /// The mean score of each pair.
    let scores: [Double?]

    init(arm: String, outcomes: [[Evaluation.Outcome]], isSeen: [Bool]) {
      self.arm = arm
      let scores = outcomes.map { $0.isEmpty ? nil : $0.reduce(0) { $0 + $1.score } / Double($0.count) }
      let all = outcomes.flatMap(\.self)
      func share(_ truth: Truth) -> Double {
        all.isEmpty ? 0 : Double(all.count { $0.truth == truth }) / Double(all.count)
      }
      (entailed, neutral, contradicted) = (share(.yes), share(.unknown), share(.no))
      score = Bootstrap.estimate(scores.compactMap(\.self))
      exact = Bootstrap.estimate(
        outcomes.filter { !$0.isEmpty }.map { 100 * Double($0.count(where: \.isExact)) / Double($0.count) })
      func part(_ isWanted: Bool) -> Estimate? {
        let some = zip(scores, isSeen).compactMap { $1 == isWanted ? $0 : nil }
        return some.isEmpty ? nil : Bootstrap.estimate(some)
      }
      (seen, new) = (part(true), part(false))
      missing = scores.count { $0 == nil }
      self.scores = scores
    }

    private enum CodingKeys: String, CodingKey {
      case arm, score, exact, entailed, neutral, contradicted, seen, new, missing
    }
  }

  /// How two arms differ on the same pairs.
  public struct Difference: Hashable, Sendable, Encodable {
    /// Which ones.
    public let arm, other: String
    /// The first's score less the second's.
    public let score: Estimate
  }

  /// How much better statements fit where their gates open than elsewhere.
  public struct Lift: Hashable, Sendable, Encodable {
    /// How many statements stand behind gates that opened.
    public let gates: Int
    /// The mean over statements: precision where the gate is open less precision where it is not.
    public let lift: Double
    /// The same with the gates shuffled among the statements, on average.
    public let shuffled: Double
    /// How often they were shuffled, and how often that came to as much.
    public let shuffles, asHigh: Int
  }

  /// What a profile is like in the scenes, without a prediction.
  public struct Structure: Hashable, Sendable, Encodable {
    /// Which profile.
    public let arm: String
    /// The share of scenes in which a gated statement applies.
    public let coverage: Double
    /// On average in a scene.
    public let statements, questions: Double
    /// Nil where nobody judged, or fewer than two gates opened.
    public let lift: Lift?

    init(arm: String, groundings: [SceneGrounding], lift: Lift?) {
      let count = Double(max(groundings.count, 1))
      self.arm = arm
      coverage = Double(groundings.count { !$0.gated.isEmpty }) / count
      statements = Double(groundings.reduce(0) { $0 + $1.statements }) / count
      questions = Double(groundings.reduce(0) { $0 + $1.questions }) / count
      self.lift = lift
    }
  }

  /// How much two profiles of a character have in common, as two builds of the same do.
  public struct Stability: Hashable, Sendable, Encodable {
    /// Which ones.
    public let arm, other: String
    /// The share of statements that both have, word for word, of those that either has.
    public let common: Double

    static func between(_ arms: [Evaluation.Arm]) -> [Stability] {
      let profiles = arms.compactMap { arm in arm.program.map { (arm.name, Set($0.statements)) } }
      return profiles.indices.flatMap { first in
        profiles.indices.dropFirst(first + 1).map { second in
          let (one, other) = (profiles[first], profiles[second])
          let all = one.1.union(other.1).count
          return Stability(
            arm: one.0, other: other.0,
            common: all == 0 ? 1 : Double(one.1.intersection(other.1).count) / Double(all))
        }
      }
    }
  }

  /// Whose pairs they are.
  public let character: String
  /// How many pairs were held out, and how many of them have scenes near to a training scene.
  public let pairs, seen: Int
  /// How often each was predicted.
  public let repetitions: Int
  /// The predictions; none without a generator.
  public let arms: [ArmResult]
  /// Every arm against every one before it, on the same pairs.
  public let differences: [Difference]
  /// What the profiles are like, with no prediction.
  public let structures: [Structure]
  /// How much profiles have in common.
  public let stability: [Stability]
  /// Who predicted and who judged, for whoever compares.
  public var generator = "", judge = ""
  /// What the judge was told.
  public let judgePrompt = Evaluation.judgeRules

  init(
    character: String, pairs: Int, seen: Int, repetitions: Int, arms: [ArmResult], structures: [Structure],
    stability: [Stability]
  ) {
    self.character = character
    self.pairs = pairs
    self.seen = seen
    self.repetitions = repetitions
    self.arms = arms
    self.structures = structures
    self.stability = stability
    differences = arms.indices.flatMap { second in
      arms.indices.prefix(second).map { first in
        let paired = zip(arms[second].scores, arms[first].scores).compactMap { one, other in
          one.flatMap { one in other.map { one - $0 } }
        }
        return Difference(
          arm: arms[second].arm, other: arms[first].arm, score: Bootstrap.estimate(paired))
      }
    }
  }

  private enum CodingKeys: String, CodingKey {
    case character, pairs, seen, repetitions, arms, differences, structures, stability, generator, judge,
      judgePrompt
  }
}

/// Means whose intervals come from drawing the pairs anew.
enum Bootstrap {
  private static let draws = 2000

  /// - Complexity: Linear in the values, two thousand times.
  static func estimate(_ values: [Double], seed: UInt64 = 42) -> EvaluationReport.Estimate {
    guard !values.isEmpty else { return .init(mean: 0, low: 0, high: 0, pairs: 0) }
    let mean = values.reduce(0, +) / Double(values.count)
    let means = (0..<draws).map { draw in
      var sum = 0.0
      for place in values.indices {
        sum += values[Draw.index(Draw.number(seed: seed, turn: draw, site: place), below: values.count)]
      }
      return sum / Double(values.count)
    }.sorted()
    return .init(mean: mean, low: means[draws / 40], high: means[draws - 1 - draws / 40], pairs: values.count)
  }
}
