import Foundation
import TestSupport
import Testing

@testable import DramatisAuthoring
@testable import DramatisLLM

/// Actions read from prose, and pairs as vectors of a service.
@Suite struct ProseReaderTests {
  private static let tale = """
    # The shore
    Ann found a key. “Whose is it?” she asked Bob. It rained.

    # The house
    Bob opened the door.
    """

  private static let replies = [
    #"{"actions":[{"characters":["Ann"],"action":"Ann finds a key.","quote":"Ann found a key"},"#
      + #"{"characters":["Ann"],"action":"Ann asks Bob whose it is.","quote":"\"Whose is it?\" she asked"},"#
      + #"{"characters":[],"action":"It rains.","quote":"It rained."},"#
      + #"{"characters":["Bob"],"action":"Bob dances.","quote":"Bob danced all night"}]}"#,
    #"{"actions":[{"characters":["Bob"],"action":"Bob opens the door.","quote":"opened the door"}]}"#,
  ]

  @Test func `who does what is told chapter by chapter, and what no quote bears out is left out`()
    async throws
  {
    let model = FakeModel { request, _ in
      Completion(text: Self.replies[request.messages.last?.text.contains("key") == true ? 0 : 1])
    }
    let kept = KeptModel(model, store: AnswerMemory())
    let story = try await ProseReader(kept).actions(in: Self.tale, work: "tale")
    #expect(
      story.actions.map(\.text) == [
        "Ann finds a key.", "Ann asks Bob whose it is.", "It rains.", "Bob opens the door.",
      ])
    #expect(story.actions.map(\.chapter) == ["The shore", "The shore", "The shore", "The house"])
    #expect(story.pairs().map(\.scene) == ["", "Ann finds a key.", ""])
    #expect(model.requests.count == 2)
    _ = try await ProseReader(kept).actions(in: Self.tale, work: "tale")
    #expect(model.requests.count == 2)
  }

  @Test(arguments: ["no JSON", "{}", #"{"actions":"none"}"#, #"{"actions":[{"quote":5}]}"#])
  func `a reply of no use gives no action`(reply: String) async throws {
    let kept = KeptModel(FakeModel(reply), store: AnswerMemory())
    #expect(try await ProseReader(kept).actions(in: Self.tale, work: "").actions.isEmpty)
    #expect(kept.counts.useless == 2)
  }

  @Test(arguments: [512, 4096, 1_000_000])
  func `a text is read in windows that fit the context`(tokens: Int) async throws {
    let text = (1...130).map { "Sentence number \($0)." }.joined(separator: " ")
    let model = FakeModel(#"{"actions":[]}"#)
    let kept = KeptModel(model, store: AnswerMemory())
    _ = try await ProseReader(kept, contextTokens: tokens).actions(in: text, work: "")
    let lengths = model.requests.map { request in
      request.messages.last?.text.components(separatedBy: ". Sentence number ").count ?? 0
    }
    #expect(lengths.allSatisfy { $0 <= min(60, max(tokens / 120, 8)) + 1 })
    #expect(model.requests.last?.messages.last?.text.contains("130. Sentence number 130.") == true)
  }

  @Test func `embeddings are asked for once a text, and both halves have length 1`() async throws {
    try await withServer { request, _ in
      let count = request.components(separatedBy: "decides to").count - 1
      let texts = count > 0 ? count : 3
      let vectors = (0..<texts).map { #"{"index":\#($0),"embedding":[\#($0 + 1),2,0]}"# }
      return ScriptedServer.Act.response(#"{"data":[\#(vectors.joined(separator: ","))]}"#)
    } _: { server in
      let endpoint = Endpoint(.openAI, at: try ServiceAddress("\(server.address)/v1"), model: "tiny")
      let pairs = (0..<3).map { ScenePair(id: "\($0)", character: "A", scene: "s\($0)", action: "a\($0)") }
      let source = KeptEmbeddings(Embedder(endpoint), model: "tiny", store: AnswerMemory())
      let vectors = try await source.vectors(of: pairs)
      #expect(try await source.vectors(of: pairs) == vectors)
      #expect(server.requests.count == 2)
      #expect(vectors.allSatisfy { abs($0.squaredLength - 2) < 1e-9 })
    }
  }
}
