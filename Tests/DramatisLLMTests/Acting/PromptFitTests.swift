import Dramatis
import Synchronization
import TestSupport
import Testing

@testable import DramatisLLM

/// Prompts that are fitted to the room that a service has.
@Suite struct PromptFitTests {
  /// A model with so many tokens of room, of four bytes each; it says numbers if it is to.
  private static func model(room: Int, saysNumbers: Bool = true) -> FakeModel {
    FakeModel { request, _ throws(ModelError) in
      let tokens = request.messages.reduce(0) { $0 + $1.text.utf8.count } / 4
      guard tokens + (request.maxTokens ?? 0) <= room else {
        throw .tooLongPrompt(tokens: saysNumbers ? tokens : nil, limit: saysNumbers ? room : nil)
      }
      return Completion(text: "Well, well.")
    }
  }

  /// A session in which so much was said, and a performer with settings.
  private static func session(
    _ model: FakeModel, said count: Int, settings: LLMPerformer.Settings = .init()
  ) async throws -> Session {
    let session = try Session(
      cast: [try compileMara("lines: [Hm.]\n")],
      discriminator: CueDiscriminator(for: [try compileMara("lines: [Hm.]\n")]),
      performer: LLMPerformer(FakeModel("Hm."), settings: settings))
    for number in 0..<count {
      _ = try await session.respond(
        to: "Number \(number). " + String(repeating: "It rains. ", count: 20), by: "Rowan")
    }
    return try Session(
      resuming: await session.transcript, cast: [try compileMara("lines: [Hm.]\n")],
      discriminator: CueDiscriminator(for: [try compileMara("lines: [Hm.]\n")]),
      performer: LLMPerformer(model, settings: settings))
  }

  @Test(arguments: [true, false])
  func `an overflow is answered with a shorter prompt, with numbers and without`(saysNumbers: Bool)
    async throws
  {
    let model = Self.model(room: 1500, saysNumbers: saysNumbers)
    let turn = try await Self.session(model, said: 40).respond(to: "And now?", by: "Rowan")
    #expect(turn.line?.text == "Well, well.")
    #expect(Set(model.requests.map(\.messages)).count == model.requests.count && model.requests.count <= 4)
    #expect(model.requests.last?.messages.last?.text.hasPrefix("Rowan: And now?") == true)
    #expect((model.requests.last?.messages.count ?? 0) > 2, "some of the history is left")
  }

  @Test func `words that are too long for the room are refused with the numbers, and not twice the same`()
    async throws
  {
    let model = Self.model(room: 600)
    await #expect(throws: ModelError.self) {
      try await Self.session(model, said: 3).respond(
        to: String(repeating: "a word ", count: 2000), by: "Rowan")
    }
    #expect(Set(model.requests.map(\.messages)).count == model.requests.count)
  }

  @Test func `the room is asked for where it matters, and used`() async throws {
    let asked = Mutex(0)
    var settings = LLMPerformer.Settings()
    settings.mostTokens = 100_000
    settings.window = { mayAsk in
      guard mayAsk else { return nil }
      asked.withLock { $0 += 1 }
      return 20_000
    }
    let model = Self.model(room: 20_000)
    _ = try await Self.session(model, said: 1, settings: settings).respond(to: "And now?", by: "Rowan")
    #expect(asked.withLock { $0 } == 0)
    _ = try await Self.session(model, said: 60, settings: settings).respond(to: "And now?", by: "Rowan")
    #expect(asked.withLock { $0 } > 0)
    #expect((model.requests.last?.messages.count ?? 0) > 100)
  }

  @Test func `a short window keeps the newest of the history rather than none of it`() async throws {
    var settings = LLMPerformer.Settings()
    settings.renderer.contextTokens = 900
    let model = Self.model(room: 100_000)
    _ = try await Self.session(model, said: 20, settings: settings).respond(to: "And now?", by: "Rowan")
    let texts = model.requests.last?.messages.map(\.text) ?? []
    #expect(texts.contains { $0.contains("Number 19.") } && !texts.contains { $0.contains("Number 2.") })
  }
}
