/// Lays a tree out from left to right: a column for every depth, every subtree in rows of its own.
struct TreeLayout {
  private let group: Graph.Group
  private let lines: [[String]]
  private let children: [[Graph.Arrow]]
  private let depths: [Int]

  private static let gap = 14
  private static let columnGap = 90

  init(group: Graph.Group) {
    self.group = group
    lines = group.boxes.map(\.lines)
    var children = group.boxes.map { _ in [Graph.Arrow]() }
    var depths = group.boxes.map { _ in 0 }
    // Boxes come in the order of the tree: an arrow leads to a later one.
    for arrow in group.arrows {
      children[arrow.from].append(arrow)
      depths[arrow.to] = depths[arrow.from] + 1
    }
    self.children = children
    self.depths = depths
  }

  var picture: SVGPicture {
    let lefts = columnLefts
    let tops = self.tops
    var picture = SVGPicture()
    for arrow in group.arrows { picture.elements += draw(arrow, lefts, tops) }
    for index in group.boxes.indices {
      let (x, y) = (lefts[depths[index]], tops[index])
      let size = SVGMetrics.size(of: lines[index])
      picture.elements.append(SVGText.box(group.boxes[index], lines: lines[index], x: x, y: y))
      picture.reach(x + size.width + 9, y + size.height)
    }
    return picture
  }

  private var columnLefts: [Int] {
    var widths = [Int](repeating: 0, count: (depths.max() ?? 0) + 1)
    for (index, depth) in depths.enumerated() {
      widths[depth] = max(widths[depth], SVGMetrics.size(of: lines[index]).width)
    }
    var left = 9
    return widths.map { width in
      defer { left += width + Self.columnGap }
      return left
    }
  }

  /// A box stands in the middle of the rows that its subtree takes.
  private var tops: [Int] {
    let heights = lines.map { SVGMetrics.size(of: $0).height }
    var spans = heights
    for index in group.boxes.indices.reversed() where !children[index].isEmpty {
      spans[index] = max(heights[index], Self.span(children[index].map { spans[$0.to] }))
    }
    var starts = [Int](repeating: 0, count: spans.count)
    for index in group.boxes.indices {
      let below = children[index].map { spans[$0.to] }
      var next = starts[index] + (spans[index] - Self.span(below)) / 2
      for (child, span) in zip(children[index], below) {
        starts[child.to] = next
        next += span + Self.gap
      }
    }
    return starts.indices.map { starts[$0] + (spans[$0] - heights[$0]) / 2 }
  }

  private static func span(_ heights: [Int]) -> Int {
    heights.reduce(0, +) + max(heights.count - 1, 0) * gap
  }

  private func draw(_ arrow: Graph.Arrow, _ lefts: [Int], _ tops: [Int]) -> [String] {
    let (from, to) = (SVGMetrics.size(of: lines[arrow.from]), SVGMetrics.size(of: lines[arrow.to]))
    let start = (x: right(of: arrow.from, from.width, lefts), y: tops[arrow.from] + from.height / 2)
    let end = (x: lefts[depths[arrow.to]] - tip(of: arrow.to), y: tops[arrow.to] + to.height / 2)
    let bend = lefts[depths[arrow.to]] - 69
    let path =
      "M\(start.x) \(start.y)H\(bend - 10)C\(bend + 15) \(start.y) \(bend - 10) \(end.y) \(bend + 25) \(end.y)H\(end.x)"
    let label = arrow.label(columns: Graph.columns).first
    return [SVGText.arrow(arrow, path)] + (label.map { [Self.label($0, end)] } ?? [])
  }

  /// How far the points of a gate stand out.
  private func tip(of box: Int) -> Int { group.boxes[box].kind == .gate ? 9 : 0 }

  private func right(of box: Int, _ width: Int, _ lefts: [Int]) -> Int {
    lefts[depths[box]] + width + tip(of: box)
  }

  private static func label(_ text: String, _ end: (x: Int, y: Int)) -> String {
    SVGText.line(text, x: end.x - 12 - SVGMetrics.width(of: text), y: end.y - 4, classes: "faint")
  }
}
