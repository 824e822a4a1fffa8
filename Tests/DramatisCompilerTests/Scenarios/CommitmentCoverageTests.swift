import Dramatis
import TestSupport
import Testing

@testable import DramatisCompiler

/// What scenarios cover of commitments, and what is suggested for the rest.
@Suite struct CommitmentCoverageTests {
  private static let profile = """
    dramatis: 1
    character: Ann
    questions: { rain: { ask: Does it rain? }, wind: { ask: Is there wind? } }
    machines: { mood: { states: { glad: }, transitions: [{ from: any, to: glad, when: wind }] } }
    commitments:
      key: { foreshadow: A key., trigger: rain, payoff: A door., abandon-when: turn > 12, not-before: 2 }
      hat: { foreshadow: A hat., plant: wind, trigger: rain, payoff: It flies., after: [key], hold: 2 of 3 }
      sun: { foreshadow: A sun., trigger: rain and mood == other, payoff: It shines., abandon-when: turn > 12 }

    """

  private static func coverage(_ program: Program, _ scenarios: String) async throws -> Coverage {
    let text = "scenarios: 1\ntests:\n" + scenarios
    let reading = ScenarioFile(of: Array(text.utf8), name: "s.yaml").reading(for: program)
    try #require(reading.diagnostics.isEmpty, "\(reading.diagnostics)")
    var coverage = Coverage(of: program)
    for scenario in reading.scenarios {
      let outcome = try await ScenarioRunner(program).run(scenario)
      #expect(outcome.failures.isEmpty, "\(outcome.failures)")
      coverage.formUnion(outcome.coverage)
    }
    return coverage
  }

  @Test func `what becomes of a commitment counts, each step by itself`() async throws {
    let program = try compile(Self.profile)
    let coverage = try await Self.coverage(
      program,
      """
        paid:
          - { text: "…", times: 2, expect: { key: planted } }
          - { text: "…", answers: { rain: yes }, expect: { commitments: { key: triggered, hat: planned } } }
          - { actor: Ann, text: "…", answers: { commitments.key.paid: yes }, expect: { key: paid } }

      """)
    let report = CoverageReport(coverage, of: program)
    #expect(report.count(of: .commitment) == (4, 11))
    #expect(
      report.uncovered.filter { $0.kind == .commitment }.map(\.name) == [
        "key.abandoned", "hat.planted", "hat.triggered", "hat.paid", "sun.triggered", "sun.paid",
        "sun.abandoned",
      ])
  }

  @Test func `suggestions reach every step that can come about, and expect it`() async throws {
    let program = try compile(Self.profile)
    let nothing = Coverage(of: program)
    let all = CoverageReport(nothing, of: program)
    let explored = SlicedExploration(of: program, wanted: all.uncovered.map(\.target))
    let possible = CoverageReport(nothing, of: program, explored: explored)
    let names = possible.uncovered.map(\.name)
    #expect(names.contains("hat.paid") && names.contains("sun.abandoned"))
    #expect(!names.contains("sun.triggered") && !names.contains("sun.paid"))
    let (text, missing) = try await ScenarioSuggester(for: program, explored: explored)
      .suggestions(for: possible.uncovered, coverage: nothing, profile: "ann.yaml")
    #expect(missing.isEmpty)
    let scenarios = try #require(text?.split(separator: "tests:\n").last)
    #expect(scenarios.contains("hat: paid"))
    let covered = CoverageReport(
      try await Self.coverage(program, String(scenarios)), of: program, explored: explored)
    #expect(covered.percent == 100, "\(covered.uncovered.map(\.name))")
  }

  @Test func `a search for what is missing leaves the rest alone`() throws {
    let program = try compile(Self.profile)
    let report = CoverageReport(Coverage(of: program), of: program)
    let wanted = report.uncovered.filter { $0.name == "key.planted" }
    let some = SlicedExploration(of: program, wanted: wanted.map(\.target))
    let everything = SlicedExploration(of: program, wanted: report.uncovered.map(\.target))
    let positions = { (explored: SlicedExploration) in explored.explorations.map(\.positions.count) }
    #expect(positions(some).reduce(0, +) < positions(everything).reduce(0, +))
    #expect(some.ofCommitments?.first(.planted, of: 0) != nil)
  }
}
