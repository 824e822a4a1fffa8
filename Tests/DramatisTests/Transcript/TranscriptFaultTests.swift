import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Dramatis

/// Writes that fail in every way that a disk knows.
@Suite struct TranscriptFaultTests {
  private func session() throws -> Session {
    try Session(cast: [try compileMara("lines: [{ say: [Yes., No.] }]\n")])
  }

  @Test func `short writes are gone on with`() async throws {
    let folder = try TemporaryFolder()
    let calls = SystemCalls(
      write: { pwrite($1, $0.baseAddress, min($0.count, 7), off_t($2)) }, sync: SystemCalls.live.sync)
    let session = try session()
    var file = try TranscriptFile(creating: folder.path("a"), with: await session.transcript, calls: calls)
    _ = try await session.respond(to: Event(text: "…"))
    try file.append(await session.transcript)
    #expect(Array(try Data(contentsOf: URL(filePath: file.path))) == (await session.transcript.bytes))
  }

  @Test(arguments: [ENOSPC, EIO, EDQUOT, EFBIG])
  func `a full disk is told, leaves no half line, and all is written when there is space`(code: Int32)
    async throws
  {
    let folder = try TemporaryFolder()
    let room = Room(code)
    let session = try session()
    var file = try TranscriptFile(
      creating: folder.path("a"), with: await session.transcript, calls: room.calls)
    let before = await session.transcript.bytes
    room.fill(leaving: 40)
    for text in ["one", "two"] {
      _ = try await session.respond(to: Event(text: text))
      let transcript = await session.transcript
      #expect(throws: TranscriptError.self) { try file.append(transcript) }
      #expect(Array(try Data(contentsOf: URL(filePath: file.path))) == before)
    }
    room.fill(leaving: .max)
    try file.append(await session.transcript)
    #expect(Array(try Data(contentsOf: URL(filePath: file.path))) == (await session.transcript.bytes))
  }

  @Test func `after the disk failed nothing is claimed to be saved`() async throws {
    let folder = try TemporaryFolder()
    let room = Room(EIO)
    let session = try session()
    var file = try TranscriptFile(
      creating: folder.path("a"), with: await session.transcript, calls: room.calls)
    _ = try await session.respond(to: Event(text: "one"))
    room.failSync(true)
    let transcript = await session.transcript
    #expect(throws: TranscriptError.self) { try file.append(transcript) }
    room.failSync(false)
    #expect(throws: TranscriptError.self) { try file.append(transcript) }
    // It can be saved elsewhere.
    _ = try TranscriptFile(creating: folder.path("b"), with: transcript)
    #expect(try Transcript(bytes: Array(try Data(contentsOf: URL(filePath: folder.path("b"))))).head == 1)
  }

  @Test(arguments: [true, false])
  func `a file that cannot be made leaves nothing behind`(inSync: Bool) async throws {
    let folder = try TemporaryFolder()
    let room = Room(ENOSPC)
    if inSync { room.failSync(true) } else { room.fill(leaving: 100) }
    let transcript = await (try session()).transcript
    #expect(throws: TranscriptError.self) {
      _ = try TranscriptFile(creating: folder.path("a"), with: transcript, calls: room.calls)
    }
    #expect(try folder.files.isEmpty)
  }
}

/// A disk with so much room, which a test can change while a file is open.
private final class Room: Sendable {
  private struct State {
    var left = Int.max
    var failsSync = false
  }

  private let state = Mutex(State())
  private let code: Int32

  init(_ code: Int32) {
    self.code = code
  }

  func fill(leaving count: Int) { state.withLock { $0.left = count } }
  func failSync(_ fails: Bool) { state.withLock { $0.failsSync = fails } }

  var calls: SystemCalls {
    SystemCalls(
      write: { [self] bytes, number, place in
        let count = state.withLock { state in
          let count = min(bytes.count, state.left)
          state.left -= state.left == .max ? 0 : count
          return count
        }
        if count == 0 {
          errno = code
          return -1
        }
        return pwrite(number, bytes.baseAddress, count, off_t(place))
      },
      sync: { [self] number in
        if state.withLock(\.failsSync) {
          errno = code
          return -1
        }
        return fdatasync(number)
      })
  }
}
