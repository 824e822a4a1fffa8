import TestSupport
import Testing

@testable import DramatisLLM

/// How much a model may think, in each dialect's own way, and what is done where thought takes everything.
@Suite struct ReasoningTests {
  private static func body(_ dialect: Endpoint.Dialect, at address: String, _ reasoning: Reasoning?) throws
    -> JSONValue
  {
    let endpoint = Endpoint(dialect, at: try ServiceAddress(address), model: "m")
    return endpoint.wire.body(
      for: ModelRequest([.init(.user, "Hello.")], maxTokens: 90, temperature: 0.4, reasoning: reasoning))
  }

  @Test(
    arguments: [
      (Reasoning?.none, nil, false, nil), (.off, nil, false, "none"), (.low, 1024, "low", "low"),
      (.high, 16_384, "high", "high"), (.tokens(3000), 3000, "medium", "medium"),
    ] as [(Reasoning?, Int?, JSONValue, String?)])
  func `every dialect is told in its own words`(
    reasoning: Reasoning?, budget: Int?, think: JSONValue, effort: String?
  ) throws {
    let anthropic = try Self.body(.anthropic, at: "https://api.anthropic.com/v1", reasoning)
    #expect(anthropic["thinking"]?["budget_tokens"]?.int == budget)
    #expect((anthropic["temperature"] == nil) == (budget != nil))
    #expect(try Self.body(.ollama, at: "http://localhost:1", reasoning)["think"] == think)
    let openAI = try Self.body(.openAI, at: "https://api.openai.com/v1", reasoning)
    #expect(openAI["reasoning_effort"]?.text == effort && openAI["chat_template_kwargs"] == nil)
    let own = try Self.body(.openAI, at: "http://localhost:8080/v1", reasoning)
    #expect(own["chat_template_kwargs"]?["enable_thinking"] == reasoning.map { .bool($0 != .off) })
    let router = try Self.body(.openAI, at: "https://openrouter.ai/api/v1", reasoning)
    #expect((router["reasoning"] == nil) == (reasoning == nil) && router["reasoning_effort"] == nil)
  }

  @Test(arguments: ["off", "Low", "medium", "HIGH", "2048"])
  func `words and numbers are read`(text: String) { #expect(Reasoning(text) != nil) }

  @Test(arguments: ["", "much", "-1", "1e3", "1000000000000"])
  func `anything else is not`(text: String) { #expect(Reasoning(text) == nil) }

  /// A service that thinks for so many tokens before it speaks.
  private static func ask(
    thinking tokens: Int, times: Int = 1, reasoning: Reasoning? = nil
  ) async throws -> (texts: [String], requests: Int) {
    try await withServer { request, _ in
      let limit =
        request.split(separator: #""max_tokens":"#).last.flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
      return ScriptedServer.Act.response(
        limit > tokens
          ? #"{"choices":[{"message":{"reasoning":"hm","content":"Well."},"finish_reason":"stop"}]}"#
          : #"{"choices":[{"message":{"reasoning":"hm","content":""},"finish_reason":"length"}]}"#)
    } _: { server in
      let model = ServiceModel(Endpoint(.openAI, at: try ServiceAddress(server.address), model: "m"))
      var texts: [String] = []
      for _ in 0..<times {
        texts.append(
          try await model.complete(ModelRequest([.init(.user, "Hi")], maxTokens: 80, reasoning: reasoning))
            .text)
      }
      return (texts, server.requests.count)
    }
  }

  @Test func `a reply that is all thought is asked for with more room, once, and so from then on`()
    async throws
  {
    let (texts, requests) = try await Self.ask(thinking: 900, times: 3)
    #expect(texts == ["Well.", "Well.", "Well."] && requests == 4)
  }

  @Test func `what is asked for as thought does not count against the reply`() async throws {
    let (texts, requests) = try await Self.ask(thinking: 900, reasoning: .low)
    #expect(texts == ["Well."] && requests == 1)
  }

  @Test func `thought without end is told with the flags that help`() async throws {
    let error = await #expect(throws: ModelError.self) { try await Self.ask(thinking: 1_000_000) }
    #expect(error?.description.contains("--reasoning off") == true)
    #expect(error?.description.contains("--max-tokens") == true)
  }
}
