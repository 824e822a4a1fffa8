import Dramatis

/// Makes the group of a topic: boxes of statements and gates, with an arrow for every branch.
struct TreeGraph {
  let program: Program
  let topic: Int
  let highlight: GraphHighlight?

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
