import Dramatis
import DramatisCompiler
import TestSupport
import Testing

@testable import DramatisAuthoring
@testable import DramatisLLM

/// What was mined, as stories that the compiler reads, and replies that are kept.
@Suite struct MinedStoryTests {
  private func triple(_ payoff: String = "It opens.") throws -> MinedTriple {
    try #require(
      MinedTriple(
        [
          "foreshadow_sentence": 1, "payoff_sentence": 6, "foreshadow": "A \"key\"\n\\ of 鉄\u{FFFF}.",
          "trigger": "Is a \"door\" found?", "payoff": .string(payoff),
        ], within: 1...6))
  }

  @Test func `a story is written as it always was`() throws {
    let story = MinedStory(title: "The key: a tale", triples: [try triple()], first: 3, cast: ["a b.yaml"])
    #expect(
      story.yaml == #"""
        story: 1
        title: "The key: a tale"
        cast: ["a b.yaml"]
        commitments:
          debt_3:
            source: sentences 1 and 6
            foreshadow: "A \"key\" \\ of 鉄\#u{FFFD}."
            trigger: "ask(\"Is a \\\"door\\\" found?\")"
            payoff: "It opens."

        """#)
    #expect(MinedStory(title: "Nothing", triples: [], cast: ["x"]).yaml.hasSuffix("commitments: {}\n"))
  }

  @Test(arguments: [(0, [0]), (1, [1]), (256, [256]), (257, [256, 1]), (600, [256, 256, 88])])
  func `more triples than a story may have go into further ones`(count: Int, expected: [Int]) throws {
    let triples = [MinedTriple](repeating: try triple(), count: count)
    let stories = MinedStory.stories(titled: "T", of: triples, cast: ["narrator.yaml"])
    #expect(stories.map(\.triples.count) == expected)
    #expect(stories.map(\.title).prefix(2) == (expected.count > 1 ? ["T", "T, part 2"] : ["T"]))
    for story in stories {
      let compilation = StoryCompilation(of: Array(story.yaml.utf8), name: "story.yaml") { _ in
        .bytes(Array(MinedStory.narrator.utf8), name: "narrator.yaml")
      }
      #expect(compilation.story != nil)
    }
  }

  @Test func `replies are kept one by one, and a torn last line is left out`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("replies")
    let model = FakeModel("Yes", "No")
    let requests = ["a", "b"].map { ModelRequest([.init(.user, $0)]) }
    for request in requests {
      _ = try await KeptReplies(path: path).model(resuming: model).complete(request)
    }
    let kept = try folder.text("replies")
    #expect(kept.split(separator: "\n").count == 2 && model.requests.count == 2)
    _ = try folder.file("replies", String(kept.dropLast(9)))
    #expect(try KeptReplies(path: path, isKept: false).cassette.count == 1)
    let resumed = try KeptReplies(path: path)
    #expect(try folder.text("replies") == kept.split(separator: "\n")[0] + "\n")
    #expect(try await resumed.model(resuming: model).complete(requests[0]).text == "Yes")
    #expect(resumed.failure == nil && model.requests.count == 2)
  }

  @Test func `work ends where replies cannot be written`() async throws {
    let folder = try TemporaryFolder()
    let replies = try KeptReplies(path: folder.path("nowhere/replies"))
    #expect(throws: FileError.self) { try replies.prepare() }
    await #expect(throws: ModelError.cancelled) {
      try await replies.model(resuming: FakeModel("Yes")).complete(ModelRequest([.init(.user, "a")]))
    }
    #expect(replies.failure?.code == "refused")
  }
}
