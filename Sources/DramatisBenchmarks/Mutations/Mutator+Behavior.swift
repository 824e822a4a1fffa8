import DramatisCompiler

extension Mutator {
  mutating func mutateBehavior() {
    for (_, topic) in root["behavior"]?.entries ?? [] {
      drop(topic, .topicDropped)
      if let partner = topic["with"] { drop(partner, .partnerDropped) }
      mutate(items: topic.isMapping ? topic["statements"] : topic)
    }
  }

  /// The depth of trees is bounded, so the recursion is.
  private mutating func mutate(items: Cursor?) {
    for item in items?.elements ?? [] {
      guard item.isMapping else {
        drop(item, .statementDropped)
        continue
      }
      drop(item, .gateDropped)
      if let condition = item["when"] { mutate(condition: condition) }
      for branch in ["then", "else", "unknown"].compactMap({ item[$0] }) {
        drop(branch, .branchDropped)
        mutate(items: branch)
      }
    }
  }
}
