import Foundation
import TestSupport
import Testing

/// What `validate` says of a story and of its cast.
@Suite struct StoryValidationTests {
  private static let ann = "dramatis: 1\ncharacter: Ann\nquestions: { q: { ask: Is it? } }\n"
  private static let story = "story: 1\ntitle: X\ncast: [ann.yaml]\n"

  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try folder.file("in/ann.yaml", ann)
    _ = try folder.file("in/story.yaml", story)
    return folder
  }

  @Test(arguments: [["in"], ["in/story.yaml"], ["in/story.yaml", "in/ann.yaml"], ["in", "./in/story.yaml"]])
  func `what is found in a profile is said once, however often it was come across`(paths: [String])
    async throws
  {
    let folder = try Self.folder()
    _ = try folder.file("in/second.yaml", Self.story)
    let result = try await Tool.dramatis.run(["validate"] + paths, input: Data(), folder: folder.url)
    #expect(result.output.components(separatedBy: "warning[L010]").count == 2, "\(result.output)")
    #expect(result.errors.contains("1 profile and "))
  }

  @Test func `a member of a cast is checked as its own project asks`() async throws {
    let folder = try Self.folder()
    _ = try folder.file("in/.dramatis.yaml", "rules: { L010: error }\n")
    let result = try await Tool.dramatis.run(
      ["validate", "in/story.yaml"], input: Data(), folder: folder.url)
    #expect(result.status == 1)
    #expect(result.output.contains("error[L010]"))
  }

  /// A cue in which another stands, and a comment that silences nothing.
  private static let untidy = """
    story: 1
    title: X
    cast: [ann.yaml]
    questions:
      time: { ask: Is it late?, cues: [late, too late, hour] }  # of the day
    commitments:
      watch: { owner: Ann, foreshadow: A watch stands., trigger: time, payoff: It ticks. }  # dramatis: ignore L003

    """

  @Test func `--fix repairs a story in place, and leaves one with errors and every profile as they were`()
    async throws
  {
    let folder = try Self.folder()
    _ = try folder.file("in/story.yaml", Self.untidy)
    let broken = Self.untidy.replacing("owner: Ann", with: "owner: Bea")
    _ = try folder.file("in/broken.yaml", broken)
    let result = try await Tool.dramatis.run(["validate", "--fix", "in"], input: Data(), folder: folder.url)
    #expect(result.status == 1, "\(result.output)\(result.errors)")
    #expect(result.errors.contains("story.yaml: 2 changes made"))
    let wanted = Self.untidy.replacing("late, too late, hour", with: "late, hour")
      .replacing("  # dramatis: ignore L003", with: "")
    #expect(try folder.text("in/story.yaml") == wanted)
    #expect(try folder.text("in/broken.yaml") == broken)
    #expect(try folder.text("in/ann.yaml") == Self.ann)
    let piped = try await Tool.dramatis.run(
      ["validate", "--fix", "-"], input: Data(Self.untidy.utf8), folder: folder.url.appending(path: "in"))
    #expect(piped.output == wanted && piped.status == 0)
  }

  @Test func `--fix says of scenarios from standard input that it changes none, and nothing else`()
    async throws
  {
    let result = try await Tool.dramatis("validate", "--fix", "-", input: "scenarios: 1\n")
    #expect(result.status == 3)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("standard input holds neither a profile nor a story"))
  }
}
