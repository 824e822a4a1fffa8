import Dramatis
import TestSupport
import Testing

@testable import DramatisLLM

/// Which form of prompts a model is found to need.
@Suite struct ControlLineTests {
  private static func reply(_ text: String) -> [ScriptedServer.Act] {
    let content = JSONValue.string(text).spelled
    return ScriptedServer.Act.response(
      #"{"choices":[{"message":{"content":\#(content)},"finish_reason":"stop"}]}"#)
  }

  private static func isCached(_ request: String) -> Bool { request.contains("[For Ada only") }

  private static func finding(
    cached: String, compact: String
  ) async throws -> (finding: Finding, requests: Int, memory: ServiceMemory) {
    try await withServer { request, _ in
      reply(isCached(request) ? cached : compact)
    } _: { server in
      let endpoint = Endpoint(.openAI, at: try ServiceAddress(server.address), model: "m")
      let finding = try await EndpointProbe(endpoint).controlLines()
      return (finding, server.requests.count, endpoint.memory)
    }
  }

  @Test(arguments: [
    ("It rains.", "Sit down.", PromptForm.cached, 3, "3 control lines are the character's own"),
    ("It rains.\nWen: And now?", "Sit down.", .compact, 6, "speak for others"),
    ("Wen: A boat, please.", "Sit down.", .compact, 6, "3 of 3 control lines speak for others"),
    ("[For Ada only:\n- Ada coils a rope while she talks.]\nNo.", "No.", .compact, 6, "repeat the direction"),
    ("It rains.\nWen: And?", "It rains.\nWen: And?", .cached, 6, "with 'compact' 3 of 3"),
    (" ", "No.", .compact, 6, "are empty"),
  ])
  func `the usual form stays where its lines are the character's own, or the other's are no better`(
    cached: String, compact: String, form: PromptForm, count: Int, words: String
  ) async throws {
    let (finding, requests, memory) = try await Self.finding(cached: cached, compact: compact)
    #expect(finding.subject == .promptForm)
    #expect(finding.verdict == (form == .cached ? .fine : .fallback))
    #expect(finding.text.contains(words) && finding.text.contains("'\(form.rawValue)'"), "\(finding.text)")
    #expect(memory.promptForm == form && requests == count)
  }

  @Test func `what was said to the character is no line of its own`() async throws {
    let requests = try await EndpointProbe.controlRequests()
    #expect(requests.count == 3)
    let renderer = PromptRenderer(user: "Wen")
    for request in requests {
      let said = try #require(request.event.text)
      #expect(LineSlip(said, for: request, by: renderer) == .repeatsOthers)
      #expect(LineSlip("\(said.prefix(5))", for: request, by: renderer) == nil)
      #expect(renderer.messages(for: request).last?.text.contains("Ada coils a rope") == true)
    }
  }

  @Test func `where no line comes, nothing is found and nothing learnt`() async throws {
    try await withServer { _, _ in
      ScriptedServer.Act.response("{}", status: 500)
    } _: { server in
      let endpoint = Endpoint(.openAI, at: try ServiceAddress(server.address), model: "m")
      let finding = try await EndpointProbe(endpoint).controlLines()
      #expect(finding.verdict == .unknown && endpoint.memory.promptForm == nil)
    }
  }

  @Test(arguments: PromptForm.allCases) func `the form is kept as a lesson`(form: PromptForm) throws {
    let endpoint = Endpoint(.openAI, at: try ServiceAddress("http://localhost"), model: "m")
    let line = ServiceMemory.line(of: ServiceLesson(.promptForm(form), because: "so"), about: endpoint)
    let lessons = ServiceMemory.lessons(in: line, about: endpoint)
    #expect(
      ServiceMemory(lessons).promptForm == form && lessons.first?.text == "prompts are \(form.rawValue)")
  }

  @Test(
    arguments: [
      (nil, nil, PromptForm.cached, PromptForm.cached), (nil, nil, .compact, .compact),
      (nil, .cached, .compact, .cached), (.compact, .cached, .cached, .compact),
    ] as [(PromptForm?, PromptForm?, PromptForm, PromptForm)])
  func `flags come before the profile, and the profile before what was found`(
    flag: PromptForm?, profile: PromptForm?, found: PromptForm, used: PromptForm
  ) throws {
    var text = "dramatis: 1\ncharacter: Ann\n"
    if let profile { text += "prompt-form: \(profile.rawValue)\n" }
    var renderer = PromptRenderer(form: flag)
    renderer.standardForm = found
    #expect(renderer.form(of: try compile(text)) == used)
  }

  @Test func `all that a doctor asks takes fewer than twenty requests, whatever is refused`() async throws {
    try await withServer { request, _ in
      if request.hasPrefix("GET") { return ScriptedServer.Act.response(#"{"data":[{"id":"m"}]}"#) }
      for name in ["stream_options", "response_format", "logprobs", "temperature", "stop", "seed"]
      where request.contains("\"\(name)\"") {
        return ScriptedServer.Act.response(
          #"{"error":{"message":"unsupported parameter: '\#(name)'"}}"#, status: 400)
      }
      return Self.reply("Well.\nWen: And?")
    } _: { server in
      let endpoint = Endpoint(.openAI, at: try ServiceAddress(server.address), model: "m")
      let findings = try await EndpointProbe(endpoint).run()
      #expect(server.requests.count < 20)
      #expect(findings.contains { $0.subject == .promptForm })
    }
  }
}
