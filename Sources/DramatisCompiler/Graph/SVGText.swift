/// The elements of a drawing as text.
enum SVGText {
  /// A text in which nothing is markup; what XML cannot hold is gone already.
  static func escaped(_ text: String) -> String {
    text.label.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
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
    let frame = shape(box.kind, classes, (x, y), size)
    let texts = lines.enumerated().map { index, text in
      line(text, x: x + SVGMetrics.padding, y: y + SVGMetrics.padding + 9 + index * SVGMetrics.lineHeight)
    }
    return "<g>\(title)\(frame)\(texts.joined())</g>"
  }

  private static func shape(
    _ kind: Graph.Box.Kind, _ classes: String, _ place: (x: Int, y: Int), _ size: (width: Int, height: Int)
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
  static func arrow(_ arrow: Graph.Arrow, _ path: String) -> String {
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
