import Foundation
import TestSupport
import Testing

/// What is said when sessions and files are not what was expected.
@Suite struct SessionMessageTests {
  /// A folder for the sessions of one test.
  private struct Home: ~Copyable {
    let folder: TemporaryFolder
    var environment: [String: String] { ["XDG_STATE_HOME": folder.url.path] }

    init() throws {
      folder = try TemporaryFolder()
    }

    /// Keeps a session of three turns.
    func talk() async throws {
      let input = "/save the ale\ngood evening\nthanks\nso\n"
      _ = try await Tool.dramatis.run(
        ["chat", "mara"], input: Data(input.utf8), environment: environment)
    }

    func callAsFunction(_ arguments: String..., input: String = "") async throws -> Tool.Result {
      try await Tool.dramatis.run(
        arguments, input: Data(input.utf8), folder: folder.url, environment: environment)
    }
  }

  @Test func `an export replaces a file only when it is told to`() async throws {
    let home = try Home()
    try await home.talk()
    let path = try home.folder.file("evening.md", "mine")
    let refused = try await home("sessions", "export", "the ale", "-o", path)
    #expect(refused.status == 3)
    #expect(
      refused.errors
        == "dramatis: the file \(path) exists already; --force replaces it, or choose another file\n")
    #expect(try home.folder.text("evening.md") == "mine")
    #expect(try await home("sessions", "export", "the ale", "-o", path, "--force").status == 0)
    #expect(try home.folder.text("evening.md").contains("**stranger:** thanks"))
    let chat = try await home(
      "chat", "--resume", "the ale", input: "/export \(path)\n/export --force \(path)\n")
    #expect(chat.lines.suffix(2).last == "Written to \(path)")
    #expect(chat.output.contains("/export --force \(path) replaces it."))
  }

  @Test(arguments: ["evening.pdf", "evening", "evening.d/x", ".md"])
  func `an ending that says no format is answered with those that do`(name: String) async throws {
    let home = try Home()
    try await home.talk()
    let result = try await home("sessions", "export", "the ale", "-o", name)
    #expect(result.status == 2)
    for ending in [".md", ".txt", ".json", ".jsonl", "--format"] { #expect(result.errors.contains(ending)) }
    #expect(try await home("sessions", "export", "the ale", "-o", "evening", "--format", "plain").status == 0)
    #expect(try home.folder.text("evening").contains("stranger: thanks"))
  }

  @Test func `a list says how many of the turns are on the branch`() async throws {
    let home = try Home()
    try await home.talk()
    #expect(try await home("sessions").output.hasPrefix("the ale  Mara  3 turns"))
    _ = try await home("chat", "--resume", "the ale", input: "/undo 2\n")
    #expect(try await home("sessions").output.hasPrefix("the ale  Mara  1 of 3 turns  "))
  }

  @Test func `a damaged session leaves the columns of the others alone`() async throws {
    let home = try Home()
    try await home.talk()
    let before = try await home("sessions").output
    let damaged = try home.folder.file("dramatis/sessions/broken.jsonl", "nothing of ours")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: damaged)
    let lines = try await home("sessions").lines
    #expect(lines.count == 3)
    #expect(lines[0].split(separator: " ") == before.split { $0 == " " || $0 == "\n" })
    #expect(lines[1].hasPrefix("broken         unreadable"))
    #expect(lines[2] == "  this is not a transcript of a session: broken")
  }

  @Test func `a name that cannot be changed is the one that is named`() async throws {
    let home = try Home()
    try await home.talk()
    let missing = try await home("sessions", "rename", "the alf", "x")
    #expect(missing.status == 1)
    #expect(missing.errors == "dramatis: there is no session 'the alf'; did you mean 'the ale'?\n")
    let taken = try await home("sessions", "rename", "the ale", "the ale")
    #expect(taken.status == 3)
    #expect(taken.errors == "dramatis: there is a session 'the ale' already; choose another name\n")
    let gone = try await home("sessions", "delete", "--yes", "nowhere")
    #expect(
      gone.errors == "dramatis: there is no session 'nowhere'; 'dramatis sessions' lists what there is\n")
  }

  @Test func `a file that is no session is not looked for among the sessions`() async throws {
    let home = try Home()
    try await home.talk()
    _ = try home.folder.file("out.md", "**Mara:** Evening.")
    let result = try await home("replay", "out.md")
    #expect(result.status == 1)
    #expect(
      result.errors
        == "dramatis: this is not a transcript of a session: out.md; /export FILE.jsonl in a chat writes one\n"
    )
    let chat = try await home("chat", "mara", input: "/load out.md\n")
    #expect(chat.lines.last == "This is not a transcript of a session.")
  }

  @Test(arguments: ["chat", "inspect", "validate", "graph"])
  func `a name of nobody is answered with those who ship`(command: String) async throws {
    let home = try Home()
    try await home.talk()
    let result = try await home(command, "nosuch")
    #expect(result.status == 3)
    #expect(
      result.errors.contains(
        "no such file and no character of this name: nosuch (kaethe, mara, plimsoll ship with Dramatis)"))
    #expect(try await home(command, "maar").errors.contains("maar; did you mean mara? (kaethe"))
  }

  @Test(arguments: ["", "relative"])
  func `without a home the chat goes on, and is kept where it is told to`(homeFolder: String) async throws {
    let folder = try TemporaryFolder()
    let (copy, kept) = (folder.url.path + "/copy.jsonl", folder.url.path + "/kept.jsonl")
    let environment = ["HOME": homeFolder, "XDG_STATE_HOME": ""]
    let result = try await Tool.dramatis.run(
      ["chat", "mara"], input: Data("good evening\n/export \(copy)\n/save \(kept)\nthanks\n".utf8),
      folder: folder.url, environment: environment)
    #expect(result.status == 0)
    #expect(
      result.output.contains("Not saved: there is no place for sessions: neither HOME nor XDG_STATE_HOME"))
    #expect(result.lines.contains("Kept as '\(kept)' from now on."))
    #expect(try folder.files == ["copy.jsonl", "kept.jsonl"])
    let replayed = try await Tool.dramatis.run(["replay", kept], input: Data(), environment: environment)
    #expect(replayed.output == "2 turns the same, in all branches\n")
    let list = try await Tool.dramatis.run(["sessions"], input: Data(), environment: environment)
    #expect(list.status == 3)
    #expect(list.errors.contains("there is no place for sessions"))
  }
}
