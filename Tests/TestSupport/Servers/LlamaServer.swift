import Foundation
import Synchronization

/// The real llama-server with a made-up model of 2 MB, where it was built beside the checkout.
///
/// Its planted reply to any chat is ``reply``, in ``replyTokens`` tokens.
package struct LlamaServer: Sendable {
  package static let reply = "Hello! 👋 I am a tiny model."
  package static let replyTokens = 14

  private static let script = Repository.beside("shared/llm-server/serve.sh")
  private static let folder = Repository.file(".build-llm-server")

  /// Whether there is a server to start; says so once where there is none.
  package static let isThere: Bool = {
    let files = [script.path, folder.appending(path: "server-path").path]
    let isThere = files.allSatisfy(FileManager.default.fileExists(atPath:))
    if !isThere {
      print("SKIPPED: tests against llama-server; build it with \(script.path) install \(folder.path)")
    }
    return isThere
  }()

  package let port: UInt16

  /// The process, to be killed by tests that kill it.
  package var process: Int32? {
    let file = Self.folder.appending(path: "server-\(port).pid")
    return (try? String(contentsOf: file, encoding: .utf8)).flatMap { Int32($0.filter(\.isNumber)) }
  }

  /// The servers that run, by their arguments; they are stopped when the tests end.
  private static let running = Mutex([[String]: LlamaServer]())

  /// Runs a body with a server that other tests with the same arguments share, unless it is to be broken.
  package static func run(
    _ arguments: String..., always isNew: Bool = false, body: (LlamaServer) async throws -> Void
  ) async throws {
    if !isNew, let server = running.withLock({ $0[arguments] }) { return try await body(server) }
    // A port that was free a moment ago; nobody else hands out ports here.
    let probe = try ScriptedServer { _, _ in [] }
    let server = LlamaServer(port: probe.port)
    probe.stop()
    try await call(["start", folder.path, "\(server.port)"] + arguments)
    stopAllAtExit
    // Where two suites have started one each at the same time, both are stopped in the end.
    running.withLock { servers in
      let isFirst = !isNew && servers[arguments] == nil
      servers[isFirst ? arguments : arguments + ["\(server.port)"]] = server
    }
    try await body(server)
  }

  private static let stopAllAtExit: Void = {
    atexit {
      for server in LlamaServer.running.withLock({ Array($0.values) }) {
        server.process.map { _ = kill($0, SIGKILL) }
      }
    }
  }()

  private static func call(_ arguments: [String]) async throws {
    let process = try ChildProcess(
      ["/bin/bash", script.path] + arguments, environment: ProcessInfo.processInfo.environment,
      files: (nil, nil, .standardError))
    guard await Tool.onThread({ process.wait() }).status == 0 else { throw Failed(arguments: arguments) }
  }

  private struct Failed: Error {
    let arguments: [String]
  }
}
