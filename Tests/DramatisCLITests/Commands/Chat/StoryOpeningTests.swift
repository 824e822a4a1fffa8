import Foundation
import TestSupport
import Testing

/// The opening of a story: shown and heard alike wherever a story goes.
@Suite struct StoryOpeningTests {
  private static let opening = "The door is shut."

  private static func story(_ folder: borrowing TemporaryFolder) throws -> String {
    _ = try folder.file("ann.yaml", "dramatis: 1\ncharacter: Ann\ngreeting: [Come in.]\nlines: [Hm.]\n")
    _ = try folder.file("bea.yaml", "dramatis: 1\ncharacter: Bea\nlines: [Well.]\n")
    return try folder.file(
      "story.yaml",
      "story: 1\ntitle: Doors\nopening: \"\\e[31m\(opening)\\e[0m\"\ncast: [ann.yaml, bea.yaml]\n")
  }

  private static func run(
    _ arguments: [String], _ folder: borrowing TemporaryFolder, input: String = ""
  ) async throws -> Tool.Result {
    try await Tool.dramatis.run(
      arguments, input: Data(input.utf8), environment: ["XDG_STATE_HOME": folder.url.path])
  }

  @Test func `a chat shows it before anybody greets, once, and without what steers a terminal`() async throws
  {
    let folder = try TemporaryFolder()
    let story = try Self.story(folder)
    let first = try await Self.run(["chat", story, "--no-model"], folder, input: "Hello\n/save doors\n")
    #expect(Array(first.lines.dropFirst().prefix(2)) == [Self.opening, "Ann: Come in."], "\(first.output)")
    _ = try await Self.run(["chat", "--resume", "doors", "--no-model"], folder, input: "Hello\nHello\n")
    let later = try await Self.run(["chat", "--resume", "doors", "--no-model"], folder, input: "Hello\n")
    #expect(later.status == 0 && !later.output.contains(Self.opening))
    let quiet = try await Self.run(
      ["chat", story, "--no-save", "--no-model", "--quiet"], folder, input: "Hello\n")
    #expect(!quiet.output.contains(Self.opening))
  }

  @Test func `a prompt begins with it`() async throws {
    let folder = try TemporaryFolder()
    let result = try await Self.run(
      ["prompt", try Self.story(folder)], folder, input: #"{"actor":"Rowan","text":"Hello","to":["Bea"]}"#)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("You are Bea."))
    #expect(result.output.contains("How it began: \(Self.opening)"), "\(result.output)")
    #expect(result.output.contains("== user\nRowan: Hello"), "\(result.output)")
  }

  @Test func `what was written or chatted is exported with it, once`() async throws {
    let folder = try TemporaryFolder()
    let story = try Self.story(folder)
    _ = try await Self.run(["chat", story, "--no-model"], folder, input: "Hello\n/save chatted\n")
    let written = try await Self.run(
      ["write", story, "--no-model", "--turns", "2", "--save", "written"], folder)
    #expect(written.lines == [Self.opening, "Ann: Hm.", "Bea: Well."], "\(written.output)\(written.errors)")
    for name in ["chatted", "written"] {
      let export = try await Self.run(["sessions", "export", name, "--format", "plain"], folder)
      #expect(export.lines.first == Self.opening)
      #expect(export.output.components(separatedBy: Self.opening).count == 2)
      #expect(try await Self.run(["replay", name], folder).status == 0)
    }
  }

  @Test func `events that are run find it in the scene`() async throws {
    let folder = try TemporaryFolder()
    let story = try Self.story(folder)
    _ = try folder.file(
      "ann.yaml",
      """
      dramatis: 1
      character: Ann
      questions: { shut: { ask: Is the door shut?, cues: [door is shut], over: scene } }
      behavior: { manners: [{ when: shut, then: [Ann knocks.] }] }

      """)
    let result = try await Self.run(["run", story], folder, input: #"{"actor":"Rowan","text":"Hello"}"#)
    #expect(result.lines.first?.contains("Ann knocks.") == true, "\(result.output)\(result.errors)")
  }
}
