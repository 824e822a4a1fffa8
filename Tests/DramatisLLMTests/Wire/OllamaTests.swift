import Synchronization
import TestSupport
import Testing

@testable import DramatisLLM

/// Ollama's own chat, as a server of ours speaks it.
@Suite(.serialized) struct OllamaTests {
  typealias Act = ScriptedServer.Act

  private static func line(_ text: String, thinking: Bool = false) -> String {
    #"{"model":"m","message":{"role":"assistant","\#(thinking ? "thinking" : "content")":"\#(text)"},"done":false}"#
      + "\n"
  }
  private static let end =
    #"{"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"length","#
    + #""prompt_eval_count":12,"eval_count":3}"# + "\n"

  private func completion(_ acts: [Act], limits: TransferLimits = .init()) async throws -> (
    completion: Completion, shown: [String]
  ) {
    try await withServer { _, _ in
      acts
    } _: { server in
      let shown = Mutex([String]())
      let endpoint = Endpoint(.ollama, at: try ServiceAddress(server.address), model: "m", limits: limits)
      let completion = try await ServiceModel(endpoint).complete(ModelRequest([.init(.user, "Hello")])) {
        text in
        shown.withLock { $0.append(text) }
      }
      return (completion, shown.withLock { $0 })
    }
  }

  @Test func `a stream of lines is read as it comes, without its thinking`() async throws {
    let bytes = Array(
      (Self.line("hm", thinking: true) + Self.line("grüß ") + "\r\n" + Self.line("👋") + Self.end).utf8)
    let (completion, shown) = try await completion(
      [.head(200, "application/x-ndjson")] + bytes.map { Act.sendBytes([$0]) })
    #expect(completion.text == "grüß 👋")
    #expect(shown == ["grüß ", "👋"])
    #expect(completion.finish == .length)
    #expect(completion.usage == Usage(prompt: 12, reply: 3))
  }

  /// The same objects over several lines each, with space that means nothing.
  private static func pretty(_ lines: String) -> String {
    [("{\"", "{\n  \""), (",\"", ",\n  \""), ("},", "\n},"), ("e}", "e\n}"), ("3}", "3\n}")].reduce(lines) {
      $0.replacing($1.0, with: $1.1)
    }
  }

  @Test(arguments: ["application/x-ndjson", "application/json", "text/plain", ""], [1, 7, 4096])
  func `objects are told apart however they are printed`(type: String, size: Int) async throws {
    let lines = Self.line("a } { \\\" b") + Self.line(" {c}") + Self.end
    let texts = [
      lines.replacing("\n", with: ""), Self.pretty(lines), Self.pretty(lines).replacing("\n", with: ""),
    ]
    for text in texts {
      let bytes = Array(text.utf8)
      let acts = stride(from: 0, to: bytes.count, by: size).map {
        Act.sendBytes(Array(bytes[$0..<min($0 + size, bytes.count)]))
      }
      let (completion, _) = try await completion([.head(200, type)] + acts)
      #expect(completion.text == "a } { \" b {c}", "\(text)")
      #expect(completion.finish == .length && completion.usage?.prompt == 12)
    }
  }

  @Test func `pretty objects of a stream are shown as they come`() async throws {
    let lines = Self.pretty(Self.line("One ") + Self.line("two.") + Self.end)
    let (completion, shown) = try await completion([.head(200, "application/x-ndjson"), .send(lines)])
    #expect(shown.joined() == "One two." && completion.text == "One two.")
  }

  @Test func `a whole reply is read with its probabilities`() async throws {
    let body =
      #"{"model":"m","message":{"content":"yes"},"done":true,"done_reason":"stop","#
      + #""logprobs":[{"token":"yes","logprob":-0.1,"top_logprobs":[{"token":"yes","logprob":-0.1},"#
      + #"{"token":"no","logprob":-2.4}]}]}"#
    let (completion, _) = try await completion(Act.response(body))
    #expect(completion.text == "yes" && completion.finish == .stop)
    #expect(completion.alternatives.map(\.text) == ["yes", "no"])
  }

  @Test func `what goes wrong is told apart`() async throws {
    let head = Act.head(200, "application/x-ndjson")
    let failures: [(String, [Act], ModelError)] = [
      (
        "an error in the stream", [head, .send(Self.line("Hi") + #"{"error":"no memory"}"# + "\n")],
        .failed("no memory")
      ),
      ("an end that nobody announced", [head, .send(Self.line("Hi"))], .cutOff),
      (
        "no such model", Act.response(#"{"error":"model 'm' not found"}"#, status: 404),
        .refused(status: 404, message: "model 'm' not found", retryAfter: nil)
      ),
    ]
    for (name, acts, expected) in failures {
      await #expect(throws: expected, "\(name)") { try await completion(acts) }
    }
    let limits = TransferLimits(bytes: 1 << 20)
    await #expect(throws: ModelError.tooLong(bytes: 1 << 20)) {
      try await completion([head, .flood("{", bytes: 4 << 20)], limits: limits)
    }
  }

  @Test func `its models and its embeddings are found below the server's own address`() async throws {
    try await withServer { request, _ in
      Act.response(
        request.hasPrefix("GET /api/tags ")
          ? #"{"models":[{"name":"llama3.2:latest","details":{}},{"name":"qwen3:4b"}]}"#
          : request.hasPrefix("POST /v1/embeddings ") ? #"{"data":[{"index":0,"embedding":[1,2]}]}"# : "{}")
    } _: { server in
      let endpoint = Endpoint(.ollama, at: try ServiceAddress(server.address), model: "m")
      #expect(try await endpoint.models().map(\.name) == ["llama3.2:latest", "qwen3:4b"])
      #expect(try await Embedder(endpoint).embeddings(of: ["x"]) == [[1, 2]])
    }
  }
}
