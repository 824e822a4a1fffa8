/// A scene with what every tree says to it.
struct GoldenScene: Decodable, Sendable {
  struct Statements: Decodable, Sendable {
    let topics: [String: [String]]
    let relations: [String: [String]]
  }

  struct Digest: Decodable, Sendable {
    let n: Int
    let sha256: String
  }

  /// How one tree was traversed.
  struct Check: Decodable, Sendable {
    let evals: Int
    /// SHA-256 over every evaluation in order: question, 0, yes or no as a digit, line feed.
    let trace: String
  }

  /// Both, for scenes that come without the statements themselves.
  struct DigestAndCheck: Decodable, Sendable {
    let digest: Digest
    let check: Check

    init(from decoder: any Decoder) throws {
      (digest, check) = (try Digest(from: decoder), try Check(from: decoder))
    }
  }

  struct Grounding: Decodable, Sendable {
    let sha256: String
    let bytes: Int
  }

  let id, character: String
  let lastCharacter: [String]?
  let scene, sceneRule: String?
  let expected: Statements?
  /// Under three values.
  let tri: [String: Digest]?
  let digest: [String: DigestAndCheck]?
  private let checks: [String: Check]?
  let grounding: Grounding

  /// The one rule that the files use: lines that count.
  private static let longRule =
    #"join with \n, i=0..399: 'Line {i}: the scene goes on and nothing is settled yet.'"#

  /// For each tree how it was traversed.
  var traversals: [String: Check] { checks ?? digest?.mapValues(\.check) ?? [:] }

  /// The scene itself or by its rule; nil where the rule is a new one.
  var text: String? {
    if let scene { return scene }
    guard sceneRule == Self.longRule else { return nil }
    return (0...399).map { "Line \($0): the scene goes on and nothing is settled yet." }
      .joined(separator: "\n")
  }
}
