import Foundation
import TestSupport
import Testing

@testable import Dramatis

/// Transcripts on disk, and everything that can happen to them there.
@Suite struct TranscriptFileTests {
  /// A session with some turns.
  private func session(_ turns: Int) async throws -> Session {
    let session = try Session(cast: [try compileMara("lines: [{ say: [Yes., No.] }]\n")])
    for number in 0..<turns { _ = try await session.respond(to: Event(actor: "Ann", text: "\(number)")) }
    return session
  }

  private func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path)))
  }

  @Test func `what was appended is what is read`() async throws {
    let folder = try TemporaryFolder()
    let session = try await session(0)
    var file = try TranscriptFile(creating: folder.path("a.jsonl"), with: await session.transcript)
    for number in 0..<5 {
      _ = try await session.respond(to: Event(text: "\(number)"))
      try file.append(await session.transcript)
      #expect(try bytes(file.path) == (await session.transcript.bytes))
    }
    #expect(try folder.files == ["a.jsonl"])
  }

  @Test func `a session cannot be opened twice, and it is told who has it`() async throws {
    let folder = try TemporaryFolder()
    let file = try TranscriptFile(creating: folder.path("a.jsonl"), with: try await session(1).transcript)
    #expect(throws: TranscriptError.inUse(process: getpid())) {
      _ = try TranscriptFile(opening: folder.path("a.jsonl"))
    }
    #expect(throws: TranscriptError.exists) {
      _ = try TranscriptFile(creating: folder.path("a.jsonl"), with: file.opened.transcript)
    }
  }

  @Test func `a tail torn anywhere is cut off, set aside and told`() async throws {
    let session = try await session(3)
    let whole = await session.transcript.bytes
    let lines = whole.split(separator: 0x0A).map { $0.count + 1 }
    let last = whole.count - (lines.last ?? 0)
    let folder = try TemporaryFolder()
    for length in Array(stride(from: last + 1, to: whole.count, by: 97)) + [whole.count - 2] {
      let path = folder.path("\(length).jsonl")
      try Data(whole[..<length]).write(to: URL(filePath: path))
      let file = try TranscriptFile(opening: path)
      #expect(file.opened.transcript.head == 2)
      let cut = try #require(file.opened.cut)
      #expect(cut.count == length - last)
      #expect(try bytes(cut.copy) == Array(whole[last..<length]))
      #expect(try bytes(path) == Array(whole[..<last]))
    }
  }

  @Test func `after a tear the session goes on`() async throws {
    let folder = try TemporaryFolder()
    let whole = await (try session(3)).transcript.bytes
    try Data(whole.dropLast(10) + [0, 0, 0]).write(to: URL(filePath: folder.path("a.jsonl")))
    var file = try TranscriptFile(opening: folder.path("a.jsonl"))
    let session = try Session(resuming: file.opened.transcript)
    #expect(await session.turn == 2)
    _ = try await session.respond(to: Event(text: "again"))
    try file.append(await session.transcript)
    #expect(try Transcript(bytes: try bytes(file.path)).head == 3)
  }

  @Test func `a flipped bit anywhere is found, and the file is left as it is`() async throws {
    let whole = await (try session(3)).transcript.bytes
    let folder = try TemporaryFolder()
    let path = folder.path("a.jsonl")
    for place in stride(from: 0, to: whole.count, by: 211) {
      var flipped = whole
      flipped[place] ^= 0x10
      try Data(flipped).write(to: URL(filePath: path))
      #expect(throws: TranscriptError.self) { _ = try TranscriptFile(opening: path) }
      #expect(try bytes(path) == flipped)
    }
  }

  private static let spellings: [(String, @Sendable ([UInt8]) -> [UInt8])] = [
    ("a mark of bytes", { [0xEF, 0xBB, 0xBF] + $0 }),
    ("CR LF", { Array(String(decoding: $0, as: UTF8.self).replacing("\n", with: "\r\n").utf8) }),
    ("CR", { $0.map { $0 == 0x0A ? 0x0D : $0 } }),
    ("blank lines", { Array(String(decoding: $0, as: UTF8.self).replacing("\n", with: " \n\n").utf8) }),
    ("no last break", { $0.dropLast() }),
    (
      "a mark, CR LF and no last break",
      {
        [0xEF, 0xBB, 0xBF]
          + Array(String(decoding: $0, as: UTF8.self).replacing("\n", with: "\r\n").utf8).dropLast(2)
      }
    ),
  ]

  @Test(arguments: spellings.indices)
  func `what editors and copies do to a file loses nothing, and the session goes on`(index: Int) async throws
  {
    let (name, spelled) = Self.spellings[index]
    let folder = try TemporaryFolder()
    let path = folder.path("a.jsonl")
    try Data(spelled(await (try session(3)).transcript.bytes)).write(to: URL(filePath: path))
    var file = try TranscriptFile(opening: path)
    #expect(file.opened.cut == nil, "\(name)")
    #expect(file.opened.transcript.head == 3, "\(name)")
    let session = try Session(resuming: file.opened.transcript)
    for text in ["one", "two"] {
      _ = try await session.respond(to: Event(text: text))
      try file.append(await session.transcript)
    }
    let again = try Transcript(bytes: try bytes(path))
    #expect(again.head == 5 && again.tornBytes == 0, "\(name)")
    #expect(try again.differences().same == 5, "\(name)")
  }

  @Test(arguments: [
    (#""text":"2""#, #""text":"9""#, true), (#""turn":3"#, #""turn":4"#, true),
    (#""text":"2""#, #""text":"9""#, false),
  ])
  func `a last line that was changed is no torn one`(old: String, new: String, hasBreak: Bool) async throws {
    let whole = await (try session(3)).transcript.bytes
    let lines = whole.split(separator: 0x0A)
    let last = String(decoding: lines[3], as: UTF8.self)
    #expect(last.contains(old))
    let changed = lines[..<3].flatMap { $0 + [0x0A] } + Array(last.replacing(old, with: new).utf8)
    #expect(throws: TranscriptError.damaged(line: 4, why: "its check does not fit what it holds")) {
      try Transcript(bytes: changed + (hasBreak ? [0x0A] : []))
    }
  }

  @Test(arguments: [
    "nothing of ours", "nothing of ours\n", "{}", "{\"check\":1}\n", "{\"check\":\"0123", "{\"ch",
  ])
  func `what no session has begun to write is no tear`(tail: String) async throws {
    let whole = await (try session(2)).transcript.bytes
    let isTear = "{\"check\":\"0123456789".hasPrefix(tail)
    if isTear {
      #expect(try Transcript(bytes: whole + Array(tail.utf8)).tornBytes == tail.utf8.count)
    } else {
      #expect(throws: TranscriptError.damaged(line: 4, why: "its check does not fit what it holds")) {
        try Transcript(bytes: whole + Array(tail.utf8))
      }
    }
  }

  @Test func `a tear is told by how many bytes it took`() async throws {
    let whole = await (try session(3)).transcript.bytes
    let last = (whole.split(separator: 0x0A).last?.count ?? 0) + 1
    let torn = try Transcript(bytes: whole.dropLast(30))
    #expect(torn.tornBytes == last - 30)
    #expect(torn.head == 2)
    #expect(try Transcript(bytes: whole.dropLast(30) + [0, 0, 0x0A]).tornBytes == last - 27)
    #expect(throws: TranscriptError.otherEncoding) {
      try Transcript(bytes: whole.flatMap { [$0, 0] })
    }
  }

  @Test func `what is no transcript is refused and left alone`() async throws {
    let whole = await (try session(2)).transcript.bytes
    let second = whole.split(separator: 0x0A)[1]
    let cases: [(String, [UInt8], String)] = [
      ("empty", [], "not-a-transcript"),
      ("foreign", Array("dramatis: 1\n".utf8), "not-a-transcript"),
      ("binary", (0..<255).map { UInt8($0) }, "not-a-transcript"),
      (
        "headless", Array(whole.split(separator: 0x0A)[1...].joined(separator: [0x0A])) + [0x0A],
        "not-a-transcript"
      ),
      ("twice a turn", whole + second + [0x0A], "damaged"),
      ("twice the file", whole + whole, "damaged"),
      ("later version", forgeHeader(whole, #""version":1"#, #""version":2"#), "unsupported-version"),
    ]
    let folder = try TemporaryFolder()
    for (name, content, code) in cases {
      try Data(content).write(to: URL(filePath: folder.path(name)))
      do throws(TranscriptError) {
        _ = try TranscriptFile(opening: folder.path(name))
        Issue.record("\(name) was opened")
      } catch {
        #expect(error.code == code, "\(name)")
      }
      #expect(try bytes(folder.path(name)) == content)
    }
    #expect(try folder.files.count == cases.count)
  }

  @Test func `a file of 2 GB is refused before it is read`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("huge.jsonl")
    try Data().write(to: URL(filePath: path))
    #expect(truncate(path, 2 << 30) == 0)
    #expect(throws: TranscriptError.tooLarge(limit: Transcript.maximumBytes)) {
      _ = try TranscriptFile(opening: path)
    }
  }

  @Test(arguments: ["/proc/nowhere/a.jsonl", "/dev/zero", "/"])
  func `a path that is no file is refused`(path: String) async throws {
    #expect(throws: TranscriptError.self) { _ = try TranscriptFile(opening: path) }
    let transcript = try await session(1).transcript
    #expect(throws: TranscriptError.self) { _ = try TranscriptFile(creating: path, with: transcript) }
  }
}

/// Changes the header of a transcript and gives it a new checksum.
private func forgeHeader(_ bytes: [UInt8], _ old: String, _ new: String) -> [UInt8] {
  let end = bytes.firstIndex(of: 0x0A) ?? 0
  let line = String(decoding: bytes[..<end], as: UTF8.self)
  guard let start = line.range(of: #""record":"#)?.upperBound else { return bytes }
  let body = String(line[start...].dropLast()).replacing(old, with: new)
  let forged = #"{"check":"\#(SHA256.hex(body.utf8).prefix(16))","record":\#(body)}"#
  return Array(forged.utf8) + bytes[end...]
}
