import Foundation
import TestSupport
import Testing

/// What a doctor finds is written down on request, and a chat does as it says.
@Suite struct DoctorWriteTests {
  private static func isQuestion(_ request: String) -> Bool { request.contains("response_format") }

  /// Speaks for the user unless the direction stands with what never changes.
  private static func reply(to request: String) -> [ScriptedServer.Act] {
    if request.hasPrefix("GET") { return ScriptedServer.Act.response("{}", status: 404) }
    let isCached = request.contains(#"[For Ada only"#)
    let text = isQuestion(request) ? "{}" : isCached ? #"Hm.\nWen: And?"# : "Hm."
    return ScriptedServer.Act.response(
      #"{"choices":[{"message":{"content":"\#(text)"},"finish_reason":"stop"}]}"#)
  }

  private static func run(
    _ arguments: [String], in folder: borrowing TemporaryFolder, input: String = ""
  ) async throws -> Tool.Result {
    try await Tool.dramatis.run(
      arguments, input: Data(input.utf8),
      environment: ["XDG_STATE_HOME": folder.path("state"), "XDG_CONFIG_HOME": folder.url.path])
  }

  @Test func `what is found goes into the configuration, and chat obeys it unless told otherwise`()
    async throws
  {
    try await withServer { request, _ in
      Self.reply(to: request)
    } _: { server in
      let folder = try TemporaryFolder()
      let found = try await Self.run(
        ["doctor", "--base-url", server.address, "--model", "m", "--write", "--as", "inn"], in: folder)
      #expect(found.status == 0, "\(found.errors)")
      let words = found.output.split { $0.isWhitespace }.joined(separator: " ")
      #expect(words.contains("fallback: prompt-form chat uses 'compact'"), "\(words)")
      #expect(found.errors.contains("+     prompt-form: compact"), "\(found.errors)")
      let text = try folder.text("dramatis/config.yaml")
      #expect(text.contains("inn:") && text.contains("base-url: \(server.address)/v1"))
      #expect(server.requests.count < 20)

      let profile = try folder.file("ann.yaml", ModelCommandTests.profile)
      let plain = ["chat", profile, "--endpoint", "inn", "--discriminator", "cues"]
      for (flags, isCached) in [([], false), (["--prompt-form", "cached"], true)] {
        _ = try await Self.run(plain + flags, in: folder, input: "hello\n")
        #expect(server.requests.last?.contains("[For Ann only") == isCached)
      }
      let cached = try folder.file("bea.yaml", ModelCommandTests.profile + "\nprompt-form: cached\n")
      _ = try await Self.run(
        ["chat", cached, "--endpoint", "inn", "--discriminator", "cues"], in: folder, input: "hello\n")
      #expect(server.requests.last?.contains("[For Ann only") == true)

      let again = try await Self.run(["doctor", "--endpoint", "inn", "--write"], in: folder)
      #expect(again.status == 0 && again.errors.contains("stays as it is written"), "\(again.errors)")
      #expect(try folder.text("dramatis/config.yaml") == text)
    }
  }

  @Test func `nothing is written unasked, and nothing where nobody can speak`() async throws {
    try await withServer { request, _ in
      Self.reply(to: request)
    } _: { server in
      let folder = try TemporaryFolder()
      _ = try await Self.run(["doctor", "--base-url", server.address, "--model", "m"], in: folder)
      let failed = try await Self.run(
        ["doctor", "--base-url", "http://127.0.0.1:9", "--model", "m", "--write"], in: folder)
      #expect(failed.status == 3)
      #expect(!FileManager.default.fileExists(atPath: folder.path("dramatis/config.yaml")))
    }
  }

  @Test(arguments: [["--as", "x"], ["--write", "--as", ""], ["--write", "--as", "a\nb"]])
  func `a name belongs to what is written, and is one line`(flags: [String]) async throws {
    let folder = try TemporaryFolder()
    let result = try await Self.run(
      ["doctor", "--base-url", "http://127.0.0.1:9", "--model", "m"] + flags, in: folder)
    #expect(result.status == 2)
  }
}
