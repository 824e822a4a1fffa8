import Foundation
import TestSupport
import Testing

/// Sessions as a user keeps, finds, changes and loses them.
@Suite struct SessionCommandTests {
  /// A folder of its own for the sessions of one test.
  private struct Home: ~Copyable {
    let folder: TemporaryFolder

    init() throws {
      folder = try TemporaryFolder()
    }

    func callAsFunction(_ arguments: String..., input: String = "") async throws -> Tool.Result {
      try await self(arguments, input: input)
    }

    func callAsFunction(_ arguments: [String], input: String = "") async throws -> Tool.Result {
      try await Tool.dramatis.run(
        arguments, input: Data(input.utf8), environment: ["XDG_STATE_HOME": folder.url.path])
    }

    /// Talks with Mara and keeps it under a name.
    func chat(_ name: String, _ input: String = "good evening\n") async throws {
      let result = try await self("chat", "mara", input: input + "/save \(name)\n")
      #expect(result.status == 0)
      for other in try sessions() where other.hasPrefix("mara-20") {
        #expect(try await self("sessions", "delete", "--yes", other).status == 0)
      }
    }

    func sessions() throws -> [String] {
      let files = try FileManager.default.contentsOfDirectory(
        atPath: folder.path("dramatis/sessions"))
      return files.filter { $0.hasSuffix(".jsonl") }.map { String($0.dropLast(6)) }.sorted()
    }

    func path(_ name: String) -> String {
      folder.path("dramatis/sessions/\(name).jsonl")
    }
  }

  @Test func `a chat is kept by itself and gone on with where it ended`() async throws {
    let home = try Home()
    let first = try await home(
      "chat", "mara", "--user", "Rowan", "--seed", "3", input: "good evening\nthanks\n")
    #expect(try home.sessions().count == 1)
    let again = try await home("chat", "mara", "--resume", input: "/state\nIs that ale watered down?\n/why\n")
    #expect(again.lines.contains("turn: 2"))
    #expect(again.lines.contains("Rowan: Is that ale watered down?"))
    // What was said last is shown again.
    #expect(again.lines.contains(try #require(first.lines.last)))
    #expect(try home.sessions().count == 1)
    let third = try await home("chat", "--resume", try home.sessions()[0], input: "/state\n")
    #expect(third.lines.contains("turn: 3"))
  }

  @Test func `nothing is kept before the first turn, nor with --no-save`() async throws {
    let home = try Home()
    #expect(try await home("chat", "mara", input: "/state\n/quit\n").status == 0)
    #expect(try await home("chat", "mara", "--no-save", input: "hello\n").status == 0)
    #expect(!FileManager.default.fileExists(atPath: home.path("").replacing("/.jsonl", with: "")))
    let result = try await home("chat", "mara", "--resume")
    #expect(result.status == 1)
    #expect(result.errors.contains("no session with Mara was kept yet"))
  }

  @Test func `a session is listed, shown, renamed, exported and deleted`() async throws {
    let home = try Home()
    try await home.chat("the ale")
    #expect(try await home("sessions").output.hasPrefix("the ale  Mara  1 turn"))
    let shown = try await home("sessions", "show", "the ale")
    #expect(shown.lines.contains("stranger: good evening"))
    #expect(try await home("sessions", "rename", "the ale", "ale").status == 0)
    #expect(try home.sessions() == ["ale"])
    let markdown = try await home("sessions", "export", "ale", "--format", "markdown")
    #expect(markdown.lines.contains("**stranger:** good evening"))
    let transcript = try await home("sessions", "export", "ale", "--format", "transcript")
    #expect(transcript.output == (try String(contentsOfFile: home.path("ale"), encoding: .utf8)))
    let refused = try await home("sessions", "delete", "ale", input: "n\n")
    #expect(refused.status == 1)
    #expect(refused.errors.contains("Delete session 'ale' for good?"))
    #expect(refused.errors.contains("not deleted: 'ale'; --yes does not ask"))
    #expect(try home.sessions() == ["ale"])
    #expect(try await home("sessions", "delete", "ale", input: "y\n").status == 0)
    #expect(try home.sessions().isEmpty)
    #expect(try await home("sessions").output.contains("no session was kept yet"))
  }

  @Test func `a name is never taken for a path`() async throws {
    let names = ["../x", "a/b", "", ".hidden", "x.jsonl", "a\u{1B}[31m", String(repeating: "a", count: 101)]
    let home = try Home()
    try await home.chat("a")
    for name in names {
      let result = try await home("sessions", "rename", "a", name)
      #expect(result.status == 2, "\(name)")
      #expect(!result.errors.contains("\u{1B}"))
      #expect(try home.sessions() == ["a"], "\(name)")
    }
    let saves = names.map { "/save \($0)\n" }.joined()
    let saved = try await home("chat", "--resume", "a", input: saves)
    #expect(saved.status == 0)
    #expect(try home.sessions() == ["a"])
  }

  @Test func `what is there already is not replaced`() async throws {
    let home = try Home()
    try await home.chat("a")
    try await home.chat("b")
    let before = try Data(contentsOf: URL(filePath: home.path("b")))
    #expect(try await home("sessions", "rename", "a", "b").status == 3)
    let saved = try await home("chat", "--resume", "a", input: "/save b\n")
    #expect(saved.output.contains("exists already"))
    #expect(try Data(contentsOf: URL(filePath: home.path("b"))) == before)
  }

  @Test func `a replay is the same, and a forged state is found`() async throws {
    let home = try Home()
    try await home.chat("a", "good evening\nIs that ale watered down?\n/retry\n/branch b 1\nthanks\n")
    let same = try await home("replay", "a")
    #expect(same.status == 0)
    #expect(same.output == "4 turns the same, in all branches\n")
    let branch = try await home("replay", "a", "--branch", "b")
    #expect(branch.output == "2 turns the same, on branch 'b'\n")
    #expect(try await home("replay", "a", "--branch", "c").status == 2)
    let torn = try String(contentsOfFile: home.path("a"), encoding: .utf8).replacing(
      "\"warm\"", with: "\"wary\"")
    let damaged = try await home("replay", "-", input: torn)
    #expect(damaged.status == 1)
    #expect(damaged.errors.contains("is damaged") || damaged.errors.contains("not a transcript"))
    #expect(try await home("replay", "nowhere").errors.contains("there is no session 'nowhere'"))
  }

  @Test func `a changed profile is said, carried over by name, and left alone with --keep`() async throws {
    let home = try Home()
    try await home.chat("a", "Is that ale watered down?\n")
    let profile = try Repository.text("Profiles/mara.yaml")
    let changed = try home.folder.file("mara.yaml", profile.replacing("wary", with: "sour"))
    let diff = try await home("diff", "mara", changed)
    #expect(diff.status == 1)
    #expect(
      diff.lines == ["state mood.wary is gone (who stands there goes to 'other')", "state mood.sour is new"])
    #expect(try await home("diff", changed, changed).status == 0)
    let kept = try await home("chat", changed, "--resume", "a", "--keep", input: "/state\n")
    #expect(kept.lines.contains { $0.hasPrefix("mood: wary") })
    #expect(!kept.output.contains("has changed"))
    let resumed = try await home("chat", changed, "--resume", "a", input: "/state\n")
    #expect(resumed.lines.contains("· \(diff.lines[0])"))
    #expect(resumed.lines.contains("· now: mood: wary became other"))
    #expect(resumed.lines.contains { $0.hasPrefix("mood: other") })
    #expect(try await home("replay", "a").status == 0)
  }

  @Test func `a drawing marks the path that a session took`() async throws {
    let home = try Home()
    try await home.chat("a", "good evening\nIs that ale watered down?\nthanks\n")
    let graph = try await home("graph", "mara", "--only", "mood", "--highlight", "a")
    #expect(graph.status == 0)
    #expect(graph.lines.contains { $0.contains("[\"wary<br/>×1\"]") || $0.contains("(\"wary<br/>×1\")") })
    #expect(graph.lines.contains { $0.contains("(\"warm<br/>×2\")") })
    #expect(graph.lines.contains { $0.contains("==>") })
    #expect(graph.lines.contains { $0.hasSuffix("(\"stormy\")") })
    #expect(try await home("graph", "kaethe", "--highlight", "a").status == 2)
    let changed = try home.folder.file(
      "mara.yaml",
      try Repository.text("Profiles/mara.yaml")
        .replacing("wary", with: "sour"))
    let old = try await home("graph", changed, "--only", "mood", "--highlight", "a")
    #expect(old.output == graph.output)
    #expect(old.errors.contains("another version of the profile"))
  }

  @Test func `a session with somebody else is not mixed up`() async throws {
    let home = try Home()
    try await home.chat("a")
    let result = try await home("chat", "kaethe", "--resume", "a")
    #expect(result.status == 2)
    #expect(result.errors.contains("is one with Mara"))
    #expect(try await home("chat", "kaethe", "--resume").status == 1)
  }

  @Test func `a torn end is cut, told and set aside`() async throws {
    let home = try Home()
    try await home.chat("a", "good evening\nthanks\n")
    let whole = try Data(contentsOf: URL(filePath: home.path("a")))
    try whole.dropLast(100).write(to: URL(filePath: home.path("a")))
    let result = try await home("chat", "--resume", "a", input: "/state\n")
    #expect(result.status == 0)
    #expect(result.output.contains("bytes were cut off, and are kept in"))
    #expect(result.lines.contains("turn: 1"))
    #expect(try await home("replay", "a").status == 0)
  }

  @Test func `a torn end is told by whoever reads it, and a changed one is an error`() async throws {
    let home = try Home()
    try await home.chat("a", "good evening\nthanks\n")
    let whole = try Data(contentsOf: URL(filePath: home.path("a")))
    try whole.dropLast(100).write(to: URL(filePath: home.path("a")))
    let readers = [
      ["replay", "a"], ["ledger", "a"], ["sessions", "show", "a"], ["sessions", "export", "a"],
    ]
    for arguments in readers {
      let result = try await home(arguments)
      #expect(result.status == 0, "\(arguments): \(result.errors)")
      #expect(result.errors.contains("in the middle of a turn"), "\(arguments): \(result.errors)")
    }
    let list = try await home("sessions")
    #expect(list.status == 0)
    #expect(list.output.contains("in the middle of a turn"))
    let changed = String(decoding: whole, as: UTF8.self).replacing("thanks", with: "thinks")
    try Data(changed.utf8).write(to: URL(filePath: home.path("a")))
    for arguments in readers + [["sessions"], ["chat", "--resume", "a"]] {
      let result = try await home(arguments)
      #expect(result.status == 1, "\(arguments)")
      #expect((result.errors + result.output).contains("is damaged"), "\(arguments): \(result.errors)")
    }
    #expect(try Data(contentsOf: URL(filePath: home.path("a"))) == Data(changed.utf8))
  }

  @Test func `where nothing can be written the chat goes on, says so, and can be exported`() async throws {
    let home = try Home()
    let file = try home.folder.file("in-the-way", "")
    let export = home.folder.path("out.jsonl")
    let result = try await Tool.dramatis.run(
      ["chat", "mara"], input: Data("good evening\nthanks\n/export \(export)\n".utf8),
      environment: ["XDG_STATE_HOME": file])
    #expect(result.status == 3)
    let notes = result.lines.filter { $0.hasPrefix("Not saved: ") }
    #expect(notes.count == 1)
    #expect(notes.first?.contains("cannot make the folder \(file)/dramatis: Not a directory. /save ") == true)
    #expect(result.errors.contains("the session was not saved: cannot make the folder"))
    #expect(result.lines.count { $0.hasPrefix("Mara: ") } == 3)
    #expect(try await home("replay", export).output == "2 turns the same, in all branches\n")
  }

  @Test func `two chats at once keep two sessions`() async throws {
    let home = try Home()
    let environment = ["XDG_STATE_HOME": home.folder.url.path]
    async let one = Tool.dramatis.run(
      ["chat", "mara"], input: Data("thanks\n".utf8), environment: environment)
    async let two = Tool.dramatis.run(
      ["chat", "mara"], input: Data("thanks\n".utf8), environment: environment)
    #expect(try await (one.status, two.status) == (0, 0))
    #expect(try home.sessions().count == 2)
  }
}
