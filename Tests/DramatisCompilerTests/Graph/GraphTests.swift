import Dramatis
import DramatisCompiler
import TestSupport
import Testing

@Suite struct GraphTests {
  private static let small = """
    variables: { trust: { initial: 0, min: 0, max: 3 } }
    questions: { accused: { ask: Is Mara accused? } }
    machines:
      mood:
        states: { wary: Mara watches hands., warm: "" }
        transitions:
          - { from: any, to: wary, when: accused, set: { trust: trust - 1 } }
          - { from: wary, to: warm, when: not accused, role: any }
      luck:
        probabilistic: sample
        states: { good: "" }
        stay: { good: 1.5 }
        transitions: [{ from: unactivated, to: good, when: chance(0.5), bias: -0.5 }]
    behavior:
      manners:
        - Mara nods.
        - { when: accused, then: [Mara points at the door.], else: [Mara smiles.], unknown: [Mara waits.] }
    """

  private func text(_ body: String, _ format: GraphFormat, only: String? = nil) throws -> String {
    let program = try compileMara(body)
    return try #require(only.map { Graph(of: program, only: $0) } ?? Graph(of: program)).text(as: format)
  }

  @Test func `a machine in Mermaid shows guards, roles, effects and the initial state`() throws {
    #expect(
      try text(Self.small, .mermaid, only: "mood") == """
        flowchart LR
          subgraph g0["mood"]
            g0b0("unactivated")
            g0b1("wary")
            g0b2("warm")
            g0b3("other")
            g0b4("any state")
            g0b4 -->|"1#58; accused #47; trust #61; trust #45; 1"| g0b1
            g0b1 -->|"2#58; not accused #91;any#93;"| g0b2
          end
          classDef initial stroke-width:3px
          class g0b0 initial
          classDef anyState stroke-dasharray:5 5
          class g0b4 anyState

        """)
  }

  @Test func `a tree in DOT shows statements, gates and their three branches`() throws {
    let text = try text(Self.small, .dot, only: "manners")
    #expect(
      text.hasSuffix(
        #"""
          subgraph cluster_0 {
            label="manners";
            g0b0 [label="• Mara nods.\l", shape=note];
            g0b1 [label="accused", shape=hexagon];
            g0b2 [label="• Mara points at the door.\l", shape=note];
            g0b3 [label="• Mara smiles.\l", shape=note];
            g0b4 [label="• Mara waits.\l", shape=note];
            g0b0 -> g0b1 [];
            g0b1 -> g0b2 [label="then\l"];
            g0b1 -> g0b3 [label="else\l", style=dashed];
            g0b1 -> g0b4 [label="unknown\l", style=dotted];
          }
        }

        """#), "\(text)")
  }

  @Test func `a probabilistic machine says so and shows its biases`() throws {
    let text = try text(Self.small, .dot, only: "luck")
    for part in ["luck (probabilistic: sample)", "stay +1.5", "1: chance(0.5) [bias -0.5]"] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test func `a name picks one machine or topic, and an unknown one nothing`() throws {
    let program = try compileMara(Self.small)
    #expect(Graph(of: program, only: "moo") == nil)
    let all = Graph(of: program).text(as: .svg)
    for name in ["mood", "luck (probabilistic: sample)", "manners"] { #expect(all.contains(">\(name)<")) }
  }

  /// What would end a label, a line, a comment or a tag in one of the formats, or start another statement.
  private static let hostile: [String] = [
    #"say "no" \"#, #"\N \l \" ];evil [label="x"#, "a]|b} --> c", "<script>alert(1)</script>",
    "x & y &lt; &#34;",
    "]]> <!-- -->", "end", "#quot; #34; ;", "`code` **bold** _em_", "direction LR", "1. a list",
    "%%{init: {}}%%",
    "style x fill:#f00;", "accTitle: x", "click a href b", "\u{1B}[31mred", "\u{202E}back",
    "\u{FFFE}\u{FFFF}",
    "two\nlines", "tab\tand\r", "日本語のとても長い文がここにありますとても長い文がここにあります", String(repeating: "w", count: 200),
  ]

  private func hostileProgram(_ text: String) throws -> Program {
    let quoted = yamlQuoted(text)
    return try compileMara(
      """
      machines:
        mood:
          states: { wary: \(quoted) }
          transitions: [{ from: any, to: wary, when: \(yamlQuoted("ask(\(text.inCondition)) and event.kind == \(text.inCondition)")) }]
      behavior:
        \(yamlQuoted("t " + text)):
          with: \(yamlQuoted("p " + text))
          statements:
            - \(yamlQuoted("s " + text))
            - { when: \(yamlQuoted("ask(\(text.inCondition))")), then: [\(yamlQuoted("u " + text))] }
      commitments:
        key:
          foreshadow: \(yamlQuoted("f " + text))
          trigger: \(yamlQuoted("ask(\(text.inCondition))"))
          payoff: \(yamlQuoted("p " + text))
      """)
  }

  @Test(arguments: hostile)
  func `no text breaks out of its label`(text: String) throws {
    let graph = Graph(of: try hostileProgram(text))
    let plain = Graph(of: try hostileProgram("plain"))
    for format in GraphFormat.allCases {
      let (drawn, expected) = (graph.text(as: format), plain.text(as: format))
      #expect(Self.skeleton(drawn, format) == Self.skeleton(expected, format), "\(format): \(drawn)")
      #expect(
        !drawn.unicodeScalars.contains {
          $0.value < 0x20 && $0 != "\n" || $0 == "\u{202E}" || $0 == "\u{FFFE}"
        })
    }
  }

  /// A drawing without its texts and measures: what is left must not depend on the texts.
  private static func skeleton(_ text: String, _ format: GraphFormat) -> [String] {
    switch format {
    case .mermaid:
      return text.split(separator: "\n").map { line in
        #expect(!line.contains("direction"))
        return outsideQuotes(line) { _ in false }
      }
    case .dot: return text.split(separator: "\n").map { outsideQuotes($0) { $0 == "\\" } }
    case .svg:
      // Texts are between tags, and a label may take several lines: the names of the tags, each once in a row.
      var tags: [String] = []
      for piece in text.split(separator: "<").map({ $0.prefix { $0.isLetter || $0 == "/" || $0 == "!" } }) {
        if tags.suffix(2) != ["text", "/text"] || piece.trimmingPrefix("/") != "text" {
          tags.append(String(piece))
        }
      }
      return tags
    }
  }

  private static func outsideQuotes(_ line: Substring, _ isEscape: (Character) -> Bool) -> String {
    var (result, isInside, skips) = ("", false, false)
    for character in line {
      if skips {
        skips = false
      } else if isInside, isEscape(character) {
        skips = true
      } else if character == "\"" {
        isInside.toggle()
      } else if !isInside {
        result.append(character)
      }
    }
    #expect(!isInside)
    return result
  }

  @Test func `what was visited is marked and counted`() throws {
    let program = try compileMara(Self.small)
    var highlight = VisitCounts(of: program)
    let event = Event(actor: "Rowan", text: "Cheat!")
    let (answers, _) = program.answers(from: ["accused": .yes])
    let step = program.uncheckedStep(
      from: program.initialSnapshot(), event: event, scene: Scene("Cheat!"), given: answers)
    highlight.add(step, openedNodes: program.openedNodes(in: step, event: event, given: answers))
    highlight.add(endOfTurn: step.snapshot)
    let graph = Graph(of: program, highlight: highlight)
    let dot = graph.text(as: .dot)
    #expect(
      dot.contains(#"label="wary\n×1", shape=box, style=rounded, tooltip="Mara watches hands.", color="#))
    #expect(dot.contains(#"label="1: accused / trust = trust - 1 ×1\l", color="#))
    #expect(dot.contains(#"label="• Mara points at the door. ×1\l", shape=note, color="#))
    #expect(dot.contains(#"label="• Mara smiles.\l", shape=note];"#))
    #expect(graph.text(as: .mermaid).contains("g0b4 ==>|"))
    #expect(graph.text(as: .svg).contains(#"class="arrow then visited""#))
  }

  @Test func `of a transition out of several states only the arrow that was taken is marked`() throws {
    let program = try compileMara(
      """
      machines:
        mood:
          states: { wary: "", warm: "" }
          transitions:
            - { from: [unactivated, warm], to: wary, when: actor == "Rowan" }
      """)
    var highlight = VisitCounts(of: program)
    let event = Event(actor: "Rowan", text: "Cheat!")
    highlight.add(
      program.uncheckedStep(
        from: program.initialSnapshot(), event: event, scene: Scene("Cheat!"), given: Answers(for: program)),
      openedNodes: [])
    let text = Graph(of: program, highlight: highlight).text(as: .mermaid)
    #expect(highlight.transitions == [[1]])
    #expect(text.matches(of: /==>/).count == 1)
    #expect(text.matches(of: /×1/).count == 1)
  }

  @Test func `the path of a session is what took part in its turns`() async throws {
    let program = try compileMara(Self.small)
    let session = try Session(cast: [program])
    _ = try await session.respond(
      to: Event(actor: "Rowan", text: "Cheat!"), given: ["accused": .yes], speaker: .nobody)
    let paths = try RecordedPath.all(of: ["Mara", "Nobody"], in: await session.transcript)
    let path = try #require(paths.first ?? nil)
    #expect(paths.count == 2 && paths[1]?.program == nil)
    #expect(path.program == program && path.omittedTurns == 0)
    #expect(path.visits.transitions[0] == [1, 0] && path.visits.states[0] == [0, 1, 0, 0])
  }

  @Test func `boxes of a drawn tree do not overlap`() throws {
    let gates = (0..<100).map { "- { when: 'ask(\"Question \($0)?\")', then: [Statement \($0).] }" }
    let svg = try text("behavior:\n  many:\n    " + gates.joined(separator: "\n    "), .svg)
    let boxes = svg.matches(of: /class="box statements" x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/).map
    {
      (x: Int($0.1) ?? 0, y: Int($0.2) ?? 0, height: Int($0.4) ?? 0)
    }
    #expect(boxes.count == 101)
    let column = boxes.filter { $0.x == boxes.last?.x }.sorted { $0.y < $1.y }
    #expect(column.count == 100)
    #expect(zip(column, column.dropFirst()).allSatisfy { $0.y + $0.height < $1.y })
  }
}

extension String {
  /// As a text of the condition language.
  fileprivate var inCondition: String {
    "\""
      + replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
      .replacing("\t", with: "\\t").replacing("\r", with: "\\r") + "\""
  }
}
