import Dramatis
import Foundation
import TestSupport
import Testing

/// Sessions that are kept in a folder of one's own and found again.
@Suite struct SessionStoreTests {
  private static func session(_ turns: Int) async throws -> Session {
    let session = try Session(cast: [try compileMara("lines: [{ say: [Yes., No.] }]\n")])
    for number in 0..<turns { _ = try await session.respond(to: Event(actor: "Ann", text: "\(number)")) }
    return session
  }

  private static func name(_ text: String) throws -> SessionName { try #require(SessionName(text)) }

  @Test func `a session is kept from its first turn on and found by its cast`() async throws {
    let folder = try TemporaryFolder()
    let store = SessionStore(folder: folder.path("sessions"))
    let session = try await Self.session(0)
    let name = SessionName(cast: await session.cast, began: "2026-11-23T08:15:00Z")
    #expect(name.text == "mara-20261123-081500")
    var keeper = SessionKeeper(new: name, in: store)
    try keeper.keep(await session.transcript)
    #expect(keeper.name == nil)
    #expect(store.names().isEmpty)
    _ = try await session.respond(to: Event(text: "Hello"))
    #expect(keeper.unsavedTurns(of: await session.transcript) == 1)
    try keeper.keep(await session.transcript)
    #expect(keeper.unsavedTurns(of: await session.transcript) == 0)
    #expect(store.newest(of: ["Mara"]) == name)
    #expect(store.newest(of: ["Rowan"]) == nil)
    let found = try SessionLocation(name.text, in: store).transcript()
    #expect(found.bytes == (await session.transcript.bytes))
  }

  @Test func `the newest session is the one that was played last, whenever its file was touched`()
    async throws
  {
    let folder = try TemporaryFolder()
    let store = SessionStore(folder: folder.path("sessions"))
    for (text, time) in [
      ("b", "2026-11-23T08:15:00Z"), ("c", "2026-11-24T08:15:00Z"), ("a", "2026-11-22T23:59:59Z"),
    ] {
      let session = try Session(
        cast: [try compileMara("lines: [{ say: [Yes., No.] }]\n")], clock: { time })
      for _ in 0..<2 {
        _ = try await session.respond(to: Event(text: String(repeating: "long ", count: 9000)))
      }
      try await session.set([:], of: "Mara")
      try await session.createBranch("side", at: 1)
      var keeper = SessionKeeper(new: try Self.name(text), in: store)
      try keeper.keep(await session.transcript)
    }
    let touched = [FileAttributeKey.modificationDate: Date(timeIntervalSinceNow: 3600)]
    try FileManager.default.setAttributes(touched, ofItemAtPath: store.path(of: try Self.name("a")))
    #expect(store.newest(of: ["Mara"])?.text == "c")
    #expect(store.summaries().map(\.name) == ["c", "b", "a"])
    #expect(store.summaries().first?.written == "2026-11-24T08:15:00Z")
  }

  @Test func `a name that is taken gets a number, and nothing is written over`() async throws {
    let folder = try TemporaryFolder()
    let store = SessionStore(folder: folder.path("sessions"))
    let transcript = try await Self.session(1).transcript
    for expected in ["a", "a-2", "a-3"] {
      var keeper = SessionKeeper(new: try Self.name("a"), in: store)
      try keeper.keep(transcript)
      #expect(keeper.name == expected)
    }
    #expect(store.summaries().map(\.turns) == [1, 1, 1])
  }

  @Test func `without a place a session is not kept, and with no name none is wanted`() async throws {
    let transcript = try await Self.session(1).transcript
    var homeless = SessionKeeper(new: try Self.name("a"), in: nil)
    #expect(throws: TranscriptError.noStore) { try homeless.keep(transcript) }
    #expect(homeless.unsavedTurns(of: transcript) == 1)
    var unwanted = SessionKeeper(new: nil, in: nil)
    try unwanted.keep(transcript)
    #expect(unwanted.unsavedTurns(of: transcript) == 0)
  }

  @Test func `a session is renamed and deleted, and one that is not there is told with one like it`()
    async throws
  {
    let folder = try TemporaryFolder()
    let store = SessionStore(folder: folder.path("sessions"))
    var keeper = SessionKeeper(new: try Self.name("the ale"), in: store)
    try keeper.keep(try await Self.session(1).transcript)
    #expect(throws: TranscriptError.inUse(process: ProcessInfo.processInfo.processIdentifier)) {
      try store.rename(try Self.name("the ale"), to: try Self.name("the mill"))
    }
    keeper = SessionKeeper(new: nil, in: nil)
    try store.rename(try Self.name("the ale"), to: try Self.name("the mill"))
    #expect(throws: TranscriptError.noSuchSession("the mil", nearest: "the mill")) {
      try store.delete(try Self.name("the mil"))
    }
    try store.delete(try Self.name("the mill"))
    #expect(store.names().isEmpty)
  }

  @Test func `a list tells what cannot be read`() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("sessions/broken.jsonl", "no transcript\n")
    let store = SessionStore(folder: folder.path("sessions"))
    let summary = try #require(store.summaries().first)
    #expect(summary.name == "broken")
    #expect(summary.problem == "this is not a transcript of a session: broken")
    #expect(store.newest() == nil)
  }

  @Test(arguments: ["", ".hidden", "a/b", "a\nb", " a", "a ", "a.jsonl", String(repeating: "a", count: 101)])
  func `what cannot be the name of a file everywhere names no session`(text: String) {
    #expect(SessionName(text) == nil)
  }

  @Test func `an export says what was said, in the form that the ending asks for`() async throws {
    let session = try await Self.session(1)
    let export = TranscriptExport(await session.transcript)
    #expect(export.utterances.map(\.actor) == ["Ann", "Mara"])
    let plain = String(decoding: try export.bytes(as: .plain), as: UTF8.self)
    #expect(plain.hasPrefix("Ann: 0\nMara: "))
    #expect(try export.bytes(as: .transcript) == (await session.transcript.bytes))
    #expect(TranscriptExport.Format(ending: "a/evening.md") == .markdown)
    #expect(TranscriptExport.Format(ending: "evening") == nil)
  }
}
