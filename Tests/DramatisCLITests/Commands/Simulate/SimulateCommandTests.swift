import Foundation
import TestSupport
import Testing

@Suite struct SimulateCommandTests {
  @Test func `simulate counts walks, gives the same bytes for the same seed and knows what is impossible`()
    async throws
  {
    let arguments = ["simulate", "-", "--turns", "5", "--runs", "20", "--seed", "3", "--yes", "0.5"]
    let result = try await Tool.dramatis.run(arguments, input: Data(InspectCommandTests.profile.utf8))
    #expect(result.status == 0 && result.errors.isEmpty)
    #expect(result.output.hasPrefix("Mara: 20 walks, 100 turns, seed 3, answers drawn\n"))
    for text in [
      "dead end: never left here", "mood.stuck (impossible)", "mood.2 (impossible)",
      "Mara sulks. (impossible)",
    ] {
      #expect(result.output.contains(text), "\(result.output)")
    }
    #expect(
      try await Tool.dramatis.run(arguments, input: Data(InspectCommandTests.profile.utf8)).output
        == result.output)
    let json = try await Tool.dramatis.run(
      arguments + ["--format", "json"], input: Data(InspectCommandTests.profile.utf8))
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(object["turns"] as? Int == 100)
  }

  @Test func `answers are taken from a file by name, and a file that is none is refused`() async throws {
    let folder = try TemporaryFolder()
    let profile = try folder.file("mara.yaml", InspectCommandTests.profile)
    func run(_ text: String) async throws -> Tool.Result {
      let file = try folder.file("answers.json", text)
      return try await Tool.dramatis(
        "simulate", profile, "--turns", "1", "--runs", "10", "--answers", file, "--format", "text")
    }
    #expect(try await run(#"{"accused": 1}"#).output.contains("wary                100.0 %, 10 walks"))
    #expect(
      try await run(#"{"accused": {"no": 0.5, "unknown": 0.5}}"#).output.contains(
        "unactivated         100.0 %"))
    #expect(
      try await run(#"{"nobody": 1}"#).errors
        == "warning: \(folder.url.path)/answers.json: no question is 'nobody'\n")
    for wrong in [
      "", "[]", #"{"accused": 2}"#, #"{"accused": {"yes": 0.9, "no": 0.9}}"#, #"{"accused": "yes"}"#,
    ] {
      #expect(try await run(wrong).status == 1, "\(wrong)")
    }
  }
}
