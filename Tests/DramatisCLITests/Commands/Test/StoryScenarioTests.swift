import Foundation
import TestSupport
import Testing

/// Stories where profiles are taken: scenarios of them, what changed between two, walks through them.
@Suite struct StoryScenarioTests {
  private static func character(_ name: String, _ machine: String, _ cue: String) -> String {
    """
    dramatis: 1
    character: \(name)
    variables: { trust: { initial: 0, min: 0, max: 5 } }
    questions: { \(cue): { ask: Does someone say so?, cues: [\(cue)], otherwise: no } }
    machines:
      \(machine):
        states: { up: \(name) stands. }
        transitions: [{ from: any, to: up, when: \(cue), set: { trust: trust + 1 } }]
    behavior: { way: [{ when: \(machine) == up and trust > 1, then: [\(name) nods.] }] }
    lines: ["\(name) here."]

    """
  }

  private static let story = """
    story: 1
    title: The Gate
    opening: Night falls.
    cast: [ann.yaml, ben.yaml]
    questions: { key: { ask: Is there a key?, cues: [key] } }
    commitments:
      gate:
        owner: Ben
        foreshadow: The gate is shut.
        trigger: key
        payoff: { text: It opens., cues: [gate opens], say: [The gate opens.] }

    """

  private static func folder(_ scenarios: String = "") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try folder.file("ann.yaml", character("Ann", "mood", "hail"))
    _ = try folder.file("ben.yaml", character("Ben", "watch", "bell"))
    _ = try folder.file("story.yaml", story)
    _ = try folder.file(
      "story.scenarios.yaml", "scenarios: 1\nactor: Cid\nspeak: true\ntests:\n  a:\n\(scenarios)")
    return folder
  }

  private static func run(_ folder: borrowing TemporaryFolder, _ arguments: String...) async throws
    -> Tool.Result
  {
    try await Tool.dramatis.run(arguments, input: Data(), folder: folder.url)
  }

  @Test(arguments: [
    ("Ann: { mood: up, trust: 1 }, Ben: { watch: unactivated }, gate: triggered", nil),
    ("mood: up, watch: unactivated, gate: triggered", nil),
    ("Ann: { mood: unactivated }", "'mood' is not as expected"),
    ("Ben: { trust: 1 }", "'trust' is not as expected"), ("gate: paid", "'gate' is not as expected"),
    ("trust: 1", "'trust' is a name of Ann and of Ben"), ("Ann: { watch: up }", "unknown name 'watch'"),
    ("line: Ann here., Ben: { line: null }", nil), ("line: Ben here.", "'line' is not as expected"),
    ("asked: [hail]", "'asked' is expected of a member of the cast"), ("Ann: { statements: [] }", nil),
    ("Ben: { statements: [Ann nods.] }", "no statement under behavior"),
    ("nothing: 1", "unknown name 'nothing'"),
  ])
  func `what is expected of a cast is expected of a member by name, or of whoever has it alone`(
    expected: String, problem: String?
  ) async throws {
    let folder = try Self.folder("    - { text: 'Ben, hail, the key!', expect: { \(expected) } }\n")
    let result = try await Self.run(folder, "test", "story.yaml")
    #expect(result.status == (problem == nil ? 0 : 1), "\(result.output)\(result.errors)")
    #expect(problem.map { result.output.contains($0) } ?? true, "\(result.output)")
  }

  @Test func `expectations of a cast record themselves, and hold then`() async throws {
    let folder = try Self.folder(
      "    - { text: 'Ben, bell!', expect: }\n    - { text: key, expect: { gate: planned } }\n")
    #expect(try await Self.run(folder, "test", ".", "--update").status == 0)
    let text = try String(contentsOf: folder.url.appending(path: "story.scenarios.yaml"), encoding: .utf8)
    #expect(
      text.contains("Ben: { states: { watch: up }, variables: { trust: 1 }, commitments: { gate: planted }"))
    #expect(text.contains("expect: { gate: triggered }"))
    #expect(try await Self.run(folder, "test", ".").status == 0)
    #expect(try await Self.run(folder, "validate", "--strict", "story.scenarios.yaml").status == 0)
  }

  @Test func `a scenario that expects nothing is told of, and does not fail`() async throws {
    let folder = try Self.folder("    - { text: Hm }\n")
    let result = try await Self.run(folder, "test", "story.scenarios.yaml")
    #expect(result.status == 0 && result.output.contains("warning[S030]"))
    #expect(try await Self.run(folder, "validate", "--strict", "story.scenarios.yaml").status == 1)
    _ = try folder.file(".dramatis.yaml", "rules: { nothing-expected: off }\n")
    #expect(try await Self.run(folder, "validate", "--strict", "story.scenarios.yaml").status == 0)
  }

  @Test func `what changed between two stories is told member by member`() async throws {
    let folder = try Self.folder()
    #expect(try await Self.run(folder, "diff", "story.yaml", "story.yaml").status == 0)
    _ = try folder.file("dan.yaml", Self.character("Dan", "watch", "bell"))
    _ = try folder.file("ann.2.yaml", Self.character("Ann", "temper", "hail"))
    _ = try folder.file(
      "new.yaml",
      Self.story.replacing("cast: [ann.yaml, ben.yaml]", with: "cast: [ann.2.yaml, dan.yaml]")
        .replacing("owner: Ben", with: "owner: Dan").replacing("  gate:", with: "  door:"))
    let result = try await Self.run(folder, "diff", "story.yaml", "new.yaml")
    #expect(result.status == 1)
    #expect(result.lines.contains { $0.hasPrefix("Ann: machine mood is gone") })
    #expect(result.lines.count { $0.contains("commitment gate is gone") } == 1)
    #expect(result.lines.contains { $0.hasPrefix("character Ben is gone") })
    #expect(result.lines.contains { $0.hasPrefix("character Dan is new") })
    let mixed = try await Self.run(folder, "diff", "story.yaml", "ann.yaml")
    #expect(mixed.status == 1 && mixed.errors.contains("is a story and ann.yaml is none"))
  }

  @Test func `every member of a cast walks alone`() async throws {
    let folder = try Self.folder()
    let arguments = ["simulate", "story.yaml", "--turns", "3", "--runs", "2"]
    let text = try await Tool.dramatis.run(arguments, input: Data(), folder: folder.url)
    #expect(text.lines.count { $0.contains(": 2 walks, 6 turns") } == 2, "\(text.output)\(text.errors)")
    let json = try await Tool.dramatis.run(
      arguments + ["--format", "json", "--yes", "0.5"], input: Data(), folder: folder.url)
    let reports = try #require(
      JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
    #expect(reports.compactMap { $0["character"] as? String } == ["Ann", "Ben"])
  }

  @Test(arguments: [
    ("ann.yaml", 1, "2 profiles and 1 story and 1 file of scenarios checked"),
    ("dan.yaml", 0, "nothing that has changed"),
  ])
  func `with a list of what has changed nothing else is looked at`(file: String, runs: Int, summary: String)
    async throws
  {
    let folder = try Self.folder("    - { text: Hm, expect: { mood: unactivated } }\n")
    _ = try folder.file("list", "\(file)\n")
    _ = try folder.file(
      "story.scenarios.yaml",
      "scenarios: 1\nprofile: story.yaml\ntests: { ann.yaml: [{ text: Hm, expect: { mood: unactivated } }] }\n"
    )
    let checked = try await Self.run(folder, "validate", "--changed", "list", ".")
    #expect(checked.status == 0 && checked.errors.contains(summary), "\(checked.errors)")
    let tested = try await Self.run(folder, "test", "--changed", "list", ".")
    #expect(tested.status == 0)
    #expect(tested.errors.contains(runs > 0 ? "1 scenario run" : "no scenarios of what has changed"))
  }
}
