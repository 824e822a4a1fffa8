import Foundation
import TestSupport
import Testing

/// Files that nobody named but that are found: pipes are not waited for, and links may lead anywhere.
@Suite struct FoundFileTests {
  private static let profile = "dramatis: 1\ncharacter: Ann\nlines: [Well.]\n"

  /// Makes pipes; a command that waits for one is ended, with the status 124.
  private static func run(_ script: String, in folder: borrowing TemporaryFolder) async throws -> Tool.Result
  {
    let path = folder.url.path
    return try await Tool(executable: URL(filePath: "/bin/sh")).run(
      [
        "-c",
        "d() { timeout 60 \(Tool.dramatis.path) \"$@\"; }; mkdir -p s/dramatis/sessions c/dramatis; \(script)",
      ],
      input: Data(), folder: folder.url,
      environment: ["XDG_STATE_HOME": path + "/s", "XDG_CONFIG_HOME": path + "/c"])
  }

  @Test(arguments: [
    ("sessions", 0, "no plain file"), ("replay ff", 3, "no plain file"),
    ("sessions show ff", 3, "no plain file"),
    ("chat mara --no-model --resume", 1, "no session with Mara"),
  ])
  func `a pipe among the sessions is said to be unreadable`(
    _ command: String, _ status: Int32, _ message: String
  ) async throws {
    let folder = try TemporaryFolder()
    let result = try await Self.run("mkfifo s/dramatis/sessions/ff.jsonl; d \(command)", in: folder)
    #expect(result.status == status)
    #expect((result.output + result.errors).contains(message))
  }

  @Test(arguments: [
    ("c/dramatis/config.yaml", "models"), (".dramatis.yaml", "validate m.yaml"),
    ("m.scenarios.yaml", "test m.yaml"),
  ])
  func `a pipe where settings are looked for is refused`(_ pipe: String, _ command: String) async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("m.yaml", Self.profile)
    let result = try await Self.run("mkfifo \(pipe); d \(command)", in: folder)
    #expect(result.status == 3)
    #expect(result.errors.contains("it is no plain file"))
  }

  @Test(arguments: [
    "ln -s x.jsonl s/dramatis/sessions/x.jsonl", "ln -s nowhere s/dramatis/sessions/x.jsonl",
    "mkfifo s/dramatis/sessions/x.jsonl",
  ])
  func `a session that is a link to nothing, or a pipe, is found and can be deleted`(_ made: String)
    async throws
  {
    let folder = try TemporaryFolder()
    let shown = try await Self.run("\(made); d sessions show x", in: folder)
    #expect(shown.status == 3)
    #expect(shown.errors.contains("cannot read"))
    #expect(try await Self.run("d sessions delete --yes x", in: folder).status == 0)
    let listed = try await Self.run("d sessions", in: folder)
    #expect(listed.output.contains("no session was kept yet"))
  }

  @Test func `a link to a session is deleted, and what it leads to stays`() async throws {
    let folder = try TemporaryFolder()
    let made = try await Self.run(
      "echo hello | d chat mara --no-model; cd s/dramatis/sessions; mv * ../kept; ln -s ../kept x.jsonl; d sessions delete --yes x",
      in: folder)
    #expect(made.status == 0)
    #expect(try folder.text("s/dramatis/kept").contains("hello"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path + "/s/dramatis/sessions").isEmpty)
  }

  @Test func `a line of events that has no end is told of, and not waited for`() async throws {
    let folder = try TemporaryFolder()
    let result = try await Self.run("cat /dev/zero | d run mara", in: folder)
    #expect(result.status == 1)
    #expect(result.errors.contains("line 1: error: longer than"))
  }
}
