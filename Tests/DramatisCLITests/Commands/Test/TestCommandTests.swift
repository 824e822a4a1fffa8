import Foundation
import TestSupport
import Testing

@Suite struct TestCommandTests {
  private static let profile = """
    dramatis: 1
    character: Ann
    questions:
      accused: { ask: Does someone accuse Ann?, cues: [thief] }
    machines:
      mood:
        states: { wary: , warm: }
        transitions:
          - { from: any, to: wary, when: accused }
          - { from: wary, to: warm, when: 'event.kind == "gift"' }

    """

  private static let scenarios = """
    scenarios: 1
    tests:
      a thief:
        - { text: Thief!, expect: { mood: wary } }   # at once
      a gift:
        - { text: Thief! }
        - { kind: gift, text: For you, expect: { mood: other } }

    """

  private static func folder(_ scenarios: String = scenarios) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try folder.file("ann.yaml", profile)
    _ = try folder.file("ann.scenarios.yaml", scenarios)
    return folder
  }

  private static func test(_ folder: borrowing TemporaryFolder, _ arguments: String...) async throws
    -> Tool.Result
  {
    try await Tool.dramatis.run(["test"] + arguments, input: Data(), folder: folder.url)
  }

  @Test func `scenarios with a misspelt first key are told of, and not left out`() async throws {
    let folder = try Self.folder(Self.scenarios.replacing("scenarios: 1", with: "scenario: 1"))
    let result = try await Self.test(folder, ".")
    #expect(result.status == 1)
    #expect(result.output.contains("error[P020]: unknown first key 'scenario'"))
  }

  @Test func `the shipped characters do as their scenarios say, and nothing of them is left out`()
    async throws
  {
    let result = try await Tool.dramatis("test", "Profiles", "--min-coverage", "100", "--coverage")
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    let profiles = result.lines.filter { $0.hasPrefix("Profiles/") }
    #expect(profiles.count == 3)
    #expect(profiles.allSatisfy { $0.hasSuffix(" covered, 100 %") })
    #expect(result.lines.allSatisfy { $0.hasPrefix("Profiles/") || $0.hasPrefix("  ") })
    #expect(!result.lines.contains { $0.hasSuffix("never used") })
  }

  @Test(arguments: [".", "ann.yaml", "ann.scenarios.yaml"])
  func `a scenario that is not as expected shows what was expected and what came`(path: String) async throws {
    let result = try await Self.test(try Self.folder(), path)
    #expect(result.status == 1)
    #expect(result.output.contains("ann.scenarios.yaml:7:52"))
    #expect(result.output.contains("expected: other"))
    #expect(result.output.contains("got: warm"))
    #expect(result.output.contains("it moved: wary → warm because event.kind == \"gift\""))
    #expect(result.errors == "2 scenarios run: 1 failed\n")
  }

  @Test func `a filter runs those whose name has the text, and none is a failure`() async throws {
    let folder = try Self.folder()
    let one = try await Self.test(folder, ".", "--filter", "THIEF")
    #expect(one.status == 0)
    #expect(one.errors == "1 scenario run: all as expected\n")
    #expect(try await Self.test(folder, ".", "--filter", "nobody").status == 1)
  }

  @Test func `an update changes what is wrong and nothing else, and what it wrote passes`() async throws {
    let folder = try Self.folder()
    #expect(try await Self.test(folder, ".", "--update").status == 0)
    #expect(
      try folder.text("ann.scenarios.yaml") == Self.scenarios.replacing("mood: other", with: "mood: warm"))
    #expect(try await Self.test(folder, ".").status == 0)
    #expect(try await Self.test(folder, "-", "--update").status == 2)
  }

  @Test func `coverage lists what is missing, and too little of it fails`() async throws {
    let folder = try Self.folder()
    let result = try await Self.test(folder, ".", "--filter", "thief", "--coverage", "--min-coverage", "70")
    #expect(result.status == 1)
    #expect(result.output.contains("2 of 3 states, 1 of 2 transitions, 0 of 0 branches covered, 60 %"))
    #expect(result.output.contains("this is less than 70 %"))
    #expect(result.output.contains("mood.warm"))
    #expect(try await Self.test(folder, ".", "--filter", "thief", "--min-coverage", "60").status == 0)
    #expect(try await Self.test(folder, ".", "--min-coverage", "101").status == 2)
  }

  @Test func `a suggestion is a file of its own that covers the rest`() async throws {
    let folder = try Self.folder()
    let result = try await Self.test(folder, "ann.yaml", "--filter", "thief", "--suggest")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.hasPrefix("scenarios: 1\nprofile: \"ann.yaml\"\n"))
    _ = try folder.file("more.scenarios.yaml", result.output)
    let all = try await Self.test(folder, "more.scenarios.yaml", "--min-coverage", "100")
    #expect(all.status == 0, "\(all.output)")
    #expect(try await Self.test(folder, ".", "ann.yaml", "--suggest").status == 2)
  }

  @Test(arguments: ["profile", "scenarios", "story"])
  func `a schema is printed for every kind of file`(kind: String) async throws {
    let result = try await Tool.dramatis("schema", kind)
    #expect(result.status == 0)
    #expect(result.output.contains("https://json-schema.org/draft/2020-12/schema"))
    #expect(try await Tool.dramatis("schema", "poem").status == 2)
  }

  @Test func `machines get the failures alone, and JUnit a case a scenario`() async throws {
    let folder = try Self.folder()
    let json = try await Self.test(folder, ".", "--format", "json")
    #expect(json.lines.count == 1)
    #expect(json.output.contains(#""code":"S001","column":52"#))
    let junit = try await Self.test(folder, ".", "--format", "junit")
    #expect(junit.output.contains(#"tests="2" failures="1""#))
    #expect(junit.output.contains(#"name="a thief"/>"#))
  }

  @Test func `a file whose profile cannot be used says so, in a test and in a validation`() async throws {
    let folder = try Self.folder("scenarios: 1\nprofile: gone.yaml\ntests:\n  a: [{ text: x }]\n")
    for command in ["test", "validate"] {
      let result = try await Tool.dramatis.run(
        [command, "ann.scenarios.yaml"], input: Data(), folder: folder.url)
      #expect(result.status == 1)
      #expect(result.output.contains("error[S002]: cannot read gone.yaml: No such file or directory"))
    }
  }

  @Test func `what is no scenario is told apart from what cannot be read`() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("ann.yaml", Self.profile)
    _ = try folder.file("load.yaml", "scenarios:\n  - flow: []\n")
    let none = try await Self.test(folder, ".")
    #expect(none.status == 1)
    #expect(none.errors == "no scenarios found; a file of scenarios starts with the line 'scenarios: 1'\n")
    #expect(try await Self.test(folder, "gone.yaml").status == 3)
    #expect(try await Self.test(folder, "ann.yaml").status != 0)
  }
}
