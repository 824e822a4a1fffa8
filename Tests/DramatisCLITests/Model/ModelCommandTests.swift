import Foundation
import TestSupport
import Testing

/// Commands that use a language model, against a service that does as it is told.
@Suite struct ModelCommandTests {
  static let profile = """
    dramatis: 1
    character: Ann
    questions:
      greeted: { ask: Does someone greet Ann?, cues: [hello] }
      praised: { ask: Does someone praise Ann? }
    machines:
      mood:
        states: { glad: Ann smiles., proud: Ann beams. }
        transitions: [{ from: any, to: proud, when: praised }, { from: any, to: glad, when: greeted }]
    lines: [An authored line.]
    """
  static let key = "sk-never-to-be-shown-4711"

  /// A stream of chat completions with these pieces.
  static func stream(_ pieces: String...) -> [ScriptedServer.Act] {
    let chunks = pieces.map { #"data: {"choices":[{"delta":{"content":"\#($0)"}}]}"# + "\n\n" }
    return [.head()] + chunks.map { .send($0) }
      + [.send("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")]
  }

  /// Answers questions with no and everything else with the pieces.
  static func isQuestion(_ request: String) -> Bool { request.contains("response_format") }

  static let answers = ScriptedServer.Act.response(
    #"{"choices":[{"message":{"content":"{\"q1\":\"yes\"}"},"finish_reason":"stop"}]}"#)

  static func tool(
    _ arguments: [String], input: String = "", environment: [String: String] = [:]
  ) async throws -> Tool.Result {
    let folder = try TemporaryFolder()
    let path = try folder.file("ann.yaml", profile)
    return try await Tool.dramatis.run(
      arguments.map { $0 == "ann" ? path : $0 }, input: Data(input.utf8), environment: environment)
  }

  @Test func `a chat shows the model's line once, as it comes, and asks it what the cues do not know`()
    async throws
  {
    try await withServer { request, _ in
      Self.isQuestion(request) ? Self.answers : Self.stream("Ann: Why, ", "than\\u001b[31mk", " you.")
    } _: { server in
      let result = try await Self.tool(
        [
          "chat", "ann", "--base-url", server.address, "--model", "tiny", "--max-tokens", "77",
          "--temperature", "0.5",
        ],
        input: "hello\n")
      #expect(result.status == 0, "\(result.errors)")
      #expect(
        result.lines == [
          "Ann speaks through tiny at 127.0.0.1. /help lists the commands.", "Ann: Why, thank you.",
          "· mood: unactivated → proud because praised",
        ])
      #expect(server.requests.count == 2)
      let last = try #require(server.requests.last)
      #expect(last.hasPrefix("POST /v1/chat/completions"))
      for part in [
        #""max_tokens":77"#, #""temperature":0.5"#, #""model":"tiny""#, "stranger: hello", "Ann beams.",
      ] {
        #expect(last.contains(part), "\(part)")
      }
      #expect(!server.requests.contains { $0.lowercased().contains("authorization") })
    }
  }

  @Test func `a model that fails is one plain sentence, the turn is not taken, and the chat goes on`()
    async throws
  {
    let isDown = #"{"error":{"message":"no such model"}}"#
    try await withServer { request, number in
      if Self.isQuestion(request) { return Self.answers }
      return number == 1 ? ScriptedServer.Act.response(isDown, status: 404) : Self.stream("Here", " I am.")
    } _: { server in
      let result = try await Self.tool(
        ["chat", "ann", "--base-url", server.address, "--model", "tiny"], input: "hello\nhello\n/state\n")
      #expect(result.status == 3)
      #expect(
        result.lines.contains(
          "The service refused with status 404: no such model; check the address and the model's name. The turn was not taken; say it again when you like."
        ))
      #expect(result.lines.contains("Ann: Here I am."))
      #expect(result.lines.contains("turn: 1"))
    }
  }

  @Test
  func `a line that is cut is told, goes on with a command, and what was left out of it is told on demand`()
    async throws
  {
    let cut =
      #"data: {"choices":[{"delta":{"content":"<think>dry</think>The rain has be"},"finish_reason":"length"}]}"#
    try await withServer { _, number in
      number == 0 ? [.head(), .send(cut + "\n\n")] : Self.stream("been", " long.")
    } _: { server in
      let result = try await Self.tool(
        ["chat", "ann", "--base-url", server.address, "--model", "tiny", "--discriminator", "cues"],
        input: "hello\n/continue\n/alternatives\n/why\n/goto 0\n/continue\n")
      #expect(
        result.lines.filter { $0.hasPrefix("Ann: ") } == [
          "Ann: The rain has be", "Ann: The rain has been long.",
        ])
      #expect(result.lines.count { $0.hasPrefix("The line is cut at the limit of tokens: /continue") } == 1)
      #expect(result.lines.contains("* 2. The rain has been long."))
      #expect(result.lines.contains("There is no line to go on with yet."))
      #expect(server.requests.count == 2)
    }
    let written = try await Self.tool(["chat", "ann", "--no-model"], input: "hello\n/continue\n")
    #expect(written.output.contains("Only a language model can go on with a line"))
  }

  @Test func `a line that breaks off is not taken, and what was shown of it ends`() async throws {
    try await withServer { request, _ in
      Self.isQuestion(request)
        ? Self.answers : [.head(), .send(#"data: {"choices":[{"delta":{"content":"Well, I"}}]}"# + "\n\n")]
    } _: { server in
      let result = try await Self.tool(
        ["chat", "ann", "--base-url", server.address, "--model", "tiny"], input: "hello\n/state\n")
      #expect(result.lines.dropFirst().first == "Ann: Well, I")
      #expect(result.output.contains("The reply broke off; try again."))
      #expect(result.lines.contains("turn: 0"))
    }
  }

  @Test func `without a model, and with --no-model, lines are authored`() async throws {
    for (arguments, how) in [([], "configured"), (["--no-model"], "used")] {
      let environment =
        how == "used" ? ["DRAMATIS_BASE_URL": "http://127.0.0.1:9", "DRAMATIS_MODEL": "x"] : [:]
      let result = try await Self.tool(
        ["chat", "ann"] + arguments, input: "hello\n", environment: environment)
      #expect(result.lines.first?.hasPrefix("No language model is \(how)") == true)
      #expect(result.lines.contains("Ann: An authored line."))
      #expect(result.status == 0)
    }
  }

  @Test func `a run speaks through the model, and its failure is one of the environment`() async throws {
    try await withServer { request, number in
      if Self.isQuestion(request) { return Self.answers }
      return number < 2 ? Self.stream("Hm.") : ScriptedServer.Act.response("{}", status: 401)
    } _: { server in
      let events = String(repeating: "{\"actor\":\"Rowan\",\"text\":\"hello\"}\n", count: 2)
      let result = try await Self.tool(
        ["run", "ann", "--speak", "--discriminator", "llm"], input: events,
        environment: ["DRAMATIS_BASE_URL": server.address, "DRAMATIS_MODEL": "tiny"])
      #expect(result.status == 3)
      #expect(result.lines.count == 2 && result.lines.last?.contains(#""error""#) == true)
      #expect(result.output.contains(#""line":"Hm.""#) && result.output.contains(#""mood":"proud""#))
      #expect(result.errors.hasPrefix("line 2: error: the service refused with status 401"))
    }
  }

  @Test func `what a model said is recorded and played again without a service, and answers are kept`()
    async throws
  {
    let folder = try TemporaryFolder()
    let (tape, answers) = (
      folder.path("tape"), folder.path("answers")
    )
    let events = #"{"actor":"Rowan","text":"hello"}"# + "\n"
    let arguments = ["run", "ann", "--speak", "--discriminator", "llm", "--model", "tiny", "--base-url"]
    var address = ""
    let recorded = try await withServer { request, _ in
      Self.isQuestion(request) ? Self.answers : Self.stream("Hm.")
    } _: { server in
      address = server.address
      let first = try await Self.tool(
        arguments + [address, "--record", tape, "--answer-cache", answers], input: events)
      #expect(first.status == 0, "\(first.errors)")
      #expect(server.requests.count == 2)
      let again = try await Self.tool(arguments + [address, "--answer-cache", answers], input: events)
      #expect(again.output == first.output)
      #expect(server.requests.count == 3)
      return first
    }
    let played = try await Self.tool(arguments + [address, "--cassette", tape], input: events)
    #expect(played.status == 0, "\(played.errors)")
    #expect(played.output == recorded.output)
    let alone = try await Self.tool(
      ["run", "ann", "--speak", "--discriminator", "llm", "--cassette", tape], input: events)
    #expect(alone.status == 0 && alone.output == recorded.output, "\(alone.errors)")
    let kept = try String(contentsOfFile: answers, encoding: .utf8)
    #expect(kept.hasSuffix(" 1.0\n") && kept.utf8.count == 69 && !kept.contains("hello"))
    let twice = try await Self.tool(arguments + [address, "--record", tape], input: events)
    #expect(twice.status == 2 && twice.errors.contains("is there already"))
  }

  @Test func `a budget ends the use of the model, and usage is told`() async throws {
    try await withServer { request, _ in
      Self.isQuestion(request) ? Self.answers : Self.stream("Hm.")
    } _: { server in
      let result = try await Self.tool(
        ["chat", "ann", "--base-url", server.address, "--model", "tiny", "--budget-calls", "2"],
        input: "hello\n/usage\nhello again\n/usage\n")
      #expect(server.requests.count == 2)
      #expect(result.lines.contains { $0.hasPrefix("2 of 2 requests, ") })
      #expect(result.output.contains("budget is used up: 2 of 2 requests"))
      #expect(result.status == 3)
    }
  }

  @Test func `after the deadline a written line is spoken`() async throws {
    try await withServer { request, _ in
      Self.isQuestion(request) ? Self.answers : [.stall]
    } _: { server in
      let result = try await Self.tool(
        ["chat", "ann", "--base-url", server.address, "--model", "tiny", "--deadline", "1"], input: "hello\n")
      #expect(result.lines.contains("Ann: An authored line."))
      #expect(result.status == 0, "\(result.errors)")
    }
  }

  @Test func `a prompt is printed without a connection`() async throws {
    let events = """
      {"actor":"Rowan","text":"hello"}
      {"actor":"Ann","text":"Good day."}
      {"actor":"Rowan","text":"A fine \\u001b[31mhat."}
      """
    let text = try await Self.tool(["prompt", "ann"], input: events)
    #expect(text.status == 0, "\(text.errors)")
    #expect(
      text.lines.filter { $0.hasPrefix("==") }.prefix(4) == [
        "== system", "== user", "== assistant", "== user",
      ])
    #expect(text.lines.contains("Good day.") && text.output.contains("mood: Ann smiles."))
    #expect(text.lines.contains { $0.hasPrefix("== tokens, about ") })
    #expect(!text.output.contains("\u{1B}"))
    let json = try await Self.tool(["prompt", "ann", "--format", "json"], input: events)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(
      (object["messages"] as? [[String: String]])?.map { $0["role"] } == [
        "system", "user", "assistant", "user",
      ])
    let silent = try await Self.tool(["prompt", "ann"], input: #"{"actor":"Ann","text":"Good day."}"#)
    #expect(silent.status == 1)
  }

  @Test func `models are listed with their lengths`() async throws {
    let list =
      #"{"data":[{"id":"big\u001b[31m","max_model_len":8192},{"id":"small","meta":{"n_ctx":2048,"n_ctx_train":9}},{"id":"x"}]}"#
    try await withServer { _, _ in
      ScriptedServer.Act.response(list)
    } _: { server in
      let result = try await Self.tool(["models", "--base-url", server.address])
      #expect(result.lines == ["big (8192 tokens)", "small (2048 tokens)", "x"])
      #expect(server.requests.first?.hasPrefix("GET /v1/models") == true)
    }
  }

  @Test func `the doctor says which fallback is used for all that a poor service lacks`() async throws {
    try await withServer { request, _ in
      if request.hasPrefix("GET") { return ScriptedServer.Act.response("nothing here", status: 404) }
      if request.contains("response_format") || request.contains("logprobs") {
        return ScriptedServer.Act.response(#"{"error":"not supported"}"#, status: 400)
      }
      let isLoose = request.contains(#"{"role":"user","content":"Hello."},{"role":"user""#)
      return isLoose
        ? ScriptedServer.Act.response(#"{"error":"roles must alternate"}"#, status: 500)
        : ScriptedServer.Act.response(#"{"choices":[{"message":{"content":"Hi."},"finish_reason":"stop"}]}"#)
    } _: { server in
      let result = try await Self.tool(["doctor", "--base-url", server.address, "--model", "poor"])
      #expect(result.status == 0, "\(result.errors)")
      let verdicts = result.lines.dropFirst().filter { !$0.hasPrefix("     ") }.map {
        $0.split(separator: "  ", omittingEmptySubsequences: true).first.map { $0.drop { $0 == " " } } ?? ""
      }
      #expect(
        verdicts == [
          "fine: reachable", "fine: key", "fine: model", "fallback: streaming", "fallback: schema",
          "fallback: log-probabilities", "fallback: context", "fallback: roles", "fine: reasoning",
          "fine: stop",
          "unknown: parallel", "fallback: questions", "fine: prompt-form",
        ])
      #expect(server.requests.count < 20)
    }
  }

  @Test func `the doctor ends with 3 where nobody can speak`() async throws {
    let nobody = try await Self.tool(["doctor", "--base-url", "http://127.0.0.1:9", "--model", "x"])
    #expect(nobody.status == 3 && nobody.output.contains("failed: reachable"))
    try await withServer { _, _ in
      ScriptedServer.Act.response("{}", status: 401)
    } _: { server in
      let result = try await Self.tool(["doctor", "--base-url", server.address, "--model", "x"])
      #expect(result.status == 3 && result.output.contains("it wants a key, and none is configured"))
    }
  }

  @Test(arguments: [
    (500, "application/json", "{}"), (307, "text/plain", ""), (200, "text/html", "<h1>Hi</h1>"),
  ])
  func `the doctor claims nothing where no service of models was seen`(
    status: Int, type: String, body: String
  ) async throws {
    try await withServer { _, _ in
      ScriptedServer.Act.response(body, status: status, type: type)
    } _: { server in
      let result = try await Self.tool(
        ["doctor", "--base-url", server.address, "--model", "x"], environment: ["OPENAI_API_KEY": Self.key])
      #expect(result.status == 3)
      #expect(!result.output.contains("fine"), "\(result.output)")
      for subject in ["reachable", "key"] { #expect(result.output.contains("unknown: \(subject)")) }
    }
  }

  @Test func `a key in a reply reaches no line, no trace, no recording and no session`() async throws {
    try await withServer { request, _ in
      Self.isQuestion(request) ? Self.answers : Self.stream("Well, sk-never-to", "-be-shown-4711", " it is.")
    } _: { server in
      let folder = try TemporaryFolder()
      let environment = ["OPENAI_API_KEY": Self.key, "XDG_STATE_HOME": folder.url.path]
      let result = try await Self.tool(
        [
          "chat", "ann", "--base-url", server.address, "--model", "m", "--trace",
          folder.path("trace"), "--record", folder.path("record"),
        ], input: "hello\n/save kept\n", environment: environment)
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.lines.contains("Ann: Well, [key] it is."))
      for name in ["trace", "record", "dramatis/sessions/kept.jsonl"] {
        let text = try folder.text(name)
        #expect(!text.isEmpty && !text.contains(Self.key), "\(name)")
      }
    }
  }

  @Test func `a key is sent to the service and shown nowhere`() async throws {
    let echo = #"{"error":{"message":"bad key \#(Self.key)"}}"#
    try await withServer { request, _ in
      request.contains("Bearer \(Self.key)") ? ScriptedServer.Act.response(echo, status: 401) : []
    } _: { server in
      let environment = [
        "OPENAI_API_KEY": Self.key, "DRAMATIS_BASE_URL": server.address, "DRAMATIS_MODEL": "m",
      ]
      let trace = try TemporaryFolder()
      let file = trace.path("trace")
      for arguments in [
        ["chat", "ann", "--trace", file], ["run", "ann", "--speak"], ["models"], ["doctor"],
        ["doctor", "--format", "json"], ["chat", "ann", "--endpoint", "opena"],
        ["chat", "ann", "--timeout", "0"],
      ] {
        let result = try await Self.tool(
          arguments, input: arguments[0] == "run" ? #"{"text":"hello"}"# : "hello\n", environment: environment
        )
        #expect(result.status != 0, "\(arguments)")
        #expect(!(result.output + result.errors).contains(Self.key), "\(arguments)")
      }
      #expect(!server.requests.isEmpty && server.requests.allSatisfy { $0.contains(Self.key) })
      #expect(try !trace.text("trace").contains(Self.key))
    }
  }
}
