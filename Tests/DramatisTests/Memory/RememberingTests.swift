import TestSupport
import Testing

@testable import Dramatis

/// What a character keeps in answer to standing questions, without a model.
@Suite struct RememberingTests {
  private static let keeper = """
    dramatis: 1
    character: Ines
    aliases: [the keeper]
    questions: { storm: { ask: Is there talk of a storm?, cues: [storm] } }
    remember:
      name:
        ask: What is {user} called?
        cues: [my name is, call me]
        counter-cues: [call me a liar]
      weather: { ask: What was said of the weather?, when: storm, keep: 2 }
      promised: { ask: What has Ines promised?, cues: [i promise], role: active }
      row: { ask: What was said of rowing?, cues: ["row*"], role: any }
    lines: ["I promise to look. We row at dawn."]

    """

  private static func session(_ profiles: String...) throws -> Session {
    try Session(cast: try (profiles.isEmpty ? [keeper] : profiles).map(compile))
  }

  private func memory(_ session: Session, of character: String = "Ines") async throws -> [String: [String]] {
    let answers = try await session.memory(of: character)
    return Dictionary(
      uniqueKeysWithValues: answers.map { answer in
        (answer.question, answer.quotes.map { "\($0.turn) \($0.actor ?? "-"): \($0.text)" })
      })
  }

  @Test(arguments: [
    ("Good evening. My name is Tove Lind. Is there soup?", "My name is Tove Lind."),
    ("Call me Ole!\nI wait here.", "Call me Ole!"),
    ("I never said my name is Ole. Call me Ada.", "Call me Ada."),
    ("\"My name is Tove,\" I say. Then I sit.", "\"My name is Tove,\" I say."),
    ("*sits* My name is Dr. Hale.", "*sits* My name is Dr. Hale."),
    ("My name is Tove. It rains. You may call me To.", "My name is Tove. … You may call me To."),
    ("MY   NAME\tis\u{200B} Tove.", "MY   NAME is\u{200B} Tove."),
  ])
  func `the sentences with a cue are kept word for word`(text: String, quote: String) async throws {
    let session = try Self.session()
    _ = try await session.respond(to: Event(actor: "Tove", text: text), speaker: .nobody)
    let kept = try await session.memory(of: "Ines").first?.quotes.first
    #expect(kept?.text.filter { !$0.isWhitespace } == quote.filter { !$0.isWhitespace })
    #expect(kept?.actor == "Tove")
    #expect(kept?.turn == 1)
  }

  @Test(arguments: [
    "What a night.", "I never said my name is Tove.", "You may call me a liar.",
    "Bram said: \"My name is Tove.\"",
  ])
  func `what answers nothing, is denied or reported is not kept`(text: String) async throws {
    let session = try Self.session()
    _ = try await session.respond(to: Event(actor: "Tove", text: text), speaker: .nobody)
    #expect(try await memory(session).isEmpty)
  }

  @Test func `a condition keeps an event as a whole, and the newest of many`() async throws {
    let session = try Self.session()
    for text in ["A storm. Soon.", "Sun.", "The storm is near.", "A storm!", "A storm!"] {
      _ = try await session.respond(to: Event(actor: "Tove", text: text), speaker: .nobody)
    }
    #expect(try await memory(session) == ["weather": ["3 Tove: The storm is near.", "4 Tove: A storm!"]])
  }

  @Test func `a role says whose words are kept`() async throws {
    let session = try Self.session()
    _ = try await session.respond(to: Event(actor: "Tove", text: "I promise to row, the two of us."))
    #expect(
      try await memory(session) == [
        "promised": ["1 Ines: I promise to look."],
        "row": ["1 Tove: I promise to row, the two of us.", "1 Ines: We row at dawn."],
      ])
  }

  @Test func `undo, retry and branches rewind it, and resuming restores it`() async throws {
    let session = try Self.session()
    for text in ["Hm.", "Ah.", "My name is Tove."] {
      _ = try await session.respond(to: Event(actor: "Tove", text: text), speaker: .nobody)
    }
    #expect(try await memory(session)["name"] == ["3 Tove: My name is Tove."])
    let told = try #require(await session.lastTurn)
    #expect(told.records.first?.memory == (try await session.memory(of: "Ines")))
    _ = try await session.retry(speaker: .nobody)
    #expect(try await memory(session)["name"] == ["3 Tove: My name is Tove."])
    _ = try await session.undo()
    #expect(try await memory(session).isEmpty)
    try await session.createBranch("told", at: told.id)
    #expect(try await memory(session)["name"] == ["3 Tove: My name is Tove."])
    _ = try await session.respond(to: Event(actor: "Tove", text: "Call me To."), speaker: .nobody)
    let transcript = try Transcript(bytes: await session.transcript.bytes)
    let again = try Session(resuming: transcript)
    #expect(
      try await memory(again)["name"] == ["3 Tove: My name is Tove.", "4 Tove: Call me To."])
    try await again.move(toBranch: "main")
    #expect(try await memory(again).isEmpty)
    #expect(try transcript.differences().differences == [])
  }

  @Test func `a replay comes to the same, and what a changed profile asks no more is forgotten`() async throws
  {
    let session = try Self.session()
    var kept: [[KeptAnswer]] = []
    for text in ["My name is Tove.", "A storm! We row.", "My name is Tove.", "Call me To."] {
      kept.append(try await session.respond(to: Event(actor: "Tove", text: text)).records[0].memory)
    }
    let transcript = try Transcript(bytes: await session.transcript.bytes)
    #expect(try transcript.turns(to: transcript.head).map(\.records[0].memory) == kept)
    let newer = Self.keeper.replacing("  row:", with: "  rowing:")
    let moved = try Session(resuming: transcript, cast: [try compile(newer)])
    #expect(Set(try await memory(moved).keys) == ["name", "weather", "promised"])
  }

  @Test func `a record without it is read, and nothing is written where nothing is kept`() async throws {
    let session = try Self.session()
    _ = try await session.respond(to: Event(actor: "Tove", text: "Well."), speaker: .nobody)
    let plain = await session.transcript.bytes
    #expect(!String(decoding: plain, as: UTF8.self).contains("\"kept\""))
    let again = try Session(resuming: try Transcript(bytes: plain))
    _ = try await again.respond(to: Event(actor: "Tove", text: "My name is Tove."), speaker: .nobody)
    #expect(try await memory(again)["name"] == ["2 Tove: My name is Tove."])
  }

  @Test func `what one was not there for is never kept by the other`() async throws {
    let other = Self.keeper.replacing("character: Ines", with: "character: Bo").replacing(
      "aliases: [the keeper]", with: "")
    let session = try Self.session(Self.keeper, other)
    _ = try await session.respond(
      to: Event(actor: "Tove", text: "My name is Tove.", to: ["Bo"], present: ["Tove", "Bo"]))
    for number in 0..<30 {
      _ = try await session.respond(to: Event(actor: "Tove", text: "Hm, \(number)."), speaker: .nobody)
    }
    #expect(try await memory(session, of: "Bo")["name"] == ["1 Tove: My name is Tove."])
    #expect(try await memory(session, of: "Ines").isEmpty, "and no line of the turn either")
  }

  @Test func `lines of the cast are heard in their turn, and once`() async throws {
    let other = """
      dramatis: 1
      character: Bo
      remember: { plan: { ask: What is the plan?, cues: [we row] } }

      """
    let session = try Self.session(Self.keeper, other)
    let turn = try await session.respond(to: Event(actor: "Tove", text: "Ines, when?", to: ["Ines"]))
    #expect(try await memory(session, of: "Bo") == ["plan": ["1 Ines: We row at dawn."]])
    _ = try await session.respond(to: try #require(turn.line), speaker: .nobody)
    #expect(try await memory(session, of: "Bo") == ["plan": ["1 Ines: We row at dawn."]])
  }

  @Test func `a budget has room for one answer of each before a second of any`() {
    func answer(_ question: String, _ texts: String...) -> KeptAnswer {
      var answer = KeptAnswer(question: question)
      answer.quotes = texts.enumerated().map { KeptQuote(turn: $0 + 1, actor: "Tove", text: $1) }
      return answer
    }
    let answers = [answer("a", "one old thing", "one new thing"), answer("b", "another thing")]
    let all = MemorySelection(of: answers, within: 1000, asked: [:])
    #expect(all.told == answers)
    #expect(all.leftOut == [])
    let some = MemorySelection(of: answers, within: 18, asked: [:])
    #expect(some.told.map { $0.quotes.map(\.text) } == [["one new thing"], ["another thing"]])
    #expect(some.leftOut.map { $0.quotes.map(\.text) } == [["one old thing"]])
    #expect(MemorySelection(of: answers, within: 1, asked: [:]).told == [])
  }
}
