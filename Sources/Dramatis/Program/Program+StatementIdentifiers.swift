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
      let digest = Self.digest(path, "statement", statements[statement])
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
    for topic in topics { paths[topic.root] = Self.digest([], "topic", topic.name) }
    for (index, node) in treeNodes.enumerated() {
      for gate in node.gates {
        let condition = text(of: gate.condition)
        for truth in [Truth.yes, .no, .unknown] {
          if let next = gate.node(for: truth) {
            paths[next] = Self.digest(paths[index], truth.rawValue, condition)
          }
        }
      }
    }
    return paths
  }

  private static func digest(_ path: [UInt8], _ step: String, _ text: String) -> [UInt8] {
    SHA256.digest(path + Array(step.utf8) + [0] + Array(text.utf8))
  }
}
