import Dramatis
import TestSupport
import Testing

/// Undo, retry and branches take states, variables and text with them.
@Suite struct HistoryTests {
  private static let body = """
    greeting: [Welcome.]
    variables: { count: { initial: 0, min: 0, max: 99 } }
    machines:
      mood: { states: { wary: "", warm: "" }, transitions: [{ from: any, to: wary, when: 'ask("Bad?")', set: { count: count + 1 } }, { from: any, to: warm, when: 'ask("Good?")', set: { count: count + 1 } }] }
    lines: [One., Two., Three., Four., Five.]

    """

  private func session() throws -> Session {
    try Session(cast: [try compileMara(Self.body)], seed: 3)
  }

  private func say(_ text: String, _ session: Session) async throws -> Turn {
    let answers: [String: Answer] = [text.contains("bad") ? "Bad?" : "Good?": .yes]
    return try await session.respond(to: Event(actor: "Ann", text: text), given: answers)
  }

  @Test func `undo rewinds states, variables and text together`() async throws {
    let session = try session()
    _ = try await session.greet(as: "Mara")
    _ = try await say("good", session)
    let before = try await session.snapshot(of: "Mara")
    let line = await session.lastLine
    let first = try await say("bad", session)
    #expect(try await session.undo() == 1)
    #expect(try await session.snapshot(of: "Mara") == before)
    #expect(await session.lastLine == line)
    #expect(await session.turn == 1)
    let again = try await say("bad", session)
    #expect(again.records.map(\.after) == first.records.map(\.after))
    #expect(again.records.first?.event?.scene == first.records.first?.event?.scene)
    #expect(again.line?.text == first.line?.text)
    #expect(again.id != first.id)
  }

  @Test(arguments: [(1, 1, 4), (3, 3, 2), (5, 5, 0), (99, 5, 0)])
  func `undo goes back as many turns as there are`(count: Int, undone: Int, left: Int) async throws {
    let session = try session()
    for number in 1...5 {
      try await session.set(["count": .number(Double(number * 10))], of: "Mara")
      _ = try await say("good", session)
    }
    #expect(try await session.undo(count) == undone)
    #expect(await session.turn == left)
    // The value that was set before an undone turn stays set: it was no part of that turn.
    #expect(try await session.snapshot(of: "Mara").variables == [(left + 1) * 10])
  }

  @Test func `a line is put otherwise: the turn is the same, and what was said stands beside it`()
    async throws
  {
    let session = try session()
    await #expect(throws: SessionError.noEarlierTurn) { try await session.replaceLine(with: "No.") }
    let first = try await say("good", session)
    let second = try await session.replaceLine(with: "Ask me at dusk.")
    #expect(second.line?.text == "Ask me at dusk.")
    #expect(second.line?.character == first.line?.character)
    #expect(second.records.map(\.after.variables) == [[1]])
    #expect(await session.transcript.alternatives(to: second.id).count == 2)
    await #expect(throws: SessionError.self) {
      try await session.replaceLine(with: String(repeating: "x", count: 2 << 20))
    }
    #expect(await session.lastLine == second.line)
    let resumed = try Session(resuming: await session.transcript)
    #expect(await resumed.lastLine?.text == "Ask me at dusk.")
  }

  @Test func `a machine is put into a state, and what is not there is refused`() async throws {
    let session = try session()
    await #expect(throws: SettingError.unknownMachine("modo")) {
      try await session.force(["modo": "wary"], of: "Mara")
    }
    await #expect(throws: SettingError.unknownState("cross", machine: "mood")) {
      try await session.force(["mood": "cross"], of: "Mara")
    }
    await #expect(throws: SessionError.noSuchCharacter("Zoe")) { try await session.force([:], of: "Zoe") }
    #expect(await session.transcript.entries.isEmpty)
    try await session.force(["mood": "wary"], of: "Mara")
    let forced = try await session.snapshot(of: "Mara")
    #expect(await session.cast[0].machines[0].states[forced.states[0]].name == "wary")
    #expect(try await Session(resuming: session.transcript).snapshot(of: "Mara") == forced)
    var foreign = forced
    let other = try compileMara("lines: [Hm.]\n")
    #expect(throws: SettingError.otherProgram) { try foreign.force("mood", to: "wary", in: other) }
  }

  @Test func `what was set after a turn that is taken back is told, and found again`() async throws {
    let session = try session()
    _ = try await session.greet(as: "Mara")
    let turn = try await say("good", session)
    for value in [7.0, 70] { try await session.set(["count": .number(value)], of: "Mara") }
    let old = await session.transcript.head
    _ = try await session.retry()
    let transcript = await session.transcript
    let left = transcript.leftBehind(from: old, to: transcript.head)
    #expect(left.turns == [turn.id])
    #expect(left.settings.map { [$0.character, $0.name, $0.value] } == [["Mara", "count", "70"]])
    try await session.move(toEntry: left.entry)
    #expect(try await session.snapshot(of: "Mara").variables == [70])
    #expect(await session.transcript.end(ofTurn: 1) == old)
    #expect(await session.transcript.end(after: turn.id) == old)
    #expect(transcript.leftBehind(from: turn.id, to: old).settings.isEmpty)
    #expect(transcript.leftBehind(from: old, to: 0).settings.map(\.value) == ["70"])
  }

  @Test func `what was set before the first turn is told against the start`() async throws {
    let session = try session()
    try await session.set(["count": .number(5)], of: "Mara")
    let transcript = await session.transcript
    #expect(transcript.leftBehind(from: transcript.head, to: 0).settings.map(\.name) == ["count"])
    #expect(transcript.end(ofTurn: 0) == transcript.head)
  }

  @Test func `there is nothing to undo or retry before the first turn`() async throws {
    let session = try session()
    await #expect(throws: SessionError.noEarlierTurn) { try await session.undo() }
    await #expect(throws: SessionError.noEarlierTurn) { try await session.retry() }
    _ = try await session.greet(as: "Mara")
    await #expect(throws: SessionError.noEarlierTurn) { try await session.undo() }
  }

  @Test func `retry says something else and moves the states once`() async throws {
    let session = try session()
    let first = try await say("good", session)
    var texts = [first.line?.text]
    for attempt in 1...4 {
      let turn = try await session.retry()
      #expect(turn.attempt == attempt)
      #expect(turn.records.map(\.after) == first.records.map(\.after))
      #expect(turn.records.map { $0.event?.replies } == first.records.map { $0.event?.replies })
      texts.append(turn.line?.text)
    }
    #expect(Set(texts).count == 5)
    let transcript = await session.transcript
    #expect(transcript.alternatives(to: first.id).count == 5)
    try await session.move(toEntry: first.id)
    #expect(await session.lastLine?.text == first.line?.text)
  }

  @Test func `a retry that fails leaves everything as it was`() async throws {
    let performer = FixedPerformer("Well.", failures: 0)
    let failing = FailingAfterOne(performer)
    let session = try Session(cast: [try compileMara(Self.body)], performer: failing)
    let turn = try await say("good", session)
    let bytes = await session.transcript.bytes
    await #expect(throws: TestFailure.self) { try await session.retry() }
    #expect(await session.transcript.bytes == bytes)
    #expect(await session.turn == turn.number)
  }

  @Test func `branches go on by themselves from any earlier turn`() async throws {
    let session = try session()
    let first = try await say("good", session)
    _ = try await say("good", session)
    try await session.createBranch("other", at: first.id)
    _ = try await say("bad", session)
    #expect(try await session.snapshot(of: "Mara").states == [1])
    try await session.move(toBranch: Transcript.firstBranch)
    #expect(try await session.snapshot(of: "Mara").states == [2])
    #expect(await session.turn == 2)
    try await session.move(toBranch: "other")
    #expect(try await session.snapshot(of: "Mara").states == [1])
    #expect(await session.transcript.heads.keys.sorted() == ["main", "other"])
    let resumed = try Session(resuming: try Transcript(bytes: await session.transcript.bytes))
    #expect(await resumed.transcript.branch == "other")
    #expect(try await resumed.snapshot(of: "Mara") == session.snapshot(of: "Mara"))
  }

  @Test(arguments: ["", "a/b", "..\u{7}", "12", "a b", String(repeating: "a", count: 101)])
  func `a branch cannot be called anything`(name: String) async throws {
    let session = try session()
    await #expect(throws: SessionError.badBranchName(name)) { try await session.createBranch(name) }
  }

  @Test func `what is not there cannot be gone to`() async throws {
    let session = try session()
    await #expect(throws: SessionError.noSuchEntry(1)) { try await session.move(toEntry: 1) }
    await #expect(throws: SessionError.noSuchEntry(-1)) { try await session.move(toEntry: -1) }
    await #expect(throws: SessionError.noSuchBranch("x")) { try await session.move(toBranch: "x") }
    await #expect(throws: SessionError.branchExists("main")) { try await session.createBranch("main") }
  }

  @Test func `with another profile everyone is carried over by name, also when going back`() async throws {
    let session = try session()
    let first = try await say("bad", session)
    _ = try await say("good", session)
    let changed = try compileMara(
      Self.body.replacing("{ wary: \"\", warm: \"\" }", with: "{ sour: \"\", warm: \"\" }")
        .replacing("to: wary", with: "to: sour").replacing("max: 99", with: "max: 1"))
    let transcript = await session.transcript
    let changes = try transcript.changes(to: [changed])
    #expect(changes["Mara"]?.map(\.description) == ["count: 2 became 1"])
    let resumed = try Session(resuming: transcript, cast: [changed])
    #expect(await resumed.turn == 2)
    #expect(try await resumed.snapshot(of: "Mara").variables == [1])
    try await resumed.move(toEntry: first.id)
    let snapshot = try await resumed.snapshot(of: "Mara")
    #expect(changed.uncheckedNamed(snapshot).states == ["mood": "other"])
    let next = try await say("bad", resumed)
    #expect(next.records.first.map { changed.uncheckedNamed($0.after).states } == ["mood": "sour"])
    let again = try Transcript(bytes: await resumed.transcript.bytes)
    #expect(try again.differences().differences == [])
    let kept = try Session(resuming: transcript)
    #expect(try await kept.snapshot(of: "Mara").variables == [2])
  }

  @Test func `a session that is not recorded keeps nothing`() async throws {
    let session = try Session(cast: [try compileMara(Self.body)], isRecorded: false)
    let turn = try await say("good", session)
    #expect(turn.id == 0)
    #expect(await session.transcript.entries.isEmpty)
    await #expect(throws: SessionError.noEarlierTurn) { try await session.undo() }
  }
}

/// Speaks once, and fails from then on.
private actor FailingAfterOne: Performer {
  nonisolated let choosesAuthoredLines = false
  private let performer: FixedPerformer
  private var count = 0

  init(_ performer: FixedPerformer) {
    self.performer = performer
  }

  func line(for request: LineRequest) async throws -> SpokenLine? {
    count += 1
    if count > 1 { throw TestFailure() }
    return try await performer.line(for: request)
  }
}
