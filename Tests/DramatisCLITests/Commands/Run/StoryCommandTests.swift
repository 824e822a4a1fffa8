import Foundation
import TestSupport
import Testing

/// Stories on the command line, and the story that ships.
@Suite struct StoryCommandTests {
  private static let story = "Examples/Ferry/story.yaml"

  private static func events() throws -> String {
    try Repository.text("Examples/Ferry/events.jsonl")
  }

  private static func objects(_ lines: [String]) throws -> [[String: Any]] {
    try lines.compactMap { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
  }

  /// A chat of the shipped story, kept under a name in a folder of its own.
  private static func chat(in folder: String, _ said: [String]) async throws
    -> Tool.Result
  {
    try await Tool.dramatis.run(
      ["chat", story, "--user", "Traveller", "--no-model"],
      input: Data(said.map { $0 + "\n" }.joined().utf8), environment: ["XDG_STATE_HOME": folder])
  }

  private static func texts() throws -> [String] {
    try objects(try events().split(separator: "\n").map(String.init)).map { object in
      let to = (object["to"] as? [String])?.first ?? ""
      return "\(to), \(object["text"] as? String ?? "")"
    }
  }

  @Test func `the story that ships plays through with no model, and everything is paid in its order`()
    async throws
  {
    let result = try await Tool.dramatis("run", Self.story, "--speak", input: try Self.events())
    #expect(result.status == 0)
    let turns = try Self.objects(result.lines)
    #expect(turns.count == 24)
    #expect(Set(turns.compactMap { $0["character"] as? String }) == ["Orla", "Bram", "Wen"])
    let spoken = turns.filter { $0["line"] is String }
    #expect(spoken.count == 8)
    let statuses = turns.compactMap { $0["commitments"] as? [String: String] }
    let order = ["stopped_watch", "red_cloth", "low_water"]
    let paid = order.map { name in statuses.firstIndex { $0[name] == "paid" } ?? .max }
    #expect(paid == paid.sorted() && paid[2] < 24)
    #expect(statuses.last == ["stopped_watch": "paid", "red_cloth": "paid", "low_water": "paid"])
    let due = turns.flatMap { $0["due"] as? [[String: Any]] ?? [] }
    #expect(due.compactMap { $0["id"] as? String } == order)
    #expect(due.allSatisfy { $0["overdue"] as? Bool == false && $0["triggered"] is Int })
    for turn in spoken {
      let (name, line) = (turn["character"] as? String ?? "?", turn["line"] as? String ?? "")
      #expect(!line.contains(name), "\(line)")
    }
  }

  @Test func `a run says at its end what is owed and paid, where it is asked to`() async throws {
    let result = try await Tool.dramatis("run", Self.story, "--speak", "--ledger", input: try Self.events())
    #expect(result.status == 0 && result.lines.count == 24)
    #expect(result.errors.hasPrefix("turn 8: 3 commitments, 0 open\n"), "\(result.errors)")
    #expect(result.errors.contains("stopped_watch") && result.errors.contains("paid, because"))
  }

  @Test func `a foreshadow that was written is not said again`() async throws {
    let well = #"{"actor":"Traveller","text":"Well?","to":["Orla"]}"# + "\n"
    let result = try await Tool.dramatis(
      "run", Self.story, "--speak", input: String(repeating: well, count: 10))
    let lines = try Self.objects(result.lines).compactMap { $0["line"] as? String }
    #expect(lines.count == 10)
    #expect(lines.count { $0.contains("ringing under") } == 1, "\(lines)")
  }

  @Test func `a story without a model says so, and ends when nothing is owed any more`() async throws {
    let result = try await Tool.dramatis("write", Self.story, "--no-save")
    #expect(result.status == 0)
    let errors = result.errors.split(separator: "\n")
    #expect(
      errors.first == "No language model is configured: Orla, Bram and Wen speak from written lines.")
    #expect(result.errors.contains("nothing is owed any more"), "\(result.errors)")
    #expect(result.lines.count < 20, "\(result.output)")
  }

  @Test func `a failure says that nothing was kept where nothing was to be`() async throws {
    let model = ["--base-url", "http://127.0.0.1:9", "--model", "x"]
    for (more, wayOn) in [(["--no-save"], "nothing was kept"), ([], "--resume goes on")] {
      let result = try await Tool.dramatis.run(["write", Self.story] + model + more, input: Data())
      #expect(result.status == 3 && result.errors.contains(wayOn), "\(result.errors)")
      #expect(result.errors.contains("--resume") == more.isEmpty)
    }
  }

  @Test func `its ledger fits 80 columns, and has nothing late or early`() async throws {
    let folder = try TemporaryFolder()
    _ = try await Self.chat(in: folder.url.path, try Self.texts() + ["/save low-water"])
    let arguments = ["ledger", "low-water", "--fail-on", "overdue,early,open"]
    let environment = ["XDG_STATE_HOME": folder.url.path]
    let result = try await Tool.dramatis.run(arguments, input: Data(), environment: environment)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(result.lines.allSatisfy { $0.count <= 80 })
    #expect(result.lines.first == "turn 8: 3 commitments, 0 open")
    #expect(result.lines.contains("stopped_watch     --==*"))
    let json = try await Tool.dramatis.run(
      ["ledger", "low-water", "--format", "json"], input: Data(), environment: environment)
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let accounts = try #require(object["commitments"] as? [[String: Any]])
    #expect(accounts.compactMap { $0["id"] as? String } == ["low_water", "stopped_watch", "red_cloth"])
    #expect(accounts.compactMap { $0["took"] as? Int } == [0, 2, 0])
  }

  @Test func `a ledger with open debts fails where it is asked to, and names them`() async throws {
    let folder = try TemporaryFolder()
    _ = try await Self.chat(in: folder.url.path, Array(try Self.texts().prefix(2)) + ["/save begun"])
    let environment = ["XDG_STATE_HOME": folder.url.path]
    for (faults, status) in [("overdue,early", 0), ("open", 1), ("late", 2), ("", 2), ("open,", 2)] {
      let result = try await Tool.dramatis.run(
        ["ledger", "begun", "--fail-on", faults], input: Data(), environment: environment)
      #expect(result.status == Int32(status), "\(faults)")
      if status == 1 { #expect(result.errors.contains("stopped_watch is open")) }
    }
  }

  @Test func `a link that leads out of the story's folder is refused`() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("outside.yaml", "dramatis: 1\ncharacter: Mara\n")
    let story = try folder.file("in/story.yaml", "story: 1\ntitle: X\ncast: [mara.yaml]\n")
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: "in/mara.yaml"),
      withDestinationURL: folder.url.appending(path: "outside.yaml"))
    let result = try await Tool.dramatis("validate", story)
    #expect(result.status == 1)
    #expect(result.output.contains("outside the folder of the story"))
  }

  @Test func `a pipe among the cast is refused and not waited for`() async throws {
    let folder = try TemporaryFolder()
    #expect(mkfifo(folder.path("mara.yaml"), 0o600) == 0)
    let story = try folder.file("story.yaml", "story: 1\ntitle: X\ncast: [mara.yaml]\n")
    let result = try await Tool.dramatis("validate", story)
    #expect(result.status == 1)
    #expect(result.output.contains("it is no file"))
  }

  @Test func `a story goes on only with its own cast, and a damaged session is told as one`() async throws {
    let folder = try TemporaryFolder()
    let environment = ["XDG_STATE_HOME": folder.url.path]
    _ = try await Tool.dramatis.run(
      ["write", Self.story, "--no-model", "--turns", "2", "--save", "ferry"], input: Data(),
      environment: environment)
    _ = try folder.file("ann.yaml", "dramatis: 1\ncharacter: Ann\n")
    let other = try folder.file("story.yaml", "story: 1\ntitle: X\ncast: [ann.yaml]\n")
    let resumed = try await Tool.dramatis.run(
      ["write", other, "--no-model", "--resume", "ferry"], input: Data(), environment: environment)
    #expect(resumed.status == 2)
    #expect(resumed.errors.contains("is one with Orla, Bram and Wen"))
    let kept = try folder.text("dramatis/sessions/ferry.jsonl")
    let damaged = try folder.file(
      "damaged.jsonl", kept.replacing("\"turn\":1", with: "\"turn\":7", maxReplacements: 1))
    for arguments in [["ledger", damaged], ["write", Self.story, "--no-model", "--resume", damaged]] {
      let result = try await Tool.dramatis.run(arguments, input: Data(), environment: environment)
      #expect(result.status == 1, "\(arguments)")
      #expect(result.errors.contains("is damaged"), "\(result.errors)")
    }
  }

  @Test func `a story is drawn and inspected, and a drawing says what a session has come to`() async throws {
    let folder = try TemporaryFolder()
    let environment = ["XDG_STATE_HOME": folder.url.path]
    _ = try await Self.chat(in: folder.url.path, Array(try Self.texts().prefix(5)) + ["/save five"])
    for format in ["mermaid", "dot", "svg"] {
      let graph = try await Tool.dramatis.run(
        ["graph", Self.story, "--format", format, "--highlight", "five"], input: Data(),
        environment: environment)
      #expect(graph.status == 0, "\(graph.errors)")
      #expect(graph.output.contains("planted 1, due 3, paid 5"))
      // All of them heard the first turn.
      #expect(graph.output.ranges(of: "planted 1").count == 3)
    }
    let missing = try await Tool.dramatis("graph", Self.story, "--only", "nothing")
    #expect(missing.status == 2)
    #expect(missing.errors.contains("there are: low_water, stopped_watch, red_cloth"))
    let text = try await Tool.dramatis("inspect", Self.story)
    for part in [
      "Low Water: a story with 3 commitments", "  opening         The river has gone down",
      "  Bram            Mends clocks", "time asks: Does anyone ask what time it is?",
      "owner: Orla; after: stopped_watch; due-within: 2",
    ] { #expect(text.output.contains(part), "\(part): \(text.output)") }
    #expect(text.lines.allSatisfy { $0.count <= 80 })
    let json = try await Tool.dramatis("inspect", Self.story, "--format", "json")
    let object = try #require(try Self.objects([json.output]).first)
    let commitments = try #require(object["commitments"] as? [[String: Any]])
    #expect(commitments.compactMap { $0["owner"] as? String } == ["Orla", "Bram", "Wen"])
    #expect(commitments.first?["after"] as? [String] == ["stopped_watch"])
    #expect((object["cast"] as? [[String: Any]])?.count == 3)
  }

  @Test func `a command for one character says that it was given a story`() async throws {
    let result = try await Tool.dramatis("compile", Self.story, "-o", "/dev/null")
    #expect(result.status == 1)
    #expect(result.errors.contains("is a story"))
  }
}
