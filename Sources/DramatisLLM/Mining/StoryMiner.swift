/// Finds triples of foreshadow, trigger and payoff in a text, with a language model.
///
/// Windows of sentences are asked for candidates; each candidate is then held against its sentences by a rubric. The
/// windows overlap by half, so that what lies no further apart than ``stride`` sentences stands in one of them.
public struct StoryMiner: Sendable {
  /// How many sentences are looked at together.
  public static let window = 100
  /// How many sentences lie between the beginnings of two windows.
  public static let stride = 50
  /// The most candidates of a window.
  static let candidateLimit = 8
  static let replyTokens = 1200

  /// What the work takes, before it is done.
  public struct Estimate: Hashable, Sendable {
    /// Requests for candidates.
    public let windows: Int
    /// Requests at the most, those that check candidates included.
    public let requests: Int
    /// Tokens of prompts at the most, as far as bytes tell.
    public let promptTokens: Int
    /// Tokens of replies at the most.
    public let replyTokens: Int
  }

  /// What was found.
  public struct Findings: Hashable, Sendable {
    /// What passed every check, by the sentences of their foreshadows.
    public internal(set) var triples: [MinedTriple] = []
    /// How many candidates there were.
    public internal(set) var candidates = 0
    /// How many requests gave nothing that fits, even when asked again.
    public internal(set) var failures = 0
    /// How many requests there were.
    public internal(set) var requests = 0
  }

  private let model: any LanguageModel
  let sentences: Sentences
  let contextTokens: Int?

  /// Prepares the mining of a text.
  ///
  /// - Parameter contextTokens: How many tokens a prompt and its reply may have together; windows that take more hold
  ///   fewer sentences. Nil where that is not known.
  public init(_ sentences: Sentences, with model: any LanguageModel, contextTokens: Int? = nil) {
    self.sentences = sentences
    self.model = model
    self.contextTokens = contextTokens
  }

  private static let candidateSchema = OutputSchema(
    name: "triples",
    [
      "type": "object", "required": ["triples"], "additionalProperties": false,
      "properties": [
        "triples": [
          "type": "array", "maxItems": .number(Double(candidateLimit)),
          "items": [
            "type": "object", "additionalProperties": false,
            "required": ["foreshadow_sentence", "payoff_sentence", "foreshadow", "trigger", "payoff"],
            "properties": [
              "foreshadow_sentence": ["type": "integer"], "payoff_sentence": ["type": "integer"],
              "foreshadow": ["type": "string"], "trigger": ["type": "string"], "payoff": ["type": "string"],
            ],
          ],
        ]
      ],
    ])

  /// What a candidate has to pass.
  private static let rubric = ["aligned", "setup", "payoff", "separated", "justified"]

  private static let rubricSchema = OutputSchema(
    name: "rubric",
    [
      "type": "object", "required": .array(rubric.map { .string($0) }), "additionalProperties": false,
      "properties": .object(rubric.map { JSONValue.Member($0, ["type": "boolean"]) }),
    ])

  /// What finding everything takes at the most.
  public func estimate() -> Estimate {
    let estimate = TokenEstimate()
    let windows = windows
    let asked = windows.reduce(0) { $0 + estimate.tokens(in: candidateRequest($1).messages) }
    let checks = windows.count * Self.candidateLimit
    return Estimate(
      windows: windows.count, requests: windows.count + checks, promptTokens: asked + checks * 600,
      replyTokens: windows.count * Self.replyTokens + checks * 40)
  }

  /// Finds the triples.
  ///
  /// - Parameter show: Is told after each window how many of them are done.
  /// - Throws: Whatever the model throws, except that it answered what cannot be used, which is counted.
  public func mine(_ show: (_ done: Int, _ of: Int) -> Void = { _, _ in }) async throws(ModelError)
    -> Findings
  {
    var findings = Findings()
    var seen: Set<[Int]> = []
    let windows = windows
    for (index, window) in windows.enumerated() {
      for triple in try await candidates(in: window, &findings) {
        guard seen.insert([triple.foreshadowSentence, triple.payoffSentence]).inserted else { continue }
        findings.candidates += 1
        if try await passes(triple, &findings) { findings.triples.append(triple) }
      }
      show(index + 1, windows.count)
    }
    findings.triples.sort {
      ($0.foreshadowSentence, $0.payoffSentence) < ($1.foreshadowSentence, $1.payoffSentence)
    }
    return findings
  }

  private func candidates(
    in window: ClosedRange<Int>, _ findings: inout Findings
  ) async throws(ModelError) -> [MinedTriple] {
    let value = try await value(candidateRequest(window), Self.candidateSchema, &findings)
    return (value?["triples"]?.elements ?? []).compactMap { MinedTriple($0, within: window) }
  }

  private func passes(_ triple: MinedTriple, _ findings: inout Findings) async throws(ModelError) -> Bool {
    let value = try await value(rubricRequest(triple), Self.rubricSchema, &findings)
    return Self.rubric.allSatisfy { value?[$0] == JSONValue.bool(true) }
  }

  private func value(
    _ request: ModelRequest, _ schema: OutputSchema, _ findings: inout Findings
  ) async throws(ModelError) -> JSONValue? {
    findings.requests += 1
    do {
      return try await StructuredOutput(model: model, schema: schema).value(for: request)
    } catch {
      guard case .invalidOutput = error else { throw error }
      findings.failures += 1
      return nil
    }
  }
}
