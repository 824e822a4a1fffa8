import Dramatis
import DramatisLLM

/// The candidates of earlier work on a character, found again when thresholds change and when chapters are added.
///
/// Work on the same pairs is told by a digest of them, work on fewer by that of those at the beginning.
public struct KeptCandidates: InductionMemory {
  private let store: any AnswerStore
  private let parts: [String]
  /// Digests of all pairs, and of those that finished work was done on.
  private let current: String
  private let base: String?
  private let explores: Bool
  private let proposesAgain: Bool
  /// How many of the pairs finished work was done on; nil where there was none.
  public let knownPairs: Int?

  /// Looks for earlier work.
  ///
  /// - Parameters:
  ///   - pairs: The pairs that train, in the order of the story.
  ///   - model: Who proposes.
  ///   - vectors: What the pairs are clustered by.
  ///   - explores: Whether nodes are asked about that changed thresholds have opened, and candidates sought anew where
  ///     pairs were added.
  ///   - proposesAgain: Whether every node is asked for candidates again, of which the store of replies may know most.
  /// - Complexity: Linear in the pairs.
  public init(
    of character: String, pairs: [ScenePair], settings: InductionSettings, model: String, vectors: String,
    store: any AnswerStore, explores: Bool = false, proposesAgain: Bool = false
  ) {
    self.store = store
    self.proposesAgain = proposesAgain
    self.explores = explores
    parts = [
      model, vectors, "\(settings.isPaper)", "\(settings.rounds)", "\(settings.candidates)",
      "\(settings.seed)",
      character,
    ]
    var digest = ""
    var (base, count): (String?, Int?) = (nil, nil)
    for (index, pair) in pairs.enumerated() {
      digest = AnswerKey([digest, pair.scene, pair.action] + pair.previous).digits
      if store.row(for: AnswerKey(["finished"] + parts + [digest])) != nil,
        !explores || index + 1 == pairs.count
      {
        (base, count) = (digest, index + 1)
      }
    }
    current = digest
    self.base = base
    knownPairs = count
  }

  /// The rounds of candidates that were tried at a node; nil where it was never looked into.
  public func rounds(at node: InductionNode) -> [[Candidate]]? {
    guard !proposesAgain else { return nil }
    for digest in [current, base].compactMap(\.self) {
      if case .reply(let value, _) = store.row(for: key(of: node, on: digest)) {
        return Self.rounds(in: value)
      }
    }
    return nil
  }

  /// Keeps the candidates of a round.
  public func keep(_ rounds: [[Candidate]], at node: InductionNode) throws {
    let key = key(of: node, on: current)
    if case .reply(let value, _) = store.row(for: key), Self.rounds(in: value) == rounds { return }
    let value = JSONValue.array(
      rounds.map { round in
        .array(round.map { ["statement": .string($0.statement), "question": .string($0.question)] })
      })
    let place: JSONValue = [
      "node": .array(([node.character, node.topic.name] + node.path).map { .string($0) })
    ]
    try store.add([(key, .reply(value, request: place))])
  }

  /// Whether a node that was never looked into is asked about.
  public func mayPropose(at node: InductionNode) -> Bool {
    explores || proposesAgain || base == nil || node.path.isEmpty && rounds(at: node) == nil
  }

  /// Says that all trees are there, so that from now on only what is new is asked.
  public func finish() throws {
    let key = AnswerKey(["finished"] + parts + [current])
    guard store.row(for: key) == nil else { return }
    try store.add([(key, .reply(true, request: .null))])
  }

  private func key(of node: InductionNode, on digest: String) -> AnswerKey {
    AnswerKey(["node"] + parts + [digest, node.topic.name, node.topic.partner ?? ""] + node.path)
  }

  private static func rounds(in value: JSONValue) -> [[Candidate]] {
    (value.elements ?? []).map { round in
      (round.elements ?? []).compactMap { value in
        guard let statement = value["statement"]?.text, let question = value["question"]?.text else {
          return nil
        }
        return Candidate(statement: statement, question: question)
      }
    }
  }
}
