import DramatisCompiler

/// A value of a document with the way to it.
struct Cursor {
  /// A way one level down, by position.
  enum Step {
    case element(Int), key(Int), value(Int)
  }

  let node: Node
  private(set) var path: [Step] = []

  init(_ node: Node) {
    self.node = node
  }

  private init(_ node: Node, _ path: [Step]) {
    (self.node, self.path) = (node, path)
  }

  /// The text of a scalar; empty for a collection.
  var text: String {
    if case .scalar(let scalar) = node.content { scalar.text } else { "" }
  }

  var isMapping: Bool {
    if case .mapping = node.content { true } else { false }
  }

  /// The elements of a list; anything else counts as a list of itself.
  var elements: [Cursor] {
    guard case .sequence(let nodes) = node.content else { return [self] }
    return nodes.enumerated().map { Cursor($1, path + [.element($0)]) }
  }

  /// The keys and the values of a mapping; none of anything else.
  var entries: [(key: Cursor, value: Cursor)] {
    guard case .mapping(let entries) = node.content else { return [] }
    return entries.enumerated().map {
      (Cursor($1.key, path + [.key($0)]), Cursor($1.value, path + [.value($0)]))
    }
  }

  /// The value of a key.
  subscript(key: String) -> Cursor? { entries.first { $0.key.text == key }?.value }
}

extension Node {
  /// A plain scalar in place of this node.
  func replaced(by text: String) -> Node {
    Node(span: span, content: .scalar(Scalar(text: text, style: .plain, span: span)))
  }

  /// The same with another node at a place, or with nothing there; nil where nothing is left.
  ///
  /// Documents do not nest deeply, so the recursion is bounded.
  func replacing(at path: ArraySlice<Cursor.Step>, by replacement: Node?) -> Node? {
    guard let step = path.first else { return replacement }
    let rest = path.dropFirst()
    switch (step, content) {
    case (.element(let index), .sequence(var nodes)):
      let new = nodes[index].replacing(at: rest, by: replacement)
      nodes.replaceSubrange(index...index, with: [new].compactMap(\.self))
      return Node(span: span, content: .sequence(nodes))
    case (.value(let index), .mapping(var entries)):
      let (key, new) = (entries[index].key, entries[index].value.replacing(at: rest, by: replacement))
      entries.replaceSubrange(
        index...index, with: [new].compactMap(\.self).map { MappingEntry(key: key, value: $0) })
      return Node(span: span, content: .mapping(entries))
    case (.key(let index), .mapping(var entries)):
      if let replacement { entries[index] = MappingEntry(key: replacement, value: entries[index].value) }
      return Node(span: span, content: .mapping(entries))
    default: return self
    }
  }
}
