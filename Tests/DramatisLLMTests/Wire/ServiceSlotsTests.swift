import Dramatis
import Synchronization
import TestSupport
import Testing

@testable import DramatisLLM

/// Questions leave the beginning of lines in the slots of a server.
@Suite struct ServiceSlotsTests {
  private static let plainLine = #"{"choices":[{"message":{"content":"Well."},"finish_reason":"stop"}]}"#
  /// As llama-server replies.
  private static let line = #"{"timings":{"cache_n":0},"# + plainLine.dropFirst()
  private static let beginning = ModelRequest.Beginning(
    of: "Ann",
    [.init(.system, "Be Ann."), .init(.user, "Hello."), .init(.assistant, "Well."), .init(.user, "And?")])

  private static func lineRequest(_ character: String = "Ann") -> ModelRequest {
    var request = ModelRequest([.init(.system, "Be \(character)."), .init(.user, "Hello.")], maxTokens: 40)
    request.purpose = .line(of: character)
    return request
  }

  private static func question(_ part: Int = 0, awaited: ModelRequest.Beginning? = nil) -> ModelRequest {
    var request = ModelRequest([.init(.system, "Answer."), .init(.user, "Is it?")], maxTokens: 20)
    (request.purpose, request.awaited) = (.questions(part: part), awaited)
    return request
  }

  /// What a server is sent that says how many slots it has.
  private static func bodies(
    of requests: [ModelRequest], slots: Int?, tokens: Int = 4096, dialect: Endpoint.Dialect = .openAI,
    refusing name: String? = nil, isPlain: Bool = false
  ) async throws -> (bodies: [JSONValue], gets: Int, lessons: [ServiceLesson]) {
    try await withServer { request, _ in
      if request.hasPrefix("GET") {
        let body = slots.map {
          #"{"total_slots":\#($0),"default_generation_settings":{"n_ctx":\#(tokens)}}"#
        }
        return ScriptedServer.Act.response(body ?? "{}", status: body == nil ? 404 : 200)
      }
      if let name, request.contains("\"\(name)\"") {
        return ScriptedServer.Act.response(
          #"{"error":{"message":"unknown field '\#(name)'"}}"#, status: 400)
      }
      return ScriptedServer.Act.response(isPlain ? plainLine : line)
    } _: { server in
      let endpoint = Endpoint(dialect, at: try ServiceAddress(server.address + "/v1"), model: "m")
      for request in requests { _ = try? await ServiceModel(endpoint).complete(request) }
      let bodies = server.requests.filter { $0.hasPrefix("POST") }.compactMap { request in
        request.firstRange(of: "\r\n\r\n").flatMap {
          try? JSONValue(parsing: Array(request[$0.upperBound...].utf8))
        }
      }
      return (bodies, server.requests.count { $0.hasPrefix("GET") }, endpoint.memory.lessons)
    }
  }

  @Test(arguments: [
    (2, ["Ann"], [0], [1, 1, 1]), (3, ["Ann"], [0], [2, 1, 2]), (4, ["Ann", "Bea"], [0, 1], [3, 2, 3]),
    (2, ["Ann", "Bea"], [0, 0], [1, 1, 1]), (3, ["Ann", "Bea", "Cleo"], [0, 1, 0], [2, 2, 2]),
    (8, ["Ann", "Bea"], [0, 1], [7, 6, 5]),
  ])
  func `lines of each character take the first slots, and questions the others`(
    count: Int, characters: [String], lines: [Int], questions: [Int]
  ) {
    var plan = SlotPlan()
    plan.isLikely = true
    let isTime = [ModelRequest.Purpose.line(of: "Ann"), .questions(part: 0), .questions(part: 1)].map {
      plan.note($0)
    }
    #expect(isTime == [false, true, false])
    for character in characters { _ = plan.note(.line(of: character)) }
    #expect(plan.slot(for: .line(of: "Ann")) == nil)
    plan.learn(["total_slots": .number(Double(count))])
    #expect(characters.map { plan.slot(for: .line(of: $0)) } == lines)
    #expect((0..<3).map { plan.slot(for: .questions(part: $0)) } == questions)
  }

  @Test func `a server is asked for its slots once both kinds come, and then given them`() async throws {
    let requests = [
      Self.question(), Self.lineRequest(), Self.question(), Self.question(1), Self.lineRequest(),
    ]
    let (bodies, gets, _) = try await Self.bodies(of: requests, slots: 2)
    #expect(bodies.map { $0["id_slot"]?.int } == [nil, 0, 1, 1, 0])
    #expect(bodies.map { $0["cache_prompt"] } == [nil, true, true, true, true])
    #expect(gets == 1)
  }

  @Test(arguments: [Endpoint.Dialect.openAI, .ollama, .anthropic])
  func `a service that does not tell of slots is sent nothing about them`(
    dialect: Endpoint.Dialect
  ) async throws {
    let requests = [Self.lineRequest(), Self.question(awaited: Self.beginning), Self.lineRequest()]
    let (bodies, gets, _) = try await Self.bodies(of: requests, slots: nil, dialect: dialect)
    #expect(bodies.count == 3 && gets <= 1)
    #expect(bodies.allSatisfy { $0["id_slot"] == nil && $0["cache_prompt"] == nil })
    #expect(!bodies[1].spelled.contains("Be Ann."))
  }

  @Test func `a service whose replies do not look like those of one with slots is not asked`() async throws {
    let requests = [Self.lineRequest(), Self.question(), Self.lineRequest()]
    let (bodies, gets, _) = try await Self.bodies(of: requests, slots: 2, isPlain: true)
    #expect(gets == 0 && bodies.allSatisfy { $0["id_slot"] == nil && $0["cache_prompt"] == nil })
  }

  @Test func `requests of one kind alone, or of none, ask for nothing`() async throws {
    let plain = ModelRequest([.init(.user, "Hello.")])
    let (bodies, gets, _) = try await Self.bodies(
      of: [Self.lineRequest(), Self.lineRequest("Bea"), plain], slots: 2)
    #expect(gets == 0 && bodies.allSatisfy { $0["id_slot"] == nil })
  }

  @Test(arguments: ["id_slot", "cache_prompt"])
  func `a slot that is refused is left out from then on`(name: String) async throws {
    let requests = [Self.question(), Self.lineRequest(), Self.question(), Self.lineRequest()]
    let (bodies, _, lessons) = try await Self.bodies(of: requests, slots: 2, refusing: name)
    #expect(bodies.count == requests.count + 1)
    #expect(bodies.suffix(3).allSatisfy { $0[name] == nil })
    #expect(lessons.contains { $0.change == .leaveOut(name) })
  }

  @Test func `where there is one slot, questions come behind what the line begins with`() async throws {
    let requests = [Self.lineRequest(), Self.question(awaited: Self.beginning)]
    let (bodies, _, _) = try await Self.bodies(of: requests, slots: 1)
    let messages = try #require(bodies.last?["messages"]?.elements)
    #expect(bodies.allSatisfy { $0["id_slot"] == nil })
    #expect(messages.map { $0["role"]?.text } == ["system", "user", "assistant", "user"])
    #expect(messages.prefix(3).compactMap { $0["content"]?.text } == ["Be Ann.", "Hello.", "Well."])
    let last = try #require(messages.last?["content"]?.text)
    #expect(last.hasPrefix("And?\n\n[") && last.hasSuffix("Answer.\n\nIs it?"))
  }

  @Test func `a beginning that leaves no room is left out`() async throws {
    let requests = [Self.lineRequest(), Self.question(awaited: Self.beginning)]
    let (bodies, _, _) = try await Self.bodies(of: requests, slots: 1, tokens: 64)
    #expect(bodies.last?["messages"]?.elements?.count == 2)
  }

  @Test func `a beginning that the service finds too long is left out`() async throws {
    try await withServer { request, _ in
      if request.hasPrefix("GET") { return ScriptedServer.Act.response(#"{"total_slots":1}"#) }
      return request.contains("Be Ann.") && request.contains("Is it?")
        ? ScriptedServer.Act.response(
          #"{"error":{"message":"the request exceeds the available context size","n_ctx":4000}}"#,
          status: 400)
        : ScriptedServer.Act.response(Self.line)
    } _: { server in
      let model = ServiceModel(Endpoint(.openAI, at: try ServiceAddress(server.address), model: "m"))
      _ = try await model.complete(Self.lineRequest())
      #expect(try await model.complete(Self.question(awaited: Self.beginning)).text == "Well.")
      #expect(server.requests.last?.contains("Be Ann.") == false)
    }
  }

  @Test func `where there are several, the slot of the line reads it while questions are answered`()
    async throws
  {
    try await withServer { request, _ in
      if request.hasPrefix("GET") { return ScriptedServer.Act.response(#"{"total_slots":2}"#) }
      // Long enough for what is sent beside it to come.
      return request.contains("Is it?")
        ? [.pause(milliseconds: 200)] + ScriptedServer.Act.response(Self.line)
        : ScriptedServer.Act.response(Self.line)
    } _: { server in
      let model = ServiceModel(Endpoint(.openAI, at: try ServiceAddress(server.address), model: "m"))
      _ = try await model.complete(Self.lineRequest())
      _ = try await model.complete(Self.question(awaited: Self.beginning))
      _ = try await model.complete(Self.question(1, awaited: Self.beginning))
      let ahead = server.requests.filter { $0.contains("And?") }
      #expect(ahead.count == 1)
      #expect(ahead.first?.contains(#""id_slot":0"#) == true)
      #expect(ahead.first?.contains(#""max_tokens":1"#) == true)
    }
  }

  @Test func `a server that fails is asked again how many slots it has`() async throws {
    let count = Mutex(0)
    try await withServer { request, _ in
      if request.hasPrefix("GET") {
        let number = count.withLock { count in
          count += 1
          return count
        }
        return ScriptedServer.Act.response(#"{"total_slots":\#(number == 1 ? 4 : 2)}"#)
      }
      return request.contains("fail")
        ? ScriptedServer.Act.response("{}", status: 503) : ScriptedServer.Act.response(Self.line)
    } _: { server in
      let model = ServiceModel(Endpoint(.openAI, at: try ServiceAddress(server.address), model: "m"))
      for request in [Self.lineRequest(), Self.question()] { _ = try await model.complete(request) }
      #expect(server.requests.last?.contains(#""id_slot":3"#) == true)
      var failing = Self.question()
      failing.messages.append(.init(.user, "fail"))
      await #expect(throws: ModelError.self) { try await model.complete(failing) }
      _ = try await model.complete(Self.question())
      #expect(server.requests.last?.contains(#""id_slot":1"#) == true)
    }
  }
}
