/// What is said to a question: yes, no or unknown, with a probability.
///
/// The probability is that of *yes*. More than one half is yes, less is no, exactly one half is unknown. A half that
/// somebody says weighs as a half; where nobody could tell it moves nothing, see ``isUnanswered``.
/// In JSON an answer is `"yes"`, `"no"`, `"unknown"` or a number from 0 to 1.
public struct Answer: Hashable, Sendable {
  /// The probability of *yes*, from 0 to 1; one half where nobody could tell.
  public let probability: Double
  /// Whether nobody could tell, so that the probability may be anything.
  public let isUnanswered: Bool

  /// Certain yes, probability 1.
  public static let yes = Answer(unchecked: 1)
  /// Certain no, probability 0.
  public static let no = Answer(unchecked: 0)
  /// Nobody can tell.
  public static let unknown = Answer(unchecked: 0.5, isUnanswered: true)

  /// Makes an answer from the probability of yes; nil outside 0 to 1.
  public init?(probability: Double) {
    guard probability >= 0, probability <= 1 else { return nil }
    self.init(unchecked: probability == 0 ? 0 : probability)
  }

  private init(unchecked probability: Double, isUnanswered: Bool = false) {
    self.probability = probability
    self.isUnanswered = isUnanswered
  }

  /// Makes the certain answer for a truth value.
  public init(_ truth: Truth) {
    switch truth {
    case .yes: self = .yes
    case .no: self = .no
    case .unknown: self = .unknown
    }
  }

  /// Whether the answer counts as yes, no or unknown.
  public var truth: Truth { Truth(probability: probability) }

  /// The opposite answer; unknown stays unknown and nothing else becomes it.
  var inverted: Answer { Answer(unchecked: Self.inverted(probability), isUnanswered: isUnanswered) }

  /// The answer to two conditions together.
  func joined(by connective: Connective, with other: Answer) -> Answer {
    let whole = connective.probability(probability, with: other.probability)
    return Answer(unchecked: whole, isUnanswered: whole == 0.5 && (isUnanswered || other.isUnanswered))
  }

  /// The probability of the opposite.
  static func inverted(_ probability: Double) -> Double {
    let opposite = 1 - probability
    return probability < 0.5 ? max(opposite, 0.5.nextUp) : opposite
  }
}

extension Answer: Codable {
  /// Reads `"yes"`, `"no"`, `"unknown"` or a number from 0 to 1.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let word = try? container.decode(Truth.self) {
      self.init(word)
    } else if let number = try? container.decode(Double.self), let answer = Answer(probability: number) {
      self = answer
    } else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "an answer is yes, no, unknown or a probability from 0 to 1")
    }
  }

  /// Writes the word where the answer is certain or unknown, else the number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if self == Answer(truth) {
      try container.encode(truth)
    } else {
      try container.encode(probability)
    }
  }
}

/// One of the three values that an answer or a condition can have.
public enum Truth: String, Hashable, Sendable, Codable, CaseIterable {
  /// It does not hold.
  case no
  /// Nobody can tell.
  case unknown
  /// It holds.
  case yes
}

extension Truth {
  init(_ holds: Bool) {
    self = holds ? .yes : .no
  }

  /// What a probability of yes counts as.
  init(probability: Double) {
    self = probability > 0.5 ? .yes : probability < 0.5 ? .no : .unknown
  }
}
