import Dramatis

/// Writes a graph as a Mermaid flowchart.
struct MermaidGraph {
  let graph: Graph

  var text: String {
    let classes = Self.looks.compactMap { kind, look -> [String]? in
      let members = names { $0.kind == kind }
      return members.isEmpty
        ? nil : ["  classDef \(kind.rawValue) \(look)", "  class \(members) \(kind.rawValue)"]
    }
    let statuses = CommitmentStatus.allCases.compactMap { status -> [String]? in
      let members = names { $0.status == status }
      guard let fill = status.fill, !members.isEmpty else { return nil }
      return [
        "  classDef \(status.rawValue) fill:\(fill),color:#1c1917", "  class \(members) \(status.rawValue)",
      ]
    }
    let visited = names(where: \.isVisited)
    let marks =
      visited.isEmpty
      ? [] : ["  classDef visited stroke:#c2410c,stroke-width:3px", "  class \(visited) visited"]
    let lines =
      ["flowchart LR"] + graph.groups.indices.flatMap(lines) + (classes + statuses).flatMap(\.self) + marks
    return lines.joined(separator: "\n") + "\n"
  }

  private static let looks: [(Graph.Box.Kind, String)] = [
    (.initial, "stroke-width:3px"), (.anyState, "stroke-dasharray:5 5"),
    (.gate, "fill:#fef3c7,color:#1c1917"),
    (.statements, "fill:#ecfdf5,color:#1c1917,text-align:left"), (.commitment, "text-align:left"),
  ]

  private func names(where isWanted: (Graph.Box) -> Bool) -> String {
    graph.groups.enumerated().flatMap { index, group in
      group.boxes.indices.filter { isWanted(group.boxes[$0]) }.map { "g\(index)b\($0)" }
    }.joined(separator: ",")
  }

  private func lines(of index: Int) -> [String] {
    let group = graph.groups[index]
    return ["  subgraph g\(index)[\(Self.quoted([group.title]))]"]
      + group.boxes.indices.map { "    g\(index)b\($0)\(Self.shape(group.boxes[$0]))" }
      + group.arrows.map { "    \(line(of: $0, in: index))" } + ["  end"]
  }

  private static func shape(_ box: Graph.Box) -> String {
    let text = quoted(box.lines)
    return switch box.kind {
    case .state, .initial, .anyState: "(\(text))"
    case .statements, .commitment: "[\(text)]"
    case .gate: "{{\(text)}}"
    }
  }

  private func line(of arrow: Graph.Arrow, in group: Int) -> String {
    let body =
      switch arrow.kind {
      case _ where arrow.isVisited: "==>"
      case .row: "~~~"
      case .unknown, .else: "-.->"
      case .transition, .plain, .then, .after: "-->"
      }
    let label = arrow.label(columns: Graph.columns)
    let text = label.isEmpty ? "" : "|\(Self.quoted(label))|"
    return "g\(group)b\(arrow.from) \(body)\(text) g\(group)b\(arrow.to)"
  }

  /// A quoted string in which every character that Mermaid or HTML could read is an entity code.
  ///
  /// Mermaid's scanner looks for `direction LR` anywhere in a line, quotes or not, and its Markdown makes a list
  /// of `1. `, so a letter of the one and the full stop of the other are codes too.
  private static func quoted(_ lines: [String]) -> String {
    let codes = lines.map { escaped($0.drawable).replacing("direction", with: "#100;irection") }
    return "\"\(codes.joined(separator: "<br/>"))\""
  }

  private static func escaped(_ line: String) -> String {
    var previous: Unicode.Scalar = " "
    var result = ""
    for scalar in line.unicodeScalars {
      let isPlain =
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == " "
        || scalar == ","
        || scalar == "•" || scalar == "×" || (scalar == "." && previous.properties.numericType == nil)
        || scalar.properties.generalCategory == .nonspacingMark
        || scalar.properties.generalCategory == .spacingMark
      if isPlain { result.unicodeScalars.append(scalar) } else { result += "#\(scalar.value);" }
      previous = scalar
    }
    return result
  }
}
