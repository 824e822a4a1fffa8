import Foundation
import TestSupport
import Testing

/// Mining and writing with a real service, whatever it says, and however the work is ended.
@Suite(.serialized, .enabled(if: LlamaServer.isThere, "llama-server has been built"))
struct LlamaServerStoryTests {
  private typealias Stopped = (output: String, errors: String, isSignalled: Bool)

  /// Runs a tool that is ended by a signal as soon as it is time.
  ///
  /// A thread of its own looks whether it is: a task might have to wait for others until the tool is done.
  private static func stopped(
    _ arguments: [String], by signal: Int32, in folder: borrowing TemporaryFolder,
    when isTime: @escaping @Sendable (_ output: String) -> Bool
  ) async throws -> Stopped {
    let errors = URL(filePath: try folder.file("errors", ""))
    let environment = environment(folder).merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    let watched = folder.url.path
    let result = await Tool.onThread { () -> Result<Stopped, any Error> in
      Result {
        let output = Pipe()
        let process = try ChildProcess(
          [Tool.dramatis.path] + arguments, environment: environment,
          files: (nil, output.fileHandleForWriting, try FileHandle(forWritingTo: errors)))
        try output.fileHandleForWriting.close()
        let written = output.fileHandleForReading.output(watching: watched) {
          isTime(String(decoding: $0, as: UTF8.self))
        }
        process.send(signal)
        let rest = output.fileHandleForReading.output { _ in false }
        let end = process.wait()
        return (
          String(decoding: written + rest, as: UTF8.self), try String(contentsOf: errors, encoding: .utf8),
          end.isSignalled
        )
      }
    }
    return try result.get()
  }

  private static func environment(_ folder: borrowing TemporaryFolder) -> [String: String] {
    ["XDG_STATE_HOME": folder.url.path, "XDG_CONFIG_HOME": folder.url.path]
  }

  /// An endpoint that is asked one thing at a time, so that there is something left to do after the first reply.
  private static func configure(_ server: LlamaServer, in folder: borrowing TemporaryFolder) throws {
    let settings = folder.url.appending(path: "dramatis")
    try FileManager.default.createDirectory(at: settings, withIntermediateDirectories: true)
    try "endpoints:\n  slow: { base-url: 'http://127.0.0.1:\(server.port)/v1', model: tiny, at-once: 1 }\n"
      .write(
        to: settings.appending(path: "config.yaml"), atomically: true, encoding: .utf8)
  }

  private static func lines(_ path: String) -> Int {
    (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: "\n").count ?? 0
  }

  @Test(arguments: [SIGINT, SIGKILL])
  func `a stopped mining goes on to a story that validates, and asks for no reply twice`(signal: Int32)
    async throws
  {
    let folder = try TemporaryFolder()
    let text = try folder.file("tale.txt", String(repeating: "A dog. A cat. A bird. ", count: 70))
    let story = folder.path("story.yaml")
    try await LlamaServer.run { server in
      try Self.configure(server, in: folder)
      let arguments = ["mine", text, "-o", story, "--endpoint", "slow"]
      let stopped = try await Self.stopped(arguments, by: signal, in: folder) { _ in
        Self.lines(story + ".replies") > 0
      }
      #expect(stopped.isSignalled)
      #expect(stopped.errors.contains("What was done is kept") == (signal == SIGINT))
      let kept = Self.lines(story + ".replies")
      let result = try await Tool.dramatis.run(
        arguments, input: Data(), environment: Self.environment(folder))
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.errors.contains(" of them known already") && kept > 0)
      #expect(try await Tool.dramatis("validate", story).status == 0)
      #expect(result.errors.contains("210 sentences in 4 windows"))
      #expect(Self.lines(story + ".replies") >= 4)
    }
  }

  /// A story that does not end by itself.
  private static func story(_ folder: borrowing TemporaryFolder) throws -> String {
    _ = try folder.file("ann.yaml", "dramatis: 1\ncharacter: Ann\n")
    _ = try folder.file("bea.yaml", "dramatis: 1\ncharacter: Bea\n")
    return try folder.file(
      "story.yaml",
      """
      story: 1
      title: Doors
      cast: [ann.yaml, bea.yaml]
      commitments:
        door: { owner: Bea, foreshadow: A door., trigger: turn >= 1000, payoff: The door opens. }

      """)
  }

  @Test(arguments: [SIGINT, SIGKILL])
  func `what was written is kept and can be gone on with, however the writing ended`(signal: Int32)
    async throws
  {
    let folder = try TemporaryFolder()
    let story = try Self.story(folder)
    let environment = Self.environment(folder)
    try await LlamaServer.run { server in
      let model = ["--base-url", "http://127.0.0.1:\(server.port)", "--model", "tiny"]
      let stopped = try await Self.stopped(
        ["write", story, "--save", "doors"] + model, by: signal, in: folder
      ) { output in output.split(separator: "\n").count >= 2 }
      #expect(stopped.isSignalled)
      let shown = stopped.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      #expect(shown.count >= 2)
      #expect(
        shown.first == "Ann: \(LlamaServer.reply)" && shown.dropFirst().first == "Bea: \(LlamaServer.reply)")
      let replay = try await Tool.dramatis.run(["replay", "doors"], input: Data(), environment: environment)
      let kept = try #require(Int(replay.output.prefix { $0.isNumber }))
      #expect(replay.status == 0 && kept >= shown.count)
      let again = try await Tool.dramatis.run(
        ["write", story, "--resume", "doors", "--turns", "2"] + model, input: Data(), environment: environment
      )
      #expect(again.status == 0, "\(again.errors)")
      #expect(again.errors.contains("turn \(kept + 2): 1 debt open"))
    }
  }
}
