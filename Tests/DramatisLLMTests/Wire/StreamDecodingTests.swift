import Synchronization
import TestSupport
import Testing

@testable import DramatisLLM

/// What becomes of streams that are taken apart where their bytes arrive.
@Suite(.serialized) struct StreamDecodingTests {
  private typealias Act = ScriptedServer.Act

  private static func event(_ text: String) -> String {
    "data: {\"choices\":[{\"delta\":{\"content\":\"\(text)\"}}]}\n\n"
  }
  private static let stop = #"data: {"choices":[{"delta":{},"finish_reason":"stop"}]}"# + "\n\n"
  private static let usage = #"data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3}}"#

  /// The completion or the error, and what was shown in either case.
  private func outcome(
    _ script: [Act], limits: TransferLimits = .init()
  ) async throws -> (result: Result<Completion, ModelError>, shown: [String]) {
    try await withServer { _, _ in
      script
    } _: { server in
      let shown = Mutex([String]())
      let model = ServiceModel(
        Endpoint(.openAI, at: try ServiceAddress(server.address), model: "m", limits: limits))
      let request = ModelRequest([.init(.user, "Hello")])
      do throws(ModelError) {
        let completion = try await model.complete(request) { text in shown.withLock { $0.append(text) } }
        return (.success(completion), shown.withLock { $0 })
      } catch {
        return (.failure(error), shown.withLock { $0 })
      }
    }
  }

  @Test func `a text is shown for each event, however many come at once`() async throws {
    let words = (1...500).map { "w\($0)" }
    let stream = words.map(Self.event).joined() + Self.stop
    let (result, shown) = try await outcome([.head(), .send(stream)])
    #expect(shown == words)
    #expect(try result.get().text == words.joined())
  }

  @Test func `an event that is longer than all buffers arrives whole`() async throws {
    let text = String(repeating: "x", count: 2 << 20)
    let (result, shown) = try await outcome([.head(), .send(Self.event(text) + Self.stop)])
    #expect(shown == [text])
    #expect(try result.get().finish == .stop)
  }

  @Test(arguments: [": ping\n\n", "event: ping\n\n", "data: {\"choices\":[]}\n\n"])
  func `events of which nothing becomes count against the limit on bytes`(event: String) async throws {
    let (result, shown) = try await outcome(
      [.head(), .flood(event, bytes: 100 << 20)], limits: TransferLimits(bytes: 1 << 20))
    #expect(result == .failure(.tooLong(bytes: 1 << 20)))
    #expect(shown.isEmpty)
  }

  @Test func `what came before garbage is shown`() async throws {
    let (result, shown) = try await outcome([.head(), .send(Self.event("Hi") + "data: {\n\n")])
    #expect(shown == ["Hi"])
    #expect(throws: ModelError.self) { try result.get() }
  }

  @Test func `what came before an error is shown, and nothing of what follows it`() async throws {
    let error = #"data: {"error":{"message":"no memory"},"choices":[{"delta":{"content":"x"}}]}"# + "\n\n"
    let (result, shown) = try await outcome(
      [.head(), .send(Self.event("Hi") + error + Self.event("x") + "data: {\n\n")])
    #expect(shown == ["Hi"])
    #expect(result == .failure(.failed("no memory")))
  }

  @Test func `half an event at an end that came too early is cut off, not malformed`() async throws {
    let (result, shown) = try await outcome(
      [.chunkedHead, .chunk(Self.event("Hi") + #"data: {"choices":[{"del"#)])
    #expect(shown == ["Hi"])
    #expect(result == .failure(.cutOff))
  }

  @Test func `a last event without its blank line counts where the reply is finished`() async throws {
    let stream = Self.event("Hi") + Self.stop + Self.usage
    for script in [[Act.chunkedHead, .chunk(stream)], [Act.head(), .send(stream)]] {
      let (result, _) = try await outcome(script)
      #expect(try result.get().usage == Usage(prompt: 7, reply: 3))
    }
  }

  @Test func `a refusal is read as a whole, even if it calls itself a stream`() async throws {
    let (result, _) = try await outcome([.head(400), .send(#"{"error":"data: no"}"#)])
    #expect(result == .failure(.refused(status: 400, message: "data: no", retryAfter: nil)))
  }

  @Test func `a reader that is busy with a text stops the service`() async throws {
    try await withServer { _, _ in
      [.head(), .flood(Self.event("x"), bytes: 100 << 20)]
    } _: { server in
      let model = ServiceModel(
        Endpoint(
          .openAI, at: try ServiceAddress(server.address), model: "m",
          limits: TransferLimits(bytes: 200 << 20)))
      let task = Task {
        try await model.complete(ModelRequest([.init(.user, "Hello")])) { _ in
          try? await Task.sleep(for: .seconds(600))
        }
      }
      // The kernel's buffers on both sides hold a few megabytes; nothing else may.
      var last = -1
      while last != server.bytesSent || last == 0 {
        last = server.bytesSent
        try await Task.sleep(for: .milliseconds(100))
      }
      #expect(last < 50 << 20)
      task.cancel()
      await #expect(throws: ModelError.cancelled) { try await task.value }
      #expect(await ScriptedServer.eventually { server.gone == 1 })
    }
  }

  @Test func `a transfer is paused by what is left to read, and by nothing else`() throws {
    let channel = TransferChannel(limits: TransferLimits())
    let head = HTTPHead(status: 200, contentType: "text/event-stream", retryAfter: nil)
    let inbox = ReplyInbox()
    let wire = OpenAIWire(endpoint: Endpoint(.openAI, at: try ServiceAddress("http://h"), model: "m"))
    var body = ResponseBody { _ in ReplyDecoder(.events, wire: wire, inbox: inbox, longest: 1 << 20) }
    func receive(_ text: String?) -> TransferChannel.Reception {
      let event = text.map(Self.event) ?? ""
      let padding = String(repeating: ":\n", count: (TransferChannel.capacity - event.utf8.count) / 2 + 1)
      _ = body.receive(Array((padding + event).utf8).span, head: head)
      return channel.receive(&body, end: nil).reception
    }
    for _ in 0..<10 { #expect(receive(nil) == .more) }
    #expect(receive("Hi") == .pause)
    #expect(receive(nil) == .pause)
    var bytes: [UInt8] = []
    guard case .content(wasPaused: true) = channel.read(into: &bytes) else {
      Issue.record("there is something to read")
      return
    }
    var pieces = ReplyBuffer()
    inbox.exchange(&pieces)
    #expect(pieces.texts == ["Hi"] && bytes.isEmpty)
    #expect(receive(nil) == .more)
  }
}
