import Dramatis
import DramatisAuthoring
import DramatisLLM
import Synchronization

/// The trees of a character, one after another.
struct InductionWork {
  let character: String
  let training: [ScenePair]
  let topics: [InductionTopic]
  let settings: InductionSettings
  let method: ModelJudge.Method
  /// The endpoint whose embeddings are used; nil for words.
  let embeddings: String?
  let explores: Bool
  let asksAgain: Bool
  let table: AnswerTable

  /// What came of it.
  struct Findings: Encodable {
    struct Topic: Encodable {
      let name: String
      let partner: String?
      let pairs, candidates, refused, open: Int
      let tree: InducedTree
      let reasons: [Reason]
    }

    struct Reason: Encodable {
      let statement, question, reason: String
    }

    let character, method: String
    let trainingPairs, requests, known, useless: Int
    /// How many pairs earlier work was done on; nil where there was none.
    let knownPairs: Int?
    let topics: [Topic]

    var profile: InducedProfile {
      InducedProfile(
        of: character, topics.map { .init(InductionTopic($0.name, partner: $0.partner), $0.tree) },
        method: method)
    }
  }

  func run(with configured: ConfiguredModel, as options: ModelOptions) async throws -> Findings {
    let progress = Mutex(RequestProgress())
    let kept = KeptModel(configured.model, store: table) { counts in progress.withLock { $0.show(counts) } }
    defer { progress.withLock { $0.clear() } }
    do {
      let (vectors, source) = try await vectors(as: options)
      let memory = KeptCandidates(
        of: character, pairs: training, settings: settings, model: kept.name, vectors: source, store: table,
        explores: explores, proposesAgain: asksAgain)
      let inducer = Inducer(
        settings: settings, proposer: ModelProposer(kept, isPaper: settings.isPaper),
        judge: ModelJudge(kept, method: method), memory: memory)
      var found: [Findings.Topic] = []
      for topic in topics {
        let places = training.indices.filter { index in
          topic.partner.map { training[index].previous.contains($0) } ?? true
        }
        let (tree, record) = try await inducer.tree(
          of: character, topic, from: places.map { training[$0] }, vectors: places.map { vectors[$0] })
        found.append(
          Findings.Topic(
            name: topic.name, partner: topic.partner, pairs: places.count, candidates: record.candidates,
            refused: record.refused.count, open: record.open.count, tree: tree,
            reasons: record.refused.map {
              .init(statement: $0.candidate.statement, question: $0.candidate.question, reason: $0.reason)
            }))
      }
      let counts = kept.counts
      guard counts.useless == 0 || counts.known > 0 || counts.useless < counts.asked else {
        throw nothingCame(max(counts.asked, counts.useless))
      }
      try memory.finish()
      return Findings(
        character: character,
        method: "\(settings.summary); \(kept.name.oneLine); clustered by \(source); \(training.count) pairs",
        trainingPairs: training.count, requests: counts.asked, known: counts.known, useless: counts.useless,
        knownPairs: memory.knownPairs, topics: found)
    } catch let error as ModelError {
      throw Failure(
        "\("\(error)".oneLine); what was answered is kept, and the same command goes on where this one stopped",
        .environment)
    }
  }

  private func nothingCame(_ requests: Int) -> Failure {
    Failure(
      """
      no reply was of the form that was asked for (\(requests.of("request"))), so no profile is written; take another \
      --model, or ask this one once more with --ask-again
      """, .environment)
  }

  private func vectors(as options: ModelOptions) async throws -> ([SceneVector], String) {
    guard let embeddings else { return (TextVectors.vectors(of: training), "words") }
    var place = options
    (place.endpoint, place.baseURL, place.model, place.cassette) = (embeddings, nil, nil, nil)
    let endpoint = try place.requiredModel().endpoint
    let source = KeptEmbeddings(Embedder(endpoint), model: endpoint.model, store: table)
    return (try await source.vectors(of: training), "embeddings of \(endpoint.model)")
  }
}

/// How many requests there were, on one line of a terminal.
private struct RequestProgress {
  private var isShown = false

  mutating func show(_ counts: KeptModel.Counts) {
    guard Console.error.isTerminal else { return }
    isShown = true
    Console.error.write("\r\(counts.asked) asked, \(counts.known) known")
  }

  func clear() {
    if isShown { Console.error.write("\r\u{1B}[K") }
  }
}

extension InductionWork.Findings {
  /// What was found, and how weak the evidence is.
  var text: String {
    var report = TextReport()
    for topic in topics {
      let rules = topic.tree.rules
      let found =
        rules.isEmpty
        ? "nothing is borne out"
        : "\(topic.tree.nodeCount.of("node")), \(rules.count.of("statement"))"
      let open = topic.open == 0 ? "" : "; \(topic.open.of("node")) not looked into, --explore asks"
      report.entry(
        topic.name,
        "\(found) from \(topic.pairs.of("pair")); \(topic.refused) of \(topic.candidates.of("candidate")) refused\(open)",
        indent: 0)
      for (path, statement) in rules {
        let weak = statement.evidence.support < Self.weakSupport ? ", weak" : ""
        report.entry("\(statement.evidence.summary)\(weak)", "")
        report.entry("", (path.map { "\($0) → " }.joined() + statement.text).oneLine, indent: 4, column: 4)
      }
    }
    if let knownPairs, knownPairs < trainingPairs {
      report.line(
        "\(trainingPairs - knownPairs) pairs are new; candidates are those that were found on \(knownPairs), --explore seeks more"
      )
    }
    let lost = useless == 0 ? "" : ", \(useless) of no use (--ask-again asks them again)"
    report.line("\(requests.of("request")) sent, \(known) replies and answers known\(lost)")
    return report.text
  }

  /// Statements that fewer pairs speak for or against are called weak.
  private static let weakSupport = 16
}
