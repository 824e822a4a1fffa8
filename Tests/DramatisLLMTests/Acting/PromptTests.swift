import DramatisCompiler
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Dramatis
@testable import DramatisLLM

/// What a model is told in the course of a conversation.
@Suite struct PromptTests {
  private static func bundled(_ name: String) throws -> Program {
    try Compilation(shipped: name).requiredProgram
  }

  private static func said(_ turn: Int) -> Event {
    let texts = [
      "Good evening. What is there to eat at this hour?", "You watered the ale, and everybody here knows it.",
      "I am sorry. Tell me who comes here during the fair.", "What did you do before you kept the inn?",
    ]
    return Event(actor: "Rowan", text: "\(texts[turn % texts.count]) That is the \(turn)th thing I say.")
  }

  /// The prompts of a conversation with a character that ships.
  private static func prompts(turns: Int, _ renderer: PromptRenderer, of name: String) async throws
    -> [[UInt8]]
  {
    let model = FakeModel { _, number in
      Completion(text: "The lamp burns low, and this is my answer number \(number), friend.")
    }
    let performer = LLMPerformer(model, settings: .init(renderer: renderer))
    let session = try Session(cast: [bundled(name)], performer: performer)
    for turn in 0..<turns { _ = try await session.respond(to: said(turn)) }
    return model.requests.map { $0.messages.flatMap { Array("\($0.role): \($0.text)\n".utf8) } }
  }

  /// The bytes with which two prompts begin alike, and those of the shorter one.
  private static func common(_ prompts: [[UInt8]]) -> [(common: Int, shorter: Int)] {
    zip(prompts, prompts.dropFirst()).map { first, second in
      (zip(first, second).prefix { $0 == $1 }.count, min(first.count, second.count))
    }
  }

  @Test(arguments: ["mara", "kaethe", "plimsoll"])
  func `within the context, prompts begin as the ones before them for nine tenths of all bytes`(name: String)
    async throws
  {
    let prompts = try await Self.prompts(turns: 50, PromptRenderer(contextTokens: 32_000), of: name)
    #expect(prompts.count == 50)
    let pairs = Self.common(prompts)
    // What holds in one turn alone weighs most while the history is short.
    let late = pairs.suffix(25)
    #expect(late.allSatisfy { $0.common * 10 >= $0.shorter * 9 }, "\(late)")
    #expect(pairs.reduce(0) { $0 + $1.common } * 10 >= pairs.reduce(0) { $0 + $1.shorter } * 9)
  }

  @Test func `a mixed mood is told with all its states, another one with the most probable`() async throws {
    let profile = """
      dramatis: 1
      character: Ann
      questions: { praised: { ask: Praised? } }
      machines:
        mood:
          probabilistic: belief
          mixed: 0.3
          states: { unactivated: Ann waits., proud: Ann beams. }
          transitions: [{ from: any, to: proud, when: praised }]
      """
    let program = try #require(Compilation(of: Array(profile.utf8), name: "ann.yaml").program)
    for (probability, told) in [
      (0.5, ["- mood, in part: Ann waits.", "- mood, in part: Ann beams."]),
      (1, ["- mood, just now: Ann beams."]),
    ] {
      let model = FakeModel("Hm.")
      let session = try Session(cast: [program], performer: LLMPerformer(model))
      _ = try await session.respond(
        to: Event(actor: "Rowan", text: "Hello, Ann."),
        given: ["praised": try #require(Answer(probability: probability))])
      let prompt = model.requests.last?.messages.last?.text ?? ""
      #expect(prompt.contains("only:\n" + told.joined(separator: "\n") + "\nAnswer as Ann"), "\(prompt)")
    }
  }

  @Test func `history is cut in blocks, so that the prefix of most prompts stays as it was`() async throws {
    let renderer = PromptRenderer(contextTokens: 3000, replyTokens: 100)
    let prompts = try await Self.prompts(turns: 300, renderer, of: "mara")
    let kept = Self.common(prompts).count { Double($0.common) >= 0.7 * Double($0.shorter) }
    #expect(kept >= 250, "\(kept) of 299 prompts began as the one before")
  }

  @Test func `a session that goes on prompts as if it had never ended`() async throws {
    func next(_ session: Session, _ model: FakeModel) async throws -> [ModelRequest.Message]? {
      _ = try await session.respond(to: Self.said(60))
      return model.requests.last?.messages
    }
    let mara = try Self.bundled("mara")
    let renderer = PromptRenderer(contextTokens: 64_000)
    func performer(_ model: FakeModel) -> LLMPerformer {
      LLMPerformer(model, settings: .init(renderer: renderer))
    }
    // One that said the same twice would be asked again, for another line.
    let model = FakeModel { _, number in Completion(text: "So it is, and here is line \(number).") }
    let later = FakeModel("And so it was.")
    let session = try Session(cast: [mara], performer: performer(model))
    _ = try await session.greet(as: "Mara")
    for turn in 0..<60 { _ = try await session.respond(to: Self.said(turn)) }
    let resumed = try Session(resuming: await session.transcript, performer: performer(later))
    let messages = try await next(session, model)
    #expect(try await next(resumed, later) == messages)
    #expect(messages?.contains { $0.text.contains("That is the 0th thing") } == true)
  }

  @Test func `the history is bounded, and longer than any window`() {
    var events = PerceivedEvents()
    for number in 0..<2000 {
      events.append(Event(text: "\(number)"))
      let count = number + 1
      #expect(events.all.count >= min(count, PerceivedEvents.capacity) && events.all.count <= 432)
      #expect(events.last == Event(text: "\(number)"))
      for wanted in [0, 1, 15, 16, 17, 40] where count >= wanted {
        #expect(events.suffix(wanted).map(\.text) == (count - wanted..<count).map { "\($0)" })
      }
    }
  }

  @Test func `a line that is stopped is what was shown of it, and one of which nothing was shown fails`()
    async throws
  {
    let words = FakeModel { _, _ throws(ModelError) in throw .cancelled }
    let silent = try Session(cast: [ActingTests.mara()], performer: LLMPerformer(words, standIn: true))
    await #expect(throws: ModelError.cancelled) {
      try await silent.respond(to: Event(actor: "Rowan", text: "Hello"))
    }
    let session = try Session(cast: [ActingTests.mara()], performer: LLMPerformer(StoppedModel()))
    let shown = Mutex("")
    let turn = try await session.respond(to: Event(actor: "Rowan", text: "Hello")) { text in
      shown.withLock { $0 += text }
    }
    #expect(turn.line?.text == "Well, I" && turn.line?.cut == .stopped)
    #expect(shown.withLock { $0 } == "Well, I")
  }
}

/// Says the beginning of something and is stopped.
private struct StoppedModel: LanguageModel {
  let name = "stopped"

  func complete(
    _ request: ModelRequest, onText: @Sendable (String) async -> Void
  ) async throws(ModelError) -> Completion {
    await onText("Mara: Well, I ")
    throw .cancelled
  }
}
