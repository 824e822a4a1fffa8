import Dramatis
import Synchronization
import TestSupport
import Testing

@testable import DramatisLLM

/// What is remembered, as a model is told of it and as a model sums it up.
@Suite struct MemoryPromptTests {
  private static let keeper = """
    dramatis: 1
    character: Ines
    remember:
      name: { ask: "What is {user} called?", cues: [my name is] }
    lines: [Hm.]

    """

  /// A session of a profile, and the prompt of its last line at a context.
  private static func prompt(
    after texts: [String], of profile: String = keeper, undoing: Int? = nil, context: Int = 4096,
    form: PromptForm? = nil
  ) async throws -> RenderedPrompt {
    let performer = FixedPerformer("Hm.")
    let session = try Session(cast: [try compile(profile)], performer: performer)
    for (number, text) in texts.enumerated() {
      let isLast = number == texts.count - 1
      _ = try await session.respond(
        to: Event(actor: "Tove", text: text), speaker: isLast ? .addressed : .nobody)
      if number + 1 == undoing { _ = try await session.undo() }
    }
    let request = try #require(await performer.requests.last)
    return PromptRenderer(contextTokens: context, form: form).prompt(for: request)
  }

  private static let talk = (1...200).map { number in
    number == 3
      ? "Good evening. My name is Tove Lind."
      : "And the sea, for the \(number). time: what does it do out there tonight, with so much wind over it?"
  }

  @Test(arguments: PromptForm.allCases)
  func `a name told in turn 3 is in the prompt of turn 200, and not after undoing turn 3`(form: PromptForm)
    async throws
  {
    let prompt = try await Self.prompt(after: Self.talk, form: form)
    let part = try #require(prompt.parts.first { $0.name == "memory" })
    #expect(part.text == "- What is Tove called? Known so far: Tove: \"My name is Tove Lind.\"")
    #expect(prompt.messages.contains { $0.text.contains(part.text) })
    #expect(prompt.omissions.contains { $0.what.hasPrefix("the oldest") })
    #expect(TokenCounter().tokens(in: prompt.messages) + 300 <= 4096)
    let undone = try await Self.prompt(after: Self.talk, undoing: 3, form: form)
    #expect(!undone.messages.contains { $0.text.contains("Lind") })
    #expect(!undone.parts.contains { $0.name == "memory" })
  }

  @Test func `what the budget has no room for is told as left out`() async throws {
    let profile = Self.keeper + "remember-budget: 22\n"
    let prompt = try await Self.prompt(
      after: ["My name is Tove.", "My name is Ada, and it was never another.", "Hm."], of: profile)
    #expect(
      prompt.parts.first { $0.name == "memory" }?.text
        == "- What is Tove called? Known so far: Tove: \"My name is Ada, and it was never another.\"")
    #expect(prompt.omissions.contains { $0.what == "My name is Tove." && $0.why.contains("no room") })
  }

  @Test func `a German character is told of it in German`() async throws {
    let profile = Self.keeper.replacing("character: Ines", with: "character: Ines\nlanguage: de")
    let prompt = try await Self.prompt(after: ["My name is Tove.", "Hm."], of: profile)
    #expect(
      prompt.parts.first { $0.name == "memory" }?.text
        == "- What is Tove called? Bisher bekannt: Tove: „My name is Tove.“")
  }

  // MARK: Summing up

  private static let asking = """
    dramatis: 1
    character: Ines
    remember:
      guest: { ask: What has the guest told about himself?, cues: [my name is, i come from] }
    lines: [Hm.]

    """

  private static func session(_ model: FakeModel, of profile: String = asking) async throws -> Session {
    let session = try Session(cast: [try compile(profile)])
    await session.remember(by: LLMRememberer(model))
    return session
  }

  private static func say(_ texts: String..., in session: Session) async throws {
    for text in texts {
      _ = try await session.respond(to: Event(actor: "Tove", text: text), speaker: .nobody)
    }
  }

  @Test func `a model is asked only when something relevant was said, and told what was known`() async throws
  {
    let model = FakeModel(
      #"{"q1": "She is called Tove."}"#, #"{"q1": "She is called Tove and comes from Ulm."}"#, #"{"q1": ""}"#)
    let session = try await Self.session(model)
    try await Self.say("It rains.", "My name is Tove.", "It rains.", "And rains.", in: session)
    #expect(model.requests.count == 1)
    try await Self.say("I come from Ulm.", in: session)
    #expect(model.requests.count == 2)
    let asked = try #require(model.requests.last?.messages.last?.text)
    #expect(asked.contains("Known before: She is called Tove.\n") || asked.contains("She is called Tove."))
    #expect(asked.contains("Tove: I come from Ulm."))
    #expect(asked.contains("What has the guest told about himself?"))
    // By its words: two of the question and of what is known.
    try await Self.say("What has anybody told you about Tove?", in: session)
    #expect(model.requests.count == 3)
    let kept = try #require(try await session.memory(of: "Ines").first)
    #expect(
      kept.summary?.text == "She is called Tove and comes from Ulm.", "an empty answer takes nothing back")
    #expect(kept.quotes.map(\.turn) == [2, 5])
    #expect(kept.standing == [])
    let again = try Session(resuming: try Transcript(bytes: await session.transcript.bytes))
    #expect(try await again.memory(of: "Ines") == [kept], "and nobody is asked")
    _ = try await again.undo(2)
    #expect(try await again.memory(of: "Ines").first?.summary?.text == "She is called Tove.")
  }

  @Test(arguments: ["I will not.", "[]", #"{"other": 1}"#])
  func `where a model answers nonsense the words themselves are kept`(nonsense: String) async throws {
    let failures = Mutex(0)
    let session = try Session(cast: [try compile(Self.asking)])
    await session.remember(by: LLMRememberer(FakeModel(nonsense)) { _ in failures.withLock { $0 += 1 } })
    try await Self.say("My name is Tove.", in: session)
    let kept = try #require(try await session.memory(of: "Ines").first)
    #expect(kept.summary == nil)
    #expect(kept.standing.map(\.text) == ["My name is Tove."])
    #expect(failures.withLock { $0 } == 1)
  }

  @Test func `a question without cues is asked before what was said has left the scene`() async throws {
    let profile = Self.asking.replacing(", cues: [my name is, i come from]", with: "") + "window: 6\n"
    let model = FakeModel(#"{"q1": "Nothing but the weather."}"#)
    let session = try await Self.session(model, of: profile)
    for _ in 0..<9 { try await Self.say("It rains.", in: session) }
    #expect(model.requests.count == 3)
    let without = try Session(cast: [try compile(profile)])
    try await Self.say("My name is Tove.", in: without)
    #expect(try await without.memory(of: "Ines") == [])
  }

  @Test func `each member is asked about what it was there for alone`() async throws {
    let model = FakeModel(#"{"q1": "A secret."}"#)
    let cast = [
      try compile(Self.asking),
      try compile(Self.asking.replacing("character: Ines", with: "character: Bo")),
    ]
    let session = try Session(cast: cast)
    await session.remember(by: LLMRememberer(model))
    _ = try await session.respond(
      to: Event(actor: "Tove", text: "My name is Tove.", to: ["Bo"], present: ["Tove", "Bo"]),
      speaker: .nobody)
    #expect(model.requests.count == 1)
    try await Self.say("I come from Ulm.", in: session)
    let scenes = model.requests.suffix(2).compactMap(\.messages.last?.text)
    #expect(scenes.filter { $0.contains("My name is Tove.") }.count == 1)
  }
}

/// A summary of what there is no room for.
@Suite struct PastTests {
  private static let room = 640

  /// A session with little room, whose model sums up by the numbers that it reads.
  private static func session(_ summaries: FakeModel, cast: Int = 1) async throws -> Session {
    let names = ["Ines", "Bo"]
    let programs = try names.prefix(cast).map { try compile("dramatis: 1\ncharacter: \($0)\n") }
    let performer = LLMPerformer(
      FakeModel { _, number in Completion(text: "So it is, for the \(number). time.") },
      settings: .init(renderer: PromptRenderer(contextTokens: room)))
    let session = try Session(cast: programs, performer: performer)
    await session.remember(by: LLMRememberer(summaries))
    return session
  }

  private static func counting() -> FakeModel {
    FakeModel { _, number in Completion(text: #"{"summary": "Part \#(number + 1) of the tale."}"#) }
  }

  private static func talk(_ turns: ClosedRange<Int>, in session: Session) async throws {
    for number in turns {
      _ = try await session.respond(
        to: Event(actor: "Tove", text: "Number <\(number)>. It rains, and it will rain for a while."))
    }
  }

  @Test func `what is cut is summed up once, and kept with the turn`() async throws {
    let model = Self.counting()
    let session = try await Self.session(model)
    try await Self.talk(1...30, in: session)
    let past = try #require(await session.lastTurn?.records.first?.past)
    #expect(model.requests.count >= 2)
    #expect(model.requests.count <= past.events / 8, "once a block, and not once a turn")
    #expect(past.text == "Part \(model.requests.count) of the tale.")
    let texts = model.requests.compactMap(\.messages.last?.text)
    for number in 1...(past.events / 2) {
      #expect(texts.filter { $0.contains("Number <\(number)>.") }.count == 1, "\(number)")
    }
    #expect(texts.dropFirst().allSatisfy { $0.contains("of the tale.") }, "each goes on from the last")
    let transcript = try Transcript(bytes: await session.transcript.bytes)
    let pasts = try transcript.turns(to: transcript.head).map(\.records[0].past)
    #expect(Set(pasts.compactMap(\.?.text)).count == model.requests.count)
    #expect(pasts.last == past)
    let again = try Session(resuming: transcript)
    _ = try await again.undo(30 - past.turn + 1)
    _ = try await again.respond(to: Event(actor: "Tove", text: "Hm."), speaker: .nobody)
    #expect(await again.lastTurn?.records.first?.past == pasts[past.turn - 2])
  }

  @Test func `the summary is in the prompts that come after it`() async throws {
    let asked = Mutex([ModelRequest]())
    let speaker = FakeModel { request, number in
      asked.withLock { $0.append(request) }
      return Completion(text: "So it is, for the \(number). time.")
    }
    let performer = LLMPerformer(
      speaker, settings: .init(renderer: PromptRenderer(contextTokens: Self.room)))
    let session = try Session(cast: [try compile("dramatis: 1\ncharacter: Ines\n")], performer: performer)
    await session.remember(by: LLMRememberer(Self.counting()))
    try await Self.talk(1...24, in: session)
    let prompt = try #require(asked.withLock { $0.last })
    #expect(prompt.messages.last?.text.contains("- Long before, in short: Part ") == true)
    #expect(TokenCounter().tokens(in: prompt.messages) <= Self.room)
  }

  @Test func `where nothing is cut, or the model fails, there is no summary`() async throws {
    let model = Self.counting()
    let short = try await Self.session(model)
    try await Self.talk(1...5, in: short)
    #expect(model.requests.isEmpty)
    let failing = try await Self.session(FakeModel("No."))
    try await Self.talk(1...24, in: failing)
    #expect(await failing.lastTurn?.records.first?.past == nil)
    #expect(await failing.turn == 24)
  }

  @Test func `nobody's summary holds what another was told alone`() async throws {
    let model = Self.counting()
    let session = try await Self.session(model, cast: 2)
    _ = try await session.respond(
      to: Event(actor: "Tove", text: "The silver key is mine.", to: ["Bo"], present: ["Tove", "Bo"]))
    for number in 1...24 {
      _ = try await session.respond(
        to: Event(
          actor: "Tove", text: "Number <\(number)>. It rains, and it will rain for a while.", to: ["Ines"]))
    }
    let texts = model.requests.compactMap(\.messages.last?.text)
    #expect(!texts.isEmpty)
    #expect(texts.allSatisfy { $0.contains("What Ines perceived then") && !$0.contains("silver key") })
  }
}
