import Dramatis

/// Makes the group of commitments: a box for each, and an arrow to whatever waits for it.
struct CommitmentGraph {
  /// What the group is called, and what draws all of it.
  static let title = "commitments"
  /// How many boxes that nothing connects stand in a row.
  static let rowLength = 4

  /// A commitment of a member of the cast, by their indices.
  private struct Place: Hashable {
    let member: Int
    let commitment: Int
  }

  let cast: [Program]
  /// What happened to each of the cast; nil where nothing is highlighted.
  let highlights: [VisitCounts]?

  /// - Parameter name: The one commitment to draw with its surroundings; nil or the title for all.
  /// - Returns: Nil if there is none to draw.
  func group(only name: String?) -> Graph.Group? {
    let isWhole = name.map { $0 == Self.title } ?? true
    let all = places
    let numbers = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1, $0) })
    let waits = all.map { place in
      cast[place.member].commitments[place.commitment].after.compactMap { index in
        numbers[payer(of: Place(member: place.member, commitment: index))]
      }
    }
    let wanted = all.indices.filter { index in
      name.map { self.name(of: all[index]).isSameBytes(as: $0) } ?? true
    }
    let drawn = isWhole ? Array(all.indices) : Self.surroundings(of: wanted, waiting: waits)
    let boxes = Dictionary(uniqueKeysWithValues: drawn.enumerated().map { ($1, $0) })
    guard !drawn.isEmpty else { return nil }
    return group(of: drawn.map { all[$0] }, waits: drawn.map { waits[$0].compactMap { boxes[$0] } })
  }

  private func group(of places: [Place], waits: [[Int]]) -> Graph.Group {
    var group = Graph.Group(title: Self.title, kind: .commitments)
    group.boxes = places.map(box)
    for (index, others) in waits.enumerated() {
      group.arrows += others.map { other in
        let isPaid = group.boxes[other].status.map { $0 == .paid ? 1 : 0 }
        return Graph.Arrow(from: other, to: index, kind: .after, visits: isPaid)
      }
    }
    group.arrows += Self.rows(of: group)
    return group
  }

  /// Those that are paid here, and those of which is only known that somebody else pays them.
  private var places: [Place] {
    cast.indices.flatMap { member in
      cast[member].commitments.indices.map { Place(member: member, commitment: $0) }
    }.filter { payer(of: $0) == $0 }
  }

  /// The same commitment with whoever pays it.
  private func payer(of place: Place) -> Place {
    let commitment = cast[place.member].commitments[place.commitment]
    guard !cast[place.member].owns(commitment) else { return place }
    for (member, program) in cast.enumerated() where program.owns(commitment) {
      let same = program.commitments.firstIndex { $0.name == commitment.name && $0.story == commitment.story }
      if let same { return Place(member: member, commitment: same) }
    }
    return place
  }

  private func name(of place: Place) -> String { cast[place.member].commitments[place.commitment].name }

  private func box(_ place: Place) -> Graph.Box {
    let program = cast[place.member]
    let commitment = program.commitments[place.commitment]
    let terms = program.terms(of: commitment).filter { $0.key != "after" }.map { "\($0.key): \($0.value)" }
    let snapshot = highlights?[place.member].last
    let history = snapshot.map { [program.history(of: place.commitment, at: $0)] } ?? []
    return Graph.Box(
      kind: .commitment, paragraphs: [commitment.name] + terms + history,
      note: "\(commitment.foreshadow) → \(commitment.payoff)",
      status: snapshot?.commitments[place.commitment].status)
  }

  /// Some commitments with all that they wait for and all that wait for them, in order.
  private static func surroundings(of wanted: [Int], waiting waits: [[Int]]) -> [Int] {
    var followers = waits.map { _ in [Int]() }
    for (index, others) in waits.enumerated() { for other in others { followers[other].append(index) } }
    let found = reached(from: wanted, along: waits).union(reached(from: wanted, along: followers))
    return found.sorted()
  }

  private static func reached(from start: [Int], along ways: [[Int]]) -> Set<Int> {
    var reached = Set(start)
    var waiting = start
    while let index = waiting.popLast() {
      for next in ways[index] where reached.insert(next).inserted { waiting.append(next) }
    }
    return reached
  }

  private static func rows(of group: Graph.Group) -> [Graph.Arrow] {
    let single = group.singleBoxes
    return zip(single, single.dropFirst()).enumerated().compactMap { index, pair in
      (index + 1).isMultiple(of: rowLength) ? nil : Graph.Arrow(from: pair.0, to: pair.1, kind: .row)
    }
  }
}

extension Graph.Group {
  /// The boxes at which no arrow that is seen begins or ends, in order.
  var singleBoxes: [Int] {
    let connected = Set(arrows.filter { $0.kind != .row }.flatMap { [$0.from, $0.to] })
    return boxes.indices.filter { !connected.contains($0) }
  }
}

extension Program {
  /// What became of a commitment, with the turns: `planted 1, due 3, paid 5`.
  fileprivate func history(of index: Int, at snapshot: Snapshot) -> String {
    let progress = snapshot.commitments[index]
    let turns: [(String, Int?)] = [
      ("planted", progress.planted), ("early", progress.early), ("due", progress.triggered),
      (progress.status == .abandoned ? "abandoned" : "paid", progress.settled),
    ]
    let parts = turns.compactMap { what, turn in turn.map { "\(what) \($0)" } }
    let late = uncheckedOverdue(index, at: snapshot) ? ["overdue"] : []
    return parts.isEmpty ? progress.status.rawValue : (parts + late).joined(separator: ", ")
  }
}

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
    for web in webs { top = place(columns(of: web), below: top, in: &places) + 2 * Self.gap }
    placeSingle(below: top, in: &places)
    return picture(places)
  }

  /// Boxes that nothing connects stand in rows, those below each other in a column.
  private func placeSingle(below start: Int, in places: inout [(x: Int, y: Int)]) {
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
    picture.elements = arrows.map { draw($0, between: places) }
    for (index, place) in places.enumerated() {
      picture.elements.append(SVGText.box(group.boxes[index], lines: lines[index], x: place.x, y: place.y))
      picture.reach(x: place.x + sizes[index].width, y: place.y + sizes[index].height)
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
  private func place(
    _ columns: [[Int]], below top: Int, in places: inout [(x: Int, y: Int)]
  ) -> Int {
    var (left, bottom) = (0, top)
    for column in columns {
      let ordered = column.map { (box: $0, wanted: middle(before: $0, in: places)) }
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
  private func middle(before box: Int, in places: [(x: Int, y: Int)]) -> Int {
    let heights = before[box].map { places[$0].y + sizes[$0].height / 2 }
    return heights.isEmpty ? 0 : heights.reduce(0, +) / heights.count
  }

  private func draw(_ arrow: Graph.Arrow, between places: [(x: Int, y: Int)]) -> String {
    let (from, to) = (places[arrow.from], places[arrow.to])
    let start = (x: from.x + sizes[arrow.from].width, y: from.y + sizes[arrow.from].height / 2)
    let end = (x: to.x, y: to.y + sizes[arrow.to].height / 2)
    let bend = Self.columnGap / 2
    return SVGText.arrow(
      arrow,
      along: "M\(start.x) \(start.y)C\(start.x + bend) \(start.y) \(end.x - bend) \(end.y) \(end.x) \(end.y)")
  }
}
