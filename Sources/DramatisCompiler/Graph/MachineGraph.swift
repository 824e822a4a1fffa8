import Dramatis

/// Makes the group of a machine: its states, and an arrow for every two states with transitions between them.
struct MachineGraph {
  let program: Program
  let machine: Int
  let highlight: VisitCounts?

  private var source: Machine { program.machines[machine] }

  var group: Graph.Group {
    var group = Graph.Group(title: title, kind: .machine)
    group.boxes = source.states.indices.map(box)
    if source.transitions.contains(where: leavesAll) {
      group.boxes.append(Graph.Box(kind: .anyState, paragraphs: ["any state"]))
    }
    for index in source.transitions.indices { add(index, to: &group) }
    return group
  }

  private var title: String {
    source.kind == .deterministic ? source.name : "\(source.name) (probabilistic: \(source.kind.rawValue))"
  }

  private func box(_ state: Int) -> Graph.Box {
    let bias = source.states[state].stayBias
    return Graph.Box(
      kind: state == 0 ? .initial : .state,
      paragraphs: [source.states[state].name] + (bias == 0 ? [] : ["stay \(bias.signed)"]),
      note: source.states[state].description, visits: highlight?.states[machine][state])
  }

  private func leavesAll(_ transition: Transition) -> Bool {
    transition.from.count == source.states.count
  }

  /// Transitions out of every state start at one box, lest the drawing drown in arrows.
  private func add(_ index: Int, to group: inout Graph.Group) {
    let transition = source.transitions[index]
    let sources = leavesAll(transition) ? [source.states.count] : transition.from
    for from in sources {
      let visits = visits(of: index, from: from)
      let counted = visits.map { $0 > 0 ? " ×\($0)" : "" } ?? ""
      let label = text(transition, number: index + 1) + counted
      let same = group.arrows.firstIndex { $0.from == from && $0.to == transition.to }
      if let same {
        group.arrows[same].paragraphs.append(label)
        if let visits { group.arrows[same].visits = (group.arrows[same].visits ?? 0) + visits }
      } else {
        group.arrows.append(
          Graph.Arrow(
            from: from, to: transition.to, kind: .transition, paragraphs: [label], visits: visits))
      }
    }
  }

  /// How often a transition was taken out of a box; nil where nothing is highlighted.
  private func visits(of transition: Int, from box: Int) -> Int? {
    guard let departures = highlight?.departures[machine][transition] else { return nil }
    return departures.indices.contains(box) ? departures[box] : departures.reduce(0, +)
  }

  /// The number is the place in the order tried.
  private func text(_ transition: Transition, number: Int) -> String {
    var text = "\(number): \(program.text(of: transition.guardCondition))"
    if transition.role != .passive { text += " [\(transition.role.rawValue)]" }
    if transition.bias != 0 { text += " [bias \(transition.bias.signed)]" }
    let effects = transition.effects.map {
      "\(program.variables[$0.variable].name) = \(program.text(of: $0.value))"
    }
    return effects.isEmpty ? text : text + " / " + effects.joined(separator: ", ")
  }
}

extension Double {
  /// With its sign, as log-odds are read.
  fileprivate var signed: String { self > 0 ? "+\(self)" : "\(self)" }
}

/// Lays the states of a machine out on a circle, so that no arrow passes through a state.
///
/// The arrows carry the numbers of their transitions, whose texts stand beside the circle: however many there
/// are and however long, none covers another.
struct MachineLayout {
  private let group: Graph.Group
  private let lines: [[String]]
  private let places: [SVGPoint]
  private let radius: Double
  private let centre: SVGPoint

  private static let listColumns = 84

  init(group: Graph.Group) {
    self.group = group
    lines = group.boxes.map(\.lines)
    let sizes = lines.map(SVGMetrics.size)
    let widest = Double(sizes.map(\.width).max() ?? 0)
    let highest = Double(sizes.map(\.height).max() ?? 0)
    let count = group.boxes.count
    radius = max(130 + widest / 3, Double(count) * (widest + 60) / (2 * .pi))
    centre = SVGPoint(x: radius + widest / 2 + 40, y: radius + highest / 2 + 40)
    let (radius, centre) = (radius, centre)
    places = (0..<count).map { index in
      let angle = -Double.pi / 2 + 2 * .pi * Double(index) / Double(count)
      return SVGPoint(x: centre.x + radius * angle.cosine, y: centre.y + radius * angle.sine)
    }
  }

  var picture: SVGPicture {
    var picture = SVGPicture()
    picture.reach(x: Int(2 * centre.x), y: Int(2 * centre.y))
    var badges: [String] = []
    for arrow in group.arrows {
      let curve = curve(of: arrow)
      picture.elements.append(SVGText.arrow(arrow, along: curve.path))
      badges.append(
        SVGText.badge(numbers(of: arrow), x: curve.badge.rounded.x, y: curve.badge.rounded.y))
    }
    for (index, place) in places.enumerated() {
      let size = SVGMetrics.size(of: lines[index])
      let corner = SVGPoint(x: place.x - Double(size.width) / 2, y: place.y - Double(size.height) / 2)
      picture.elements.append(
        SVGText.box(group.boxes[index], lines: lines[index], x: corner.rounded.x, y: corner.rounded.y))
    }
    picture.elements += badges
    list(into: &picture)
    return picture
  }

  /// `1, 4` for an arrow whose paragraphs begin with these numbers.
  private func numbers(of arrow: Graph.Arrow) -> String {
    arrow.paragraphs.compactMap { $0.split(separator: ":").first.map(String.init) }.joined(separator: ", ")
  }

  /// Every transition once, in the order tried, beside the circle.
  private func list(into picture: inout SVGPicture) {
    var entries: [(number: Int, from: [String], text: String)] = []
    for arrow in group.arrows {
      for paragraph in arrow.paragraphs {
        let parts = paragraph.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let number = Int(parts[0]) else { continue }
        if let known = entries.firstIndex(where: { $0.number == number }) {
          entries[known].from.append(name(of: arrow.from))
        } else {
          entries.append((number, [name(of: arrow.from)], "→ \(name(of: arrow.to)):\(parts[1])"))
        }
      }
    }
    let texts = entries.sorted { $0.number < $1.number }.map {
      "\($0.number): \($0.from.joined(separator: ", ")) \($0.text)"
    }
    write(texts, into: &picture)
  }

  private func name(of box: Int) -> String { group.boxes[box].paragraphs.first ?? "" }

  private func write(_ texts: [String], into picture: inout SVGPicture) {
    let left = picture.width + 20
    var y = SVGMetrics.lineHeight
    for text in texts {
      for (index, line) in text.labelLines(columns: Self.listColumns).enumerated() {
        let indent = index == 0 ? 0 : 24
        picture.elements.append(SVGText.line(line, x: left + indent, y: y))
        picture.reach(x: left + indent + SVGMetrics.width(of: line), y: y)
        y += SVGMetrics.lineHeight
      }
    }
  }
}

extension MachineLayout {
  /// The path of an arrow from the edge of one box to that of the other, and where its badge goes.
  private func curve(of arrow: Graph.Arrow) -> (path: String, badge: SVGPoint) {
    guard arrow.from != arrow.to else { return loop(at: arrow.from) }
    let (from, to) = (places[arrow.from], places[arrow.to])
    // Bent to the right of the way, so that two arrows between two states stay apart.
    let bend = SVGPoint(
      x: (from.x + to.x) / 2 - (to.y - from.y) / 6, y: (from.y + to.y) / 2 + (to.x - from.x) / 6)
    let start = edge(of: arrow.from, toward: bend)
    let end = edge(of: arrow.to, toward: bend)
    let near = 0.3
    let badge = SVGPoint(
      x: SVGPoint.quadratic(from: start.x, bend: bend.x, to: end.x, at: near),
      y: SVGPoint.quadratic(from: start.y, bend: bend.y, to: end.y, at: near))
    return ("M\(start)Q\(bend) \(end)", badge)
  }

  /// A loop outside of the circle.
  private func loop(at index: Int) -> (path: String, badge: SVGPoint) {
    let place = places[index]
    let size = SVGMetrics.size(of: lines[index])
    let above = place.y <= centre.y ? -1.0 : 1.0
    let y = place.y + above * Double(size.height) / 2
    let (left, right) = (SVGPoint(x: place.x - 16, y: y), SVGPoint(x: place.x + 16, y: y))
    let (bendLeft, bendRight) = (
      SVGPoint(x: place.x - 30, y: y + above * 34), SVGPoint(x: place.x + 30, y: y + above * 34)
    )
    return ("M\(left)C\(bendLeft) \(bendRight) \(right)", SVGPoint(x: place.x, y: y + above * 25))
  }

  /// Where the line from a box's middle to a point leaves the box.
  private func edge(of index: Int, toward point: SVGPoint) -> SVGPoint {
    let size = SVGMetrics.size(of: lines[index])
    let place = places[index]
    let (dx, dy) = (point.x - place.x, point.y - place.y)
    let reach = max(abs(dx) / (Double(size.width) / 2 + 2), abs(dy) / (Double(size.height) / 2 + 2))
    guard reach > 0 else { return place }
    return SVGPoint(x: place.x + dx / reach, y: place.y + dy / reach)
  }
}

/// A place in a drawing; written in whole pixels, so that no platform's last bit shows.
private struct SVGPoint: CustomStringConvertible {
  let x: Double
  let y: Double

  var rounded: (x: Int, y: Int) { (Self.rounded(x), Self.rounded(y)) }

  var description: String { "\(rounded.x) \(rounded.y)" }

  private static func rounded(_ value: Double) -> Int { Int(value < 0 ? value - 0.5 : value + 0.5) }

  /// A point of a quadratic curve.
  static func quadratic(from start: Double, bend: Double, to end: Double, at time: Double) -> Double {
    let rest = 1 - time
    return rest * rest * start + 2 * rest * time * bend + time * time * end
  }
}
