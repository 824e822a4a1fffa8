import Foundation
import TestSupport
import Testing

@Suite struct InspectCommandTests {
  private static let profile = """
    dramatis: 1
    character: Mara
    questions:
      accused: { ask: Is Mara accused?, cues: [cheat*] }
    machines:
      mood:
        states: { wary: "", stuck: "" }
        transitions:
          - { from: any, to: wary, when: accused }
          - { from: wary, to: stuck, when: accused and not accused }
    behavior:
      manners: [Mara nods., { when: mood == stuck, then: [Mara sulks.] }]

    """

  @Test func `inspect says what is there, what a turn can ask and what is impossible`() async throws {
    let result = try await Tool.dramatis("inspect", "-", input: Self.profile)
    #expect(result.status == 0)
    for text in [
      "  mood            deterministic, 4 states, 2 transitions", "used at mood.1, mood.2", "cues: cheat*",
      "  questions       1: 1 about the event", "  state           mood.stuck: impossible",
      "  transition      mood.2: impossible", "  statement       Mara sulks.: impossible",
    ] {
      #expect(result.output.contains(text), "\(result.output)")
    }
    #expect(result.lines.allSatisfy { $0.count <= 80 })
  }

  @Test(arguments: [
    ("n < 9", "2000", "stopped: everything that can come about was found", "found", true),
    ("n > 9", "3", "not all that there are (see --positions)", "positions", false),
  ])
  func `an exploration says why it went no further`(
    guarded: String, positions: String, text: String, end: String, isComplete: Bool
  ) async throws {
    let profile = """
      dramatis: 1
      character: Mara
      variables:
        n: { initial: 0, min: 0, max: 9 }
      machines:
        mood:
          states: { wary: }
          transitions:
            - { from: any, to: wary, when: ask("Is Mara accused?"), set: { n: n + 1 } }
            - { from: wary, to: other, when: \(guarded) }

      """
    let arguments = ["inspect", "-", "--positions", positions]
    let people = try await Tool.dramatis.run(arguments, input: Data(profile.utf8))
    #expect(people.output.contains(" positions, \(text)\n"), "\(people.output)")
    let json = try await Tool.dramatis.run(arguments + ["--format", "json"], input: Data(profile.utf8))
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let exploration = try #require(object?["exploration"] as? [String: Any])
    #expect(exploration["end"] as? String == end && exploration["complete"] as? Bool == isComplete)
  }

  @Test func `JSON says the same, twice the same, and takes a compiled program`() async throws {
    let folder = try TemporaryFolder()
    let profile = try folder.file("mara.yaml", Self.profile)
    let program = folder.url.appending(path: "mara.program").path
    #expect(try await Tool.dramatis("compile", profile, "-o", program).status == 0)
    let result = try await Tool.dramatis("inspect", profile, "--format", "json")
    #expect(try await Tool.dramatis("inspect", program, "--format", "json").output == result.output)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let bound = try #require(object["mostQuestions"] as? [String: Int])
    #expect(bound == ["event": 1, "lines": 0, "ownLine": 0, "total": 1])
    let exploration = try #require(object["exploration"] as? [String: Any])
    #expect(exploration["complete"] as? Bool == true && exploration["end"] as? String == "explored")
    #expect(
      (exploration["unreached"] as? [[String: Any]])?.map { $0["name"] as? String } == [
        "mood.stuck", "mood.other", "mood.2", "Mara sulks.",
      ])
  }

  @Test func `simulate counts walks, gives the same bytes for the same seed and knows what is impossible`()
    async throws
  {
    let arguments = ["simulate", "-", "--turns", "5", "--runs", "20", "--seed", "3", "--yes", "0.5"]
    let result = try await Tool.dramatis.run(arguments, input: Data(Self.profile.utf8))
    #expect(result.status == 0 && result.errors.isEmpty)
    #expect(result.output.hasPrefix("Mara: 20 walks, 100 turns, seed 3, answers drawn\n"))
    for text in [
      "dead end: never left here", "mood.stuck (impossible)", "mood.2 (impossible)",
      "Mara sulks. (impossible)",
    ] {
      #expect(result.output.contains(text), "\(result.output)")
    }
    #expect(try await Tool.dramatis.run(arguments, input: Data(Self.profile.utf8)).output == result.output)
    let json = try await Tool.dramatis.run(arguments + ["--format", "json"], input: Data(Self.profile.utf8))
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(object["turns"] as? Int == 100)
  }

  @Test func `answers are taken from a file by name, and a file that is none is refused`() async throws {
    let folder = try TemporaryFolder()
    let profile = try folder.file("mara.yaml", Self.profile)
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

  @Test func `graph writes every format, one part on demand, and a file anew`() async throws {
    let folder = try TemporaryFolder()
    let profile = try folder.file("mara.yaml", Self.profile)
    let file = folder.url.appending(path: "mara.svg").path
    #expect(try await Tool.dramatis("graph", profile).output.hasPrefix("flowchart LR\n"))
    #expect(
      try await Tool.dramatis("graph", profile, "--format", "dot").output.hasPrefix("digraph dramatis {\n"))
    #expect(
      try await Tool.dramatis("graph", profile, "--format", "svg", "-o", file).errors == "\(file) written\n")
    #expect(try folder.text("mara.svg").hasSuffix("</svg>\n"))
    #expect(try await Tool.dramatis("graph", profile, "-o", file).status == 0)
    #expect(try folder.text("mara.svg").hasPrefix("flowchart LR\n"))
    #expect(!(try await Tool.dramatis("graph", profile, "--only", "mood").output.contains("manners")))
    let missing = try await Tool.dramatis("graph", profile, "--only", "nobody")
    #expect(missing.status == 2 && missing.errors.contains("there are: mood, manners"))
  }
}
