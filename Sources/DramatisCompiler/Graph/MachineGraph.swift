import Dramatis

/// Makes the group of a machine: its states, and an arrow for every two states with transitions between them.
struct MachineGraph {
  let program: Program
  let machine: Int
  let highlight: GraphHighlight?

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
