import Dramatis
import Foundation
import TestSupport
import Testing

/// Who is meant by what somebody says, and who speaks next.
@Suite struct TurnTakingTests {
  private static func cast() throws -> [Program] {
    let lines = "lines: [{ say: [Well.] }]\n"
    return try ["Ann", "Anna", "Rowan"].map { name in
      let alias = name == "Rowan" ? "aliases: [the guest]\n" : ""
      return try compile("dramatis: 1\ncharacter: \(name)\n\(alias)\(lines)")
    }
  }

  @Test(arguments: [
    ("Anna, come here", "Anna"), ("@Anna come here", "Anna"), ("@ann come here", "Ann"), ("Rowan?", "Rowan"),
    ("the guest: sit down", "Rowan"), ("@The guest sit down", "Rowan"), ("Hello Anna", nil), ("", nil),
  ])
  func `whoever is named at the start of a text is addressed`(text: String, addressee: String?) throws {
    #expect(
      TurnTaking(cast: try Self.cast()).addressees(of: text).map(\.character)
        == [addressee].compactMap(\.self))
  }

  @Test(arguments: [
    ("Good evening, all", true), ("good evening all!", true), ("Everyone, listen.", true),
    ("hello everybody", true),
    ("Thanks, both of you.", true), ("Well, folks? Who pays?", true), ("Guten Abend allerseits", true),
    ("Hört zu, Leute!", true), ("Guten Abend, alle zusammen", true), ("That is all.", false),
    ("Not at all", false),
    ("Does everyone know?", false), ("all of it", false), ("I like people, mostly in books", false),
    ("", false),
    ("Alle Fische sind weg", false), ("first of all you owe me", false), ("all", true),
  ])
  func `a text turns to everybody by words that stand as a name would`(text: String, isToAll: Bool) throws {
    #expect(TurnTaking(cast: try Self.cast()).addressesEverybody(text) == isToAll)
  }

  @Test func `who is muted is passed over, hears all the same, and is asked by name`() async throws {
    let session = try Session(cast: try Self.cast())
    try await session.mute("ann")
    #expect(await session.answerers(of: "Ann, Anna, well?", by: "Wen") == ["Anna"])
    #expect(await session.answerers(of: "hello all", by: "Wen") == ["Anna", "Rowan"])
    #expect(await session.answerers(of: "hello", by: "Wen") == [])
    let ignored = try await session.respond(to: "Ann, well?", by: "Wen")
    #expect(ignored.line == nil)
    #expect(ignored.records[0].event?.step.grounding.isRelevant == true)
    #expect(try await session.respond(to: "so", by: "Wen").line?.character == "Anna")
    #expect(try await session.goOn(speaker: "Ann").line?.character == "Ann")
    #expect(try await session.goOn().line?.character == "Anna")
    #expect(try await session.goOn().line?.character == "Rowan")
    #expect(try await session.goOn().line?.character == "Anna")
    for name in ["Anna", "Rowan"] { try await session.mute(name) }
    #expect(try await session.goOn().line == nil)
    #expect(try await session.respond(to: "hello all", by: "Wen").line == nil)
    await #expect(throws: SessionError.noSuchCharacter("Zoe")) { try await session.mute("Zoe") }
    let resumed = try Session(resuming: await session.transcript)
    #expect(await resumed.muted == ["Ann", "Anna", "Rowan"])
    #expect(await resumed.transcript.bytes == session.transcript.bytes)
    try await resumed.mute("Anna", false)
    #expect(try await resumed.goOn().line?.character == "Anna")
  }

  private static let followers: [(text: String, last: String?, speaker: Session.Speaker)] = [
    ("I saw Rowan there", "Ann", .member("Rowan")), ("Well", "Ann", .member("Anna")),
    ("Well", "Rowan", .member("Ann")), ("Well", nil, .addressed),
  ]

  @Test(arguments: followers)
  func `otherwise whoever is named speaks, else the next in the cast`(
    text: String, last: String?, speaker: Session.Speaker
  ) throws {
    #expect(TurnTaking(cast: try Self.cast()).speaker(after: text, last: last) == speaker)
  }

  @Test func `a further line goes to whoever spoke last with the same person`() async throws {
    let session = try Session(cast: try Self.cast())
    var spoke: [String?] = []
    for (actor, text) in [
      ("Wen", "Rowan, sit down."), ("Ida", "Well, Anna?"), ("Wen", "so"), ("Ida", "so"), ("Ulf", "so"),
    ] {
      spoke.append(try await session.respond(to: text, by: actor).line?.character)
    }
    #expect(spoke == ["Rowan", "Anna", "Rowan", "Anna", "Rowan"])
    _ = try await session.undo(4)
    #expect(try await session.respond(to: "so", by: "Ida").line?.character == "Ann")
    #expect(try await session.respond(to: "so", by: "Wen").line?.character == "Rowan")
  }

  @Test func `a session takes what is said to the one who is addressed`() async throws {
    let session = try Session(cast: try Self.cast())
    let first = try await session.respond(to: "Rowan, sit down.", by: "Wen")
    #expect(first.event.to == ["Rowan"])
    #expect(first.line?.character == "Rowan")
    let second = try await session.respond(to: "Is Anna there?", by: "Wen")
    #expect(second.event.to == nil)
    #expect(second.line?.character == "Anna")
  }

  @Test func `a cast goes on with whoever was named in the last line`() async throws {
    let cast = try Self.cast()
    let session = try Session(cast: cast, performer: FixedPerformer("Ask Rowan."))
    let turn = try await session.respond(to: Event(text: "A bell rings."))
    #expect(TurnTaking(cast: cast).speaker(after: turn.line) == .owing(otherwise: "Rowan"))
    #expect(TurnTaking(cast: cast).speaker(after: nil) == .owing(otherwise: "Ann"))
  }

  @Test func `a scene goes on with an answer to the last line, or as a moment passes`() async throws {
    let performer = FixedPerformer("So it is.")
    let session = try Session(cast: try Self.cast(), performer: performer)
    let moment = try await session.goOn(speaker: "the guest")
    #expect(moment.line?.character == "Rowan")
    #expect(moment.event.actor == nil)
    let answer = try await session.goOn(speaker: "Ann", direction: Direction("be brief"))
    #expect(answer.line?.character == "Ann")
    #expect(answer.event.actor == "Rowan")
    #expect(answer.directions.map(\.text) == ["be brief"])
    // The line that was answered is heard once, whatever was wished of the answer.
    let heard = await performer.requests.last?.scene.text.components(separatedBy: "So it is.").count
    #expect(heard == 2)
    let own = try await session.goOn(speaker: "Ann")
    #expect(own.line?.character == "Ann")
    #expect(own.event.actor == nil)
    let next = try await session.goOn()
    #expect(next.line?.character == "Anna")
    await #expect(throws: SessionError.noSuchCharacter("Ben")) { try await session.goOn(speaker: "Ben") }
    let resumed = try Session(resuming: await session.transcript)
    #expect(await resumed.turn == 4)
    #expect(await resumed.lastLine == session.lastLine)
  }

  @Test func `after a whisper, who did not hear it speaks as a moment passes`() async throws {
    let session = try Session(cast: try Self.cast(), performer: FixedPerformer("Hush."))
    _ = try await session.respond(
      to: Event(actor: "Wen", text: "Psst.", to: ["Ann"], present: ["Ann", "Wen"]))
    let turn = try await session.goOn(speaker: "Rowan")
    #expect(turn.line?.character == "Rowan")
    #expect(turn.event.actor == nil)
  }

  @Test func `a story ends where its debts are paid`() async throws {
    let mara = try compileMara(
      """
      questions: { key: { ask: Is there a key?, cues: [key] } }
      commitments:
        door: { foreshadow: A key., trigger: key, payoff: { text: The door opens., cues: [opens] } }

      """)
    let session = try Session(cast: [mara], performer: FixedPerformer("She opens it."))
    let writer = await StoryWriter(session)
    #expect(try await !writer.isOver())
    _ = try await session.respond(to: Event(text: "Here is the key."))
    #expect(try await writer.openDebts().isEmpty)
    #expect(try await writer.isOver())
  }

  @Test func `a story of written lines ends where it goes round`() async throws {
    let session = try Session(cast: try Self.cast())
    var writer = await StoryWriter(session)
    var turns = 0
    while turns < 50, try await !writer.isOver() {
      _ = try await writer.next()
      turns += 1
    }
    #expect(writer.isGoingRound)
    #expect(turns == 6)
  }
}
