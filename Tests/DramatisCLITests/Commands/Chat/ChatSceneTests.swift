import Dramatis
import DramatisCompiler
import Foundation
import TestSupport
import Testing

@testable import DramatisCLI

/// What a chat of several does, and what a person makes of it.
@Suite struct ChatSceneTests {
  private static func profile(_ name: String, _ more: String = "") -> String {
    """
    dramatis: 1
    character: \(name)
    setting: A jetty.
    variables: { trust: { initial: 0, min: 0, max: 9 } }
    questions: { greeted: { ask: Does someone greet?, cues: [hello] } }
    machines:
      \(name.lowercased())_mood:
        states: { glad: "\(name) smiles.", wary: "\(name) frowns." }
        transitions:
          - { from: any, to: glad, when: greeted, set: { trust: trust + 1 } }
          - { from: any, to: wary, when: event.kind == \"storm\" or event.data.wind > 3 }
    lines: [\(name) one., \(name) two., \(name) three., \(name) four.]
    \(more)
    """
  }

  private static let trio = ["Ann", "Ben", "Cid"].map { profile($0) }

  private func chat(
    _ input: [String], cast: [String] = trio, _ arguments: String...
  ) async throws -> [String] {
    let folder = try TemporaryFolder()
    let paths = try cast.enumerated().map { try folder.file("\($0.offset).yaml", $0.element) }
    let result = try await Tool.dramatis.run(
      ["chat", "--no-save"] + paths + arguments, input: Data((input.joined(separator: "\n") + "\n").utf8),
      environment: ["XDG_STATE_HOME": folder.url.path])
    #expect(result.status == 0, "\(result.errors)")
    return result.lines
  }

  /// Who spoke, in order.
  private func speakers(_ lines: [String]) -> String {
    lines.compactMap { line in
      ["Ann", "Ben", "Cid"].first { line.hasPrefix("\($0): \($0) ") }?.prefix(1)
    }.joined()
  }

  @Test func `a chat opens with where it is, each place once`() async throws {
    #expect(try await chat([]).count { $0 == "A jetty." } == 1)
    #expect(try await !chat([], "--quiet").contains("A jetty."))
  }

  private static let replies: [(said: [String], replies: String, speakers: String)] = [
    (["Good evening, all"], "3", "ABC"), (["Good evening all"], "2", "AB"), (["Everyone, hello!"], "1", "A"),
    (["Ben, Cid: what now?"], "3", "BC"), (["Cid and Ben, what now?"], "3", "B"), (["hello"], "3", "A"),
    (["That is all."], "3", "A"), (["Ben, hello", "hello everybody"], "3", "BBAC"),
    (["/mute Ann", "hello all"], "3", "BC"), (["/mute Ann", "/mute Ben", "/mute Cid", "hello all"], "3", ""),
    (["/mute Ann", "Ann, well?", "/speak Ann"], "3", "A"),
    (["/mute Ben", "Ann, hm", "/auto 3"], "3", "ACAC"),
    (["/mute Ann", "/mute ann", "hello all"], "3", "ABC"), (["/mute Ann", "so"], "3", "B"),
  ]

  @Test(arguments: replies)
  func `of several and of all each answers, and who is muted only when asked`(
    said: [String], replies: String, speakers: String
  ) async throws {
    #expect(self.speakers(try await chat(said, "--replies", replies)) == speakers)
  }

  @Test func `who is less eager answers less often, and never at nought`() async throws {
    let cast = [Self.trio[0], Self.profile("Ben", "eager: 0.5"), Self.profile("Cid", "eager: 0")]
    let spoken = speakers(try await chat(Array(repeating: "hello all", count: 20), cast: cast))
    let count = { (name: Character) in spoken.count { $0 == name } }
    #expect(count("A") == 20)
    #expect((4...16).contains(count("B")))
    #expect(count("C") == 0)
  }

  @Test func `who is muted stays so after undo is told of it, and after resuming`() async throws {
    let lines = try await chat(["hello", "/mute Ann", "/mute", "/undo", "/mute"])
    #expect(lines.contains("Ann is muted."))
    #expect(
      lines.contains("Back before the last turn. Left behind: Ann.muted = yes. /goto 1 goes forward again."))
    #expect(lines.last == "Nobody is muted.")
    let folder = try TemporaryFolder()
    let path = try folder.file("ann.yaml", Self.trio[0])
    let state = ["XDG_STATE_HOME": folder.url.path]
    _ = try await Tool.dramatis.run(
      ["chat", path], input: Data("hello\n/mute Ann\n".utf8), environment: state)
    let resumed = try await Tool.dramatis.run(
      ["chat", "--resume"], input: Data("/mute\nhello\n".utf8), environment: state)
    #expect(resumed.lines.contains("Ann is muted."))
    #expect(resumed.lines.last?.hasPrefix("Nobody says anything; Ann is muted") == true)
  }

  private static let words: [(typed: [String], said: Int)] = [
    (["help"], 0), (["HELP", "help"], 1), (["quit", "exit"], 0), (["quit", "quit"], 1), (["help me"], 1),
  ]

  @Test(arguments: words)
  func `a word that may be a command is asked about once`(typed: [String], said: Int) async throws {
    let lines = try await chat(typed + ["/history"], cast: [Self.trio[0]])
    #expect(lines.count { $0.hasPrefix("stranger: ") } == said)
  }

  private static let events: [(typed: String, kind: String, data: [String: Datum], text: String?)] = [
    ("the door creaks", "speech", [:], "the door creaks"), ("storm", "storm", [:], nil),
    ("storm it howls", "storm", [:], "it howls"), ("storm wind=5", "storm", ["wind": 5], nil),
    ("gale wind=2.5 Spray flies.", "gale", ["wind": 2.5], "Spray flies."),
    ("wind=7", "event", ["wind": 7], nil),
    (
      "bell tone=\"very low\" loud=true by=Tom It tolls", "bell",
      ["tone": "very low", "loud": true, "by": "Tom"], "It tolls"
    ),
    ("a = b", "speech", [:], "a = b"), ("x= y", "speech", [:], "x= y"),
    ("1=2 three", "speech", [:], "1=2 three"),
    ("gale tone=\"open", "speech", [:], "gale tone=\"open"), ("gale n=1e999", "gale", ["n": "1e999"], nil),
  ]

  @Test(arguments: events)
  func `an event has a kind and data where they are typed`(
    typed: String, kind: String, data: [String: Datum], text: String?
  ) throws {
    let event = Event(typed: typed, knownTo: [try compile(Self.trio[0])])
    #expect(event.kind == kind)
    #expect(event.data == data)
    #expect(event.text == text)
  }

  @Test func `a typed event moves what asks for it, and what nobody asks for is told`() async throws {
    let lines = try await chat(["/event storm", "/event hail wnid=5 It hails."], cast: [Self.trio[0]])
    #expect(
      lines.contains("· ann_mood: unactivated → wary because event.kind == \"storm\" or event.data.wind > 3"))
    #expect(lines.contains("No profile here asks for kind hail and data wnid; they ask for storm and wind=."))
  }

  @Test func `a machine is put into a state, and the way back is told`() async throws {
    let lines = try await chat([
      "hello", "/set ann_mood=wary", "/set Ben.ben_mood=wary", "/undo", "/state Ann",
    ])
    #expect(lines.contains("ann_mood: wary — Ann frowns."))
    #expect(
      lines.contains { $0.contains("Left behind: Ann.ann_mood = wary and Ben.ben_mood = wary.") }, "\(lines)")
    #expect(lines.last == "trust: 0")
  }

  @Test func `the last line is put otherwise, and stands beside what was said`() async throws {
    let lines = try await chat(
      ["hello", "/edit Ann: *nods* hello yourself", "/why", "/alternatives", "/edit Ben: no"])
    #expect(lines.contains("Ann: *nods* hello yourself"))
    #expect(lines.contains("* 2. *nods* hello yourself"))
    #expect(lines.contains("The last line is Ann's: /edit Ann: TEXT changes it."))
  }

  @Test func `a chat begins anew on a branch of its own, and goes into a future that was left on another`()
    async throws
  {
    let lines = try await chat(
      [
        "hello", "hello", "/undo", "well", "/goto #2", "/state", "/goto main", "/restart", "/restart",
        "/branches",
      ],
      cast: [Self.trio[0]])
    #expect(
      lines.contains("That was left behind: it goes on as branch 'main-2', and 'main' stays where it is."))
    #expect(lines.contains("At turn 2 of branch 'main-2'."))
    #expect(lines.contains("trust: 2"))
    #expect(lines.contains("On branch 'restart' from the beginning; /goto main goes back to what was said."))
    #expect(
      lines.suffix(4) == [
        "  main: 2 turns", "  main-2: 2 turns", "  restart: 0 turns", "* restart-2: 0 turns",
      ])
  }

  @Test func `history shows what was said, from so many turns ago`() async throws {
    let lines = try await chat(
      ["hello", "well", "so", "/history 2", "/history 0", "/help history"], cast: [Self.trio[0]])
    #expect(lines.contains("Before that: 1 turn; /history 4 shows all."))
    #expect(lines.contains("turn 2"))
    #expect(lines.contains("stranger: so"))
    #expect(!lines.contains("turn 1"))
    #expect(lines.suffix(2).first == "/history [N]")
  }

  @Test func `what a story owes stays a surprise, unless it is asked for`() async throws {
    let owing = Self.profile(
      "Ann",
      """
      commitments:
        key:
          foreshadow: Ann hides a key.
          trigger: greeted
          payoff: { text: Ann gives the key., cues: [the key], say: [Take the key.] }
      """)
    let input = ["hello", "/state", "well"]
    let hidden = try await chat(input, cast: [owing])
    #expect(
      !hidden.contains { $0.contains("hides a key") || $0.contains("key: due") || $0.contains("planted") },
      "\(hidden)")
    #expect(hidden.contains { $0 == "· key: paid — Ann gives the key." }, "\(hidden)")
    let shown = try await chat(input, cast: [owing], "--show-debts")
    #expect(shown.contains("· key: due because greeted"), "\(shown)")
    let ledger = try await chat(["well", "/ledger"], cast: [owing])
    #expect(ledger.contains { $0.hasPrefix("key ") && $0.contains("planted") }, "\(ledger)")
  }

  @Test func `profiles are read again, at once or when a session is gone on with by name`() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("ann.yaml", Self.trio[0])
    let state = ["XDG_STATE_HOME": folder.url.path]
    let first = try await Tool.dramatis.run(
      ["chat", path], input: Data("hello\n/reload\n/save jetty\n".utf8), environment: state)
    #expect(first.lines.contains("Nothing has changed in the profiles."))
    _ = try folder.file(
      "ann.yaml", Self.trio[0].replacing("Ann one.", with: "Ann uno.").replacing("glad", with: "merry"))
    let second = try await Tool.dramatis.run(
      ["chat", "--resume", "jetty"], input: Data("hello\n/state\n".utf8), environment: state)
    #expect(second.lines.contains("The profile has changed since; --keep would stay with the old one."))
    #expect(second.lines.contains("ann_mood: merry — Ann smiles."), "\(second.lines)")
    let kept = try await Tool.dramatis.run(
      ["chat", "--resume", "jetty", "--keep"], input: Data("/state\n".utf8), environment: state)
    #expect(kept.lines.contains("ann_mood: merry — Ann smiles."))
    _ = try folder.file("ann.yaml", "dramatis: 1\ncharacter: Ann\nmachines: 3\n")
    let broken = try await Tool.dramatis.run(
      ["chat", "--resume", "jetty"], input: Data("hello\n/reload\n".utf8), environment: state)
    #expect(broken.status == 0)
    #expect(broken.lines.contains { $0.hasPrefix("What Ann was read from is not there as it was") })
    #expect(broken.lines.last?.hasPrefix("The profiles cannot be used as they are") == true)
  }

  @Test func `without a model it is said that none speaks, and written lines may take over`() async throws {
    let lines = try await chat(["/model", "/model off", "hello"], cast: [Self.trio[0]])
    #expect(lines.count { $0.hasPrefix("No language model is ") } == 3)
    #expect(lines.last?.hasPrefix("Ann: Ann ") == true)
  }
}
