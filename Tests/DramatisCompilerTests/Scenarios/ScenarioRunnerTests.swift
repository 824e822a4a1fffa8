import Dramatis
import Testing

@testable import DramatisCompiler

@Suite struct ScenarioRunnerTests {
  @Test(arguments: [
    "mood: wary", "trust: -1", "states: { mood: wary, nerve: shaken }",
    "variables: { trust: -1, angry: false }",
    "key: planted", "commitments: { key: planted }", "distributions: { nerve: { shaken: 1, other: 0 } }",
    "statements: [Ann hums., Ann points at the door.]", "statements: { not: [Ann smiles.] }",
    "asked: [praised, accused]", "asked: [Does someone accuse Ann?, praised]",
  ])
  func `what is as expected fails nothing`(expectation: String) async throws {
    let (_, outcome) = try await ScenarioSamples.outcome(
      "    - { text: Thief!, expect: { \(expectation) } }\n")
    #expect(outcome.failures.isEmpty, "\(outcome.failures)")
    #expect(outcome.edits.isEmpty)
  }

  @Test(arguments: [
    ("mood: warm", "'mood' is not as expected", "got: wary"),
    ("trust: 3", "'trust' is not as expected", "got: -1"),
    ("key: paid", "'key' is not as expected", "got: planted"),
    ("distributions: { nerve: { shaken: 0.5 } }", "'p(nerve == shaken)' is not as expected", "got: 1.0"),
    ("statements: [Ann smiles.]", "this statement does not apply", "applies: Ann points at the door."),
    ("statements: { not: [Ann hums.] }", "this statement applies", "this was event 1, 'Thief!'"),
    ("asked: []", "'asked' is not as expected", "got: accused, praised"),
  ])
  func `what is not as expected says what came instead`(
    expectation: String, message: String, help: String
  ) async throws {
    let (_, outcome) = try await ScenarioSamples.outcome(
      "    - { text: Thief!, expect: { \(expectation) } }\n")
    #expect(outcome.failures.map(\.message) == [message])
    #expect(outcome.failures.first?.help.contains(help) == true, "\(outcome.failures)")
    #expect(outcome.failures.allSatisfy { $0.code == .expectationNotMet })
  }

  @Test func `answers that are given win over cues, and variables can be written`() async throws {
    let (_, outcome) = try await ScenarioSamples.outcome(
      """
          - { text: Thief!, answers: { accused: no }, set: { trust: 4 }, expect: { mood: unactivated, trust: 4 } }
          - { text: Hm, answers: { praised: 0.9, accused: no }, expect: { mood: warm, asked: [] } }
          - { text: Gold, data: { gold: 10 }, expect: { mood: other } }

      """)
    #expect(outcome.failures.isEmpty, "\(outcome.failures)")
  }

  @Test(arguments: [("wary", ["passes-after-all"]), ("warm", [])])
  func `a scenario that is known to fail is reported once it passes`(
    mood: String, codes: [String]
  ) async throws {
    let (_, outcome) = try await ScenarioSamples.outcome(
      "    fails: She cannot hear it.\n    events: [{ text: Thief!, expect: { mood: \(mood) } }]\n")
    #expect(outcome.failures.map(\.code.name) == codes && outcome.edits.isEmpty)
  }

  @Test func `an event can happen several times, each a turn`() async throws {
    let (_, outcome) = try await ScenarioSamples.outcome(
      "    - { text: Thief!, times: 4, expect: { trust: -4 } }\n")
    #expect(outcome.failures.isEmpty, "\(outcome.failures)")
  }

  @Test func `a line is said and compared where the scenario lets the character speak`() async throws {
    let events =
      "    - { text: Thief!, expect: { line: Out. } }\n    - { text: Hm, expect: { line: Out. } }\n"
    let (_, outcome) = try await ScenarioSamples.outcome(events, settings: "speak: true\n")
    #expect(outcome.failures.map(\.help.first) == ["expected: 'Out.'"])
  }

  @Test func `only the first turn that is not as expected is reported`() async throws {
    let (_, outcome) = try await ScenarioSamples.outcome(
      "    - { text: Hm, expect: { mood: warm, trust: 2 } }\n    - { text: Hm, expect: { mood: warm } }\n")
    #expect(outcome.failures.compactMap(\.span?.start.line) == [4, 4])
    #expect(outcome.edits.count == 3)
  }

  @Test func `coverage counts what the turns have used`() async throws {
    let (_, outcome) = try await ScenarioSamples.outcome("    - { text: Thief! }\n")
    let report = CoverageReport(outcome.coverage, of: try ScenarioSamples.program())
    let covered = report.parts.filter(\.isCovered).map(\.name)
    #expect(
      covered == [
        "mood.unactivated", "mood.wary", "nerve.unactivated", "nerve.shaken", "mood.1", "personality.1.then",
        "key.planted",
      ])
    #expect(
      report.uncovered.map(\.name) == [
        "mood.warm", "mood.other", "mood.2", "mood.3", "personality.1.else", "key.triggered", "key.paid",
      ])
    #expect(report.percent == 50)
  }
}
