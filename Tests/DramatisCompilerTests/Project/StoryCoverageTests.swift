import Dramatis
import TestSupport
import Testing

@testable import DramatisCompiler

/// What scenarios of a story cover: of the profiles of its cast, and of what the cast shares.
@Suite struct StoryCoverageTests {
  private static func profile(_ name: String, _ cue: String) -> String {
    """
    dramatis: 1
    character: \(name)
    questions: { \(cue): { ask: Is it said?, cues: [\(cue)], otherwise: no } }
    machines:
      mood:
        states: { low: , high: }
        transitions: [{ from: any, to: high, when: \(cue) }, { from: high, to: low, when: turn > 20 }]
    commitments:
      debt: { foreshadow: A debt., trigger: \(cue), payoff: { text: It is paid., say: [Here you are.] } }
    lines: [{ when: \(cue), say: ["\(name) nods."] }, { when: turn > 20, say: Late. }]

    """
  }

  private static func folder(_ scenarios: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try folder.file("cast/eva.yaml", profile("Eva", "sun"))
    _ = try folder.file("cast/max.yaml", profile("Max", "moon"))
    _ = try folder.file(
      "night.yaml",
      """
      story: 1
      title: Night
      cast: [cast/eva.yaml, cast/max.yaml]
      questions: { star: { ask: Is there a star?, cues: [star], otherwise: no } }
      commitments:
        comet:
          owner: Max
          foreshadow: { text: A comet., cues: [a tail], say: [I saw a tail.] }
          trigger: star
          payoff: It comes back.
          abandon-when: turn > 30
        lamp: { owner: Eva, foreshadow: A lamp., trigger: star, payoff: { text: Light., say: [Let it be lit.] } }

      """)
    _ = try folder.file(
      "night.scenarios.yaml", "scenarios: 1\nactor: Kim\nspeak: true\ntests:\n\(scenarios)")
    return folder
  }

  private static func report(_ folder: borrowing TemporaryFolder, _ paths: String...) async throws
    -> ScenarioReport
  {
    let folder = folder.url.path
    let suite = ScenarioSuite(at: paths.map { "\(folder)/\($0)" })
    #expect(suite.errors.isEmpty)
    let report = try await suite.run()
    #expect(report.findings.isEmpty, "\(report.findings.map(\.text))")
    return report
  }

  private static func names(_ report: CoverageReport) -> [String] {
    report.parts.filter(\.isCovered).map(\.name) + report.lines.parts.filter(\.isCovered).map(\.name)
  }

  @Test func `every member of the cast uses its own profile, and what is shared is the story's`() async throws
  {
    let folder = try Self.folder(
      "  a:\n    - { text: The moon, to: [Max], expect: { Max: { mood: high } } }\n"
        + "    - { text: Hm, to: [Max], expect: { comet: planted } }\n")
    let report = try await Self.report(folder, "night.scenarios.yaml")
    #expect(report.coverage.map { $0.path.split(separator: "/").last } == ["eva.yaml", "max.yaml"])
    #expect(report.coverage.allSatisfy { !$0.hasOwnScenarios })
    #expect(report.coverage.map(\.program.commitments.count) == [1, 1])
    let (eva, max) = (report.coverage[0].report, report.coverage[1].report)
    #expect(Self.names(eva) == ["mood.unactivated", "debt.planted"])
    #expect(
      Self.names(max) == [
        "mood.unactivated", "mood.high", "mood.1", "debt.planted", "debt.triggered", "debt.payoff.say",
      ])
    let story = try #require(report.stories.first)
    #expect(Self.names(story.report) == ["lamp.planted", "comet.planted", "comet.foreshadow.say"])
    #expect(
      story.report.uncovered.map(\.name) == [
        "lamp.triggered", "lamp.paid", "comet.triggered", "comet.paid", "comet.abandoned",
      ])
    #expect(story.report.lines.uncovered.map(\.name) == ["lamp.payoff.say"])
    #expect(story.report.percent == 28)
  }

  @Test func `what a profile's own scenarios use and what stories use is one coverage`() async throws {
    let folder = try Self.folder("  a: [{ text: 'Eva, the sun', expect: { Eva: { mood: high } } }]\n")
    _ = try folder.file(
      "cast/eva.scenarios.yaml",
      "scenarios: 1\ntests:\n  late: [{ text: x, times: 21, expect: { mood: unactivated } }]\n")
    _ = try folder.file(
      "more/night.scenarios.yaml",
      "scenarios: 1\nprofile: ../night.yaml\ntests:\n  b: [{ text: a star, expect: { lamp: triggered } }]\n")
    let report = try await Self.report(folder, "")
    #expect(report.coverage.map(\.hasOwnScenarios) == [true, false])
    let eva = try #require(report.coverage.first)
    #expect(Self.names(eva.report).contains("mood.high"))
    #expect(report.stories.count == 1)
    #expect(report.stories.first.map { Self.names($0.report) }?.contains("lamp.triggered") == true)
    let alone = try await Self.report(folder, "cast/eva.scenarios.yaml")
    #expect(alone.coverage.map { Self.names($0.report).contains("mood.high") } == [false])
    #expect(alone.stories.isEmpty)
  }

  @Test func `a profile that only stories test is not untested, and one that nobody tests is`() throws {
    let folder = try Self.folder("  a: [{ text: star, expect: { lamp: triggered } }]\n")
    _ = try folder.file("cast/zoe.yaml", Self.profile("Zoe", "rain"))
    let suite = ScenarioSuite(at: [folder.url.path])
    #expect(suite.untested.map { $0.split(separator: "/").last } == ["zoe.yaml"])
  }

  @Test func `a story without commitments has nothing to cover, and its cast has`() async throws {
    let folder = try Self.folder("  a: [{ text: sun, expect: { mood: high } }]\n")
    _ = try folder.file("night.yaml", "story: 1\ntitle: Night\ncast: [cast/eva.yaml]\n")
    let report = try await Self.report(folder, "night.yaml")
    #expect(report.stories.isEmpty)
    #expect(report.coverage.map { Self.names($0.report).contains("mood.1") } == [true])
  }
}
