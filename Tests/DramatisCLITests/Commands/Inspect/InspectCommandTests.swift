import Foundation
import TestSupport
import Testing

@Suite struct InspectCommandTests {
  static let profile = """
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
    let program = folder.path("mara.program")
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
}
