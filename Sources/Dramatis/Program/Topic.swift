/// A codified decision tree about one side of a character (CDT, arXiv 2601.10080).
public struct Topic: Hashable, Sendable, Codable {
  /// The author's name for it, such as `personality`.
  public let name: String
  /// The partner whose presence it needs; nil for one that is always read.
  public let partner: String?
  /// Index of its root in `program.nodes`.
  public let root: Int

  package init(name: String, partner: String?, root: Int) {
    self.name = name
    self.partner = partner
    self.root = root
  }
}

/// A place in a tree: statements, and gates to further nodes.
public struct TreeNode: Hashable, Sendable, Codable {
  /// Indices into `program.statements`, in order; they come before the gates.
  public let statements: [Int]
  /// The gates in the order written.
  public let gates: [Gate]

  package init(statements: [Int], gates: [Gate]) {
    self.statements = statements
    self.gates = gates
  }
}

/// A condition with a node for each of its three values.
///
/// Branches are indices into `program.nodes` and greater than that of the node that holds the gate.
public struct Gate: Hashable, Sendable, Codable {
  /// What decides.
  public let condition: Condition
  /// The node for yes, if there is one.
  public let then: Int?
  /// The node for no, if there is one.
  public let `else`: Int?
  /// The node for unknown, if there is one.
  public let unknown: Int?

  package init(condition: Condition, then: Int?, else: Int?, unknown: Int?) {
    self.condition = condition
    self.then = then
    self.else = `else`
    self.unknown = unknown
  }

  /// The node that a truth value opens, if any.
  func node(for truth: Truth) -> Int? {
    switch truth {
    case .yes: then
    case .no: `else`
    case .unknown: unknown
    }
  }

  /// The nodes that it can open.
  var nodes: [Int] { [then, `else`, unknown].compactMap(\.self) }

  /// The values of the condition that have to be told apart: those that open a node of their own.
  var demand: Demand {
    if unknown != nil { return [.yes, .no] }
    return (then == nil ? [] : Demand.yes).union(`else` == nil ? [] : .no)
  }
}
