import TestSupport
import Testing

@testable import Dramatis

/// SEMANTICS, The line: a line is heard by all who are there, in the turn in which it is said.
@Suite struct HearingTests {
  private static func profile(_ name: String, line: String) -> String {
    """
    dramatis: 1
    character: \(name)
    questions:
      thief: { ask: "Is \(name) told of a thief?", cues: [thief] }
      key: { ask: "Does \(name) know of the key?", cues: [silver key], over: scene }
    variables: { heard: { initial: 0, min: 0, max: 99 } }
    machines:
      mood: { states: { upset: "" }, transitions: [{ from: any, to: upset, when: thief, set: { heard: heard + 1 } }] }
      lore: { states: { knows: "" }, transitions: [{ from: any, to: knows, when: key }] }
    behavior: { personality: [{ when: thief, then: [\(name) locks the door.] }] }
    lines: ["\(line)"]

    """
  }

  private static func cast() throws -> [Program] {
    [
      try compile(profile("Ulf", line: "There is a thief here.")), try compile(profile("Ida", line: "Well.")),
      try compile(profile("Bo", line: "So.")),
    ]
  }

  private func heard(_ session: Session) async throws -> [Int] {
    var counts: [Int] = []
    for program in await session.cast {
      counts.append(try await session.snapshot(of: program.character).variables[0])
    }
    return counts
  }

  @Test func `everyone but the speaker steps on a line in its turn, and nobody again who answers it`()
    async throws
  {
    let session = try Session(cast: try Self.cast())
    let turn = try await session.respond(to: Event(actor: "Wen", text: "Ulf?", to: ["Ulf"]))
    #expect(turn.records.map(\.states.first) == ["unactivated", "upset", "upset"])
    #expect(turn.records.map { $0.heard == nil } == [true, false, false])
    #expect(turn.records.map(\.after.turn) == [1, 1, 1])
    #expect(turn.records[1].heard?.step.grounding.role == .passive)
    #expect(turn.records[1].heard?.scene.text == "Wen: Ulf?\nUlf: There is a thief here.")
    #expect(turn.records[2].explanations.last?.guards.contains { $0.answer.truth == .yes } == true)
    let line = try #require(turn.line)
    let answer = try await session.respond(to: line, speaker: .member("Bo"))
    #expect(try await heard(session) == [0, 1, 1])
    #expect(answer.line?.character == "Bo")
    // What it comes to speak from is read all the same, without asking twice.
    #expect(answer.records[2].statements == ["Bo locks the door."])
    #expect(answer.records[2].event?.rounds == [])
    #expect(answer.records[2].event?.scene.text == "Wen: Ulf?\nUlf: There is a thief here.")
    let next = try await session.respond(to: Event(actor: "Wen", text: "And?"), speaker: .nobody)
    #expect(
      next.records.map { $0.event?.scene.text }
        == Array(repeating: "Wen: Ulf?\nUlf: There is a thief here.\nBo: So.\nWen: And?", count: 3))
  }

  /// Who bears the commitment, and whether the thief is spoken of in its presence.
  private static let bearers: [(bearer: Int, present: [String]?, status: CommitmentStatus)] = [
    (0, nil, .triggered), (1, nil, .triggered), (2, nil, .triggered), (2, ["Wen", "Ulf", "Bo"], .triggered),
    (2, ["Wen", "Ulf", "Ida"], .planned),
  ]

  @Test(arguments: bearers)
  func `a line triggers the commitments of whoever says or hears it, in its turn`(
    bearer: Int, present: [String]?, status: CommitmentStatus
  ) async throws {
    let commitments =
      "commitments: { bolt: { foreshadow: The bolt is new., trigger: thief, payoff: The bolt holds. } }\n"
    let lines = ["There is a thief here.", "Well.", "So."]
    let cast = try zip(["Ulf", "Ida", "Bo"], lines).enumerated().map { place, member in
      try compile(Self.profile(member.0, line: member.1) + (place == bearer ? commitments : ""))
    }
    let session = try Session(cast: cast)
    _ = try await session.respond(
      to: Event(actor: "Wen", text: "Ulf?", to: ["Ulf"], present: present), speaker: .member("Ulf"))
    let name = cast[bearer].character
    let found = cast[bearer].uncheckedNamed(try await session.snapshot(of: name)).commitments
    #expect(found["bolt"]?.status == status)
  }

  @Test func `a record holds what was heard, and a session goes on from it as it went`() async throws {
    let session = try Session(cast: try Self.cast(), seed: 9)
    let first = try await session.respond(to: Event(actor: "Wen", text: "Ulf?", to: ["Ulf"]))
    _ = try await session.respond(to: try #require(first.line), speaker: .member("Ida"))
    let transcript = try Transcript(bytes: await session.transcript.bytes)
    #expect(try transcript.differences().same == 2)
    let last = await session.lastTurn?.records.map(\.after)
    #expect(try transcript.turns(to: 2).last?.records.map(\.after) == last)
    let again = try Session(resuming: transcript)
    let event = Event(actor: "Wen", text: "A thief?")
    let one = try await session.respond(to: event)
    let other = try await again.respond(to: event)
    #expect(one.records.map(\.after) == other.records.map(\.after))
    #expect(one.line == other.line)
  }

  @Test func `going back takes along what was heard`() async throws {
    let session = try Session(cast: try Self.cast())
    _ = try await session.respond(to: Event(actor: "Wen", text: "Ulf?", to: ["Ulf"]))
    _ = try await session.retry()
    #expect(try await heard(session) == [0, 1, 1])
    _ = try await session.retry(speaker: .nobody)
    #expect(try await heard(session) == [0, 0, 0])
    try await session.move(toEntry: 1)
    #expect(try await heard(session) == [0, 1, 1])
    #expect(try await session.undo() == 1)
    #expect(try await heard(session) == [0, 0, 0])
  }

  @Test func `a greeting is heard, and whoever answers it steps on it then`() async throws {
    let greeting = Self.profile("Ulf", line: "Hm.") + "greeting: [A thief is about!]\n"
    let session = try Session(cast: [try compile(greeting)] + (try Self.cast().dropFirst()))
    let line = try #require(try await session.greet(as: "Ulf"))
    #expect(try await heard(session) == [0, 0, 0])
    _ = try await session.respond(to: line, speaker: .nobody)
    #expect(try await heard(session) == [0, 1, 1])
  }

  @Test func `a turn that fails while a line is heard leaves everything as it was`() async throws {
    let discriminator = RecordingDiscriminator(["thief": .yes], failingInRounds: [3])
    let session = try Session(cast: try Self.cast(), discriminator: discriminator)
    let event = Event(actor: "Wen", text: "Ulf?", to: ["Ulf"])
    await #expect(throws: TestFailure()) { try await session.respond(to: event) }
    #expect(try await heard(session) == [0, 0, 0])
    #expect(await session.turn == 0)
    #expect(await session.transcript.entries.isEmpty)
    _ = try await session.respond(to: event)
    #expect(try await heard(session) == [1, 1, 1])
  }

  @Test func `a record by the first rules goes on without hearing at once`() async throws {
    let header = TranscriptHeader(
      cast: try Self.cast(), seed: 0, user: nil, began: nil, statementBudget: nil, rules: .first)
    let session = try Session(resuming: Transcript(header: header))
    let turn = try await session.respond(to: Event(actor: "Wen", text: "Ulf?", to: ["Ulf"]))
    #expect(turn.records.allSatisfy { $0.heard == nil })
    #expect(try await heard(session) == [0, 0, 0])
    _ = try await session.respond(to: try #require(turn.line), speaker: .nobody)
    #expect(try await heard(session) == [0, 1, 1])
    let transcript = try Transcript(bytes: await session.transcript.bytes)
    #expect(transcript.header.rules == .first)
    #expect(try transcript.differences().same == 2)
  }

  @Test func `what one was not there for never reaches them, however long it goes on`() async throws {
    let discriminator = SceneKeeper()
    let performer = FixedPerformer("The silver key is with the thief.")
    let session = try Session(cast: try Self.cast(), discriminator: discriminator, performer: performer)
    for number in 1...15 {
      let secret = Event(
        actor: "Wen", text: "The silver key, \(number)", to: ["Ulf"], present: ["Ulf", "Wen", "Bo"])
      let told = try await session.respond(to: secret)
      #expect(told.line?.character == "Ulf")
      if number.isMultiple(of: 3) {
        _ = try await session.respond(to: try #require(told.line), speaker: .member("Bo"))
      }
      let spoken = try await session.respond(
        to: Event(actor: "Wen", text: "Ida, \(number)?", to: ["Ida"]), speaker: .nobody)
      #expect(spoken.records[1].event?.scene.text.contains("key") == false)
      #expect(told.records[1].steps.allSatisfy { !$0.scene.text.contains("key") })
    }
    #expect(try await heard(session)[1] == 0)
    #expect(try await session.snapshot(of: "Ida").states == [0, 0])
    #expect(try await session.snapshot(of: "Bo").states[1] != 0)
    #expect(await discriminator.scenes(of: "Ida").allSatisfy { !$0.text.contains("key") })
    // Nor what there is to speak from, once she is asked.
    _ = try await session.respond(to: Event(actor: "Wen", text: "Ida?", to: ["Ida"]))
    let request = try #require(await performer.requests.last)
    #expect(request.program.character == "Ida")
    #expect(!request.scene.text.contains("key"))
    #expect(request.history.allSatisfy { !($0.text ?? "").contains("key") })
    #expect(try (try Transcript(bytes: await session.transcript.bytes)).differences().differences.isEmpty)
  }
}

/// Answers by cues, and notes about what whose questions were asked.
private actor SceneKeeper: Discriminator {
  private var asked: [(question: String, scene: Scene)] = []

  func replies(to questions: [Question], about scene: Scene) -> [Reply] {
    asked += questions.map { ($0.text, scene) }
    return questions.map { question in
      let text = question.name == "key" ? scene.text : scene.newest
      let cue = question.name == "key" ? "silver key" : "thief"
      return Reply(text.contains(cue) ? .yes : .no, source: "cue")
    }
  }

  func scenes(of character: String) -> [Scene] {
    asked.filter { $0.question.contains(character) }.map(\.scene)
  }

  @Test func `an export for people says what was said to one alone`() async throws {
    let cast = try ["Ann", "Ben"].map { try compile("dramatis: 1\ncharacter: \($0)\nlines: [Hush.]\n") }
    let session = try Session(cast: cast)
    _ = try await session.respond(
      to: Event(actor: "Rowan", text: "The key is gone.", to: ["Ben"], present: ["Ben", "Rowan"]))
    let export = TranscriptExport(await session.transcript)
    #expect(
      String(decoding: try export.bytes(as: .plain), as: UTF8.self)
        == "Rowan (to Ben alone): The key is gone.\nBen (to Rowan alone): Hush.\n")
    #expect(
      String(decoding: try export.bytes(as: .markdown), as: UTF8.self).hasPrefix("**Rowan (to Ben alone):** ")
    )
    #expect(export.utterances.map(\.present) == [["Ben", "Rowan"], ["Ben", "Rowan"]])
  }
}
