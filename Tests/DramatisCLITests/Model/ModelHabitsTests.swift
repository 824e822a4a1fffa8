import Foundation
import TestSupport
import Testing

/// What commands do where a service of models is particular, and what they send besides.
@Suite struct ModelHabitsTests {
  private static let line = #"{"choices":[{"message":{"content":"Why, yes."},"finish_reason":"stop"}]}"#

  private static func chat(
    _ server: ScriptedServer, in folder: String, profile: String, _ flags: [String] = [],
    input: String = "hello\n",
    command: String = "chat"
  ) async throws -> Tool.Result {
    let place = ["--base-url", server.address, "--model", "m"]
    let words = command == "chat" ? ["chat", profile, "--discriminator", "cues"] : [command]
    return try await Tool.dramatis.run(
      words + place + flags, input: Data(input.utf8),
      environment: ["XDG_STATE_HOME": folder, "XDG_CONFIG_HOME": folder])
  }

  @Test
  func `what is refused once is left out by the next chat, shown by the doctor, and forgotten when told so`()
    async throws
  {
    try await withServer { request, _ in
      request.contains(#""temperature""#)
        ? ScriptedServer.Act.response(
          #"{"error":{"message":"no field 'temperature', unsupported"}}"#, status: 400)
        : ScriptedServer.Act.response(Self.line)
    } _: { server in
      let folder = try TemporaryFolder()
      let (place, profile) = (folder.url.path, try folder.file("ann.yaml", ModelCommandTests.profile))
      let flags = ["--temperature", "0.5"]
      for count in [2, 3] {
        let result = try await Self.chat(server, in: place, profile: profile, flags)
        #expect(result.lines.contains("Ann: Why, yes."), "\(result.errors)")
        #expect(server.requests.count == count)
      }
      let shown = try await Self.chat(server, in: place, profile: profile, command: "doctor")
      let words = shown.output.split { $0.isWhitespace }.joined(separator: " ")
      #expect(words.contains("'temperature' is left out, since it said: no field 'temperature'"), "\(words)")
      let forgotten = try await Self.chat(
        server, in: place, profile: profile, ["--forget"], command: "doctor")
      #expect(forgotten.errors.contains("3 lessons forgotten"))
    }
  }

  @Test(arguments: [true, false])
  func `a chat leaves questions to the cues where the doctor found that the model guesses`(isGood: Bool)
    async throws
  {
    let word: @Sendable (Substring) -> String = { text in
      let isYes =
        ["thank", "pay?", "speak of", "bread"].contains { text.contains($0) } && !text.contains("refuse")
      return isYes == isGood ? "yes" : "no"
    }
    try await withServer { request, _ in
      guard request.contains("response_format") else { return ScriptedServer.Act.response(Self.line) }
      let questions = request.matches(of: /(q[0-9]+)\W{1,4} ?([A-Z][^?]*\?)/)
      let answers = questions.map { "\\\"\($0.output.1)\\\":\\\"\(word($0.output.2))\\\"" }
      return ScriptedServer.Act.response(
        #"{"choices":[{"message":{"content":"{\#(answers.joined(separator: ","))}"},"finish_reason":"stop"}]}"#
      )
    } _: { server in
      let folder = try TemporaryFolder()
      let (place, profile) = (folder.url.path, try folder.file("ann.yaml", ModelCommandTests.profile))
      let found = try await Self.chat(server, in: place, profile: profile, command: "doctor")
      let words = found.output.split { $0.isWhitespace }.joined(separator: " ")
      #expect(words.contains(isGood ? "fine: questions 8 of 8" : "fallback: questions 0 of 8"), "\(words)")
      let chat = try await Tool.dramatis.run(
        ["chat", profile, "--base-url", server.address, "--model", "m"], input: Data("hello\n".utf8),
        environment: ["XDG_STATE_HOME": place, "XDG_CONFIG_HOME": place])
      #expect(chat.status == 0 && chat.errors.contains("so questions stay with the cues") == !isGood)
    }
  }

  @Test func `parameters of flags and of the configuration reach the service, samplers with lines alone`()
    async throws
  {
    try await withServer { request, _ in
      request.contains("response_format") ? ModelCommandTests.answers : ScriptedServer.Act.response(Self.line)
    } _: { server in
      let folder = try TemporaryFolder()
      try FileManager.default.createDirectory(
        atPath: folder.path("dramatis"), withIntermediateDirectories: true)
      _ = try folder.file(
        "dramatis/config.yaml",
        """
        endpoints:
          inn:
            base-url: \(server.address)
            model: m
            top-p: 0.8
            min-p: 0.05
            stop: [END]
            reasoning: low
            extra-body: { provider: { order: [near] }, safe: true }
        """)
      let profile = try folder.file("ann.yaml", ModelCommandTests.profile)
      let result = try await Tool.dramatis.run(
        [
          "chat", profile, "--endpoint", "inn", "--param", "top-p=0.6", "--param", "mode=quick", "--usage",
        ], input: Data("hello\n".utf8),
        environment: ["XDG_STATE_HOME": folder.url.path, "XDG_CONFIG_HOME": folder.url.path])
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.errors.contains("2 requests"))
      let line = try #require(server.requests.last)
      for part in [
        #""top_p":0.6"#, #""min_p":0.05"#, #""stop":["END"]"#, #""provider":{"order":["near"]}"#,
        #""safe":true"#,
        #""mode":"quick""#, #""reasoning_effort":"low""#,
      ] {
        #expect(line.contains(part), "\(part)")
      }
      let question = try #require(server.requests.first)
      #expect(!question.contains("top_p") && question.contains(#""safe":true"#))
    }
  }

  @Test(arguments: [
    (["run", "ann.yaml", "--speak"], "{\"text\":\"hello\"}\n", 200, "1 request, "),
    (["run", "ann.yaml", "--speak"], "{\"text\":\"hello\"}\n", 404, "1 failed"),
    (["write", "tide.yaml", "--turns", "2", "--no-save"], "", 200, "2 requests"),
    (["mine", "tale.txt", "-o", "out.yaml"], "", 404, "failed"),
    (["serve", "--stdio"], "", 200, "0 requests"),
  ])
  func `what a model has taken is said at the end, also where it failed`(
    command: [String], input: String, status: Int, told: String
  ) async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("ann.yaml", "dramatis: 1\ncharacter: Ann\n")
    _ = try folder.file("tide.yaml", "story: 1\ntitle: Tide\ncast: [ann.yaml]\n")
    _ = try folder.file("tale.txt", String(repeating: "A dog. A cat. ", count: 20))
    try await withServer { _, number in
      status == 200
        ? ModelCommandTests.stream("Line", " \(number).") : ScriptedServer.Act.response("{}", status: status)
    } _: { server in
      let result = try await Tool.dramatis.run(
        command + ["--base-url", server.address, "--model", "m", "--usage"], input: Data(input.utf8),
        folder: folder.url,
        environment: ["XDG_STATE_HOME": folder.url.path, "XDG_CONFIG_HOME": folder.url.path])
      #expect((result.status == 0) == (status == 200), "\(result.errors)")
      #expect(result.errors.contains(told), "\(result.errors)")
    }
  }

  @Test(arguments: [
    ["--param", "model=x"], ["--param", "=1"], ["--param", "top_p"], ["--reasoning", "much"],
  ])
  func `what cannot be a parameter is wrong usage`(flags: [String]) async throws {
    let result = try await ModelCommandTests.tool(
      ["chat", "ann", "--base-url", "http://127.0.0.1:9"] + flags)
    #expect(result.status == 2)
  }

  @Test func `a log holds requests, replies and errors, and no key`() async throws {
    try await withServer { _, number in
      number == 0
        ? ScriptedServer.Act.response(Self.line)
        : ScriptedServer.Act.response(
          #"{"error":{"message":"bad key \#(ModelCommandTests.key)"}}"#, status: 401)
    } _: { server in
      let folder = try TemporaryFolder()
      let log = folder.path("log.jsonl")
      _ = try await ModelCommandTests.tool(
        [
          "chat", "ann", "--base-url", server.address, "--model", "m", "--log", log, "--discriminator",
          "cues",
        ], input: "hello\nhello\n", environment: ["OPENAI_API_KEY": ModelCommandTests.key])
      let text = try folder.text("log.jsonl")
      let lines = text.split(separator: "\n")
      #expect(lines.count == 2 && lines[0].contains("Why, yes.") && lines[0].contains("stranger: hello"))
      #expect(lines[1].contains("[key]") && !text.contains(ModelCommandTests.key))
    }
  }

  @Test func `answers that cannot be had are told once, and the turns go on`() async throws {
    try await withServer { request, _ in
      request.contains("response_format")
        ? ScriptedServer.Act.response(
          #"{"choices":[{"message":{"content":"Once upon a time"},"finish_reason":"stop"}]}"#)
        : ScriptedServer.Act.response(Self.line)
    } _: { server in
      let result = try await ModelCommandTests.tool(
        ["chat", "ann", "--base-url", server.address, "--model", "m"],
        input: "hello\nhello again\nand again\n")
      #expect(result.status == 0 && result.lines.filter { $0 == "Ann: Why, yes." }.count == 3)
      #expect(result.errors.split(separator: "\n").filter { $0.contains("--discriminator cues") }.count == 1)
    }
  }
}
