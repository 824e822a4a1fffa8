/// The formats in which a ``Graph`` can be written.
package enum GraphFormat: String, Sendable, CaseIterable {
  /// A Mermaid flowchart, which many sites draw inside Markdown.
  case mermaid
  /// The language of Graphviz.
  case dot
  /// A drawing by our own layout, to be opened in a browser.
  case svg
}

extension Graph {
  /// The drawing as text; the same graph always gives the same bytes.
  package func text(as format: GraphFormat) -> String {
    switch format {
    case .mermaid: MermaidGraph(graph: self).text
    case .dot: DotGraph(graph: self).text
    case .svg: SVGGraph(graph: self).text
    }
  }

  /// The columns after which the text of a box is wrapped.
  static let columns = 36
}
