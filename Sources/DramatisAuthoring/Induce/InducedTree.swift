/// How well a statement or a gate is supported by the pairs that it was made from.
public struct Evidence: Hashable, Sendable, Encodable {
  /// How many pairs it was held against: all of a node, or those on which the gate opens.
  public let pairs: Int
  /// How many of them say yes or no.
  public let support: Int
  /// The sum of the probabilities of yes over those of yes and no.
  public let precision: Double
  /// The share of the node's pairs on which its gate opens; 1 where it has none.
  public let breadth: Double
  /// The identifiers of some pairs that show it.
  public let examples: [String]
}

/// A node of a tree with what it rests on.
public struct InducedTree: Hashable, Sendable, Encodable {
  /// A statement that holds at the node.
  public struct Statement: Hashable, Sendable, Encodable {
    /// The sentence.
    public let text: String
    /// What it rests on.
    public let evidence: Evidence
  }

  /// A question that opens a further node.
  public struct Gate: Hashable, Sendable, Encodable {
    /// What is asked.
    public let question: String
    /// How the statement that came with it fits where it opens.
    public let evidence: Evidence
    /// What holds there.
    public var child: InducedTree
  }

  /// How many pairs the node stands for.
  public let pairs: Int
  /// In the order of the candidates.
  public var statements: [Statement] = []
  /// In the order of the candidates.
  public var gates: [Gate] = []

  /// A node of so many pairs with nothing in it.
  init(pairs: Int) { self.pairs = pairs }

  /// How many nodes there are, this one included.
  public var nodeCount: Int { gates.reduce(1) { $0 + $1.child.nodeCount } }
  /// How many statements there are in all nodes.
  public var statementCount: Int { gates.reduce(statements.count) { $0 + $1.child.statementCount } }
  /// Whether there is no statement in it.
  public var isEmpty: Bool { statementCount == 0 }

  /// All statements with the questions that lead to them, depth first.
  public var rules: [(path: [String], statement: Statement)] {
    statements.map { ([], $0) }
      + gates.flatMap { gate in gate.child.rules.map { ([gate.question] + $0.path, $0.statement) } }
  }
}

/// What the work on a tree came to, besides the tree.
public struct InductionRecord: Hashable, Sendable {
  /// Candidates that were held against the pairs.
  public internal(set) var candidates = 0
  /// Those that were not kept, in their order.
  public internal(set) var refused: [Refusal] = []
  /// Nodes that a changed threshold has opened and about which nobody was asked, as paths of questions.
  public internal(set) var open: [[String]] = []
}

/// The candidates of earlier work, so that it is not paid for twice.
public protocol InductionMemory: Sendable {
  /// The rounds of candidates that were tried at a node; nil where it was never looked into.
  func rounds(at node: InductionNode) -> [[Candidate]]?
  /// Keeps the candidates of a round.
  func keep(_ rounds: [[Candidate]], at node: InductionNode) throws
  /// Whether a node that was never looked into is asked about: not where only thresholds have changed.
  func mayPropose(at node: InductionNode) -> Bool
}
