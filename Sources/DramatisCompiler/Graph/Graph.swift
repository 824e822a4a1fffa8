import Dramatis

/// A program as boxes and arrows, before any format.
package struct Graph: Hashable, Sendable {
  /// A machine or a tree, drawn in a frame of its own.
  struct Group: Hashable, Sendable {
    let title: String
    let isMachine: Bool
    var boxes: [Box] = []
    var arrows: [Arrow] = []
  }

  /// A state, a gate or the statements of a node.
  struct Box: Hashable, Sendable {
    enum Kind: String, CaseIterable {
      case state, initial, anyState, statements, gate
    }

    let kind: Kind
    /// The text, one paragraph an element, not yet wrapped.
    let paragraphs: [String]
    /// What it means, where the text is a mere name.
    var note = ""
    /// How often it was visited; nil where nothing is highlighted.
    var visits: Int?
  }

  /// A way from one box of a group to another.
  struct Arrow: Hashable, Sendable {
    enum Kind: String, CaseIterable {
      case transition, plain, then, `else`, unknown
    }

    let from: Int
    let to: Int
    let kind: Kind
    /// What it takes, one paragraph an element: several transitions may share an arrow.
    var paragraphs: [String] = []
    /// How often it was taken; nil where nothing is highlighted.
    var visits: Int?
  }

  /// The character whose logic it is.
  let title: String
  var groups: [Group]
}

extension Graph {
  /// Draws machines and trees.
  ///
  /// - Parameters:
  ///   - program: What to draw.
  ///   - only: The name of the one machine or topic to draw; nil for all.
  ///   - highlight: What happened, to be marked; nil for the bare logic.
  /// - Returns: Nil if nothing has the name.
  package init?(of program: Program, only name: String? = nil, highlight: GraphHighlight? = nil) {
    let wants = { (other: String) in name.map { $0.isSameBytes(as: other) } ?? true }
    title = program.character
    let machines = program.machines.indices.filter { wants(program.machines[$0].name) }
    let topics = program.topics.indices.filter { wants(program.topics[$0].name) }
    if name != nil, machines.isEmpty, topics.isEmpty { return nil }
    groups =
      machines.map { MachineGraph(program: program, machine: $0, highlight: highlight).group }
      + topics.map { TreeGraph(program: program, topic: $0, highlight: highlight).group }
  }
}

extension Graph.Group {
  mutating func add(_ box: Graph.Box) -> Int {
    boxes.append(box)
    return boxes.count - 1
  }
}

extension Graph.Box {
  var isVisited: Bool { (visits ?? 0) > 0 }
}

extension Graph.Arrow {
  var isVisited: Bool { (visits ?? 0) > 0 }
}
