import Dramatis

/// Makes trees from scene-action pairs (CDT, arXiv 2601.10080).
///
/// It asks nobody itself: a proposer gives candidates, a judge says how they fit, and everything else is arithmetic. With
/// ``InductionSettings/paper(_:)`` the same vectors, candidates and verdicts give the tree of the published code, node
/// by node.
///
/// ```swift
/// let inducer = Inducer(settings: .standard, proposer: proposer, judge: judge)
/// let (tree, record) = try await inducer.tree(of: "Mara", topic, from: pairs, vectors: TextVectors.vectors(of: pairs))
/// ```
public struct Inducer: Sendable {
  private let settings: InductionSettings
  private let proposer: any CandidateProposer
  private let judge: any EvidenceJudge
  private let memory: (any InductionMemory)?

  /// Prepares the work.
  ///
  /// - Parameter memory: Knows the candidates of earlier work; nil to propose everything anew.
  public init(
    settings: InductionSettings, proposer: any CandidateProposer, judge: any EvidenceJudge,
    memory: (any InductionMemory)? = nil
  ) {
    self.settings = settings
    self.proposer = proposer
    self.judge = judge
    self.memory = memory
  }

  /// The tree of a topic, with what became of the candidates.
  ///
  /// - Parameters:
  ///   - character: Whose pairs they are.
  ///   - topic: Which side of the character; its partner is not looked at again.
  ///   - pairs: The pairs that train.
  ///   - vectors: A vector for each pair.
  /// - Throws: Whatever the proposer, the judge and the memory throw.
  /// - Complexity: n log n in the pairs for each node, besides what is asked.
  public func tree(
    of character: String, _ topic: InductionTopic, from pairs: [ScenePair], vectors: [SceneVector]
  ) async throws -> (tree: InducedTree, record: InductionRecord) {
    var record = InductionRecord()
    let node = InductionNode(
      character: character, topic: topic, path: [], established: [], siblings: [], refused: [])
    let work = NodeWork(pairs: pairs, vectors: vectors, depth: 1)
    let tree = try await tree(work, at: node, record: &record)
    return (tree, record)
  }

  /// What is known of a node before it is looked into.
  private struct NodeWork {
    let pairs: [ScenePair]
    let vectors: [SceneVector]
    let depth: Int
    /// A statement that is neither good nor bad here, to be tried with further questions.
    var fallback: [String] = []
    /// The pairs of whose actions a statement is told already by another gate.
    var told: [String: Set<ScenePair>] = [:]

    func part(where isKept: [Bool]) -> NodeWork {
      let kept = pairs.indices.filter { isKept[$0] }
      return NodeWork(
        pairs: kept.map { pairs[$0] }, vectors: kept.map { vectors[$0] }, depth: depth + 1, told: told)
    }
  }

  private func tree(
    _ work: NodeWork, at node: InductionNode, record: inout InductionRecord
  ) async throws -> InducedTree {
    var tree = InducedTree(pairs: work.pairs.count)
    guard work.pairs.count > InductionSettings.leastPairs, work.depth <= settings.depth else { return tree }
    let known = memory?.rounds(at: node)
    if known == nil, let memory, !memory.mayPropose(at: node) {
      record.open.append(node.path)
      return tree
    }
    // What was found on fewer pairs is found on these from now on.
    if let known { try memory?.keep(known, at: node) }
    var trial = NodeTrial(pairs: work.pairs, settings: settings, told: work.told)
    var rounds: [[Candidate]] = []
    for round in 0..<settings.rounds {
      let candidates: [Candidate]
      if let known, known.indices.contains(round) {
        candidates = known[round]
      } else if known != nil, memory?.mayPropose(at: node) == false {
        break
      } else {
        let left = round == 0 ? work.pairs.indices.map { $0 } : trial.unexplained
        guard round == 0 || left.count >= InductionSettings.pairsOfCluster else { break }
        candidates = try await self.candidates(
          from: left, of: work, at: node.refusing(trial.refused, beside: trial.questions))
        // What gave nothing is no round: it is asked for again where somebody wants that.
        if !candidates.isEmpty { try memory?.keep(rounds + [candidates], at: node) }
      }
      rounds.append(candidates)
      let tried = trial.news(of: candidates, trying: work.fallback, established: node.established)
      record.candidates += tried.count
      try await test(tried, in: &trial)
    }
    tree.statements = trial.statements
    let established = node.established + trial.statements.map(\.text)
    for position in trial.gates.indices {
      if let gate = try await finished(position, of: &trial, work, at: node, established, record: &record) {
        tree.gates.append(gate)
      }
    }
    record.refused += trial.refused
    if !settings.isPaper { tree.joinGates() }
    return tree
  }

  /// A gate with what stands behind it; nil where nothing does that could be kept.
  ///
  /// As published, a gate whose statement fits well leads to that alone. Ours goes on behind it, too, where there are pairs enough.
  private func finished(
    _ position: Int, of trial: inout NodeTrial, _ work: NodeWork, at node: InductionNode,
    _ established: [String], record: inout InductionRecord
  ) async throws -> InducedTree.Gate? {
    let gate = trial.gates[position]
    let question = gate.candidate.question
    var child = gate.child
    let isFirst = trial.gates.firstIndex { $0.candidate.question == question } == position
    let goesOn = !settings.isPaper && isFirst && gate.evidence.pairs >= InductionSettings.pairsOfCluster
    if gate.isOpenEnded || goesOn {
      var part = work.part(where: gate.isOpen)
      part.told = trial.told
      part.fallback = settings.isPaper || !gate.isOpenEnded ? [] : [gate.candidate.statement]
      let siblings = settings.isPaper ? [] : trial.questions.filter { $0 != question }
      let below = node.child(
        behind: question, established: established + child.statements.map(\.text), siblings: siblings)
      let deeper = try await tree(part, at: below, record: &record)
      child.statements += deeper.statements
      child.gates += deeper.gates
    }
    if child.isEmpty, !settings.isPaper {
      trial.refused.append(Refusal(candidate: gate.candidate, reason: gate.shortfall))
      return nil
    }
    return InducedTree.Gate(question: question, evidence: gate.evidence, child: child)
  }

  /// Asks for all that a node needs at once.
  private func test(_ candidates: [Candidate], in trial: inout NodeTrial) async throws {
    guard !candidates.isEmpty else { return }
    let statements = candidates.map(\.statement).uniqued
    let questions = candidates.map(\.question).uniqued
    async let fits = judge.verdicts(on: statements, of: trial.pairs)
    async let answers = judge.answers(to: questions, of: trial.pairs)
    trial.take(
      candidates, fits: try await fits.columns(of: statements),
      answers: try await answers.columns(of: questions))
  }

  /// Candidates from clusters of some of the pairs, merged where there are too many.
  private func candidates(
    from indices: [Int], of work: NodeWork, at node: InductionNode
  ) async throws -> [Candidate] {
    let vectors = indices.map { work.vectors[$0] }
    let clustering = Clustering(
      vectors, into: InductionSettings.clusters(of: vectors.count), seed: settings.seed)
    let clusters = clustering.nearest(InductionSettings.exemplars, of: vectors).map { cluster in
      cluster.map { work.pairs[indices[$0]] }
    }
    let proposed = try await withThrowingTaskGroup(of: (Int, [Candidate]).self) { group in
      for (index, cluster) in clusters.enumerated() {
        group.addTask { (index, try await proposer.candidates(for: cluster, at: node)) }
      }
      var found = clusters.map { _ in [Candidate]() }
      for try await (index, candidates) in group { found[index] = candidates }
      return found.flatMap { $0 }
    }
    let distinct = settings.isPaper ? proposed : CandidateMerging.merged(proposed)
    guard distinct.count > settings.candidates else { return distinct }
    let merged = try await proposer.merged(distinct, to: settings.candidates, at: node)
    return Array((merged.isEmpty ? distinct : merged).prefix(settings.candidates))
  }
}

extension InductionNode {
  fileprivate func refusing(_ more: [Refusal], beside questions: [String]) -> InductionNode {
    InductionNode(
      character: character, topic: topic, path: path, established: established,
      siblings: (siblings + questions).uniqued, refused: refused + more)
  }

  fileprivate func child(behind question: String, established: [String], siblings: [String]) -> InductionNode
  {
    InductionNode(
      character: character, topic: topic, path: path + [question], established: established,
      siblings: siblings, refused: [])
  }
}

extension InducedTree {
  /// Puts what stands behind the same question under one gate.
  fileprivate mutating func joinGates() {
    var joined: [Gate] = []
    for gate in gates {
      if let place = joined.firstIndex(where: { $0.question == gate.question }) {
        let there = joined[place].child.statements
        joined[place].child.statements += gate.child.statements.filter { new in
          !there.contains { $0.text == new.text }
        }
        joined[place].child.gates += gate.child.gates
        joined[place].child.joinGates()
      } else {
        joined.append(gate)
      }
    }
    gates = joined
  }
}

extension [[Verdict]] {
  /// The verdicts of pairs by their texts.
  fileprivate func columns(of texts: [String]) -> [String: [Verdict]] {
    var columns: [String: [Verdict]] = [:]
    for (index, text) in texts.enumerated() { columns[text] = map { $0[index] } }
    return columns
  }
}
