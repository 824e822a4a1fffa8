import TestSupport
import Testing

@testable import Dramatis

/// The budget of statements in a session: what the performer is handed, and what decides it.
@Suite struct StatementBudgetTests {
  /// Each statement is 8 bytes long: two tokens.
  private static let profile = """
    behavior:
      t:
        - Always 1
        - { when: event.data.a, then: [With a 1] }
        - { when: event.data.b, then: [With b 1, { when: event.data.a, then: [With a b] }] }
    lines:
      - { statement: Always 1, say: Hm. }

    """

  private func event(_ data: String...) -> Event { event(data) }

  private func event(_ data: [String]) -> Event {
    Event(text: "…", data: Dictionary(uniqueKeysWithValues: data.map { ($0, Datum.boolean(true)) }))
  }

  private func session(
    _ budget: Int?, profile key: String = "", performer: any Performer = AuthoredPerformer()
  ) throws -> Session {
    try Session(cast: [compileMara(key + Self.profile)], performer: performer, statementBudget: budget)
  }

  private func kept(_ record: TurnRecord) -> [String] {
    (record.event?.selection.statements ?? []).map { record.program.statements[$0.statement] }
  }

  private func leftOut(_ record: TurnRecord) -> [String] {
    (record.event?.selection.leftOut ?? []).map {
      "\(record.program.statements[$0.statement.statement]): \($0.reason.rawValue)"
    }
  }

  @Test(arguments: [
    (nil, ["Always 1", "With a 1", "With b 1", "With a b"], []),
    (8, ["Always 1", "With a 1", "With b 1", "With a b"], []),
    (7, ["With a 1", "With b 1", "With a b"], ["Always 1: less-specific"]),
    (4, ["With a 1", "With a b"], ["Always 1: less-specific", "With b 1: comes-later"]),
    (3, ["With a b"], ["Always 1: less-specific", "With a 1: less-specific", "With b 1: less-specific"]),
    (1, [], ["Always 1: too-long", "With a 1: too-long", "With b 1: too-long", "With a b: too-long"]),
  ])
  func `what is kept is the deepest, in the order of the tree`(
    budget: Int?, kept: [String], leftOut: [String]
  ) async throws {
    let record = try await session(budget).record(of: event("a", "b"))
    #expect(self.kept(record) == kept)
    #expect(self.leftOut(record) == leftOut)
    #expect(record.statements.count == 4)
  }

  @Test(arguments: [(nil, 2), (8, 4), (5, 2)])
  func `the profile's budget holds unless the session has its own`(own: Int?, count: Int) async throws {
    let record = try await session(own, profile: "statement-budget: 4\n").record(of: event("a", "b"))
    #expect(kept(record).count == count)
  }

  @Test func `among equals goes what has not applied for longest`() async throws {
    let session = try session(4)
    for data in ["a", "b", "b"] { _ = try await session.record(of: event(data)) }
    let record = try await session.record(of: event("a", "b"))
    #expect(kept(record) == ["With a 1", "With a b"])
    #expect(leftOut(record) == ["Always 1: held-before", "With b 1: held-before"])
  }

  @Test func `what applied in the same turns is told apart by how often`() async throws {
    let session = try session(4)
    for data in [["a"], ["b", "a"]] { _ = try await session.record(of: event(data)) }
    let record = try await session.record(of: event("a", "b"))
    #expect(kept(record) == ["With b 1", "With a b"])
    #expect(leftOut(record) == ["Always 1: less-specific", "With a 1: fires-often"])
  }

  @Test func `the performer is handed what is kept, and lines still wait for all that fired`() async throws {
    let performer = FixedPerformer("Hm.")
    let told = try session(4, performer: performer)
    _ = try await told.respond(to: event("a", "b"))
    let request = try #require(await performer.requests.first)
    #expect(
      request.selection.statements.map { request.program.statements[$0.statement] } == [
        "With a 1", "With a b",
      ])
    #expect(request.selection.leftOut.count == 2)
    #expect(request.grounding.statements.count == 4)
    #expect(try await session(2).respond(to: event("a", "b")).line?.text == "Hm.")
  }

  @Test func `the steps of the turns alone decide the history`() async throws {
    let session = try session(4)
    var history = FiringHistory()
    let budget = StatementSelector(tokens: 4, for: try compileMara(Self.profile))
    for data in ["a", "b", "c", "b", "a"] {
      let step = try #require(try await session.record(of: event(data, "d")).event?.step)
      history.note(step)
    }
    let record = try #require(try await session.record(of: event("a", "b")).event)
    #expect(budget.selection(of: record.step, after: history) == record.selection)
    #expect(budget.selection(of: record.step, after: FiringHistory()) != record.selection)
  }

  @Test func `a turn that fails leaves the history as it was`() async throws {
    let told = try session(4, performer: FixedPerformer(nil, failures: 1))
    await #expect(throws: TestFailure.self) { try await told.respond(to: event("a")) }
    let record = try await told.record(of: event("a", "b"))
    #expect(kept(record) == ["With a 1", "With a b"])
  }

  @Test func `an event that does not concern the character leaves nothing out`() async throws {
    let record = try await session(1).record(of: Event(text: "…", to: ["Ina"]))
    #expect(kept(record) == [] && leftOut(record) == [])
  }

  @Test func `undo and resuming take the history back and go on with it`() async throws {
    let session = try session(4)
    _ = try await session.record(of: event("b"))
    let once = try await session.record(of: event("a", "b")).event
    #expect(try await session.undo() == 1)
    let again = try await session.record(of: event("a", "b")).event
    #expect(again?.selection == once?.selection)
    let resumed = try Session(resuming: try Transcript(bytes: await session.transcript.bytes))
    #expect(await resumed.lastTurn?.records.first?.event?.selection == once?.selection)
    #expect(try await kept(resumed.record(of: event("a", "b"))) == kept(session.record(of: event("a", "b"))))
  }

  @Test func `a changed profile keeps the history of the statements that are still there`() async throws {
    let session = try session(4)
    _ = try await session.record(of: event("a"))
    let changed = try compileMara("behavior:\n  s: [New]\n" + Self.profile.replacing("behavior:\n", with: ""))
    let resumed = try Session(resuming: await session.transcript, cast: [changed])
    let record = try await resumed.record(of: event("a", "b"))
    #expect(kept(record) == ["With b 1", "With a b"])
    #expect(leftOut(record).contains("With a 1: held-before"))
  }

  @Test func `what newly holds goes before what held already, however deep that stands`() async throws {
    let profile = """
      behavior:
        t:
          - { when: event.data.a, then: [{ when: event.data.a, then: [Deep one] }] }
          - { when: event.data.b, then: [New here] }
      """
    let other = try Session(cast: [compileMara(profile)], statementBudget: 2)
    let first = try await other.record(of: event("a"))
    #expect(kept(first) == ["Deep one"])
    let record = try await other.record(of: event("a", "b"))
    #expect(kept(record) == ["New here"] && leftOut(record) == ["Deep one: held-before"])
  }

  @Test func `nothing is told twice in eight turns while another statement fits`() async throws {
    let names = (1...9).map { "Line \($0)." }
    let profile = "behavior:\n  t: [\(names.joined(separator: ", "))]\n"
    let session = try Session(
      cast: [compileMara(profile)], performer: FixedPerformer("Hm."), statementBudget: 2)
    var told: [String] = []
    for _ in 0..<18 {
      let turn = try await session.respond(to: event())
      let kept = try #require(turn.records.first.map(kept)?.first)
      #expect(!told.suffix(8).contains(kept))
      told.append(kept)
    }
    #expect(Set(told) == Set(names))
    let resumed = try Session(
      resuming: try Transcript(bytes: await session.transcript.bytes), performer: FixedPerformer("Hm."))
    let next = try await resumed.respond(to: event()).records.first.map(kept)?.first
    #expect(next.map { !told.suffix(8).contains($0) } == true)
  }
}
