import Dramatis
import DramatisCompiler
import TestSupport
import Testing

/// Commitments as they are drawn.
@Suite struct CommitmentGraphTests {
  private static let body = """
    questions: { cellar: { ask: Does anyone mention the cellar?, cues: [cellar] } }
    commitments:
      silver_key:
        foreshadow: Mara wears a silver key.
        trigger: cellar
        payoff: { text: Mara opens the cellar., cues: [cellar opens] }
        not-before: 1
        due-within: 2
      cellar_door: { foreshadow: A door., trigger: cellar, payoff: It opens., after: [silver_key] }
      lamp: { foreshadow: A lamp., trigger: turn >= 3, payoff: It is lit., priority: 2 }
    """

  private func graph(_ body: String, only: String? = nil) throws -> Graph {
    let program = try compileMara(body)
    return try #require(only.map { Graph(of: program, only: $0) } ?? Graph(of: program))
  }

  @Test func `each stands with its conditions, and an arrow leads to what waits for it`() throws {
    #expect(
      try graph(Self.body).text(as: .mermaid) == """
        flowchart LR
          subgraph g0["commitments"]
            g0b0["silver#95;key<br/>not#45;before#58; 1<br/>trigger#58; cellar<br/>due#45;within#58; 2"]
            g0b1["cellar#95;door<br/>trigger#58; cellar"]
            g0b2["lamp<br/>trigger#58; turn #62;#61; 3<br/>priority#58; 2"]
            g0b0 --> g0b1
          end
          classDef commitment text-align:left
          class g0b0,g0b1,g0b2 commitment

        """)
    let dot = try graph(Self.body).text(as: .dot)
    #expect(dot.contains(#"tooltip="A lamp. → It is lit.""#))
    #expect(dot.contains("g0b0 -> g0b1 [];"))
  }

  @Test(arguments: [
    ("commitments", ["silver_key", "cellar_door", "lamp"]), ("silver_key", ["silver_key", "cellar_door"]),
    ("cellar_door", ["silver_key", "cellar_door"]), ("lamp", ["lamp"]),
  ])
  func `one is drawn with what it waits for and what waits for it`(name: String, drawn: [String]) throws {
    let text = try graph(Self.body, only: name).text(as: .dot)
    let names = text.matches(of: /label="(\w+)\\l/).map { String($0.1) }
    #expect(names == drawn)
  }

  @Test func `where each stands is coloured, with the turns in which it got there`() throws {
    let program = try compileMara(Self.body)
    var highlight = VisitCounts(of: program)
    var snapshot = program.initialSnapshot()
    for (actor, text) in [
      ("Rowan", "Well?"), ("Rowan", "The cellar!"), ("Mara", "The cellar opens."), ("Rowan", "Oh."),
    ] {
      let event = Event(actor: actor, text: text)
      let (answers, _) = program.answers(from: [
        "cellar": text == "The cellar!" ? .yes : .no,
        "commitments.silver_key.paid": text == "The cellar opens." ? .yes : .no,
      ])
      let step = program.uncheckedStep(from: snapshot, event: event, scene: Scene(text), given: answers)
      snapshot = step.snapshot
    }
    highlight.add(endOfTurn: snapshot)
    let graph = Graph(of: program, highlight: highlight)
    let dot = graph.text(as: .dot)
    #expect(
      dot.contains(##"\lplanted 1, due 2, paid 3\l", shape=box, style=filled, fillcolor="#bbf7d0""##),
      "\(dot)")
    #expect(dot.contains(##"\lplanted 1\l", shape=box, style=filled, fillcolor="#fef9c3""##))
    #expect(dot.contains(#"g0b0 -> g0b1 [color="#))
    #expect(graph.text(as: .mermaid).contains("class g0b0 paid"))
    #expect(graph.text(as: .svg).contains(#"class="box commitment paid""#))
  }

  @Test func `of a story each is drawn once, with its owner, and arrows lead from one owner's to another's`()
    throws
  {
    let files = ["ann": "dramatis: 1\ncharacter: Ann\n", "bea": "dramatis: 1\ncharacter: Bea\n"]
    let body = """
      story: 1
      title: Doors
      cast: [ann, bea]
      commitments:
        one: { owner: Bea, foreshadow: a, trigger: turn >= 1, payoff: A }
        two: { owner: Ann, foreshadow: b, trigger: turn >= 1, payoff: B, after: [one] }

      """
    let compilation = StoryCompilation(of: Array(body.utf8), name: "story.yaml") { path in
      files[path].map { .bytes(Array($0.utf8), name: path) } ?? .unreadable("nothing")
    }
    let story = try #require(compilation.story)
    let text = Graph(of: story.title, cast: story.cast).text(as: .dot)
    #expect(text.contains("label=\"Doors\""))
    #expect(text.contains(#"g0b0 [label="two\lowner: Ann\ltrigger: turn >= 1\l""#))
    #expect(text.contains(#"g0b1 [label="one\lowner: Bea\ltrigger: turn >= 1\l""#))
    #expect(text.contains("g0b1 -> g0b0"))
    let alone = Graph(of: story.cast[0]).text(as: .dot)
    #expect(alone.contains(#"label="one\lowner: Bea\l""#))
    #expect(Graph(of: story.title, cast: story.cast, only: "three") == nil)
  }

  @Test func `as many as there may be, each waiting for all before it, are checked and drawn`() throws {
    let entries = (0..<128).map { index in
      let after = (0..<index).map { "c\($0)" }.joined(separator: ", ")
      return
        "  c\(index): { foreshadow: F., trigger: 'ask(\"Is it \(index)?\")', payoff: P., after: [\(after)] }"
    }
    let graph = try graph("commitments:\n" + entries.joined(separator: "\n"))
    #expect(graph.text(as: .dot).split(separator: " -> ").count == 127 * 64 + 1)
  }

  @Test func `many stand apart: webs in columns, and what nothing connects in rows of four`() throws {
    let names = (0..<100).map { "c\($0)" }
    let entries = names.enumerated().map { index, name in
      let after = (1..<50).contains(index) ? ", after: [c\(index / 2)]" : ""
      return "  \(name): { foreshadow: F., trigger: turn >= 1, payoff: P.\(index == 0 ? "" : after) }"
    }
    let graph = try graph("commitments:\n" + entries.joined(separator: "\n"))
    let boxes = graph.text(as: .svg)
      .matches(of: /class="box commitment" x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/)
      .map { (x: Int($0.1) ?? 0, y: Int($0.2) ?? 0, width: Int($0.3) ?? 0, height: Int($0.4) ?? 0) }
    #expect(boxes.count == 100)
    for (index, box) in boxes.enumerated() {
      let overlaps = boxes[(index + 1)...].contains { other in
        box.x < other.x + other.width && other.x < box.x + box.width && box.y < other.y + other.height
          && other.y < box.y + box.height
      }
      #expect(!overlaps, "box \(index)")
    }
    #expect(Set(boxes[50...].map(\.x)).count == 4)
    #expect(graph.text(as: .mermaid).matches(of: /~~~/).count == 37)
  }
}
