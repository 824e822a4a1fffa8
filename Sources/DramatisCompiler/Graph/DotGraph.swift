import Dramatis

/// Writes a graph in the language of Graphviz.
struct DotGraph {
  let graph: Graph

  var text: String {
    let head = [
      "digraph dramatis {", "  label=\(Self.quoted([graph.title], end: ""));", "  labelloc=t;",
      "  rankdir=LR;",
      "  node [fontname=\"sans-serif\", fontsize=11];", "  edge [fontname=\"sans-serif\", fontsize=10];",
    ]
    return (head + graph.groups.indices.flatMap(lines) + ["}", ""]).joined(separator: "\n")
  }

  private func lines(of index: Int) -> [String] {
    let group = graph.groups[index]
    return ["  subgraph cluster_\(index) {", "    label=\(Self.quoted([group.title], end: ""));"]
      + group.boxes.indices.map { "    \(line(of: group.boxes[$0], named: "g\(index)b\($0)"))" }
      + group.arrows.map { "    \(line(of: $0, in: index))" } + ["  }"]
  }

  private func line(of box: Graph.Box, named name: String) -> String {
    var attributes = [
      "label=\(Self.quoted(box.lines, end: [.statements, .commitment].contains(box.kind) ? "\\l" : ""))"
    ]
    attributes +=
      Self.look(box.kind) + (box.status?.fill.map { ["style=filled", "fillcolor=\"\($0)\""] } ?? [])
    if !box.note.isEmpty { attributes.append("tooltip=\(Self.quoted([box.note.drawable], end: ""))") }
    if box.isVisited { attributes += ["color=\"#c2410c\"", "penwidth=2.5"] }
    return "\(name) [\(attributes.joined(separator: ", "))];"
  }

  private func line(of arrow: Graph.Arrow, in group: Int) -> String {
    var attributes: [String] = []
    let label = arrow.label(columns: Graph.columns)
    if !label.isEmpty { attributes.append("label=\(Self.quoted(label, end: "\\l"))") }
    switch arrow.kind {
    case .else: attributes.append("style=dashed")
    case .unknown: attributes.append("style=dotted")
    case .row: attributes.append("style=invis")
    case .transition, .plain, .then, .after: break
    }
    if arrow.isVisited { attributes += ["color=\"#c2410c\"", "penwidth=2.5"] }
    return "g\(group)b\(arrow.from) -> g\(group)b\(arrow.to) [\(attributes.joined(separator: ", "))];"
  }

  private static func look(_ kind: Graph.Box.Kind) -> [String] {
    switch kind {
    case .state: ["shape=box", "style=rounded"]
    case .initial: ["shape=box", "style=\"rounded,bold\"", "peripheries=2"]
    case .anyState: ["shape=box", "style=\"rounded,dashed\""]
    case .statements: ["shape=note"]
    case .commitment: ["shape=box"]
    case .gate: ["shape=hexagon"]
    }
  }

  /// A quoted string in which nothing is an escape, an entity or the end but the breaks between lines.
  private static func quoted(_ lines: [String], end: String) -> String {
    let escaped = lines.map { line in
      line.drawable.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("&", with: "&amp;")
    }
    let between = end.isEmpty ? "\\n" : end
    return "\"\(escaped.joined(separator: between))\(end)\""
  }
}

extension CommitmentStatus {
  /// The colour of a box; nil for the one that every box has.
  var fill: String? {
    switch self {
    case .planned: nil
    case .planted: "#fef9c3"
    case .triggered: "#fed7aa"
    case .paid: "#bbf7d0"
    case .abandoned: "#d6d3d1"
    }
  }
}

extension Graph.Box {
  /// The text of the box, wrapped, with the count of visits.
  var lines: [String] {
    var lines = paragraphs.labelLines(columns: Graph.columns)
    if let visits, visits > 0, kind != .statements, kind != .commitment { lines.append("×\(visits)") }
    return lines
  }
}

extension Graph.Arrow {
  /// What is written on the arrow, wrapped.
  func label(columns: Int) -> [String] {
    switch kind {
    case .transition: paragraphs.labelLines(columns: columns)
    case .plain, .after, .row: []
    case .then, .else, .unknown: [kind.rawValue]
    }
  }
}
