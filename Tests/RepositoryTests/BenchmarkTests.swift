import TestSupport
import Testing

@Suite struct BenchmarkTests {
  private static let benchmarks = Tool(name: "dramatis-benchmarks")

  @Test func `a step in place allocates nothing once it has found room`() async throws {
    let result = try await Self.benchmarks("figures", "allocations")
    #expect(result.status == 0, "\(result.errors)")
    for line in result.lines where line.contains("SKIPPED") { print(line) }
    let countsNone = result.output.contains("counts no allocations")
    #expect(countsNone || result.lines.count { $0.hasSuffix("(aim: at most 0.0): met") } >= 2)
    #expect(!result.output.contains("MISSED"))
  }

  @Test func `the characters that ship understand ordinary phrasing`() async throws {
    let result = try await Self.benchmarks(
      "understanding", "--recall", "78", "--precision", "77", "--kappa", "76", "--silence", "16")
    #expect(result.status == 0, "\(result.output) \(result.errors)")
    #expect(result.lines.contains { $0.hasPrefix("all") && $0.contains("seen") })
  }

  @Test func `the classic machines end where plain tables end`() async throws {
    let result = try await Self.benchmarks("--paths", "50", "--steps", "500")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.lines.count == 6)
  }

  @Test func `with a perfect oracle every payoff becomes due in its very turn`() async throws {
    let result = try await Self.benchmarks("timing", "--stories", "3")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.lines.contains("| naive | 100.0 % | 0.0 % | 0.0 % | 0.0 % | 0.0 |"))
    #expect(result.lines.count { $0.hasPrefix("| naive |") } == 6)
  }

  @Test func `every client of models gets all that the service sends`() async throws {
    let result = try await Self.benchmarks(
      "models", "--rounds", "1", "--streams", "1", "3", "--tokens", "60", "--requests", "6", "--seconds", "1",
      "--turns", "3")
    #expect(result.status == 0, "\(result.errors)")
    for line in result.lines where line.contains("SKIPPED") { print(line) }
    #expect(result.lines.count { $0.hasPrefix("  libcurl in C: ") } == 5)
    #expect(result.lines.count { $0.hasPrefix("  ours: ") } >= 5)
    #expect(result.lines.contains { $0.hasPrefix("  one after another against all at once: ") })
    #expect(result.lines.contains { $0.hasPrefix("  mara, of all bytes: ") })
  }

  @Test func `mutations of a profile are counted, the same for the same seed, and a floor is kept`()
    async throws
  {
    let folder = try TemporaryFolder()
    let path = try folder.file(
      "ann.yaml",
      """
      dramatis: 1
      character: Ann
      questions: { hit: { ask: Is she hit?, cues: [hits] } }
      machines:
        mood:
          states: { angry: She is angry. }
          transitions: [{ from: unactivated, to: angry, when: hit and turn > 1 }]
      behavior: { t: [{ when: mood == angry, then: [She shouts.] }] }
      commitments: { debt: { foreshadow: A debt., trigger: hit, payoff: She pays., due-within: 3 } }
      """)
    _ = try folder.file(
      "ann.scenarios.yaml",
      "scenarios: 1\ntests: { a: [{ text: Hm., expect: { mood: unactivated } }, { text: Joe hits Ann., expect: { mood: angry } }] }\n"
    )
    let first = try await Self.benchmarks("mutations", path, "--survivors")
    #expect(first.status == 0, "\(first.errors)")
    #expect(
      first.lines.contains("| condition negated | 1 of 2 | 0 | 0 | 1 | 1 | 50.0 % |"), "\(first.output)")
    #expect(first.lines.contains { $0.hasPrefix("\(path):9: commitment dropped or changed: ") })
    let again = try await Self.benchmarks("mutations", path, "--survivors", "--floor", "100")
    #expect(again.status == 1)
    #expect(again.output == first.output)
    #expect(again.errors.contains("less than 100.0 %"))
  }

  @Test(
    arguments: [
      (["mutations", "/no/such.yaml"], 3), (["mutations", "--limit", "0"], 2),
      (["mutations", "--floor", "101"], 2),
      (["models", "magic"], 2), (["models", "--streams", "0"], 2), (["models", "--help"], 0),
      (["timing", "--stories", "0"], 2), (["figures", "magic"], 2), (["figures", "--rounds", "0"], 2),
      (["--paths", "0"], 2), (["--what"], 2),
      (["--profiles", "/no/such/folder"], 3), (["--help"], 0), (["figures", "--help"], 0),
    ] as [([String], Int32)])
  func `every way to call it ends with the right code`(arguments: [String], status: Int32) async throws {
    #expect(try await Self.benchmarks.run(arguments, input: .init()).status == status)
  }
}
