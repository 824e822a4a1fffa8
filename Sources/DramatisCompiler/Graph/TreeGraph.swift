import Dramatis

/// Makes the group of a topic: boxes of statements and gates, with an arrow for every branch.
struct TreeGraph {
  let program: Program
  let topic: Int
  let highlight: VisitCounts?

  var group: Graph.Group {
    let source = program.topics[topic]
    let title = source.partner.map { "\(source.name) (with \($0))" } ?? source.name
    var group = Graph.Group(title: title, kind: .tree)
    let root = program.treeNodes[source.root]
    let start = group.add(
      Graph.Box(
        kind: .statements, paragraphs: root.statements.isEmpty ? [title] : root.statements.map(statement),
        visits: highlight?.nodes[source.root]))
    for gate in root.gates { add(gate, below: start, as: .plain, to: &group) }
    return group
  }

  /// The depth of a program's trees is bounded, so the recursion is.
  private func add(_ gate: Gate, below parent: Int, as kind: Graph.Arrow.Kind, to group: inout Graph.Group) {
    let branches: [(node: Int, kind: Graph.Arrow.Kind)] = [
      (gate.then, .then), (gate.else, .else), (gate.unknown, .unknown),
    ].compactMap { node, kind in node.map { ($0, kind) } }
    let visits = highlight.map { highlight in branches.reduce(0) { $0 + highlight.nodes[$1.node] } }
    let box = group.add(
      Graph.Box(kind: .gate, paragraphs: [program.text(of: gate.condition)], visits: visits))
    group.arrows.append(Graph.Arrow(from: parent, to: box, kind: kind, visits: visits))
    for branch in branches { add(branch.node, below: box, as: branch.kind, to: &group) }
  }

  /// A node without statements has no box: its gates hang from the gate that opens it.
  private func add(_ node: Int, below gate: Int, as kind: Graph.Arrow.Kind, to group: inout Graph.Group) {
    let source = program.treeNodes[node]
    var parent = gate
    if !source.statements.isEmpty {
      let visits = highlight?.nodes[node]
      parent = group.add(
        Graph.Box(kind: .statements, paragraphs: source.statements.map(statement), visits: visits))
      group.arrows.append(Graph.Arrow(from: gate, to: parent, kind: kind, visits: visits))
    }
    for next in source.gates { add(next, below: parent, as: parent == gate ? kind : .plain, to: &group) }
  }

  private func statement(_ index: Int) -> String {
    let count = highlight?.statements[index] ?? 0
    return "• \(program.statements[index])" + (count > 0 ? " ×\(count)" : "")
  }
}

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
    for arrow in group.arrows { picture.elements += draw(arrow, lefts: lefts, tops: tops) }
    for index in group.boxes.indices {
      let (x, y) = (lefts[depths[index]], tops[index])
      let size = SVGMetrics.size(of: lines[index])
      picture.elements.append(SVGText.box(group.boxes[index], lines: lines[index], x: x, y: y))
      picture.reach(x: x + size.width + 9, y: y + size.height)
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

  private func draw(_ arrow: Graph.Arrow, lefts: [Int], tops: [Int]) -> [String] {
    let (from, to) = (SVGMetrics.size(of: lines[arrow.from]), SVGMetrics.size(of: lines[arrow.to]))
    let start = (
      x: right(of: arrow.from, width: from.width, lefts: lefts), y: tops[arrow.from] + from.height / 2
    )
    let end = (x: lefts[depths[arrow.to]] - tip(of: arrow.to), y: tops[arrow.to] + to.height / 2)
    let bend = lefts[depths[arrow.to]] - 69
    let path =
      "M\(start.x) \(start.y)H\(bend - 10)C\(bend + 15) \(start.y) \(bend - 10) \(end.y) \(bend + 25) \(end.y)H\(end.x)"
    let label = arrow.label(columns: Graph.columns).first
    return [SVGText.arrow(arrow, along: path)] + (label.map { [Self.label($0, before: end)] } ?? [])
  }

  /// How far the points of a gate stand out.
  private func tip(of box: Int) -> Int { group.boxes[box].kind == .gate ? 9 : 0 }

  private func right(of box: Int, width: Int, lefts: [Int]) -> Int {
    lefts[depths[box]] + width + tip(of: box)
  }

  private static func label(_ text: String, before end: (x: Int, y: Int)) -> String {
    SVGText.line(text, x: end.x - 12 - SVGMetrics.width(of: text), y: end.y - 4, classes: "faint")
  }
}
