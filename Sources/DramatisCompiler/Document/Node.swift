/// A value of the document and where it stands.
package struct Node: Sendable {
  package enum Content: Sendable {
    case scalar(Scalar)
    case sequence([Node])
    case mapping([MappingEntry])
  }

  package let span: SourceSpan
  package let content: Content
  /// True for a stand-in: its mistake has been reported, and its content means nothing.
  package let isBroken: Bool

  package init(span: SourceSpan, content: Content, isBroken: Bool = false) {
    self.span = span
    self.content = content
    self.isBroken = isBroken
  }

  init(_ scalar: Scalar) {
    self.init(span: scalar.span, content: .scalar(scalar))
  }

  /// An empty plain scalar in place of something that could not be read.
  static func broken(at span: SourceSpan) -> Node {
    let scalar = Scalar(text: "", style: .plain, span: span)
    return Node(span: span, content: .scalar(scalar), isBroken: true)
  }
}

/// One key of a mapping with its value.
package struct MappingEntry: Sendable {
  /// Always a scalar.
  package let key: Node
  package let value: Node

  package init(key: Node, value: Node) {
    self.key = key
    self.value = value
  }
}

/// A piece of text, as every leaf of a document is.
package struct Scalar: Sendable {
  /// The text after unquoting and folding.
  package let text: String
  package let style: ScalarStyle
  /// With its quotes or block header, without anchor and comments.
  package let span: SourceSpan

  package init(text: String, style: ScalarStyle, span: SourceSpan) {
    self.text = text
    self.style = style
    self.span = span
  }
}

extension Scalar {
  /// Nothing at all, or YAML's word for it.
  var isNull: Bool {
    style == .plain && text.utf8.count <= 4 && ["", "~", "null", "Null", "NULL"].contains(text)
  }
}

/// How a scalar is written.
package enum ScalarStyle: Sendable {
  case plain
  case singleQuoted
  case doubleQuoted
  case literal
  case folded
}

extension [MappingEntry] {
  /// Looks at the keys in their place: an entry is large, and copying each costs more than comparing them.
  func firstIndex(ofKey key: String) -> Int? {
    for index in indices {
      if case .scalar(let scalar) = self[index].key.content, scalar.text == key { return index }
    }
    return nil
  }
}

extension Node {
  var scalar: Scalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }

  /// The text of a scalar; empty for anything else.
  var text: String { scalar?.text ?? "" }

  var isMapping: Bool {
    if case .mapping = content { true } else { false }
  }

  /// Whether nothing was written: an empty plain scalar, `~` or `null`.
  var isNull: Bool {
    scalar?.isNull ?? false
  }

  /// What the node is, for messages.
  var kindDescription: String {
    switch content {
    case .scalar: isNull ? "nothing" : "a text"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}
