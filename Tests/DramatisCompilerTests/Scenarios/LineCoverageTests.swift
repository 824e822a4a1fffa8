import Dramatis
import TestSupport
import Testing

@testable import DramatisCompiler

/// Which lines scenarios let a character say, and what those are called that none does.
@Suite struct LineCoverageTests {
  private static let profile = """
    dramatis: 1
    character: Ida
    variables: { tea: { initial: 1, min: 0, max: 9 } }
    questions: { rain: { ask: Does it rain?, cues: [rain] }, wind: { ask: Is there wind?, cues: [wind] } }
    machines: { mood: { states: { glad: }, transitions: [{ from: any, to: glad, when: wind }] } }
    commitments:
      kite: { foreshadow: { text: A kite., say: [A kite is up.] }, trigger: wind, payoff: It flies. }
    lines:
      - { when: rain, say: [It pours., It rains cats., Wet again.] }
      - { when: wind, say: ["Hold {tea} cups, {user}, says {character}."] }
      - { when: kite == planned, say: [Not yet.] }

    """

  private static func lines(_ program: Program, _ scenarios: String) async throws -> LineCoverage {
    let text = "scenarios: 1\ntests:\n" + scenarios
    let reading = ScenarioFile(of: Array(text.utf8), name: "s.yaml").reading(for: program)
    var coverage = Coverage(of: program)
    for scenario in reading.scenarios {
      coverage.formUnion(try await ScenarioRunner(program).run(scenario).coverage)
    }
    return CoverageReport(coverage, of: program).lines
  }

  @Test(arguments: [
    ("{ speak: true, events: [{ text: Rain }] }", ["lines.1"]),
    ("{ speak: true, events: [{ text: Rain, times: 3 }] }", ["lines.1"]),
    ("{ speak: true, events: [{ text: Rain }, { text: Such a wind }] }", ["lines.1", "lines.2"]),
    ("{ speak: true, events: [{ text: Hm }] }", ["kite.foreshadow.say"]),
    ("{ speak: true, events: [{ text: Hm, to: [Nobody] }] }", []),
    ("{ events: [{ text: Rain }, { text: wind }] }", []),
    ("[{ actor: Ida, text: It pours. }]", []),
  ])
  func `a line counts once, whichever of its texts was said, and only where the character speaks`(
    scenario: String, spoken: [String]
  ) async throws {
    let lines = try await Self.lines(try compile(Self.profile), "  a: \(scenario)\n")
    #expect(lines.parts.filter(\.isCovered).map(\.name) == spoken)
    #expect(lines.covered == spoken.count && lines.parts.count == 4)
    #expect(lines.percent == spoken.count * 25)
  }

  @Test func `what was never said is shown as it is written, and is no part of the rest`() throws {
    let program = try compile(Self.profile)
    let report = CoverageReport(Coverage(of: program), of: program)
    #expect(
      report.lines.uncovered.map(\.text) == [
        "It pours.", "Hold {tea} cups, {user}, says {character}.", "Not yet.", "A kite is up.",
      ])
    #expect(!report.parts.map(\.name).contains { $0.hasPrefix("lines.") })
  }

  @Test(arguments: [
    ("lines: [Hm]", ["lines.1", "a.foreshadow.say", "a.payoff.say", "b.payoff.say"]),
    (
      "lines: [{ when: b == triggered, say: Now }, { when: a == planted, say: So }]",
      ["lines.1", "lines.2", "a.foreshadow.say", "a.payoff.say", "b.payoff.say"]
    ),
    (
      "lines: [{ when: a == planted, unheard: 1, say: What? }]",
      ["lines.1", "a.foreshadow.say", "a.payoff.say", "b.payoff.say"]
    ), ("", ["a.foreshadow.say", "a.payoff.say", "b.payoff.say"]),
  ])
  func `what commitments say is called by them, also beside lines about them`(lines: String, names: [String])
    throws
  {
    let program = try compile(
      """
      dramatis: 1
      character: Ida
      questions: { rain: { ask: Does it rain? } }
      commitments:
        a: { foreshadow: { text: x, say: [One.] }, trigger: rain, payoff: { text: y, say: [Two., Three.] } }
        b: { foreshadow: z, trigger: rain, payoff: { text: w, say: [Four.] } }
      \(lines)

      """)
    #expect(LineCoverage(Coverage(of: program), of: program).parts.map(\.name) == names)
  }

  @Test func `where there are no lines, all are spoken`() throws {
    let program = try compile("dramatis: 1\ncharacter: Ida\n")
    let lines = LineCoverage(Coverage(of: program), of: program)
    #expect(lines.parts.isEmpty && lines.percent == 100)
  }
}
