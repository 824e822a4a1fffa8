/// Reading a document whose shape has been checked.
extension Node {
  /// The entries of a mapping; none of anything else.
  var entries: [Entry] {
    if case .mapping(let entries) = content { entries } else { [] }
  }

  /// The elements of a list; anything else counts as a list of itself, nothing as an empty one.
  var elements: [Node] {
    if case .sequence(let nodes) = content { return nodes }
    return isNull ? [] : [self]
  }

  var isMapping: Bool {
    if case .mapping = content { true } else { false }
  }

  /// The value of a key.
  subscript(key: String) -> Node? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.firstIndex(ofKey: key).map { entries[$0].value }
  }

  /// Whether a gate has a statement in one of its branches, however deep.
  var leadsToStatement: Bool {
    ["then", "else", "unknown"].contains { key in
      self[key]?.elements.contains { !$0.isMapping || $0.leadsToStatement } ?? false
    }
  }
}
