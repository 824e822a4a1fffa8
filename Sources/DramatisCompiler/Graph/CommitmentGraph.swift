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
  let highlights: [GraphHighlight]?

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
    let drawn = isWhole ? Array(all.indices) : Self.surroundings(of: wanted, waits)
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
  private static func surroundings(of wanted: [Int], _ waits: [[Int]]) -> [Int] {
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
    let late = isOverdue(index, at: snapshot) ? ["overdue"] : []
    return parts.isEmpty ? progress.status.rawValue : (parts + late).joined(separator: ", ")
  }
}
