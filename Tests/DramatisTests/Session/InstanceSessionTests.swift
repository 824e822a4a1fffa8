import Dramatis
import TestSupport
import Testing

/// Instances in a session, and turns that are begun at the same time.
@Suite struct InstanceSessionTests {
  private func guards() throws -> [Instance] {
    let program = try compile(InstanceTests.watchman)
    return ["Ada", "Bo"].map { Instance(of: program, named: $0) }
  }

  @Test func `two instances of one program are a cast, and go on from where they stand`() async throws {
    var cast = try guards()
    try cast[1].force("mood", to: "tense")
    try cast[1].set("alarm", to: 2)
    let session = try Session(cast: cast)
    let turn = try await session.respond(to: Event(actor: "Rowan", text: "Bo, or else!", to: ["Bo"]))
    #expect(turn.line?.character == "Bo")
    #expect(turn.records.map(\.after.variables) == [[0, 0], [3, 0]])
    let transcript = try Transcript(bytes: await session.transcript.bytes)
    let resumed = try Session(resuming: transcript)
    #expect(await resumed.lastTurn?.line?.text == turn.line?.text)
    #expect(try transcript.turns(to: transcript.head).count == 1)
    #expect(throws: SessionError.ambiguousName("Ada")) { try Session(cast: [cast[0], cast[0]]) }
  }

  @Test func `a turn that is begun during another one is refused, or waits and goes on from there`()
    async throws
  {
    for whenBusy in Session.WhenBusy.allCases {
      let session = try Session(cast: try guards(), whenBusy: whenBusy)
      let results = await withTaskGroup(of: Int?.self) { group in
        for number in 1...8 {
          group.addTask { try? await session.respond(to: Event(actor: "Rowan", text: "\(number)")).number }
        }
        return await group.reduce(into: [Int]()) { $0 += [$1].compactMap(\.self) }
      }
      if whenBusy == .wait { #expect(results.sorted() == Array(1...8)) }
      #expect(await session.turn == results.count)
    }
  }
}
