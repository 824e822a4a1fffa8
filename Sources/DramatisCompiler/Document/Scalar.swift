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

/// How a scalar is written.
package enum ScalarStyle: Sendable {
  case plain
  case singleQuoted
  case doubleQuoted
  case literal
  case folded
}
