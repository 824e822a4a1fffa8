import Synchronization
import TestSupport
import Testing

@testable import DramatisLLM

/// What the wrappers add to a model.
@Suite struct WrapperTests {
  private static let request = ModelRequest([.init(.user, "Hello")])
  private static let limit = ModelError.refused(status: 429, message: "", retryAfter: nil)

  /// Runs a model that fails so often with a retrying wrapper; returns the waits.
  private func waits(
    _ error: ModelError, failures: Int, policy: RetryPolicy = RetryPolicy()
  ) async -> (result: Result<Completion, ModelError>, waits: [Duration]) {
    let waits = Mutex([Duration]())
    let model = RetryingModel(
      FakeModel { _, number throws(ModelError) in
        if number < failures { throw error }
        return Completion(text: "Hi")
      }, policy: policy
    ) { wait in waits.withLock { $0.append(wait) } }
    let result: Result<Completion, ModelError>
    do throws(ModelError) {
      result = .success(try await model.complete(Self.request))
    } catch {
      result = .failure(error)
    }
    return (result, waits.withLock { $0 })
  }

  @Test(arguments: [
    limit, .unreachable("x"), .cutOff, .failed("x"), .timedOut(.connect), .timedOut(.firstText),
    .refused(status: 503, message: "", retryAfter: nil), .refused(status: 529, message: "", retryAfter: nil),
  ])
  func `what may pass is tried again with growing waits`(error: ModelError) async {
    let (result, waits) = await waits(error, failures: 3)
    #expect(result == .success(Completion(text: "Hi")))
    #expect(waits.count == 3)
    for (index, wait) in waits.enumerated() {
      let most = Duration.milliseconds(500) * (1 << index)
      #expect(wait >= most / 2 && wait <= most)
    }
  }

  @Test(arguments: [
    ModelError.badKey("x"), .cancelled, .malformed("x"), .tooLong(bytes: 1), .timedOut(.total),
    .overBudget("x"),
    .untrusted("x"), .refused(status: 400, message: "", retryAfter: nil),
    .refused(status: 401, message: "", retryAfter: nil),
    .refused(status: 429, message: "", retryAfter: .seconds(3600)),
  ])
  func `what would fail again is not tried again`(error: ModelError) async {
    let (result, waits) = await waits(error, failures: 1)
    #expect(result == .failure(error))
    #expect(waits.isEmpty)
  }

  @Test func `attempts end, and the last error is passed on`() async {
    let (result, waits) = await waits(Self.limit, failures: 99, policy: RetryPolicy(attempts: 3))
    #expect(result == .failure(Self.limit))
    #expect(waits.count == 2)
  }

  @Test func `a service that says how long to wait is obeyed`() async {
    let asked = ModelError.refused(status: 429, message: "", retryAfter: .seconds(7))
    #expect(await waits(asked, failures: 1).waits == [.seconds(7)])
  }

  @Test func `the jitter is that of the seed`() async {
    let first = await waits(Self.limit, failures: 3, policy: RetryPolicy(seed: 1)).waits
    #expect(await waits(Self.limit, failures: 3, policy: RetryPolicy(seed: 1)).waits == first)
    #expect(await waits(Self.limit, failures: 3, policy: RetryPolicy(seed: 2)).waits != first)
  }

  @Test func `nothing is tried again once something was shown`() async throws {
    try await withServer { _, _ in
      [.head(), .send("data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n")]
    } _: { server in
      let endpoint = Endpoint(.openAI, at: try ServiceAddress(server.address), model: "m")
      let model = RetryingModel(ServiceModel(endpoint), policy: RetryPolicy()) { _ in }
      await #expect(throws: ModelError.cutOff) { try await model.complete(Self.request) }
      #expect(server.requests.count == 1)
    }
  }

  @Test func `a refusal over the wire is tried again`() async throws {
    try await withServer { _, number in
      number < 2
        ? ScriptedServer.Act.response("{}", status: 429, "Retry-After: 1\r\n")
        : ScriptedServer.Act.response(#"{"choices":[{"message":{"content":"Hi"}}]}"#)
    } _: { server in
      let endpoint = Endpoint(.openAI, at: try ServiceAddress(server.address), model: "m")
      let waits = Mutex([Duration]())
      let model = RetryingModel(ServiceModel(endpoint), policy: RetryPolicy()) { wait in
        waits.withLock { $0.append(wait) }
      }
      let completion = try await model.complete(Self.request)
      #expect(completion.text == "Hi")
      #expect(waits.withLock { $0.count } == 2)
      #expect(waits.withLock { $0.allSatisfy { $0 >= .seconds(1) } })
    }
  }

  @Test func `a budget ends with its requests, its tokens or its costs`() async throws {
    let usage = Usage(prompt: 600, reply: 400)
    for (budget, expected) in [
      (Budget(calls: 3), 3), (Budget(tokens: 2500), 3),
      (Budget(cost: 0.01, price: .init(prompt: 5, reply: 5)), 2), (Budget(), 10),
    ] {
      let model = BudgetedModel(FakeModel { _, _ in Completion(text: "Hi", usage: usage) }, budget: budget)
      var answered = 0
      for _ in 0..<10 where (try? await model.complete(Self.request)) != nil { answered += 1 }
      #expect(answered == expected)
      #expect(budget.spent.calls == expected)
      #expect(budget.spent.tokens == expected * 1000)
    }
  }

  @Test func `what is not counted is estimated, and what failed at once costs nothing`() async {
    let budget = Budget()
    let model = BudgetedModel(
      FakeModel { _, number throws(ModelError) in
        if number == 0 { throw ModelError.cutOff }
        return Completion(text: String(repeating: "word ", count: 70))
      }, budget: budget)
    for _ in 0..<2 { _ = try? await model.complete(Self.request) }
    #expect(budget.spent.failures == 1)
    #expect((90...110).contains(budget.spent.replyTokens))
    #expect((5...12).contains(budget.spent.promptTokens))
  }

  @Test func `a cassette answers as the model did, in pieces and in order`() async throws {
    let cassette = Cassette()
    let completion = Completion(
      text: "Hello there \"you\"\n👋", finish: .length, usage: Usage(prompt: 1, reply: 2, cached: 1),
      model: "m",
      alternatives: [TokenAlternative("yes", logProbability: -0.5)])
    let recording = RecordingModel(
      FakeModel { _, number in number == 1 ? Completion(text: "second") : completion }, on: cassette)
    for _ in 0..<2 { _ = try await recording.complete(Self.request) }
    let read = try Cassette(cassette.bytes)
    #expect(read.bytes == cassette.bytes)
    let replaying = ReplayingModel(read, name: "fake")
    let pieces = Mutex([String]())
    let first = try await replaying.complete(Self.request) { text in pieces.withLock { $0.append(text) } }
    #expect(first == completion)
    #expect(pieces.withLock { $0.count } == 3)
    let second = try await replaying.complete(Self.request)
    #expect(second.text == "second")
    await #expect(throws: ModelError.notRecorded("Hello")) { try await replaying.complete(Self.request) }
    await #expect(throws: ModelError.notRecorded("Other")) {
      try await replaying.complete(ModelRequest([.init(.user, "Other")]))
    }
  }

  @Test(arguments: ["x", "{}", "[1]", "{\"request\":{},\"pieces\":[],\"text\":1,\"finish\":\"stop\"}"])
  func `a damaged cassette is refused with the line`(text: String) {
    let error = #expect(throws: ModelError.self) { try Cassette(Array("\n\(text)\n".utf8)) }
    #expect(error?.description.contains("line 1 ") == true)
  }

  @Test func `a cassette of a service with a key holds no key`() async throws {
    try await withServer { _, _ in
      ScriptedServer.Act.response(#"{"choices":[{"message":{"content":"Hi"}}]}"#)
    } _: { server in
      let endpoint = Endpoint(
        .openAI, at: try ServiceAddress(server.address), model: "m", key: try APIKey("sk-12345"))
      let cassette = Cassette()
      _ = try await RecordingModel(ServiceModel(endpoint), on: cassette).complete(Self.request)
      let text = String(decoding: cassette.bytes, as: UTF8.self)
      #expect(text.contains("Hi") && !text.contains("sk-12345"))
    }
  }

  @Test(.timeLimit(.minutes(5)))
  func `no more requests are under way than allowed`() async throws {
    let counts = Mutex((now: 0, most: 0))
    let waiting = Mutex<[CheckedContinuation<Void, Never>]>([])
    let model = RateLimitedModel(
      FakeModel { _, _ in
        let most = counts.withLock { counts in
          counts.now += 1
          counts.most = max(counts.most, counts.now)
          return counts.most
        }
        // Nobody ends before as many as allowed have been under way together.
        await withCheckedContinuation { continuation in
          let ready = waiting.withLock { waiting in
            waiting.append(continuation)
            defer { if most >= 3 { waiting = [] } }
            return most >= 3 ? waiting : []
          }
          for continuation in ready { continuation.resume() }
        }
        counts.withLock { $0.now -= 1 }
        return Completion(text: "Hi")
      }, atOnce: 3)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<20 { group.addTask { _ = try await model.complete(Self.request) } }
      try await group.waitForAll()
    }
    #expect(counts.withLock { $0.most } == 3)
  }

  @Test func `whoever waits for a place can be cancelled`() async throws {
    let gate = RequestGate(atOnce: 1, interval: .zero)
    try await gate.enter()
    let waiting = Task { try await gate.enter() }
    try await Task.sleep(for: .milliseconds(20))
    waiting.cancel()
    await #expect(throws: ModelError.cancelled) { try await waiting.value }
    await gate.leave()
    try await gate.enter()
  }

  @Test func `no more are under way than a service turns out to serve`() async throws {
    let now = Atomic(0)
    let most = Atomic(0)
    let asked = Atomic(0)
    let slow = FakeModel { _, _ throws(ModelError) in
      most.max(now.add(1, ordering: .relaxed).newValue, ordering: .relaxed)
      try? await Task.sleep(for: .milliseconds(5))
      now.subtract(1, ordering: .relaxed)
      return Completion(text: "Hi")
    }
    let model = RateLimitedModel(slow, atOnce: 64) {
      asked.add(1, ordering: .relaxed)
      return 2
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<9 { group.addTask { _ = try await model.complete(Self.request) } }
      try await group.waitForAll()
    }
    #expect(most.load(ordering: .relaxed) == 2 && asked.load(ordering: .relaxed) == 1)
  }

  @Test func `requests are spread over the minute`() async throws {
    let model = RateLimitedModel(FakeModel("Hi"), atOnce: 9, perMinute: 1200)
    let start = ContinuousClock.now
    for _ in 0..<5 { _ = try await model.complete(Self.request) }
    #expect(start.duration(to: .now) >= .milliseconds(200))
  }

  @Test func `an estimate learns from what the service counts`() {
    let messages = [ModelRequest.Message(.user, String(repeating: "x", count: 700))]
    var counter = TokenCounter()
    #expect((200...210).contains(counter.tokens(in: messages)))
    for _ in 0..<20 { counter.learn(from: messages, counted: 106) }
    #expect((105...110).contains(counter.tokens(in: messages)))
    for counted in [0, -1, .max] { counter.learn(from: messages, counted: counted) }
    #expect((1...8).contains(counter.bytesPerToken))
  }
}
