/// Lays commitments out: each web of them in columns, what waits right of what it waits for, and the rest in rows below.
struct CommitmentLayout {
  private let group: Graph.Group
  private let lines: [[String]]
  private let sizes: [(width: Int, height: Int)]
  private let arrows: [Graph.Arrow]
  /// For each box those that it waits for, and those that wait for it.
  private let before, behind: [[Int]]
  private let single: [Int]

  private static let gap = 14
  private static let columnGap = 60

  init(group: Graph.Group) {
    self.group = group
    lines = group.boxes.map(\.lines)
    sizes = lines.map(SVGMetrics.size)
    arrows = group.arrows.filter { $0.kind != .row }
    var (before, behind) = (group.boxes.map { _ in [Int]() }, group.boxes.map { _ in [Int]() })
    for arrow in arrows {
      before[arrow.to].append(arrow.from)
      behind[arrow.from].append(arrow.to)
    }
    (self.before, self.behind) = (before, behind)
    single = group.singleBoxes
  }

  var picture: SVGPicture {
    var places = group.boxes.map { _ in (x: 0, y: 0) }
    var top = 0
    for web in webs { top = place(columns(of: web), below: top, &places) + 2 * Self.gap }
    placeSingle(below: top, &places)
    return picture(places)
  }

  /// Boxes that nothing connects stand in rows, those below each other in a column.
  private func placeSingle(below start: Int, _ places: inout [(x: Int, y: Int)]) {
    var top = start
    let widths = (0..<CommitmentGraph.rowLength).map { column in
      single.enumerated().filter { $0.offset % CommitmentGraph.rowLength == column }
        .map { sizes[$0.element].width }.max() ?? 0
    }
    for start in stride(from: 0, to: single.count, by: CommitmentGraph.rowLength) {
      let row = single[start...].prefix(CommitmentGraph.rowLength)
      var left = 0
      for (box, width) in zip(row, widths) {
        places[box] = (left, top)
        left += width + Self.gap
      }
      top += (row.map { sizes[$0].height }.max() ?? 0) + Self.gap
    }
  }

  private func picture(_ places: [(x: Int, y: Int)]) -> SVGPicture {
    var picture = SVGPicture()
    picture.elements = arrows.map { draw($0, places) }
    for (index, place) in places.enumerated() {
      picture.elements.append(SVGText.box(group.boxes[index], lines: lines[index], x: place.x, y: place.y))
      picture.reach(place.x + sizes[index].width, place.y + sizes[index].height)
    }
    return picture
  }

  /// The boxes that arrows connect, each web from its first box on.
  private var webs: [[Int]] {
    var web = Array(group.boxes.indices)
    func first(_ box: Int) -> Int {
      var box = box
      while web[box] != box {
        web[box] = web[web[box]]
        box = web[box]
      }
      return box
    }
    for arrow in arrows {
      let (one, other) = (first(arrow.from), first(arrow.to))
      web[max(one, other)] = min(one, other)
    }
    let connected = group.boxes.indices.filter { !before[$0].isEmpty || !behind[$0].isEmpty }
    let grouped = Dictionary(grouping: connected, by: first)
    return grouped.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The boxes of a web by how many have to be paid before them, one after the other.
  private func columns(of web: [Int]) -> [[Int]] {
    var depths: [Int: Int] = [:]
    var open = before.map(\.count)
    var ready = web.filter { open[$0] == 0 }
    while let box = ready.popLast() {
      for next in behind[box] {
        depths[next] = max(depths[next] ?? 0, (depths[box] ?? 0) + 1)
        open[next] -= 1
        if open[next] == 0 { ready.append(next) }
      }
    }
    let columns = Dictionary(grouping: web) { depths[$0] ?? 0 }
    return columns.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Gives every box of some columns its place, near what it waits for.
  ///
  /// - Returns: Where the highest column ends.
  private func place(_ columns: [[Int]], below top: Int, _ places: inout [(x: Int, y: Int)]) -> Int {
    var (left, bottom) = (0, top)
    for column in columns {
      let ordered = column.map { (box: $0, wanted: middle(before: $0, places)) }
        .sorted { ($0.wanted, $0.box) < ($1.wanted, $1.box) }
      var y = top
      for (box, wanted) in ordered {
        y = max(y, wanted - sizes[box].height / 2)
        places[box] = (left, y)
        y += sizes[box].height + Self.gap
      }
      bottom = max(bottom, y - Self.gap)
      left += (column.map { sizes[$0].width }.max() ?? 0) + Self.columnGap
    }
    return bottom
  }

  /// The height at which the boxes stand on average that a box waits for; 0 where it waits for none.
  private func middle(before box: Int, _ places: [(x: Int, y: Int)]) -> Int {
    let heights = before[box].map { places[$0].y + sizes[$0].height / 2 }
    return heights.isEmpty ? 0 : heights.reduce(0, +) / heights.count
  }

  private func draw(_ arrow: Graph.Arrow, _ places: [(x: Int, y: Int)]) -> String {
    let (from, to) = (places[arrow.from], places[arrow.to])
    let start = (x: from.x + sizes[arrow.from].width, y: from.y + sizes[arrow.from].height / 2)
    let end = (x: to.x, y: to.y + sizes[arrow.to].height / 2)
    let bend = Self.columnGap / 2
    return SVGText.arrow(
      arrow, "M\(start.x) \(start.y)C\(start.x + bend) \(start.y) \(end.x - bend) \(end.y) \(end.x) \(end.y)")
  }
}
