import Synchronization
import TestSupport
import Testing

@testable import DramatisLLM

/// Requests that a service refuses, and what is sent instead.
@Suite struct ServiceMemoryTests {
  private static let line = #"{"choices":[{"message":{"content":"Well."},"finish_reason":"stop"}]}"#
  private static let request = ModelRequest(
    [.init(.system, "Be Ann."), .init(.user, "Hello.")], maxTokens: 40, temperature: 0.3, seed: 4,
    alternatives: 3)

  private static func ask(
    _ refusal: @escaping @Sendable (String) -> String?, times: Int = 2
  ) async throws -> (requests: [String], texts: [String], lessons: [ServiceLesson]) {
    try await withServer { request, _ in
      refusal(request).map { ScriptedServer.Act.response($0, status: 400) }
        ?? ScriptedServer.Act.response(line)
    } _: { server in
      let endpoint = Endpoint(.openAI, at: try ServiceAddress(server.address + "/v1"), model: "m")
      var texts: [String] = []
      for _ in 0..<times { texts.append(try await ServiceModel(endpoint).complete(request).text) }
      return (server.requests, texts, endpoint.memory.lessons)
    }
  }

  @Test(arguments: ["temperature", "seed", "logprobs", "stream_options"])
  func `a parameter that is refused costs one request, once`(name: String) async throws {
    let (requests, texts, lessons) = try await Self.ask { request in
      request.contains("\"\(name)\"") ? #"{"error":{"message":"unknown field '\#(name)'"}}"# : nil
    }
    #expect(texts == ["Well.", "Well."])
    #expect(requests.count == 3 && requests.dropFirst().allSatisfy { !$0.contains("\"\(name)\"") })
    #expect(lessons.map(\.change) == [.leaveOut(name)])
  }

  @Test func `refusals that come one after the other are all learnt`() async throws {
    let names = ["seed", "temperature", "top_logprobs", "max_tokens"]
    let (requests, texts, lessons) = try await Self.ask { request in
      names.first { request.contains("\"\($0)\"") }.map {
        #"{"error":{"message":"unsupported parameter: '\#($0)'"}}"#
      }
    }
    #expect(texts == ["Well.", "Well."])
    #expect(requests.count == names.count + 2 && Set(requests).count == names.count + 1)
    #expect(requests.last?.contains(#""max_completion_tokens":40"#) == true && lessons.count == names.count)
  }

  @Test func `a limit that is refused by every name is left out`() async throws {
    let (requests, _, _) = try await Self.ask(
      { request in
        ["max_tokens", "max_completion_tokens"].first { request.contains("\"\($0)\"") }.map {
          #"{"error":{"message":"unknown parameter '\#($0)'"}}"#
        }
      }, times: 1)
    #expect(requests.count == 3 && requests.last?.contains("tokens\"") == false)
  }

  @Test func `what is refused in the same words for ever is not asked for ever`() async throws {
    try await withServer { _, _ in
      ScriptedServer.Act.response(#"{"error":{"message":"'temperature' is not supported"}}"#, status: 400)
    } _: { server in
      let endpoint = Endpoint(.openAI, at: try ServiceAddress(server.address), model: "m")
      await #expect(throws: ModelError.self) { try await ServiceModel(endpoint).complete(Self.request) }
      #expect(server.requests.count == 2)
    }
  }

  @Test func `a service without a system hears it from the user, in each dialect`() async throws {
    for dialect in [Endpoint.Dialect.openAI, .anthropic, .ollama] {
      let endpoint = Endpoint(dialect, at: try ServiceAddress("http://localhost"), model: "m")
      endpoint.memory.learn(ServiceLesson(.withoutSystem, because: "no"))
      let body = endpoint.memory.adapted(endpoint.wire.body(for: Self.request))
      #expect(body["system"] == nil)
      #expect(body["messages"] == [["role": "user", "content": "Be Ann.\n\nHello."]], "\(dialect.name)")
    }
  }

  @Test func `a prompt that is too long is one error with its numbers, and the room is learnt`() async throws
  {
    try await withServer { _, _ in
      ScriptedServer.Act.response(
        #"{"error":{"message":"prompt too long; context size is 700 tokens","n_ctx":700,"n_prompt_tokens":900}}"#,
        status: 400)
    } _: { server in
      let endpoint = Endpoint(.openAI, at: try ServiceAddress(server.address), model: "m")
      await #expect(throws: ModelError.tooLongPrompt(tokens: 900, limit: 700)) {
        try await ServiceModel(endpoint).complete(Self.request)
      }
      #expect(server.requests.count == 1 && endpoint.memory.contextTokens == 700)
    }
  }

  @Test func `lessons are the same after they were kept as lines, and forgotten for one model alone`() throws
  {
    let changes: [ServiceLesson.Change] = [
      .leaveOut("seed"), .rename("max_tokens", to: "max_new_tokens"), .use("think", true),
      .atMost("max_tokens", 9),
      .atLeast("top_k", 2), .withoutSystem, .context(2048), .roomForThought(512),
    ]
    let lessons = changes.map { ServiceLesson($0, because: "it said \"no\"") }
    let here = Endpoint(.openAI, at: try ServiceAddress("http://localhost:1/v1"), model: "m")
    let there = Endpoint(.openAI, at: try ServiceAddress("http://localhost:1/v1"), model: "n")
    let lines =
      lessons.map { ServiceMemory.line(of: $0, about: here) }.joined() + "torn {\n"
      + ServiceMemory.line(of: lessons[0], about: there)
    #expect(ServiceMemory.lessons(in: lines, about: here) == lessons)
    #expect(ServiceMemory(lessons).lessons == lessons)
    #expect(ServiceMemory.lines(lines, forgetting: here) == ServiceMemory.line(of: lessons[0], about: there))
  }

  @Test func `a key that a service repeats is in no lesson`() async throws {
    let key = try APIKey("sk-a-long-secret")
    try await withServer { _, number in
      number > 0
        ? ScriptedServer.Act.response(Self.line)
        : ScriptedServer.Act.response(
          #"{"error":{"message":"sk-a-long-secret may not set 'seed', unsupported"}}"#, status: 400)
    } _: { server in
      let told = Mutex([String]())
      var endpoint = Endpoint(.openAI, at: try ServiceAddress(server.address), model: "m", key: key)
      endpoint.memory = ServiceMemory { lesson in told.withLock { $0.append(lesson.reason) } }
      _ = try await ServiceModel(endpoint).complete(Self.request)
      #expect(told.withLock { $0 } == ["[key] may not set 'seed', unsupported"])
    }
  }
}
