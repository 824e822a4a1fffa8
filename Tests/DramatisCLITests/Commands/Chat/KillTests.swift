import Dramatis
import Foundation
import TestSupport
import Testing

/// Chats that are killed at any moment: what was shown as finished is there afterwards.
///
/// `DRAMATIS_KILLS` says how often; a thousand take some minutes.
@Suite struct KillTests {
  private static let kills =
    ProcessInfo.processInfo.environment["DRAMATIS_KILLS"].flatMap { Int($0) } ?? 15
  private static let profile = "dramatis: 1\ncharacter: Ann\nlines: [One., Two.]\n"

  @Test func `no turn that was shown is lost, and every session can be gone on with`() async throws {
    var random = SystemRandomNumberGenerator()
    var acknowledged = 0
    for kill in 1...Self.kills {
      let folder = try TemporaryFolder()
      let profile = try folder.file("ann.yaml", Self.profile)
      let shown = try await Self.chat(
        profile, in: folder.url, killedAfter: Int.random(in: 0...2000, using: &random))
      acknowledged += shown
      try await Self.check(folder.url, shown: shown, profile, "kill \(kill)")
    }
    #expect(acknowledged > 0, "every chat was killed before it said anything")
  }

  /// How many lines a chat had shown whole when it was killed, which goes on while it is.
  ///
  /// - Parameter bytes: After how much of its output it is killed.
  private static func chat(_ profile: String, in folder: URL, killedAfter bytes: Int) async throws -> Int {
    let input = folder.appending(path: "input")
    try Data(String(repeating: "hello\n", count: 3000).utf8).write(to: input)
    let (reading, output) = (try FileHandle(forReadingFrom: input), Pipe())
    let process = try ChildProcess(
      [Tool.dramatis.path, "chat", profile],
      environment: ["XDG_STATE_HOME": folder.path, "SWIFT_BACKTRACE": "enable=no"],
      files: (reading, output.fileHandleForWriting, nil))
    try output.fileHandleForWriting.close()
    let shown = await Tool.onThread {
      let read = output.fileHandleForReading.output { $0.count >= bytes }
      process.send(SIGKILL)
      let rest = output.fileHandleForReading.output { _ in false }
      _ = process.wait()
      return read + rest
    }
    let text = String(decoding: shown, as: UTF8.self)
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().count {
      $0.hasPrefix("Ann: ")
    }
  }

  private static func check(_ folder: URL, shown: Int, _ profile: String, _ comment: Comment) async throws {
    let sessions = folder.appending(path: "dramatis/sessions")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: sessions.path)) ?? []
    guard let name = files.first(where: { $0.hasSuffix(".jsonl") }) else {
      #expect(shown == 0, comment)
      return
    }
    let path = sessions.appending(path: name).path
    let transcript = try TranscriptFile(opening: path).opened.transcript
    #expect(transcript.entries.count(where: \.isTurn) >= shown, comment)
    #expect(try transcript.differences().differences.isEmpty, comment)
    let resumed = try await Tool.dramatis.run(
      ["chat", profile, "--resume", path], input: Data("hello\n".utf8),
      environment: ["XDG_STATE_HOME": folder.path])
    #expect(resumed.status == 0, comment)
    #expect(try TranscriptFile(opening: path).opened.transcript.head == transcript.head + 1, comment)
  }
}
