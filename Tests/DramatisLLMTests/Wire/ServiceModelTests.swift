import Synchronization
import TestSupport
import Testing

@testable import DramatisLLM

/// What is made of the replies of services, well-behaved or not.
@Suite(.serialized) struct ServiceModelTests {
  private static let request = ModelRequest([.init(.user, "Hello")])
  typealias Act = ScriptedServer.Act

  /// The completion, and all that was shown.
  private func completion(
    _ script: [Act], _ dialect: Endpoint.Dialect = .openAI, key: String? = nil,
    limits: TransferLimits = .init()
  ) async throws -> (completion: Completion, shown: String) {
    try await withServer { _, _ in
      script
    } _: { server in
      let endpoint = Endpoint(
        dialect, at: try ServiceAddress(server.address + "/v1"), model: "m",
        key: try key.map { try APIKey($0) },
        limits: limits)
      let shown = Mutex("")
      let completion = try await ServiceModel(endpoint).complete(Self.request) { text in
        shown.withLock { $0 += text }
      }
      return (completion, shown.withLock { $0 })
    }
  }

  private static func delta(_ text: String) -> String {
    "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(text)\"}}]}"
  }
  private static let stop = #"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#

  private static let streams: [(String, String)] = [
    ("plain", "data: \(delta("Hi"))\n\ndata: \(delta(" you"))\n\ndata: \(stop)\n\ndata: [DONE]\n\n"),
    (
      "CRLF",
      "data: \(delta("Hi"))\r\n\r\ndata: \(delta(" you"))\r\n\r\ndata: \(stop)\r\n\r\ndata: [DONE]\r\n\r\n"
    ),
    ("no space", "data:\(delta("Hi"))\n\ndata:\(delta(" you"))\n\ndata:\(stop)\n\ndata:[DONE]\n\n"),
    ("keep-alives", ": x\n\ndata: \(delta("Hi"))\n\n:\n\ndata: \(delta(" you"))\n\n: x\ndata: \(stop)\n\n"),
    ("no [DONE]", "data: \(delta("Hi"))\n\ndata: \(delta(" you"))\n\ndata: \(stop)\n\n"),
    ("no end but [DONE]", "data: \(delta("Hi"))\n\ndata: \(delta(" you"))\n\ndata: [DONE]\n\n"),
    (
      "something after [DONE]",
      "data: \(delta("Hi you"))\n\ndata: \(stop)\n\ndata: [DONE]\n\ndata: garbage\n\n"
    ),
    (
      "empty finish reasons",
      #"data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":""}]}"# + "\n\n"
        + #"data: {"choices":[{"delta":{"content":" you"},"finish_reason":"stop"}],"error":null}"# + "\n\n"
    ),
    (
      "null and unknown members",
      #"data: {"id":null,"choices":[{"delta":{"role":"assistant","content":null},"logprobs":null}],"usage":null}"#
        + "\n\n" + #"data: {"choices":[{"delta":{"content":"Hi you","x":[{}]},"finish_reason":"stop"}]}"#
        + "\n\n"
    ),
  ]

  @Test(arguments: streams.indices)
  func `a stream is read whatever its habits`(index: Int) async throws {
    let (name, stream) = Self.streams[index]
    let (completion, shown) = try await completion([.head(), .send(stream)])
    #expect(completion.text == "Hi you", "\(name)")
    #expect(shown == "Hi you", "\(name)")
    #expect(completion.finish == (name == "no end but [DONE]" ? .unstated : .stop))
  }

  @Test func `usage in a last chunk without choices is counted`() async throws {
    let usage =
      #"{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3,"prompt_tokens_details":{"cached_tokens":5}}}"#
    let stream = "data: \(Self.delta("Hi"))\n\ndata: \(Self.stop)\n\ndata: \(usage)\n\ndata: [DONE]\n\n"
    let (completion, _) = try await completion([.head(), .send(stream)])
    #expect(completion.usage == Usage(prompt: 7, reply: 3, cached: 5))
  }

  @Test func `a finished reply is taken though the service never closes`() async throws {
    let stream = "data: \(Self.delta("Hi"))\n\ndata: \(Self.stop)\n\n"
    let limits = TransferLimits(betweenTexts: .milliseconds(200))
    let (completion, _) = try await completion([.head(), .send(stream), .stall], limits: limits)
    #expect(completion.text == "Hi")
  }

  @Test func `characters that are split between packets arrive whole`() async throws {
    let bytes = Array("data: \(Self.delta("grüß 👋"))\n\ndata: \(Self.stop)\n\n".utf8)
    let acts = bytes.map { Act.sendBytes([$0]) }
    let (completion, _) = try await completion([.head()] + acts)
    #expect(completion.text == "grüß 👋")
  }

  private static let failures: [(String, [Act], ModelError)] = [
    (
      "an error after 200", [.head(), .send("data: {\"error\":{\"message\":\"no memory\"}}\n\n")],
      .failed("no memory")
    ),
    (
      "an error without a space", [.head(), .send("data:{\"error\":\"no memory\"}\n\n")], .failed("no memory")
    ),
    (
      "an error event", [.head(), .send("event: error\ndata: {\"message\":\"no memory\"}\n\n")],
      .failed("no memory")
    ),
    ("an error in plain JSON", Act.response("{\"error\":{\"message\":\"no memory\"}}"), .failed("no memory")),
    ("an end that nobody announced", [.head(), .send("data: \(delta("Hi"))\n\n")], .cutOff),
    ("nothing at all", [.head()], .cutOff),
    ("no data", [.head(), .send(": x\n\n")], .cutOff),
    (
      "a redirect",
      Act.response("moved", status: 302, type: "text/plain", "Location: http://127.0.0.1:1/\r\n"),
      .refused(status: 302, message: "moved", retryAfter: nil)
    ),
    (
      "a limit", Act.response("{\"error\":{\"message\":\"slow down\"}}", status: 429, "Retry-After: 2\r\n"),
      .refused(status: 429, message: "slow down", retryAfter: .seconds(2))
    ),
    (
      "no text in a refusal", Act.response("", status: 500),
      .refused(status: 500, message: "", retryAfter: nil)
    ),
    (
      "a page as refusal", Act.response("<h1>Bad\u{1B}[31m gateway</h1>", status: 502, type: "text/html"),
      .refused(status: 502, message: "<h1>Bad gateway</h1>", retryAfter: nil)
    ),
  ]

  @Test(arguments: failures.indices)
  func `a failure is told apart`(index: Int) async throws {
    let (name, script, expected) = Self.failures[index]
    await #expect(throws: expected, "\(name)") { try await completion(script) }
  }

  @Test(arguments: [
    "data: {\n\n", "data: \u{1B}[31m\n\n", "data: [1]\n\n", "data: \"x\"\n\n",
    "data: {\"choices\":[{\"delta\":\n\n",
  ])
  func `garbage in a stream is malformed`(stream: String) async {
    let error = await #expect(throws: ModelError.self) { try await completion([.head(), .send(stream)]) }
    #expect(error?.code == "malformed")
  }

  @Test func `a hundred megabytes of one line are not kept`() async throws {
    let limits = TransferLimits(bytes: 1 << 20)
    await #expect(throws: ModelError.tooLong(bytes: 1 << 20)) {
      try await completion([.head(), .flood("data: x", bytes: 100 << 20)], limits: limits)
    }
  }

  @Test(arguments: [": ping\n\n", "data: {\"choices\":[{\"delta\":{}}]}\n\n"])
  func `a stall after some text meets the limit, keep-alives or not`(keepAlive: String) async throws {
    let limits = TransferLimits(betweenTexts: .milliseconds(300))
    await #expect(throws: ModelError.timedOut(.betweenTexts)) {
      try await completion(
        [.head(), .send("data: \(Self.delta("Hi"))\n\n"), .repeatedly(keepAlive, milliseconds: 20)],
        limits: limits)
    }
  }

  @Test func `reasoning shows that the model is at work, and nowhere else`() async throws {
    let chunk = #"data: {"choices":[{"delta":{"reasoning_content":"hm","content":null}}]}"# + "\n\n"
    let thinking = (0..<20).flatMap { _ in [Act.send(chunk), .pause(milliseconds: 100)] }
    let limits = TransferLimits(firstText: .milliseconds(1500), betweenTexts: .milliseconds(1500))
    let end = "data: \(Self.delta("Hi"))\n\ndata: \(Self.stop)\n\n"
    let (completion, shown) = try await completion([.head()] + thinking + [.send(end)], limits: limits)
    #expect(completion.text == "Hi")
    #expect(shown == "Hi")
  }

  @Test func `a key that a service repeats is not told on`() async throws {
    let script = Act.response("{\"error\":{\"message\":\"Incorrect API key: sk-12345\"}}", status: 401)
    let error = await #expect(throws: ModelError.self) { try await completion(script, key: "sk-12345") }
    #expect(error == .refused(status: 401, message: "Incorrect API key: [key]", retryAfter: nil))
    #expect(error.map { !"\($0)\(String(reflecting: $0))".contains("sk-12345") } == true)
  }

  private static let repeating = "It is sk-12345, not sk-1234 or sk-12345"
  private static let open = "It is [key], not sk-1234 or [key]"

  @Test(arguments: 1...9)
  func `a key that a service repeats is not told on in a reply either, wherever its chunks end`(
    length: Int
  ) async throws {
    let text = Array(Self.repeating + "sk-12")
    let pieces = stride(from: 0, to: text.count, by: length).map { String(text[$0...].prefix(length)) }
    let stream = pieces.map { Act.send("data: \(Self.delta($0))\n\n") }
    let script = [.head()] + stream + [.send("data: \(Self.stop)\n\n")]
    let (completion, shown) = try await completion(script, key: "sk-12345")
    #expect(shown == Self.open + "sk-12")
    #expect(completion.text == shown)
  }

  @Test func `a key that is taken out holds back only what could begin it`() throws {
    var filter = KeyFilter(try APIKey("sk-12345"))
    #expect(filter.push("a desk") == "a de")
    #expect(filter.push(" of oak, s") == "sk of oak, ")
    #expect(filter.push("k-1234") == "")
    #expect(filter.push("5\u{301}!") == "[key]\u{301}!")
    #expect(filter.finish() == "")
  }

  @Test(arguments: ["sk-\u{7}12345", "s\u{200B}k-12\u{2060}345", "sk-1\u{1B}[31m2345", "sk-12\n345"])
  func `a key in which stands what nobody sees is a key`(written: String) throws {
    let key = try APIKey("sk-12345")
    #expect("a \(written) b".without(key) == "a [key] b")
    for place in written.unicodeScalars.indices {
      var filter = KeyFilter(key)
      let start = filter.push(String(written.unicodeScalars[..<place]))
      #expect(start + filter.push(String(written.unicodeScalars[place...])) + filter.finish() == "[key]")
    }
    #expect("sk-\u{7}1239".without(key) == "sk-\u{7}1239")
  }

  @Test(arguments: ["x", "none", "EMPTY"]) func `a placeholder for a key costs no words`(key: String) throws {
    #expect("x none EMPTY".without(try APIKey(key)) == "x none EMPTY")
  }

  @Test func `the names of models are told without the key`() async throws {
    let body = #"{"data":[{"id":"tiny-sk-12345"}]}"#
    try await withServer { _, _ in
      Act.response(body)
    } _: { server in
      let endpoint = Endpoint(
        .openAI, at: try ServiceAddress(server.address), model: "m", key: try APIKey("sk-12345"))
      #expect(try await endpoint.models().map(\.name) == ["tiny-[key]"])
    }
    let reply = Act.response(
      #"{"model":"m-sk-12345","choices":[{"message":{"content":"sk-12345"},"finish_reason":"stop"}]}"#)
    let (completion, shown) = try await completion(reply, key: "sk-12345")
    #expect([completion.model, completion.text, shown] == ["m-[key]", "[key]", "[key]"])
  }

  @Test func `a redirect is not followed, so that no other host sees the key`() async throws {
    try await withServer { _, _ in
      Act.response("x")
    } _: { other in
      let script = Act.response("", status: 307, "Location: \(other.address)/v1/chat/completions\r\n")
      await #expect(throws: ModelError.self) { try await completion(script, key: "sk-12345") }
      #expect(other.requests.isEmpty)
    }
  }

  @Test func `a request says what was asked, in a fixed order`() async throws {
    try await withServer { _, _ in
      Act.response(#"{"choices":[{"message":{"content":"Hi"}}]}"#)
    } _: { server in
      let request = ModelRequest(
        [.init(.system, "S"), .init(.user, "\"U\"\n")], maxTokens: 5, temperature: 0.5, seed: 7, stop: ["X"],
        schema: OutputSchema(name: "n", ["type": "object"]), alternatives: 3, isStreamed: false)
      for dialect in Endpoint.Dialect.all {
        let endpoint = Endpoint(
          dialect, at: try ServiceAddress(server.address), model: "m", key: try APIKey("sk-1"),
          contextTokens: 8192)
        _ = try? await ServiceModel(endpoint).complete(request)
      }
      let bodies = server.requests.map {
        String($0[($0.firstRange(of: "\r\n\r\n")?.upperBound ?? $0.startIndex)...])
      }
      #expect(
        bodies == [
          #"{"model":"m","messages":[{"role":"system","content":"S"},{"role":"user","content":"\"U\"\n"}],"#
            + #""stream":false,"max_tokens":5,"temperature":0.5,"seed":7,"stop":["X"],"logprobs":true,"#
            + #""top_logprobs":3,"response_format":{"type":"json_schema","json_schema":{"name":"n","strict":true,"#
            + #""schema":{"type":"object"}}}}"#,
          #"{"model":"m","max_tokens":5,"system":"S","messages":[{"role":"user","content":"\"U\"\n"}],"#
            + #""stream":false,"temperature":0.5,"stop_sequences":["X"],"output_config":{"format":"#
            + #"{"type":"json_schema","schema":{"type":"object"}}}}"#,
          #"{"model":"m","messages":[{"role":"system","content":"S"},{"role":"user","content":"\"U\"\n"}],"#
            + #""stream":false,"format":{"type":"object"},"logprobs":true,"top_logprobs":3,"think":false,"#
            + #""options":{"num_ctx":8192,"num_predict":5,"temperature":0.5,"seed":7,"stop":["X"]}}"#,
        ])
      #expect(
        server.requests.compactMap { $0.split(separator: " ").dropFirst().first } == [
          "/chat/completions", "/messages", "/api/chat",
        ])
      #expect(server.requests.first?.contains("\r\nAuthorization: Bearer sk-1\r\n") == true)
      #expect(server.requests.dropLast().last?.contains("\r\nx-api-key: sk-1\r\n") == true)
      #expect(server.requests.dropLast().last?.contains("\r\nanthropic-version: 2023-06-01\r\n") == true)
    }
  }

  private static let messages = """
    event: message_start
    data: {"type":"message_start","message":{"model":"claude","content":[],"usage":{"input_tokens":5,\
    "cache_read_input_tokens":20,"cache_creation_input_tokens":3,"output_tokens":1}}}

    event: content_block_start
    data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"secret"}}

    event: content_block_delta
    data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"secret"}}

    event: ping
    data: {"type":"ping"}

    event: content_block_delta
    data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Hi"}}

    event: content_block_delta
    data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":" you"}}

    event: something_new
    data: {"type":"something_new"}

    event: message_delta
    data: {"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{"output_tokens":9}}


    """

  @Test func `messages are read without their thinking`() async throws {
    let end = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"
    let (completion, shown) = try await completion([.head(), .send(Self.messages + end)], .anthropic)
    #expect(completion.text == "Hi you")
    #expect(shown == "Hi you")
    #expect(completion.finish == .length)
    #expect(completion.usage == Usage(prompt: 28, reply: 9, cached: 20))
    #expect(completion.model == "claude")
  }

  @Test func `an error in the middle of messages is thrown`() async throws {
    let error =
      "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n"
    await #expect(throws: ModelError.failed("Overloaded")) {
      try await completion([.head(), .send(Self.messages + error)], .anthropic)
    }
  }

  @Test func `whole messages are read without their thinking`() async throws {
    let body = """
      {"type":"message","model":"claude","content":[{"type":"thinking","thinking":"secret"},\
      {"type":"text","text":"Hi "},{"type":"text","text":"you"}],"stop_reason":"end_turn",\
      "usage":{"input_tokens":4,"output_tokens":2}}
      """
    let (completion, _) = try await completion(Act.response(body), .anthropic)
    #expect(completion.text == "Hi you")
    #expect(completion.finish == .stop)
    #expect(completion.usage == Usage(prompt: 4, reply: 2))
  }

  @Test func `a connection is used again after a stream`() async throws {
    let body = "data: \(Self.delta("Hi"))\n\ndata: \(Self.stop)\n\ndata: [DONE]\n\n"
    try await withServer { _, _ in
      [.chunkedHead, .chunk(body), .send("0\r\n\r\n"), .send("")]
    } _: { server in
      let model = ServiceModel(Endpoint(.openAI, at: try ServiceAddress(server.address), model: "m"))
      for _ in 0..<5 {
        let completion = try await model.complete(Self.request)
        #expect(completion.text == "Hi")
        try await Task.sleep(for: .milliseconds(20))
      }
      #expect(server.connections == 1)
    }
  }
}
