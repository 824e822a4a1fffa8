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
