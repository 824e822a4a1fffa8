import Foundation
import TestSupport
import Testing

/// Mining a text, against a service that does as it is told.
@Suite struct MineCommandTests {
  private static let text = """
    Ann found a key in the ash. She hung it by the door. It rained for a week. Nobody came.

    Then a chest washed up on the shore. The key fitted, and the lid sprang open.
    """

  static func reply(_ content: String) -> [ScriptedServer.Act] {
    let quoted = content.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return ScriptedServer.Act.response(
      #"{"choices":[{"message":{"content":"\#(quoted)"},"finish_reason":"stop"}]}"#)
  }

  private static func answer(_ request: String) -> [ScriptedServer.Act] {
    if request.contains("You check a claim") {
      return reply(#"{"aligned":true,"setup":true,"payoff":true,"separated":true,"justified":true}"#)
    }
    return reply(
      #"{"triples":[{"foreshadow_sentence":1,"payoff_sentence":6,"foreshadow":"Ann finds a key: \"old\".","#
        + #""trigger":"Is something locked found?","payoff":"The key opens the chest."}]}"#)
  }

  private static func mine(_ folder: borrowing TemporaryFolder, _ server: ScriptedServer, _ more: String...)
    async throws
    -> Tool.Result
  {
    let text = try folder.file("tale.txt", Self.text)
    return try await Tool.dramatis.run(
      [
        "mine", text, "-o", folder.path("story.yaml"), "--base-url", server.address,
        "--model", "tiny",
      ] + more, input: Data())
  }

  @Test func `what is found is a story that validates, with the sentences it was found in`() async throws {
    let folder = try TemporaryFolder()
    try await withServer { request, _ in
      Self.answer(request)
    } _: { server in
      let result = try await Self.mine(folder, server)
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.errors.contains("6 sentences in 1 window: at most 9 requests"))
      #expect(result.errors.contains("1 commitment of 1 candidate"))
      #expect(server.requests.count == 2)
    }
    let story = try folder.text("story.yaml")
    #expect(story.contains("source: sentences 1 and 6"))
    #expect(story.contains(#"foreshadow: "Ann finds a key: \"old\".""#))
    #expect(try await Tool.dramatis("validate", "--strict", folder.url.path).status == 0)
  }

  @Test func `after a failure the same command asks only what it has not asked yet`() async throws {
    let folder = try TemporaryFolder()
    try await withServer { request, _ in
      request.contains("You check a claim")
        ? ScriptedServer.Act.response(#"{"error":{"message":"no such model"}}"#, status: 404)
        : Self.answer(request)
    } _: { server in
      let result = try await Self.mine(folder, server)
      #expect(result.status == 3)
      #expect(result.errors.contains("goes on where this one stopped"))
    }
    #expect(try !folder.files.contains("story.yaml"))
    try await withServer { request, _ in
      Self.answer(request)
    } _: { server in
      let result = try await Self.mine(folder, server)
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.errors.contains("1 reply of them known already"))
      #expect(server.requests.count == 1)
    }
  }

  @Test func `more than one story may hold goes into a second one`() async throws {
    let folder = try TemporaryFolder()
    let text = try folder.file("tale.txt", (1...1700).map { "It was night \($0). " }.joined())
    try await withServer { request, _ in
      if request.contains("You check a claim") { return Self.answer(request) }
      let first = request.firstMatch(of: #/"content":"(\d+)\. /#).flatMap { Int($0.1) } ?? 1
      let triples = (0..<8).map { number in
        #"{"foreshadow_sentence":\#(first + number),"payoff_sentence":\#(first + number + 9),"#
          + #""foreshadow":"F.","trigger":"Is it due?","payoff":"P."}"#
      }
      return Self.reply("{\"triples\":[\(triples.joined(separator: ","))]}")
    } _: { server in
      let result = try await Tool.dramatis.run(
        [
          "mine", text, "-o", folder.path("story.yaml"), "--base-url", server.address,
          "--model", "tiny",
        ], input: Data())
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.errors.contains("264 commitments of 264 candidates"))
      #expect(result.errors.contains("story-2.yaml"))
    }
    #expect(try folder.text("story-2.yaml").contains("debt_257:"))
    #expect(try await Tool.dramatis("validate", folder.url.path).status == 0)
  }

  @Test func `a service that finds a part too long is given its size`() async throws {
    let folder = try TemporaryFolder()
    try await withServer { _, _ in
      ScriptedServer.Act.response(#"{"error":{"message":"exceeds the available context size"}}"#, status: 400)
    } _: { server in
      let plain = try await Self.mine(folder, server)
      #expect(plain.status == 3 && plain.errors.contains("give its size as --context"), "\(plain.errors)")
      let sized = try await Self.mine(folder, server, "--context", "4096")
      #expect(sized.status == 3 && sized.errors.contains("less than --context 4096"), "\(sized.errors)")
    }
  }

  @Test func `nothing is asked where replies cannot be kept`() async throws {
    let folder = try TemporaryFolder()
    let text = try folder.file("tale.txt", Self.text)
    try await withServer { request, _ in
      Self.answer(request)
    } _: { server in
      for (output, status) in [(folder.path("none/story.yaml"), 3), ("-", 2)] {
        let result = try await Tool.dramatis(
          "mine", text, "-o", output, "--base-url", server.address, "--model", "tiny")
        #expect(result.status == Int32(status), "\(result.errors)")
      }
      #expect(server.requests.isEmpty)
    }
  }

  @Test func `where no reply could be used nothing is written, and what to do is said`() async throws {
    let folder = try TemporaryFolder()
    try await withServer { _, _ in
      Self.reply("I would rather not.")
    } _: { server in
      let result = try await Self.mine(folder, server)
      #expect(result.status == 3)
      #expect(result.errors.contains("no story is written; remove "), "\(result.errors)")
    }
    #expect(try folder.files == ["story.yaml.replies", "tale.txt"])
  }

  @Test func `a cast that cannot be is told before anything is asked`() async throws {
    try await withServer { request, _ in
      Self.answer(request)
    } _: { server in
      for narrator in ["shopping: [milk]\n", "dramatis: ["] {
        let folder = try TemporaryFolder()
        _ = try folder.file("narrator.yaml", narrator)
        #expect(try await Self.mine(folder, server).status == 1, "\(narrator)")
      }
      let folder = try TemporaryFolder()
      #expect(try await Self.mine(folder, server, "--cast", "../../../etc/passwd").status == 1)
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("narrator.yaml"), withDestinationPath: "nowhere.yaml")
      let result = try await Self.mine(folder, server)
      #expect(result.status == 3 && result.errors.contains("leads nowhere"), "\(result.errors)")
      #expect(server.requests.isEmpty)
    }
  }

  @Test func `an estimate asks nothing and writes nothing`() async throws {
    let folder = try TemporaryFolder()
    try await withServer { request, _ in
      Self.answer(request)
    } _: { server in
      let result = try await Self.mine(folder, server, "--estimate")
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.errors.contains("at most 9 requests"))
      #expect(server.requests.isEmpty)
    }
    #expect(try folder.files == ["tale.txt"])
  }

  @Test func `an estimate tells the cost where the prices are known`() async throws {
    let folder = try TemporaryFolder()
    let text = try folder.file("tale.txt", Self.text)
    _ = try folder.file(
      "dramatis/config.yaml",
      "endpoints: { a: { base-url: \"http://a:1/v1\", model: m, price-prompt: 0, price-reply: 1000000 } }\n")
    let result = try await Tool.dramatis.run(
      ["mine", text, "-o", folder.path("story.yaml"), "--endpoint", "a", "--estimate"],
      input: Data(), environment: ["XDG_CONFIG_HOME": folder.url.path])
    #expect(result.status == 0)
    #expect(result.errors.contains("1520 out, cost 1520.0"), "\(result.errors)")
  }
}
