import Dramatis
import DramatisCompiler
import FoundationEssentials

/// The probabilities of answers that `dramatis simulate --answers` reads.
///
/// A JSON object by question name or exact text; a number is the probability of yes, and the rest is no; an object
/// may say `yes`, `no` and `unknown`, of which one may be missing and takes the rest.
struct AnswerFile {
  private static let maximumBytes = 4 << 20

  let probabilities: [Int: AnswerProbabilities]
  /// Keys that fit no question, sorted.
  let unknownKeys: [String]

  private enum Entry: Decodable {
    case yes(Double)
    case three(yes: Double?, no: Double?, unknown: Double?)

    private enum Key: String, CodingKey, CaseIterable { case yes, no, unknown }

    init(from decoder: any Decoder) throws {
      if let number = try? decoder.singleValueContainer().decode(Double.self) {
        self = .yes(number)
        return
      }
      let container = try decoder.container(keyedBy: Key.self)
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

  init(path: String, program: Program) throws(Failure) {
    let bytes = try Failure.mapping(try InputStream(path: path).readAll(limit: Self.maximumBytes))
    guard bytes.count <= Self.maximumBytes,
      let entries = try? JSONDecoder().decode([String: Entry].self, from: Data(bytes))
    else {
      throw Failure(
        "\(path.oneLine) is no JSON object of questions, such as {\"accused\": 0.2, \"greeted\": {\"yes\": 0.5, \"no\": 0.5}}",
        .input)
    }
    var probabilities: [Int: AnswerProbabilities] = [:]
    var unknownKeys: [String] = []
    for (key, entry) in entries.sorted(by: { $0.key < $1.key }) {
      guard let known = entry.probabilities else {
        throw Failure(
          "\(path.oneLine): '\(key.oneLine)' needs probabilities from 0 to 1: one for yes, or two or three that sum to 1 with the rest",
          .input)
      }
      let found = program.answers(from: [key: .yes]).answers.answered
      if found.isEmpty { unknownKeys.append(key) }
      for question in found { probabilities[question] = known }
    }
    (self.probabilities, self.unknownKeys) = (probabilities, unknownKeys)
  }
}
