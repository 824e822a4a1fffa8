/// Writes a graph as a drawing: the groups one below the other, each by its own layout.
struct SVGGraph {
  let graph: Graph

  var text: String {
    var body: [String] = []
    var top = SVGMetrics.margin + 2 * SVGMetrics.lineHeight
    var right = 0
    for group in graph.groups {
      let picture = picture(of: group)
      body.append("<g transform=\"translate(\(SVGMetrics.margin),\(top))\">")
      body.append(SVGText.line(group.title, x: 0, y: SVGMetrics.lineHeight, classes: "title"))
      body.append("<g transform=\"translate(0,\(2 * SVGMetrics.lineHeight))\">")
      body += picture.elements + ["</g>", "</g>"]
      top += picture.height + 4 * SVGMetrics.lineHeight
      right = max(right, picture.width, SVGMetrics.width(of: group.title) * 5 / 4)
    }
    let width = max(right, SVGMetrics.width(of: graph.title) * 5 / 4) + 2 * SVGMetrics.margin
    return (head(width: width, height: top) + body + ["</svg>", ""]).joined(separator: "\n")
  }

  private func picture(of group: Graph.Group) -> SVGPicture {
    switch group.kind {
    case .machine: MachineLayout(group: group).picture
    case .tree: TreeLayout(group: group).picture
    case .commitments: CommitmentLayout(group: group).picture
    }
  }

  private func head(width: Int, height: Int) -> [String] {
    [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\" viewBox=\"0 0 \(width) \(height)\">",
      "<title>\(SVGText.escaped(graph.title))</title>", "<style>", Self.style, "</style>", "<defs>",
      Self.arrowhead("arrow", colour: "#57534e"), Self.arrowhead("taken", colour: "#c2410c"), "</defs>",
      "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>",
      SVGText.line(
        graph.title, x: SVGMetrics.margin, y: SVGMetrics.margin + SVGMetrics.lineHeight, classes: "title"),
    ]
  }

  private static func arrowhead(_ id: String, colour: String) -> String {
    "<marker id=\"\(id)\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" "
      + "markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\" fill=\"\(colour)\"/></marker>"
  }

  private static let style = """
    text { font: 12px "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #1c1917 }
    .title { font-size: 15px; font-weight: bold }
    .box { stroke: #57534e; stroke-width: 1.2; fill: #f5f5f4 }
    .initial { stroke-width: 3 }
    .anyState { stroke-dasharray: 5 4; fill: #ffffff }
    .gate { fill: #fef3c7 }
    .statements { fill: #ecfdf5 }
    .planted { fill: #fef9c3 }
    .triggered { fill: #fed7aa }
    .paid { fill: #bbf7d0 }
    .abandoned { fill: #d6d3d1 }
    .arrow { stroke: #57534e; stroke-width: 1.2; fill: none; marker-end: url(#arrow) }
    .else { stroke-dasharray: 6 4 }
    .unknown { stroke-dasharray: 2 4 }
    .visited { stroke: #c2410c; stroke-width: 3 }
    .arrow.visited { marker-end: url(#taken) }
    .badge { fill: #ffffff }
    .faint { fill: #57534e; font-size: 11px }
    """
}

/// What a layout has drawn, from the origin on.
struct SVGPicture {
  var elements: [String] = []
  var width = 0
  var height = 0

  /// Makes room for something that ends at a point.
  mutating func reach(x: Int, y: Int) {
    width = max(width, x)
    height = max(height, y)
  }
}

/// The measures of a drawing in pixels; the font is of fixed width, so that texts can be measured without it.
enum SVGMetrics {
  static let margin = 24
  static let lineHeight = 16
  static let padding = 10

  static func width(of text: String) -> Int { (text.drawable.displayWidth * 29 + 3) / 4 }

  /// The size of a box around some lines.
  static func size(of lines: [String]) -> (width: Int, height: Int) {
    ((lines.map(width).max() ?? 0) + 2 * padding, lines.count * lineHeight + 2 * padding - 4)
  }
}

/// The elements of a drawing as text.
enum SVGText {
  /// A text in which nothing is markup; what XML cannot hold is gone already.
  static func escaped(_ text: String) -> String {
    text.drawable.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }

  /// One line of text that starts at a point.
  static func line(_ text: String, x: Int, y: Int, classes: String = "") -> String {
    let attribute = classes.isEmpty ? "" : " class=\"\(classes)\""
    return "<text\(attribute) x=\"\(x)\" y=\"\(y)\">\(escaped(text))</text>"
  }

  /// A box with its lines, and its note as what a browser shows under the pointer.
  static func box(_ box: Graph.Box, lines: [String], x: Int, y: Int) -> String {
    let size = SVGMetrics.size(of: lines)
    let classes =
      "box \(box.kind.rawValue)" + (box.isVisited ? " visited" : "")
      + (box.status.map { " \($0.rawValue)" } ?? "")
    let title = box.note.isEmpty ? "" : "<title>\(escaped(box.note))</title>"
    let frame = shape(box.kind, classes: classes, at: (x, y), size: size)
    let texts = lines.enumerated().map { index, text in
      line(text, x: x + SVGMetrics.padding, y: y + SVGMetrics.padding + 9 + index * SVGMetrics.lineHeight)
    }
    return "<g>\(title)\(frame)\(texts.joined())</g>"
  }

  private static func shape(
    _ kind: Graph.Box.Kind, classes: String, at place: (x: Int, y: Int), size: (width: Int, height: Int)
  ) -> String {
    guard kind == .gate else {
      let radius = kind == .statements ? 0 : 9
      return "<rect class=\"\(classes)\" x=\"\(place.x)\" y=\"\(place.y)\" width=\"\(size.width)\" "
        + "height=\"\(size.height)\" rx=\"\(radius)\"/>"
    }
    let (left, right) = (place.x, place.x + size.width)
    let (top, middle, bottom) = (place.y, place.y + size.height / 2, place.y + size.height)
    return "<path class=\"\(classes)\" d=\"M\(left) \(top)H\(right)L\(right + 9) \(middle)L\(right) \(bottom)"
      + "H\(left)L\(left - 9) \(middle)z\"/>"
  }

  /// A curve with an arrowhead.
  static func arrow(_ arrow: Graph.Arrow, along path: String) -> String {
    let classes = ["arrow", arrow.kind.rawValue] + (arrow.isVisited ? ["visited"] : [])
    return "<path class=\"\(classes.joined(separator: " "))\" d=\"\(path)\"/>"
  }

  /// A short text on a white ground, around a point.
  static func badge(_ text: String, x: Int, y: Int) -> String {
    let width = SVGMetrics.width(of: text) + 4
    return "<rect class=\"badge\" x=\"\(x - width / 2)\" y=\"\(y - 8)\" width=\"\(width)\" height=\"16\"/>"
      + line(text, x: x - width / 2 + 2, y: y + 4)
  }
}
