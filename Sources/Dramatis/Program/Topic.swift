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

}

extension Program {
  /// A name for each statement that stays the same while the profile around it changes.
  ///
  /// It is made from the topic, the conditions of the gates that lead to the statement, and its text, and from
  /// nothing else: other statements and gates may come, go and change places. Statements that are the same in
  /// all of this are numbered in the order written: `…-2`, `…-3`.
  ///
  /// - Returns: Twelve hexadecimal digits for each of ``statements``, no two the same.
  /// - Complexity: In proportion to the text of the trees; keep the result.
  public func statementIdentifiers() -> [String] {
    var identifiers = [String](repeating: "", count: statements.count)
    var uses: [String: Int] = [:]
    func identify(_ statement: Int, at path: [UInt8]) {
      guard identifiers[statement].isEmpty else { return }
      let digest = Self.digest(path, step: "statement", text: statements[statement])
      let identifier = SHA256.hex(ofDigest: Array(digest.prefix(6)))
      let number = uses[identifier, default: 0] + 1
      uses[identifier] = number
      identifiers[statement] = number == 1 ? identifier : "\(identifier)-\(number)"
    }
    for (node, path) in zip(treeNodes, treePaths()) {
      for statement in node.statements { identify(statement, at: path) }
    }
    // A program that was not compiled from a profile may hold statements that stand in no tree.
    for statement in statements.indices { identify(statement, at: []) }
    return identifiers
  }

  /// For each statement how deep it stands in its tree, from 1 at the root.
  func statementDepths() -> [Int] {
    var nodes = [Int](repeating: 1, count: treeNodes.count)
    var depths = [Int](repeating: 1, count: statements.count)
    for (index, node) in treeNodes.enumerated() {
      for statement in node.statements { depths[statement] = nodes[index] }
      for next in node.gates.flatMap(\.nodes) { nodes[next] = nodes[index] + 1 }
    }
    return depths
  }

  /// For each node a digest of how it is reached; a gate leads only to later nodes, so that one pass does.
  private func treePaths() -> [[UInt8]] {
    var paths = [[UInt8]](repeating: [], count: treeNodes.count)
    for topic in topics { paths[topic.root] = Self.digest([], step: "topic", text: topic.name) }
    for (index, node) in treeNodes.enumerated() {
      for gate in node.gates {
        let condition = text(of: gate.condition)
        for truth in [Truth.yes, .no, .unknown] {
          if let next = gate.node(for: truth) {
            paths[next] = Self.digest(paths[index], step: truth.rawValue, text: condition)
          }
        }
      }
    }
    return paths
  }

  private static func digest(_ path: [UInt8], step: String, text: String) -> [UInt8] {
    SHA256.digest(path + Array(step.utf8) + [0] + Array(text.utf8))
  }
}
