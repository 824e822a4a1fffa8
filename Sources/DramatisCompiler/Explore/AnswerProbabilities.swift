import Dramatis
import FoundationEssentials

/// How probable the three answers to a question are in a ``Simulation``.
public struct AnswerProbabilities: Hashable, Sendable {
  /// The probability of yes.
  public let yes: Double
  /// The probability of unknown; what is left is no.
  public let unknown: Double

  /// Each answer as probable as the others.
  public static let even = AnswerProbabilities(yes: 1 / 3, unchecked: 1 / 3)

  /// Makes probabilities; nil where one is not from 0 to 1 or they sum to more than 1.
  public init?(yes: Double, unknown: Double = 0) {
    guard yes >= 0, unknown >= 0, yes + unknown <= 1 else { return nil }
    self.init(yes: yes, unchecked: unknown)
  }

  private init(yes: Double, unchecked unknown: Double) {
    self.yes = yes
    self.unknown = unknown
  }

  /// The answer that a number from 0 to 1 falls on.
  func answer(at draw: Double) -> Answer {
    draw < yes ? .yes : draw < yes + unknown ? .unknown : .no
  }
}

/// Who answers in a ``Simulation``.
public enum SimulatedAnswers: Hashable, Sendable {
  /// The hash discriminator: arbitrary, but the same everywhere.
  case hash
  /// Draws, by question; those that are not named take the default.
  case drawn([Int: AnswerProbabilities], default: AnswerProbabilities)
}

/// The probabilities of answers as a file of JSON gives them.
///
/// An object by question name or exact text; a number is the probability of yes, and the rest is no; an object may
/// say `yes`, `no` and `unknown`, of which one may be missing and takes the rest.
public struct AnswerFile: Sendable {
  /// The most bytes that such a file may have.
  public static let maximumBytes = 4 << 20

  /// By the index of the question.
  public let probabilities: [Int: AnswerProbabilities]
  /// Keys that fit no question, sorted.
  public let unknownKeys: [String]

  /// Reads the bytes of a file.
  ///
  /// - Parameters:
  ///   - bytes: The whole file; anything may be in it.
  ///   - name: What to call it in messages, usually its path.
  ///   - program: Whose questions are answered.
  public init(json bytes: [UInt8], name: String, for program: Program) throws(AnswerFileError) {
    guard bytes.count <= Self.maximumBytes,
      let entries = try? JSONDecoder().decode([String: Given].self, from: Data(bytes))
    else {
      throw AnswerFileError(
        "\(name.oneLine) is no JSON object of questions, such as {\"accused\": 0.2, \"greeted\": {\"yes\": 0.5, \"no\": 0.5}}"
      )
    }
    var probabilities: [Int: AnswerProbabilities] = [:]
    var unknownKeys: [String] = []
    for (key, entry) in entries.sorted(by: { $0.key < $1.key }) {
      guard let known = entry.probabilities else {
        throw AnswerFileError(
          "\(name.oneLine): '\(key.oneLine)' needs probabilities from 0 to 1: one for yes, or two or three that sum to 1 with the rest"
        )
      }
      let found = program.answers(from: [key: .yes]).answers.answered
      if found.isEmpty { unknownKeys.append(key) }
      for question in found { probabilities[question] = known }
    }
    (self.probabilities, self.unknownKeys) = (probabilities, unknownKeys)
  }

  private enum Given: Decodable {
    case yes(Double)
    case three(yes: Double?, no: Double?, unknown: Double?)

    private enum CodingKeys: String, CodingKey, CaseIterable { case yes, no, unknown }

    init(from decoder: any Decoder) throws {
      if let number = try? decoder.singleValueContainer().decode(Double.self) {
        self = .yes(number)
        return
      }
      let container = try decoder.container(keyedBy: CodingKeys.self)
      self = .three(
        yes: try container.decodeIfPresent(Double.self, forKey: .yes),
        no: try container.decodeIfPresent(Double.self, forKey: .no),
        unknown: try container.decodeIfPresent(Double.self, forKey: .unknown))
    }

    /// Nil where the numbers are no probabilities of three answers.
    var probabilities: AnswerProbabilities? {
      switch self {
      case .yes(let yes): return AnswerProbabilities(yes: yes)
      case .three(let yes, let no, let unknown):
        let given = [yes, no, unknown].compactMap(\.self)
        let rest = 1 - given.reduce(0, +)
        guard given.allSatisfy({ $0 >= 0 }), rest > -1e-9, given.count == 2 || abs(rest) < 1e-9 else {
          return nil
        }
        let known = min(yes ?? max(rest, 0), 1)
        return AnswerProbabilities(yes: known, unknown: min(unknown ?? max(rest, 0), 1 - known))
      }
    }
  }
}

/// Why a file of answers cannot be used; its description says it in a sentence.
public struct AnswerFileError: Error, Sendable, CustomStringConvertible {
  /// What is wrong, without a full stop.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}
