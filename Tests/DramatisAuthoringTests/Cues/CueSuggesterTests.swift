import DramatisAuthoring
import DramatisLLM
import TestSupport
import Testing

/// Cues that a model writes, held against the matcher of a chat.
@Suite struct CueSuggesterTests {
  private static let questions = [
    CuedQuestion(name: "thanked", ask: "Does somebody thank Mara?", cues: ["thanks"]),
    CuedQuestion(name: "left", ask: "Does somebody leave?"),
  ]

  private static func reply(
    thanked: String, left: String = #"["goodbye"]"#, counter: String = "[]"
  ) -> String {
    """
    {"questions": [{"name": "thanked", "cues": \(thanked), "counter_cues": \(counter), "yes": ["Thank you!", "much obliged", "thanks"],
    "no": ["A thankless job.", "A tank!", "Think."], "overlaps": []},
    {"name": "left", "cues": \(left), "yes": ["Goodbye.", "goodbye then", "Goodbye, all"], "no": ["Good buy.", "Stay.", "Here."]}]}
    """
  }

  private static func suggest(_ replies: String...) async throws -> (CueSuggester.Findings, FakeModel) {
    let model = FakeModel { _, number in Completion(text: replies[min(number, replies.count - 1)]) }
    let findings = try await CueSuggester(for: questions, of: "Mara", with: model).suggest()
    return (findings, model)
  }

  @Test func `what is right is taken at once`() async throws {
    let (findings, model) = try await Self.suggest(Self.reply(thanked: #"["thank you", "much obliged"]"#))
    #expect(model.requests.count == 1 && findings.dropped.isEmpty && findings.weak.isEmpty)
    #expect(findings.suggestions.map(\.cues) == [["thank you", "much obliged"], ["goodbye"]])
  }

  @Test(arguments: [
    (#"["thank you", "much obliged", "thankless"]"#, "A thankless job."),
    (#"["thank you", "much obliged", "goodbye then"]"#, "goodbye then"),
    (#"["thank you", "much obliged", "(cheers|ta)"]"#, "cannot stand"),
  ])
  func `what is wrong is told once, and left out if it comes again`(cues: String, told: String) async throws {
    let (findings, model) = try await Self.suggest(Self.reply(thanked: cues))
    #expect(model.requests.count == 2)
    #expect(model.requests.last?.messages.last?.text.contains(told) == true)
    #expect(findings.suggestions.first?.cues == ["thank you", "much obliged"])
    #expect(findings.dropped.count == 1)
  }

  @Test func `what is mended is taken`() async throws {
    let right = Self.reply(thanked: #"["thank you", "much obliged"]"#)
    let (findings, _) = try await Self.suggest(Self.reply(thanked: #"["a tank"]"#), right)
    #expect(findings.suggestions.first?.cues == ["thank you", "much obliged"] && findings.dropped.isEmpty)
  }

  @Test func `a cue that adds nothing goes without a word, and those that are there are not given again`()
    async throws
  {
    let (findings, model) = try await Self.suggest(
      Self.reply(thanked: #"["thank you", "much obliged", "thanks", "thank you so much"]"#))
    #expect(model.requests.count == 1 && findings.dropped.isEmpty)
    #expect(findings.suggestions.first?.cues == ["thank you", "much obliged"])
  }

  @Test func `a question that hears too little is told and named`() async throws {
    let (findings, model) = try await Self.suggest(Self.reply(thanked: #"["cheers"]"#, left: #"["ciao"]"#))
    #expect(
      model.requests.count == 2
        && model.requests[1].messages.last?.text.contains("left: no cue hears") == true)
    #expect(findings.weak == ["thanked", "left"])
  }

  @Test(arguments: ["", "no", "{\"questions\": []}", "{\"questions\": [{\"name\": \"x\"}]}", "[]"])
  func `a reply that cannot be used gives nothing`(reply: String) async throws {
    let (findings, _) = try await Self.suggest(reply)
    #expect(findings.suggestions.isEmpty)
  }
}
