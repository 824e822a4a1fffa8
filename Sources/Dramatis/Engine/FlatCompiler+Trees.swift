extension FlatCompiler {
  /// Lays every tree out as one graph: after a node's statements come its gates, and what a gate opens leads
  /// on to the next gate, so that a traversal needs no way back.
  mutating func compileTrees() {
    for topic in program.topics {
      let before = flat.statements.count
      flat.topics.append(compile(node: topic.root, next: .end(0)))
      flat.statementCounts.append(flat.statements.count - before)
    }
  }

  private mutating func compile(node index: Int, next: Int32) -> Int32 {
    let node = program.treeNodes[index]
    let way = node.gates.reversed().reduce(next) { compile($1, next: $0) }
    guard !node.statements.isEmpty else { return way }
    let first = flat.statements.count
    flat.statements += node.statements
    flat.stops.append(FlatStop(statements: first..<flat.statements.count, way: way))
    return .end(flat.stops.count)
  }

  private mutating func compile(_ gate: Gate, next: Int32) -> Int32 {
    let unknown = branch(gate.unknown, next)
    let otherwise = branch(gate.else, next)
    let then = branch(gate.then, next)
    let rest = compile(gate.condition, wanting: .no, then: otherwise, else: unknown)
    return compile(gate.condition, wanting: .yes, then: then, else: rest)
  }

  private mutating func branch(_ node: Int?, _ next: Int32) -> Int32 {
    node.map { compile(node: $0, next: next) } ?? next
  }
}
