import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Dramatis
@testable import DramatisLLM

/// The whole way to a real service and back.
@Suite(.serialized, .enabled(if: LlamaServer.isThere, "llama-server has been built"))
struct LlamaServerTests {
  private static let endless = OutputSchema(
    name: "x", ["type": "array", "items": ["type": "boolean"], "minItems": 1000])
  private let hello = [ModelRequest.Message(.system, "You are Mara."), ModelRequest.Message(.user, "Hello")]

  @Test(arguments: [Endpoint.Dialect.openAI, .anthropic], [true, false])
  func `a chat gives the planted reply with its count of tokens`(
    dialect: Endpoint.Dialect, isStreamed: Bool
  ) async throws {
    try await LlamaServer.run { server in
      let pieces = Mutex([String]())
      let request = ModelRequest(hello, maxTokens: 50, temperature: 0, isStreamed: isStreamed)
      let completion = try await server.model(dialect: dialect).complete(request) { text in
        pieces.withLock { $0.append(text) }
      }
      #expect(completion.text == LlamaServer.reply)
      #expect(pieces.withLock { $0.joined() } == LlamaServer.reply)
      #expect(pieces.withLock { $0.count } > (isStreamed ? 5 : 0))
      #expect(completion.finish == .stop)
      #expect(completion.usage?.reply == LlamaServer.replyTokens)
      #expect((completion.usage?.prompt ?? 0) > 10)
      #expect(completion.model == "tiny")
      #expect(completion.latency.firstText ?? .seconds(99) <= completion.latency.total)
    }
  }

  @Test(arguments: [Endpoint.Dialect.openAI, .anthropic])
  func `a reply that is cut at the limit says so`(dialect: Endpoint.Dialect) async throws {
    try await LlamaServer.run { server in
      let completion = try await server.model(dialect: dialect).complete(
        ModelRequest(hello, maxTokens: 2, temperature: 0))
      #expect(completion.text == "Hello!")
      #expect(completion.finish == .length)
    }
  }

  @Test func `a wrong key is refused, and the right one is not repeated`() async throws {
    try await LlamaServer.run("--api-key", "sk-right") { server in
      let right = try await server.model(key: "sk-right").complete(ModelRequest(hello, temperature: 0))
      #expect(right.text == LlamaServer.reply)
      for key in ["sk-wrong", nil] {
        let error = await #expect(throws: ModelError.self) {
          try await server.model(key: key).complete(ModelRequest(hello))
        }
        guard case .refused(401, let message, _) = error else { throw try #require(error) }
        #expect(!message.isEmpty && !message.contains("sk-wrong"))
      }
    }
  }

  @Test func `a prompt beyond the context is refused with the numbers`() async throws {
    try await LlamaServer.run("-c", "256", "-np", "1") { server in
      let long = ModelRequest([.init(.user, String(repeating: "tree house ", count: 2000))])
      let error = await #expect(throws: ModelError.self) { try await server.model().complete(long) }
      guard case .tooLongPrompt(let tokens, 256) = error else { throw try #require(error) }
      #expect((tokens ?? 0) > 4000)
    }
  }

  @Test func `a request that makes no sense is refused`() async throws {
    try await LlamaServer.run { server in
      let nonsense = ModelRequest(hello, schema: OutputSchema(name: "x", ["type": "nonsense"]))
      let error = await #expect(throws: ModelError.self) { try await server.model().complete(nonsense) }
      guard case .refused(400..., _, _) = error else { throw try #require(error) }
    }
  }

  @Test func `alternatives to the first token come with their probabilities`() async throws {
    try await LlamaServer.run { server in
      for isStreamed in [true, false] {
        let request = ModelRequest(
          hello, maxTokens: 1, temperature: 0, alternatives: 10, isStreamed: isStreamed)
        let alternatives = try await server.model().complete(request).alternatives
        #expect(alternatives.count == 10)
        #expect(alternatives.first?.text == "Hello")
        #expect(alternatives.allSatisfy { $0.logProbability <= 0 })
      }
    }
  }

  @Test func `embeddings are the same as numbers and as base64`() async throws {
    try await LlamaServer.run { server in
      let embedder = Embedder(try server.endpoint())
      let texts = ["the red house", "a blue bird", "water"]
      let floats = try await embedder.embeddings(of: texts)
      let bytes = try await embedder.embeddings(of: texts, encoding: .base64)
      #expect(floats.map(\.count) == [128, 128, 128])
      for (float, byte) in zip(floats.joined(), bytes.joined()) { #expect(abs(float - byte) < 1e-5) }
      #expect(floats[0] != floats[1])
    }
  }

  @Test func `cancellation ends the reply, and the service answers the next request`() async throws {
    try await LlamaServer.run("-np", "1") { server in
      let model = try server.model()
      // A schema that asks for a long list keeps the model busy.
      let endless = ModelRequest(
        hello, maxTokens: 3000, schema: Self.endless)
      let task = Task { try await model.complete(endless) }
      try await Task.sleep(for: .milliseconds(300))
      task.cancel()
      await #expect(throws: ModelError.cancelled) { try await task.value }
      let next = try await model.complete(ModelRequest(hello, temperature: 0))
      #expect(next.text == LlamaServer.reply)
    }
  }

  @Test(arguments: [SIGKILL, SIGTERM, SIGSTOP])
  func `a service that dies in the middle of a reply is an error, never a short reply`(
    signal: Int32
  ) async throws {
    try await LlamaServer.run(always: true) { server in
      var endpoint = try server.endpoint()
      endpoint.limits = TransferLimits(
        firstText: .seconds(3), betweenTexts: .seconds(2), total: .seconds(20))
      let process = try #require(server.process)
      let isKilled = Mutex(false)
      let request = ModelRequest(hello, maxTokens: 3000, schema: Self.endless)
      do {
        let completion = try await ServiceModel(endpoint).complete(request) { _ in
          isKilled.withLock { isKilled in
            if !isKilled { kill(process, signal) }
            isKilled = true
          }
        }
        // Asked to end, it may finish what it has begun.
        #expect(signal == SIGTERM && completion.finish == .length)
      } catch let error as ModelError {
        let expected: [ModelError] = [.cutOff, .timedOut(.betweenTexts), .timedOut(.firstText)]
        #expect(expected.contains(error))
      }
      if signal == SIGSTOP { kill(process, SIGCONT) }
    }
  }

  @Test func `what is refused at first is asked for in words`() async throws {
    try await LlamaServer.run { server in
      let schema = OutputSchema(
        name: "x",
        [
          "type": "object", "properties": ["n": ["type": "integer"], "ok": ["type": "boolean"]],
          "required": ["n", "ok"], "additionalProperties": false,
        ])
      let output = StructuredOutput(model: try server.model(), schema: schema)
      let value = try await output.value(for: ModelRequest(hello, maxTokens: 200, temperature: 0))
      #expect(SchemaCheck.problem(of: value, schema: schema.schema) == nil)
      // Its words are not JSON, so a service that knows no schema comes to a typed error.
      let plain = StructuredOutput(
        model: try server.model(), schema: OutputSchema(name: "x", ["type": "nonsense", "minimum": 1]))
      let error = await #expect(throws: ModelError.self) {
        try await plain.value(for: ModelRequest(hello, maxTokens: 50, temperature: 0))
      }
      #expect(error?.code == "invalid-output")
    }
  }

  @Test(arguments: [LLMDiscriminator.Method.batch(6), .batch(2), .probabilities])
  func `a round of questions is answered`(method: LLMDiscriminator.Method) async throws {
    try await LlamaServer.run { server in
      let questions = (0..<7).map { Question(name: nil, text: "Is there a tree number \($0)?") }
      let discriminator = LLMDiscriminator(try server.model(), method: method)
      let replies = try await discriminator.replies(to: questions, about: Scene("A tree. Another tree."))
      #expect(replies.count == 7)
      #expect(replies.allSatisfy { $0.source == "llm" })
    }
  }

  @Test(arguments: ["1", "2", "4"])
  func `questions leave most of what lines begin with in the server's cache`(slots: String) async throws {
    try await LlamaServer.run("-np", slots, "-c", "\(4096 * (Int(slots) ?? 1))") { server in
      let usages = Mutex([Usage]())
      let lines = AwaitedLines()
      var settings = LLMPerformer.Settings(temperature: 0, renderer: PromptRenderer(user: "Wen"))
      settings.lines = lines
      let model = try server.model()
      let session = try Session(
        cast: [try ActingTests.mara()], user: "Wen",
        discriminator: LLMDiscriminator(model, lines: lines, onFailure: { _ in }),
        performer: LLMPerformer(model, settings: settings) { report in
          if let usage = report.completion?.usage { usages.withLock { $0.append(usage) } }
        })
      let texts = [
        "Is there ale?", "And a bed?", "Bram sent me.", "I can pay.", "Who else is here?", "Good night.",
        "What does the stew cost?", "Is the cellar dry?", "And what do I owe?", "Wake me early.",
        "The mill is shut.", "My boots are wet.", "Who sings upstairs?", "I should sleep.",
      ]
      for text in texts {
        _ = try await session.respond(
          to: Event(actor: "Wen", text: "\(text) I came all the way in the rain."))
      }
      // The first line has nothing to come behind.
      let counted = usages.withLock { $0.dropFirst() }
      let (prompt, cached) = counted.reduce((0, 0)) { ($0.0 + $1.prompt, $0.1 + $1.cached) }
      #expect(counted.count >= texts.count - 1)
      #expect(cached * 100 >= prompt * 85, "\(cached) of \(prompt)")
      #expect(model.endpoint.memory.slots == Int(slots))
    }
  }

  @Test func `many requests at once are all answered`() async throws {
    try await LlamaServer.run { server in
      let model = try server.model()
      let texts = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<16 {
          group.addTask { try await model.complete(ModelRequest(hello, temperature: 0)).text }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(texts == Array(repeating: LlamaServer.reply, count: 16))
    }
  }
}

extension LlamaServer {
  func endpoint(key: String? = nil, dialect: Endpoint.Dialect = .openAI) throws -> Endpoint {
    Endpoint(
      dialect, at: try ServiceAddress("http://127.0.0.1:\(port)/v1"), model: "tiny",
      key: try key.map { try APIKey($0) })
  }

  func model(key: String? = nil, dialect: Endpoint.Dialect = .openAI) throws -> ServiceModel {
    ServiceModel(try endpoint(key: key, dialect: dialect))
  }
}
