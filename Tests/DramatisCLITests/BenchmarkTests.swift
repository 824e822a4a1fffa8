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

  @Test(
    arguments: [
      (["models", "magic"], 2), (["models", "--streams", "0"], 2), (["models", "--help"], 0),
      (["timing", "--stories", "0"], 2), (["figures", "magic"], 2), (["figures", "--rounds", "0"], 2),
      (["--paths", "0"], 2), (["--what"], 2),
      (["--profiles", "/no/such/folder"], 3), (["--help"], 0), (["figures", "--help"], 0),
    ] as [([String], Int32)])
  func `every way to call it ends with the right code`(arguments: [String], status: Int32) async throws {
    #expect(try await Self.benchmarks.run(arguments, input: .init()).status == status)
  }
}
