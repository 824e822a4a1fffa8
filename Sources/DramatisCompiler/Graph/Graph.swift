import Dramatis

/// The logic of a program as boxes and arrows, before any format.
///
/// ```swift
/// let graph = Graph(of: program)
/// print(graph.text(as: .mermaid))
/// ```
public struct Graph: Hashable, Sendable {
  /// A machine, a tree or the commitments, drawn in a frame of its own.
  struct Group: Hashable, Sendable {
    enum Kind {
      case machine, tree, commitments
    }

    let title: String
    let kind: Kind
    var boxes: [Box] = []
    var arrows: [Arrow] = []
  }

  /// A state, a gate, the statements of a node or a commitment.
  struct Box: Hashable, Sendable {
    enum Kind: String, CaseIterable {
      case state, initial, anyState, statements, gate, commitment
    }

    let kind: Kind
    /// The text, one paragraph an element, not yet wrapped.
    let paragraphs: [String]
    /// What it means, where the text is a mere name.
    var note = ""
    /// How often it was visited; nil where nothing is highlighted.
    var visits: Int?
    /// Where a commitment stands; nil where nothing is highlighted.
    var status: CommitmentStatus?
  }

  /// A way from one box of a group to another.
  struct Arrow: Hashable, Sendable {
    enum Kind: String, CaseIterable {
      case transition, plain, then, `else`, unknown
      /// Leads from a commitment to one that waits for it.
      case after
      /// Is not seen, and keeps boxes that nothing connects in rows.
      case row
    }

    let from: Int
    let to: Int
    let kind: Kind
    /// What it takes, one paragraph an element: several transitions may share an arrow.
    var paragraphs: [String] = []
    /// How often it was taken; nil where nothing is highlighted.
    var visits: Int?
  }

  /// The character whose logic it is, or the story.
  let title: String
  var groups: [Group]
}

extension Graph {
  /// Draws machines, trees and commitments.
  ///
  /// - Parameters:
  ///   - program: What to draw.
  ///   - highlight: What happened, to be marked; nil for the bare logic.
  public init(of program: Program, highlight: VisitCounts? = nil) {
    self.init(of: program, named: nil, highlight: highlight)
  }

  /// Draws one part of a program.
  ///
  /// - Parameters:
  ///   - program: What to draw.
  ///   - only: The name of the one machine or topic to draw, `commitments`, or the name of a commitment, which is
  ///     drawn with what it waits for and what waits for it.
  ///   - highlight: What happened, to be marked; nil for the bare logic.
  /// - Returns: Nil if nothing has the name.
  public init?(of program: Program, only name: String, highlight: VisitCounts? = nil) {
    self.init(of: program, named: name, highlight: highlight)
    if groups.isEmpty { return nil }
  }

  private init(of program: Program, named name: String?, highlight: VisitCounts?) {
    let wants = { (other: String) in name.map { $0.isSameBytes(as: other) } ?? true }
    title = program.character
    let machines = program.machines.indices.filter { wants(program.machines[$0].name) }
    let topics = program.topics.indices.filter { wants(program.topics[$0].name) }
    let commitments = CommitmentGraph(cast: [program], highlights: highlight.map { [$0] }).group(only: name)
    groups =
      machines.map { MachineGraph(program: program, machine: $0, highlight: highlight).group }
      + topics.map { TreeGraph(program: program, topic: $0, highlight: highlight).group }
      + [commitments].compactMap(\.self)
  }

  /// Draws the commitments of a cast.
  ///
  /// - Parameters:
  ///   - title: What the story is called.
  ///   - cast: Who owes them.
  ///   - highlights: What happened to each of the cast, to be marked; nil for the bare logic.
  public init(of title: String, cast: [Program], highlights: [VisitCounts]? = nil) {
    self.init(of: title, cast: cast, named: nil, highlights: highlights)
  }

  /// Draws one commitment of a cast with what it waits for and what waits for it.
  ///
  /// - Parameters:
  ///   - title: What the story is called.
  ///   - cast: Who owes it.
  ///   - only: The name of the commitment, or `commitments` for all.
  ///   - highlights: What happened to each of the cast, to be marked; nil for the bare logic.
  /// - Returns: Nil if nothing has the name.
  public init?(of title: String, cast: [Program], only name: String, highlights: [VisitCounts]? = nil) {
    self.init(of: title, cast: cast, named: name, highlights: highlights)
    if groups.isEmpty { return nil }
  }

  private init(of title: String, cast: [Program], named name: String?, highlights: [VisitCounts]?) {
    self.title = title
    groups = [CommitmentGraph(cast: cast, highlights: highlights).group(only: name)].compactMap(\.self)
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

/// The formats in which a ``Graph`` can be written.
public enum GraphFormat: String, Sendable, CaseIterable {
  /// A Mermaid flowchart, which many sites draw inside Markdown.
  case mermaid
  /// The language of Graphviz.
  case dot
  /// A drawing by our own layout, to be opened in a browser.
  case svg
}

extension Graph {
  /// The drawing as text; the same graph always gives the same bytes.
  public func text(as format: GraphFormat) -> String {
    switch format {
    case .mermaid: MermaidGraph(graph: self).text
    case .dot: DotGraph(graph: self).text
    case .svg: SVGGraph(graph: self).text
    }
  }

  /// The columns after which the text of a box is wrapped.
  static let columns = 36
}
