import Foundation
import TestSupport
import Testing

/// What is told of lines and of stories, and what fails where too little of them is covered.
@Suite struct CoverageCommandTests {
  private static let profile = """
    dramatis: 1
    character: Ulf
    questions: { sea: { ask: Is it about the sea?, cues: [sea], otherwise: no } }
    machines: { mood: { states: { calm: }, transitions: [{ from: any, to: calm, when: sea }] } }
    lines: [{ when: sea, say: [Aye., "Aye, {user}."] }, { when: turn > 90, say: "Ulf \\u001b[31mwaits." }]

    """

  private static let story = """
    story: 1
    title: Tide
    cast: [ulf.yaml]
    questions: { tide: { ask: Is it about the tide?, cues: [tide], otherwise: no } }
    commitments:
      net: { owner: Ulf, foreshadow: A net., trigger: tide, payoff: { text: It is full., say: [Full!] } }

    """

  private static func folder(speak: Bool = true) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try folder.file("ulf.yaml", profile)
    _ = try folder.file(
      "ulf.scenarios.yaml",
      "scenarios: 1\nspeak: \(speak)\ntests: { sea: [{ text: The sea!, expect: { mood: calm } }] }\n")
    return folder
  }

  private static func addStory(to folder: borrowing TemporaryFolder) throws {
    _ = try folder.file("tide.yaml", story)
    _ = try folder.file(
      "tide.scenarios.yaml",
      "scenarios: 1\nspeak: true\ntests: { tide: [{ text: The tide, expect: { net: triggered } }] }\n")
  }

  private static func test(_ folder: borrowing TemporaryFolder, _ arguments: String...) async throws
    -> Tool.Result
  {
    try await Tool.dramatis.run(["test"] + arguments, input: Data(), folder: folder.url)
  }

  @Test func `lines are counted by themselves, and those never spoken are named`() async throws {
    let result = try await Self.test(try Self.folder(), ".", "--coverage", "--min-coverage", "100")
    #expect(result.status == 0)
    #expect(
      result.lines == [
        "ulf.yaml: 2 of 2 states, 1 of 1 transition, 0 of 0 branches covered, 100 %",
        "  1 of 2 lines spoken, 50 %", "  never spoken:", "    lines.2       'Ulf waits.'",
      ])
  }

  @Test func `where no scenario speaks, it is said how one does`() async throws {
    let result = try await Self.test(try Self.folder(speak: false), "ulf.yaml")
    #expect(
      result.output.hasSuffix(
        "  0 of 2 lines spoken, 0 %: scenarios with 'speak: true' let lines be spoken\n"))
  }

  @Test(arguments: [
    (["--min-line-coverage", "50"], 0, ""),
    (["--min-line-coverage", "51"], 1, "  this is less than 51 % of the lines\n"),
    (["--min-line-coverage", "51", "--format", "json"], 1, "  this is less than 51 % of the lines\n"),
    (["--min-line-coverage", "0"], 0, ""), (["--min-coverage", "100"], 0, ""),
    (["--min-line-coverage=-1"], 2, "--min-line-coverage takes a percentage from 0 to 100"),
    (["--min-line-coverage=101"], 2, "--min-line-coverage takes a percentage from 0 to 100"),
  ])
  func `too few lines fail where somebody asks for them`(arguments: [String], status: Int32, note: String)
    async throws
  {
    let folder = try Self.folder()
    let result = try await Tool.dramatis.run(
      ["test", "ulf.yaml"] + arguments, input: Data(), folder: folder.url)
    #expect(result.status == status)
    #expect(
      note.isEmpty || (result.output + result.errors).contains(note), "\(result.output)\(result.errors)")
    #expect(result.output.contains("less than") == (status == 1 && !arguments.contains("json")))
  }

  @Test func `of a profile without scenarios no line is spoken`() async throws {
    let folder = try Self.folder()
    _ = try folder.file("ole.yaml", Self.profile.replacing("Ulf", with: "Ole"))
    let result = try await Self.test(folder, ".", "--min-line-coverage", "50")
    #expect(result.status == 1)
    #expect(result.output.hasSuffix("ole.yaml: no scenarios, 0 % covered\n  this is less than 50 %\n"))
  }

  @Test func `a story is told of beside the profiles of its cast, and has to be covered as they are`()
    async throws
  {
    let folder = try Self.folder()
    try Self.addStory(to: folder)
    let result = try await Self.test(folder, ".", "--coverage", "--min-coverage", "70")
    #expect(result.status == 1)
    #expect(result.lines.first?.hasSuffix(" covered, 100 %") == true)
    let story = result.lines.drop { !$0.hasPrefix("tide.yaml") }
    #expect(
      Array(story) == [
        "tide.yaml: 2 of 3 steps of commitments covered, 66 %", "  this is less than 70 %",
        "  net.paid              It is full.", "  1 of 1 line spoken, 100 %",
      ])
    #expect(try await Self.test(folder, ".", "--min-coverage", "66").status == 0)
  }

  @Test func `a profile whose own scenarios have not changed is not judged by those of a story`() async throws
  {
    let folder = try Self.folder()
    try Self.addStory(to: folder)
    _ = try folder.file("list", "tide.scenarios.yaml\n")
    let result = try await Self.test(folder, ".", "--changed", "list", "--min-coverage", "60")
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(result.lines.first?.hasPrefix("tide.yaml: ") == true)
    let alone = try await Self.test(folder, "tide.yaml", "--min-coverage", "60")
    #expect(alone.status == 1)
    #expect(alone.lines.first?.hasPrefix("ulf.yaml: 1 of 2 states") == true)
  }

  @Test func `suggestions are for profiles with scenarios of their own`() async throws {
    let folder = try Self.folder()
    try Self.addStory(to: folder)
    let result = try await Self.test(folder, "tide.yaml", "--suggest")
    #expect(result.status == 0 && result.output.isEmpty, "\(result.output)")
  }
}
