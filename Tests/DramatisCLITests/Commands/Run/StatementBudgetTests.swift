import Foundation
import TestSupport
import Testing

/// What is left out of a line's statements, and mixed moods, as `run` and `chat` show them.
@Suite struct StatementBudgetTests {
  private static let profile = """
    dramatis: 1
    character: Mara
    questions: { a: { ask: A?, cues: [ale] }, b: { ask: B?, cues: [ale] } }
    machines:
      mood:
        probabilistic: belief
        mixed: 0.3
        states: { wary: "", warm: "" }
        transitions: [{ from: any, to: wary, when: a }, { from: any, to: warm, when: b }]
    behavior:
      t:
        - Always 1
        - { when: a, then: [With a 1] }
    lines: [Hm.]
    """

  private func run(_ command: String, _ input: String, _ arguments: String...) async throws -> Tool.Result {
    let folder = try TemporaryFolder()
    let path = try folder.file("mara.yaml", Self.profile)
    return try await Tool.dramatis.run([command, path] + arguments, input: Data(input.utf8))
  }

  private func output(_ arguments: String...) async throws -> NSDictionary {
    let folder = try TemporaryFolder()
    let path = try folder.file("mara.yaml", Self.profile)
    let result = try await Tool.dramatis.run(["run", path] + arguments, input: Data(#"{"text":"ale"}"#.utf8))
    return try #require(JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? NSDictionary)
  }

  @Test func `run lists what is handed over and what is left out with the reason, each by its identifier`()
    async throws
  {
    let whole = try await output()
    let all = try #require(whole["statements"] as? [[String: String]])
    #expect(all.map { $0["text"] } == ["Always 1", "With a 1"])
    #expect(all.allSatisfy { $0["id"]?.count == 12 })
    #expect((whole["leftOut"] as? NSArray)?.count == 0)
    let limited = try await output("--statement-budget", "2")
    #expect(limited["statements"] as? [[String: String]] == [all[1]])
    let left = all[0].merging(["reason": "less-specific"]) { $1 }
    #expect(limited["leftOut"] as? [[String: String]] == [left])
  }

  @Test func `run names the states of a mixed mood`() async throws {
    #expect(try await output()["mixed"] as? [String: [String]] == ["mood": ["wary", "warm"]])
  }

  @Test func `/why all says what was left out and why, /state marks a mixed mood`() async throws {
    let result = try await run("chat", "ale\n/why all\n/state\n", "--statement-budget", "2")
    #expect(result.status == 0)
    for expected in [
      "  t: With a 1", "  left out: t: Always 1 (what was kept is more specific)",
      "  wary        50 % ██████████ mixed", "  warm        50 % ██████████ mixed",
    ] {
      #expect(result.lines.contains(expected), "\(expected)\n\(result.output)")
    }
    #expect(!result.lines.contains("  t: Always 1"))
  }

  @Test(arguments: ["0", "-1", "x", "1.5", "9999999"])
  func `a budget is a whole number from 1`(_ budget: String) async throws {
    for command in ["run", "chat"] {
      let result = try await run(command, "", "--statement-budget=\(budget)")
      #expect(result.status == 2)
      #expect(result.errors.contains("expected a whole number from 1 to 1000000"))
    }
  }
}
