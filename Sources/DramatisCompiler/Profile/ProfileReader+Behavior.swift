import Dramatis

extension ProfileReader {
  /// Reads the trees: for each topic a list, or a mapping with a partner and a list.
  mutating func readTopics(_ node: Node?) -> [Topic] {
    entries(node, "topics", limit: limits.declarations).map { entry in
      _ = text(entry.key, "the name of a topic")
      guard case .mapping = entry.value.content else { return topic(entry, partner: nil, entry.value) }
      let fields = fields(entry.value, "a topic", ProfileKeys.topic, span: entry.key.span)
      let partner = fields.flatMap { $0["with"] }.flatMap { text($0, "the name of a partner") }
      if let fields, fields["statements"] == nil { missing("statements", fields) }
      return topic(entry, partner: partner, fields?["statements"])
    }
  }

  private mutating func topic(_ entry: Entry, partner: String?, _ statements: Node?) -> Topic {
    if entry.value.isNull {
      report(.nothingThere, message: "this topic has no statements", at: entry.key.span)
    }
    return Topic(name: entry.key.text, partner: partner, root: treeNode(statements, depth: 1))
  }

  /// Reads a node and those below it; a node stands before the nodes that its gates lead to.
  private mutating func treeNode(_ node: Node?, depth: Int) -> Int {
    let index = treeNodes.count
    treeNodes.append(TreeNode(statements: [], gates: []))
    guard depth <= limits.treeDepth else {
      if let node {
        report(
          .nestingTooDeep, message: "gates are nested more than \(limits.treeDepth) deep", at: node.span,
          help: ["join conditions with 'and', or give the topic another gate beside this one"])
      }
      return index
    }
    var own: [Int] = []
    var gates: [Gate] = []
    for item in items(node) {
      if case .mapping = item.content {
        if let gate = gate(item, depth: depth) { gates.append(gate) }
      } else if let statement = text(item, "a statement or a gate") {
        own.append(add(statement))
      }
    }
    treeNodes[index] = TreeNode(statements: own, gates: gates)
    return index
  }

  private mutating func add(_ statement: String) -> Int {
    let index = statements.count
    statements.append(statement)
    if statementsByText[Array(statement.utf8)] == nil { statementsByText[Array(statement.utf8)] = index }
    return index
  }

  private mutating func gate(_ node: Node, depth: Int) -> Gate? {
    gateCount += 1
    guard gateCount <= limits.gates else {
      if gateCount == limits.gates + 1 {
        report(.tooMany, message: "a profile has at most \(limits.gates) gates", at: node.span)
      }
      return nil
    }
    guard let fields = fields(node, "a gate", ProfileKeys.gate) else { return nil }
    for key in ["when", "then"] where fields[key] == nil { missing(key, fields) }
    let when = fields["when"].flatMap { condition($0) }
    let then = fields["then"].flatMap { liveNode($0, depth) }
    let otherwise = fields["else"].flatMap { liveNode($0, depth) }
    let unknown = fields["unknown"].flatMap { liveNode($0, depth) }
    let isDead = then == nil && otherwise == nil && unknown == nil
    guard let when, !isDead || !prunes else { return nil }
    return Gate(condition: when, then: then, else: otherwise, unknown: unknown)
  }

  /// A node below a gate; nil where no statement stands in it or below, so that nobody is asked for nothing.
  private mutating func liveNode(_ node: Node, _ depth: Int) -> Int? {
    let index = treeNode(node, depth: depth + 1)
    guard treeNodes[index].statements.isEmpty, treeNodes[index].gates.isEmpty, prunes else { return index }
    // Those below it were dead too and are gone, so that it is the last one.
    treeNodes.removeLast()
    return nil
  }
}
