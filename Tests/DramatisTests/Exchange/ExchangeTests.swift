import Dramatis
import Foundation
import TestSupport
import Testing

/// Events as lines of JSON, and what they did as lines of JSON.
@Suite struct ExchangeTests {
  private static let body = """
    variables: { trust: { initial: 1, min: 0, max: 5 } }
    questions: { key: { ask: Is there a key?, cues: [key] } }
    machines:
      mood: { states: { wary: "", warm: "" }, transitions: [{ from: any, to: warm, when: key }] }
    commitments:
      door: { foreshadow: A key., trigger: key, payoff: { text: The door opens., cues: [opens] } }

    """

  private static func session() throws -> Session {
    try Session(cast: [try compileMara(body)], performer: FixedPerformer("She opens it."))
  }

  @Test func `a line brings a line for every member, and what is suspicious is told`() async throws {
    let exchange = await Exchange(try Self.session(), speaks: true)
    let response = try await exchange.respond(
      to: #"{"actor":"Ann","text":"A key!","set":{"trust":4},"answers":{"kee":"yes"},"txt":1}"#, number: 7)
    #expect(
      response.warnings == [
        "unknown key 'txt' is ignored; did you mean 'text'?",
        "unknown question 'kee' is ignored; did you mean 'key'?",
      ])
    let line = try #require(response.lines.first)
    #expect(response.lines.count == 1)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(object["input"] as? Int == 7)
    #expect(object["line"] as? String == "She opens it.")
    #expect(object["states"] as? [String: String] == ["mood": "warm"])
    #expect((object["variables"] as? [String: Int]) == ["trust": 4])
  }

  @Test func `a variable is set for all who have it, or for one, and all of a line or nothing`() async throws
  {
    let cast = try ["Mia", "Ben"].map {
      try compile(
        "dramatis: 1\ncharacter: \($0)\nvariables: { trust: { initial: 0, min: 0, max: 9 } }\nlines: [Well.]\n"
      )
    }
    let session = try Session(cast: cast)
    let exchange = await Exchange(session)
    func trust() async throws -> [Int] {
      [
        try await session.snapshot(of: "Mia").variables[0],
        try await session.snapshot(of: "Ben").variables[0],
      ]
    }
    _ = try await exchange.respond(to: #"{"text":"a","set":{"trust":2}}"#, number: 1)
    #expect(try await trust() == [2, 2])
    _ = try await exchange.respond(to: #"{"text":"b","set":{"Ben.trust":5,"trust":3}}"#, number: 2)
    #expect(try await trust()[0] == 3)
    _ = try await exchange.respond(to: #"{"text":"c","set":{"ben.trust":7}}"#, number: 3)
    #expect(try await trust() == [3, 7])
    await #expect(throws: ExchangeError.self) {
      try await exchange.respond(to: #"{"text":"d","set":{"Mia.trust":1,"Ben.trust":"x"}}"#, number: 4)
    }
    await #expect(throws: ExchangeError.badSetting(.unknownVariable("Ben.trst"), suggestion: "Ben.trust")) {
      try await exchange.respond(to: #"{"text":"d","set":{"Ben.trst":1}}"#, number: 5)
    }
    #expect(try await trust() == [3, 7])
  }

  @Test(arguments: [
    ("[]", ExchangeError.malformed("an event is a JSON object")),
    ("{", .malformed("this is not a JSON object on one line")),
    (#"{"text":1}"#, .malformed("'text' is not a text")),
    (#"{"tex":"Hello"}"#, .emptyEvent(suggestion: "text")),
    (
      #"{"text":"Hello","set":{"trusst":1}}"#,
      .badSetting(.unknownVariable("trusst"), suggestion: "trust")
    ),
  ])
  func `a line that brings no turn says why`(line: String, error: ExchangeError) async throws {
    let session = try Self.session()
    let exchange = await Exchange(session)
    await #expect(throws: error) { try await exchange.respond(to: line, number: 1) }
    #expect(await session.turn == 0)
  }

  @Test func `a ledger tells what was owed and paid, and when`() async throws {
    let session = try Self.session()
    #expect(try Ledger(of: await session.transcript).commitments.map(\.status) == [.planned])
    _ = try await session.respond(to: Event(text: "A bell."), speaker: .nobody)
    _ = try await session.respond(to: Event(text: "A key!"))
    let ledger = try Ledger(of: await session.transcript)
    let door = try #require(ledger.commitments.first)
    #expect(ledger.turn == 2)
    #expect(door.status == .paid)
    #expect([door.triggered, door.settled, door.took] == [2, 2, 0])
    #expect(Ledger.Fault.allCases.filter(door.has).isEmpty)
    #expect(ledger.timeline.map(\.kind).last == .paid)
  }
}
