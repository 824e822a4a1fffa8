import Foundation
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
}
