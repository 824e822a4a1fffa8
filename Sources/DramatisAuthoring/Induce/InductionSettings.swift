/// By which rules and thresholds a tree is induced.
public struct InductionSettings: Hashable, Sendable {
  /// A statement whose precision reaches this is kept.
  public var accept = 0.8
  /// A gated statement whose precision does not exceed this is dropped.
  public var reject = 0.5
  /// A gate that opens on a larger share of the scenes is dropped.
  public var filter = 0.7
  /// How deep a node may stand; the root has 1.
  public var depth = 3
  /// The least pairs with a yes or no that a decision takes; 0 for any.
  public var support = 8
  /// How often a node is asked for candidates; after the first time it is told what was refused and why.
  public var rounds = 2
  /// More candidates than these are merged by the model.
  public var candidates = 24
  /// Decides where clusters begin.
  public var seed: UInt64 = 42
  /// Whether everything goes as in the published code, node by node.
  public let isPaper: Bool

  /// How the published code and the paper's appendix differ.
  public enum Paper: String, Hashable, Sendable, CaseIterable {
    /// What the code, its README and its scripts have.
    case code
    /// What readers report of the appendix.
    case article
  }

  /// Our own: what the planted world showed to win over the published ones.
  public static let standard = InductionSettings(isPaper: false)

  /// The published ones.
  public static func paper(_ defaults: Paper) -> InductionSettings {
    var settings = InductionSettings(isPaper: true)
    (settings.support, settings.rounds, settings.candidates) = (0, 1, 8)
    switch defaults {
    case .code: (settings.accept, settings.reject, settings.filter, settings.depth) = (0.8, 0.5, 0.8, 3)
    case .article: (settings.accept, settings.reject, settings.filter, settings.depth) = (0.75, 0.5, 0.75, 4)
    }
    return settings
  }

  private init(isPaper: Bool) { self.isPaper = isPaper }

  /// A node with as many pairs or fewer is not looked into.
  static let leastPairs = 8
  /// How many pairs stand for a cluster.
  static let exemplars = 8
  /// How many pairs there are to a cluster, and the most clusters.
  static let (pairsOfCluster, mostClusters) = (16, 8)

  /// How many clusters so many pairs make.
  public static func clusters(of pairs: Int) -> Int {
    min((pairs + pairsOfCluster - 1) / pairsOfCluster, mostClusters)
  }

  /// All thresholds in words, for the provenance of a profile.
  public var summary: String {
    let own = isPaper ? "as published" : "support \(support), rounds \(rounds)"
    return "accept \(accept), reject \(reject), filter \(filter), depth \(depth), \(own), seed \(seed)"
  }
}

/// A statement with a question that shall provoke it.
public struct Candidate: Hashable, Sendable {
  /// A sentence about behaviour.
  public let statement: String
  /// What is asked of a scene.
  public let question: String

  /// Makes a candidate.
  public init(statement: String, question: String) {
    self.statement = statement
    self.question = question
  }
}

/// Where in a tree candidates are asked for, and what is known there.
public struct InductionNode: Hashable, Sendable {
  /// Whose tree it is.
  public let character: String
  /// Which tree.
  public let topic: InductionTopic
  /// The questions of the gates that lead to the node.
  public let path: [String]
  /// The statements that hold at the node.
  public let established: [String]
  /// The questions of gates beside those of the path; none where everything goes as published.
  public let siblings: [String]
  /// What was tried here or above and why it was refused; none where everything goes as published.
  public let refused: [Refusal]
}

/// A candidate that was not kept.
public struct Refusal: Hashable, Sendable {
  /// What it was.
  public let candidate: Candidate
  /// Why.
  public let reason: String
}

/// Proposes statements and questions from what a character did.
public protocol CandidateProposer: Sendable {
  /// Candidates for what the pairs of a cluster have in common.
  func candidates(for pairs: [ScenePair], at node: InductionNode) async throws -> [Candidate]
  /// The candidates merged to no more than a number.
  func merged(_ candidates: [Candidate], to count: Int, at node: InductionNode) async throws -> [Candidate]
}

/// Says whether statements fit actions and whether questions are true of scenes.
public protocol EvidenceJudge: Sendable {
  /// For each pair a verdict on each statement, from the action alone.
  func verdicts(on statements: [String], of pairs: [ScenePair]) async throws -> [[Verdict]]
  /// For each pair the answer to each question, from the scene alone.
  func answers(to questions: [String], of pairs: [ScenePair]) async throws -> [[Verdict]]
}
