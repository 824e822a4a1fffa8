import Synchronization
import TestSupport
import Testing

@testable import Dramatis
@testable import DramatisLLM

/// Lines that end before their end, that go on, and that are asked for once more.
@Suite struct LineEndTests {
  private func session(_ model: FakeModel) throws -> Session {
    try Session(cast: [ActingTests.mara()], performer: LLMPerformer(model))
  }

  private func say(
    _ text: String, _ session: Session, shown: Shown? = nil
  ) async throws -> Line {
    let turn = try await session.respond(to: Event(actor: "Rowan", text: text)) { piece in
      shown?.add(piece)
    }
    return try #require(turn.line)
  }

  @Test(arguments: [
    (FinishReason.length, LineCut?.some(.length)), (.filtered, .filtered), (.stop, nil), (.unstated, nil),
  ])
  func `a line that ends too early is marked, in the record too`(finish: FinishReason, cut: LineCut?)
    async throws
  {
    let session = try session(FakeModel { _, _ in Completion(text: "The rain has", finish: finish) })
    #expect(try await say("Hello", session).cut == cut)
    let transcript = try Transcript(bytes: Array(await session.transcript.bytes))
    #expect(transcript.entries.last?.lineCut == cut)
    #expect(try transcript.turns(to: transcript.head).last?.line?.cut == cut)
    #expect(String(decoding: transcript.bytes, as: UTF8.self).contains("\"cut\"") == (cut != nil))
    let export = String(decoding: try TranscriptExport(transcript).bytes(as: .plain), as: UTF8.self)
    #expect(export.contains(" […]") == (cut != nil))
  }

  @Test func `a line that ends before somebody else's words is whole, whatever the service says`()
    async throws
  {
    let session = try session(
      FakeModel { _, _ in Completion(text: "Sit.\nRowan: An ale, a", finish: .length) })
    let line = try await say("Hello", session)
    #expect(line.text == "Sit." && line.cut == nil && line.leftOut == ["Rowan: An ale, a"])
  }

  @Test func `what was left out of a line is in the record`() async throws {
    let session = try session(
      FakeModel { _, _ in Completion(text: "Mara: Sit.", removed: ["<think>dry</think>"]) })
    _ = try await say("Hello", session)
    let transcript = try Transcript(bytes: Array(await session.transcript.bytes))
    let turn = try #require(try transcript.turns(to: transcript.head).last)
    #expect(turn.line?.leftOut == ["<think>dry</think>", "Mara:"])
  }

  @Test func `a line that was said before is asked for once more, and shown once`() async throws {
    let model = FakeModel { _, number in
      Completion(text: ["Sit down, then.", "Sit down, then.", "As you like."][min(number, 2)])
    }
    let session = try session(model)
    let shown = Shown()
    _ = try await say("Hello", session, shown: shown)
    let second = try await say("Hello again", session, shown: shown)
    #expect(second.text == "As you like." && second.leftOut == ["Sit down, then."])
    #expect(shown.text == "Sit down, then.As you like.")
    #expect(model.requests.count == 3)
    #expect(model.requests[1].messages.last?.text.contains("another way") == false)
    #expect(model.requests[2].messages.last?.text.contains("- Say it in another way than before.") == true)
  }

  @Test func `a line that is said again and again is the line, after one more try`() async throws {
    let model = FakeModel("Sit down, then.")
    let session = try session(model)
    let shown = Shown()
    for number in 1...3 {
      #expect(try await say("Hello \(number)", session, shown: shown).text == "Sit down, then.")
    }
    // Once that has come to nothing, it is not tried for every further line.
    #expect(model.requests.count == 4)
    #expect(shown.text == String(repeating: "Sit down, then.", count: 3))
    let short = FakeModel("Aye.")
    let terse = try self.session(short)
    for number in 1...3 { _ = try await say("Hello \(number)", terse) }
    #expect(short.requests.count == 3)
  }

  @Test func `a line that only begins like an earlier one is shown as soon as it differs`() async throws {
    let model = FakeModel { _, number in
      Completion(text: number == 0 ? "Sit down, then." : "Sit down and eat.")
    }
    let session = try session(model)
    _ = try await say("Hello", session)
    let pieces = Mutex([String]())
    _ = try await session.respond(to: Event(actor: "Rowan", text: "Again")) { piece in
      pieces.withLock { $0.append(piece) }
    }
    #expect(pieces.withLock { $0 } == ["Sit down and", " eat."])
  }

  @Test func `what somebody else says is asked for once more, and is nobody's line then`() async throws {
    let model = FakeModel("Rowan: An ale.", "Coming.", "User: An ale.")
    let session = try session(model)
    #expect(try await say("Hello", session).text == "Coming.")
    let failure = await #expect(throws: ModelError.self) { try await say("And?", session) }
    #expect("\(failure ?? .cutOff)".contains("somebody else"))
    #expect(model.requests.count == 4)
  }

  @Test func `a line goes on where it was cut`() async throws {
    let model = FakeModel { _, number in
      number == 0
        ? Completion(text: "Mara: The rain has been at it since the mor", finish: .length)
        : Completion(text: "morning.")
    }
    let session = try session(model)
    _ = try await say("Hello", session)
    let shown = Shown()
    let turn = try await session.continueLine { piece in shown.add(piece) }
    #expect(turn.line?.text == "The rain has been at it since the morning." && turn.line?.cut == nil)
    #expect(shown.text == turn.line?.text)
    #expect(turn.number == 1 && turn.attempt == 1)
    let messages = try #require(model.requests.last?.messages)
    #expect(messages.suffix(2).map(\.role) == [.assistant, .user])
    #expect(messages.dropLast().last?.text == "The rain has been at it since the")
    #expect(!messages.contains { $0.text.contains("another way") })
    let transcript = await session.transcript
    #expect(transcript.alternatives(to: transcript.head).map(\.lineCut) == [.length, nil])
    #expect(try await session.undo() == 1)
    await #expect(throws: SessionError.noEarlierTurn) { try await session.continueLine() }
  }

  @Test(arguments: [
    ("It is", "late.", "It is late."), ("It is", "It is late.", "It is late."),
    ("Sit. The rain has", "The rain has stopped.", "Sit. The rain has stopped."),
    ("Sit", ", then.", "Sit, then."), ("Sit.", "Eat.", "Sit. Eat."), ("Sit.", "", "Sit."),
    ("今日は", "雨です。", "今日は雨です。"),
    ("a well-", "known face", "a well-known face"),
  ])
  func `two parts of a line are joined as they are written`(first: String, second: String, whole: String) {
    #expect(LineBeginning(first, isCut: false).joined(to: second) == whole)
  }

  @Test(arguments: [
    ("since the mor", true, "since the"), ("since the mor", false, "since the mor"),
    ("It is late.", true, "It is late."),
    ("Mor", true, "Mor"), ("room 1", true, "room"),
  ])
  func `the word in which a line was cut is said anew`(line: String, isCut: Bool, beginning: String) {
    #expect(LineBeginning(line, isCut: isCut).text == beginning)
  }
}

/// What was shown.
private final class Shown: Sendable {
  private let pieces = Mutex("")

  var text: String { pieces.withLock { $0 } }

  func add(_ piece: String) {
    pieces.withLock { $0 += piece }
  }
}
