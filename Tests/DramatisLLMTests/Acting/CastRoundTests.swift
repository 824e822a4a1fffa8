import Dramatis
import DramatisLLM
import TestSupport
import Testing

/// What a whole cast asks goes out together, and says whom it means.
@Suite struct CastRoundTests {
  private static func profile(_ name: String, _ summary: String, asks questions: [String]) -> String {
    let listed = questions.enumerated().map { "  \(name.lowercased())\($0): { ask: \"\($1)\" }" }
    let gates = questions.indices.map { "- { when: \(name.lowercased())\($0), then: [\(name) nods \($0).] }" }
    return """
      dramatis: 1
      character: \(name)
      summary: \(summary)
      questions:
      \(listed.joined(separator: "\n"))
      behavior: { manner: [\(gates.map { $0.dropFirst(2) }.joined(separator: ", "))] }
      """
  }

  /// Answers yes to all that is asked.
  private static func agreeing() -> FakeModel {
    FakeModel { request, _ in
      let lines = (request.messages.last?.text ?? "").split(separator: "\n").filter { $0.hasPrefix("q") }
      let keys = lines.map { String($0.prefix { $0 != ":" }) }
      return Completion(text: "{" + keys.map { "\"\($0)\": \"yes\"" }.joined(separator: ", ") + "}")
    }
  }

  private static func cast(_ names: [String]) throws -> [Program] {
    try names.map { name in
      try compile(profile(name, "\(name) keeps the mill.", asks: ["Is her secret out?", "Does it rain?"]))
    }
  }

  private static func turn(_ names: [String], _ model: FakeModel, to event: Event) async throws -> Turn {
    let session = try Session(
      cast: try cast(names), discriminator: LLMDiscriminator(model), performer: FixedPerformer(nil))
    _ = try await session.respond(to: Event(actor: "Wen", text: "Good evening."), speaker: .nobody)
    return try await session.respond(to: event, speaker: .nobody)
  }

  @Test(arguments: [1, 2, 3]) func `a round of the whole cast is one request`(count: Int) async throws {
    let model = Self.agreeing()
    let names = Array(["Ada", "Bea", "Cleo"].prefix(count))
    let turn = try await Self.turn(names, model, to: Event(actor: "Wen", text: "It pours, and all know it."))
    #expect(model.requests.count == 2)
    for record in turn.records { #expect(record.statements.count == 2) }
    let prompt = try #require(model.requests.last?.messages.last?.text)
    // What means nobody in particular is asked once; what says "her" once for each, with who that is.
    #expect(prompt.components(separatedBy: "Does it rain?").count == 2)
    #expect(prompt.components(separatedBy: "Is her secret out?").count == count + 1)
    for name in names {
      #expect(prompt.contains("\(name): \(name) keeps the mill."))
      #expect(prompt.contains("(about \(name)) Is her secret out?") == (count > 1))
    }
    #expect(prompt.contains("The newest event is the last one, where Wen acts."))
    #expect(prompt.components(separatedBy: "It pours").count == 2)
  }

  @Test func `who perceives something else is asked about that`() async throws {
    let model = Self.agreeing()
    let whisper = Event(actor: "Wen", text: "It pours.", present: ["Wen", "Ada"])
    let turn = try await Self.turn(["Ada", "Bea"], model, to: whisper)
    #expect(turn.records.map(\.statements.count) == [2, 0])
    let prompt = try #require(model.requests.last?.messages.last?.text)
    #expect(!prompt.contains("Bea"))
  }

  @Test func `an answer about one is no answer about another`() async throws {
    let model = FakeModel { request, _ in
      let lines = (request.messages.last?.text ?? "").split(separator: "\n").filter { $0.hasPrefix("q") }
      let members = lines.map { line in
        "\"\(line.prefix { $0 != ":" })\": \"\(line.contains("about Ada") ? "yes" : "no")\""
      }
      return Completion(text: "{" + members.joined(separator: ", ") + "}")
    }
    let turn = try await Self.turn(["Ada", "Bea"], model, to: Event(actor: "Wen", text: "Everyone knows."))
    #expect(turn.records.map(\.statements) == [["Ada nods 0."], []])
  }
}
