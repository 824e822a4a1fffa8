import Foundation
import TestSupport
import Testing

@testable import DramatisCLI

/// The commands of a chat, one conversation a row.
@Suite struct SlashCommandTests {
  private static let profile = """
    dramatis: 1
    character: Ann
    aliases: [Annie]
    variables: { trust: { initial: 0, min: 0, max: 9 }, met: { initial: false } }
    questions: { greeted: { ask: Does someone greet?, cues: [hello] } }
    machines:
      mood:
        states: { glad: "Ann smiles." }
        transitions: [{ from: any, to: glad, when: greeted, set: { trust: trust + 1 } }]
    lines: [One., Two., Three.]
    """

  private static let other = "dramatis: 1\ncharacter: Ben\nlines: [Eins., Zwei.]\n"

  private func chat(_ input: String..., cast: [String] = [profile]) async throws -> [String] {
    try await chat(input, cast: cast)
  }

  private func chat(_ input: [String], cast: [String] = [profile]) async throws -> [String] {
    let folder = try TemporaryFolder()
    let paths = try cast.enumerated().map { try folder.file("\($0.offset).yaml", $0.element) }
    let result = try await Tool.dramatis.run(
      ["chat"] + paths, input: Data((input.joined(separator: "\n") + "\n").utf8),
      environment: ["XDG_STATE_HOME": folder.url.path])
    #expect(result.status == 0, "\(result.errors)")
    return result.lines
  }

  /// Before anything was said.
  private static let refused = [
    ("/undo", "No turn has been taken here yet."),
    ("/retry", "No turn has been taken here yet."),
    ("/alternatives", "No turn has been taken here yet."),
    ("/why", "Nothing has happened yet."),
    ("/undo x", "Use it as /undo [N]: go back before the last turn, or the last N"),
    ("/undo 0", "Nothing is undone: /undo takes the number of turns to go back, 1 or more."),
    (
      "/branch", "Use it as /branch NAME [TURN]: go on under another name, from here or from an earlier turn."
    ),
    ("/branch a/b", "'a/b' is no name for a branch"),
    ("/branch main", "There is a branch 'main' already"),
    ("/goto 7", "There is no turn 7."),
    ("/goto nowhere", "There is no branch 'nowhere'."),
    ("/say-as Ben", "Use it as /say-as NAME TEXT"),
    ("/say-as \"Old Tom", "Use it as /say-as NAME TEXT"),
    ("/event", "Use it as /event [KIND K=V…] [TEXT]"),
    ("/speak", "Use it as /speak NAME"),
    ("/speak Ben", "Nobody here is called Ben: Ann."),
    ("/auto", "Use it as /auto N, with a number of turns from 1 to 100."),
    ("/auto 0", "Use it as /auto N, with a number of turns from 1 to 100."),
    ("/auto 3", "Nobody else is here for Ann to talk with."),
    ("/edit", "Use it as /edit [NAME:] TEXT"),
    ("/edit Ann: hi", "There is no line to change yet."),
    ("/help sate", "There is no command sate. Did you mean /state?"),
    ("/mute Ben", "Nobody here is called Ben: Ann."),
    ("/history x", "Use it as /history [N]"),
    ("/set mood=gald", "Machine 'mood' has no state gald. Did you mean glad?"),
    ("/edit hi", "You have not said anything yet."),
    ("/set trust", "Use it as /set [NAME.]VAR=VALUE"),
    ("/set trsut=1", "No variable or machine is named trsut. Did you mean trust?"),
    ("/set trust=high", "Variable 'trust' takes a whole number from 0 to 9."),
    ("/save", "Use it as /save NAME"),
    ("/save ../x", "That cannot be the name of a session"),
    ("/load nowhere", "There is no session 'nowhere'"),
    ("/export", "Use it as /export [--force] FILE"),
    ("/export --force", "Use it as /export [--force] FILE"),
    ("/export out.pdf", "The ending of out.pdf says no format: .md for Markdown, .txt for plain text, .json"),
    ("/export out", "The ending of out says no format"),
    ("/export README.md", "The file README.md exists already; /export --force README.md replaces it."),
    ("/why 1 2", "Use it as /why [TURN] [all]"),
    ("/why all all", "Use it as /why [TURN] [all]"),
    ("/export /nowhere/x.md", "Cannot write /nowhere/x.md"),
    ("/set trust=99", "Variable 'trust' takes a whole number from "),
    ("/set trust=-99999999", "Variable 'trust' takes a whole number from "),
    ("/set trust=1e300", "Variable 'trust' takes a whole number from "),
    ("/set trust=0x8", "Variable 'trust' takes a whole number from "),
    ("/set trust=0b1", "Variable 'trust' takes a whole number from "),
    ("/set trust=3.5", "Variable 'trust' takes a whole number from "),
    ("/set trust=", "Variable 'trust' takes a whole number from "),
    ("/set met=1", "Variable 'met' takes true or false."),
    ("/set Ann.trst=1", "Ann has no variable trst. Did you mean trust?"),
    ("/whisper Ben", "Use it as /whisper NAME TEXT"),
    ("/whisper Ben psst", "Nobody here is called Ben: Ann."),
    ("/goto #99", "The transcript has no entry 99."),
    ("/state Ben", "Nobody here is called Ben: Ann."),
    ("/stat", "There is no command /stat. Did you mean /state?"),
  ]

  @Test func `what cannot be done is said, and the chat goes on`() async throws {
    let lines = try await chat(Self.refused.map(\.0) + ["hello"])
    var left = lines[...]
    for (command, message) in Self.refused {
      let place = left.firstIndex { $0.hasPrefix(message) }
      #expect(place != nil, "\(command): \(lines)")
      left = place.map { lines[($0 + 1)...] } ?? left
    }
    #expect(left.last?.hasPrefix("Ann: ") == true)
  }

  @Test func `undo, goto and branches move the state with the text`() async throws {
    let lines = try await chat(
      "hello", "hello", "/undo", "/state", "/branch b 1", "hello", "hello", "/goto main", "/goto 2",
      "/branches",
      "/goto b", "/goto 0", "/state")
    #expect(lines.contains("Back before the last turn. /goto 2 goes forward again."))
    #expect(lines.filter { $0.hasPrefix("trust: ") && !$0.contains("→") } == ["trust: 1", "trust: 0"])
    #expect(lines.contains("On branch 'b' from turn 1."))
    #expect(lines.contains("* main: 2 turns"))
    #expect(lines.contains("  b: 3 turns"))
    #expect(lines.contains("At turn 0 of branch 'b'."))
  }

  @Test func `retries are kept beside each other and one of them is gone on with`() async throws {
    let lines = try await chat(
      "hello", "/retry", "/retry", "/alternatives", "/alternatives 1", "/alternatives", "/alternatives 9")
    #expect(lines.contains("There are 3 lines to choose from; /alternatives lists them."))
    let alone = try await chat("hello", "/alternatives 9")
    #expect(alone.contains("There is one line and no other to choose; /retry makes one."))
    let said = lines.filter { $0.hasPrefix("Ann: ") }
    #expect(Set(said.prefix(3)).count == 3)
    #expect(said.last == said.first)
    #expect(lines.filter { $0.hasPrefix("* ") }.map { $0.dropFirst(2).prefix(1) } == ["3", "1"])
  }

  @Test func `editing takes back what came of the words`() async throws {
    let lines = try await chat("hello", "/edit well", "/state", "/why 1")
    #expect(lines.contains("trust: 0"))
    #expect(lines.contains("stranger: well"))
  }

  private static let departures: [(input: [String], note: String, back: String)] = [
    (["hello", "/set trust=5", "/retry"], "Left behind: trust = 5. /goto #2 goes back to it.", "/goto #2"),
    (
      ["hello", "/set trust=5", "/undo"],
      "Back before the last turn. Left behind: trust = 5. /goto 1 goes forward again.",
      "/goto 1"
    ),
    (
      ["/set met=true", "hello", "hello", "/set trust=5", "/undo 2"],
      "Back before the last 2 turns. Left behind: trust = 5. /goto 2 goes forward again.", "/goto 2"
    ),
    (
      ["hello", "/set trust=5", "/event hello", "/edit well"],
      "Left behind: turns 1 to 2, and trust = 5. /goto #3 goes back to it.",
      "/goto 2"
    ),
    (["hello", "/edit well"], "Left behind: turn 1. /goto #1 goes back to it.", "/goto #1"),
    (
      ["hello", "/retry", "/set trust=4", "/set trust=5", "/alternatives 1"],
      "Left behind: trust = 5. /goto #4 goes back to it.", "/goto #4"
    ),
    (["hello", "/set trust=5", "/goto 0"], "Left behind: trust = 5. /goto #2 goes back to it.", "/goto 1"),
  ]

  @Test(arguments: departures)
  func `what was set and is left behind is told, with the way back`(
    input: [String], note: String, back: String
  ) async throws {
    let lines = try await chat(input + [back, "/state"])
    #expect(lines.contains(note), "\(lines)")
    let trust = lines.last { $0.hasPrefix("trust: ") } ?? ""
    #expect(
      trust == (note.contains("trust") ? note.contains("turns 1 to 2") ? "trust: 6" : "trust: 5" : "trust: 1")
    )
  }

  @Test func `the variable of one member is set, and that of no other`() async throws {
    let twin = Self.profile.replacing("Annie", with: "Beth").replacing(
      "character: Ann", with: "character: Old Bea")
    let lines = try await chat(
      "/set trust=3", "/set Old_Bea.trust=4", "/set annie.trust=2", "/set Old Bea.met=true", "/state",
      cast: [Self.profile, twin])
    #expect(
      lines.contains("Ann and Old Bea have a variable trust each: write Ann.trust=… or Old_Bea.trust=…."))
    let values = lines.suffix(10).filter { $0.hasPrefix("trust: ") || $0.hasPrefix("met: ") }
    #expect(values == ["trust: 2", "met: false", "trust: 4", "met: true"])
  }

  @Test func `values that look like numbers are values`() async throws {
    let profile = """
      dramatis: 1
      character: Ann
      variables: { size: { initial: small, values: [small, nan, inf, e9, x1, infinity] } }
      lines: [Well.]
      """
    let values = ["nan", "inf", "e9", "x1", "infinity", "2"]
    let lines = try await chat(values.map { "/set size=\($0)" }, cast: [profile])
    #expect(lines.filter { $0.hasPrefix("size: ") } == values.dropLast().map { "size: \($0)" })
    #expect(lines.last?.hasPrefix("Variable 'size' takes one of small, nan, ") == true)
  }

  @Test func `a name after the sign that nobody has is told, and all hear what was said`() async throws {
    let lines = try await chat("@Benno hello", cast: [Self.profile, Self.other])
    #expect(lines.contains("Nobody here is called Benno: Ann and Ben."))
    #expect(lines.contains("· Ann: trust: 0 → 1"))
  }

  @Test func `what one says moves the others, and a whisper stays between two`() async throws {
    let greeter = Self.other.replacing("[Eins., Zwei.]", with: "[\"hello there, said the bell.\"]")
    let heard = try await chat("Ben?", "/state Ann", "/why", cast: [Self.profile, greeter])
    #expect(heard.contains("· Ann: mood: unactivated → glad because greeted"))
    #expect(heard.contains("trust: 1"))
    #expect(heard.contains("Ben: hello there, said the bell."))
    let lines = try await chat(
      "/whisper Ben hello", "/state Ann", "/undo", "/whisper Annie: hello", "/edit hello, hello",
      "/state Ann",
      cast: [Self.profile, greeter])
    #expect(lines.filter { $0.hasPrefix("trust: ") && !$0.contains("→") } == ["trust: 0", "trust: 1"])
    #expect(lines.count { $0.hasPrefix("Ben: ") } == 1)
  }

  @Test func `whoever is named takes the next line, and an empty one lets the scene go on`() async throws {
    let cast = [Self.profile, Self.other, Self.other.replacing("Ben", with: "Old Cid")]
    let lines = try await chat(
      "Ann, a word", "/speak Old Cid", "/speak \"old cid\"", "", "/undo 2", "/speak Ben", cast: cast)
    let speakers = lines.compactMap { line in
      ["Ann", "Ben", "Old Cid"].first { line.hasPrefix($0 + ": ") && !line.contains("→") }
    }
    // After undo, the last line is shown again.
    #expect(speakers == ["Ann", "Old Cid", "Old Cid", "Ann", "Old Cid", "Ben"])
    #expect(try await chat("", "/why").contains("Nothing has happened yet."))
  }

  @Test func `a cast talks among itself for so many turns, and no longer than it has to say`() async throws {
    let cast = [Self.profile, Self.other]
    let some = try await chat("/auto 3", cast: cast)
    #expect(some.filter { $0.hasPrefix("Ann: ") || $0.hasPrefix("Ben: ") }.count >= 3)
    #expect(!some.contains { $0.contains("nobody has anything new to say") })
    // Nobody typed anything that could be understood, so there is no hint how to be.
    #expect(!some.contains { $0.contains("Nothing in that was understood") })
    let all = try await chat("/auto 100", cast: cast)
    #expect(all.contains { $0.hasPrefix("After ") && $0.hasSuffix(" nobody has anything new to say.") })
  }

  @Test func `others speak, things happen, and variables are written`() async throws {
    let lines = try await chat(
      "/say-as Ben_Hur hello", "/why", "/say-as \"Old Tom\" hello", "/why", "//shrug", "/why",
      "/event hello, says the wind", "/set trust=9", "/set met=true")
    for said in ["Ben Hur: hello", "Old Tom: hello", "stranger: /shrug"] { #expect(lines.contains(said)) }
    #expect(lines.filter { $0.hasPrefix("trust: ") }.suffix(2) == ["trust: 9", "trust: 9"])
    #expect(lines.contains("met: true"))
  }

  private static let mindful =
    profile + """

      behavior:
        personality:
          - when: trust >= 1 and mood == glad
            then: [Ann hums.]
          - when: ask("Is it late?")
            then: [Ann yawns.]
          - when: ask("Is it cold?")
            then: [Ann shivers.]
            unknown: [Ann feels the stove.]
          - when: trust < 1
            then: [Ann squints.]
            else: [Ann nods.]
      """

  @Test func `why says what happened, and which branch of a gate opened`() async throws {
    let lines = try await chat("hello", "/why", cast: [Self.mindful])
    let report = lines.drop { $0 != "stranger: hello" }.prefix { !$0.hasPrefix("/why") }
    #expect(
      Array(report.prefix(9)) == [
        "stranger: hello", "  yes (cues): greeted by 'hello'", "  mood: unactivated → glad because greeted",
        "  personality: opens: trust >= 1 and mood == glad is yes",
        "  personality: opens 'unknown': ask(\"Is it cold?\") is unknown",
        "  personality: opens 'else': trust < 1 is no",
        "  personality: Ann hums.", "  personality: Ann feels the stove.", "  personality: Ann nods.",
      ])
    #expect(lines.last == "/why 1 all says what did not happen, and why.")
  }

  @Test func `why all names every guard and gate and what decided it`() async throws {
    let lines = try await chat("hello", "/why all", "psst", "/why all", "/why 1 all", cast: [Self.mindful])
    let first = [
      "  asked in 1 round", "  mood: unactivated → glad because greeted",
      "  personality: opens: trust >= 1 and mood == glad is yes",
      "  personality: stays shut: ask(\"Is it late?\") is unknown", "  personality: Ann hums.",
    ]
    for expected in first { #expect(lines.count { $0 == expected } >= 2, "\(expected)") }
    #expect(lines.contains("    not → glad: greeted is unknown"))
  }

  @Test func `a quiet chat leaves out what changes, until it is asked for again`() async throws {
    let lines = try await chat("/quiet", "hello", "/quiet", "hello")
    #expect(lines.filter { $0.hasPrefix("· ") } == ["· mood: glad again because greeted", "· trust: 1 → 2"])
    let folder = try TemporaryFolder()
    let path = try folder.file("ann.yaml", Self.profile)
    let result = try await Tool.dramatis(
      "chat", path, "--quiet", "--no-save", input: "hello\n/quiet\nhello\n")
    #expect(result.lines.count { $0.hasPrefix("· ") } == 2)
  }

  @Test func `a turn that was undone is found again, even if another branch went on later`() async throws {
    let lines = try await chat(
      "hello", "hello", "hello", "/branch b 1", "hello", "/goto main", "/undo 2", "/goto 2", "/state")
    #expect(lines.contains("Back before the last 2 turns. /goto 3 goes forward again."))
    #expect(lines.contains("At turn 2 of branch 'main'."))
  }

  @Test func `with several characters the addressed or named one answers, otherwise who answered last`()
    async throws
  {
    let lines = try await chat(
      "Ben, hello", "Annie: hello", "so", "so", "@ben so", "Ben?", "And you, Ben?", "so", "/state ben",
      cast: [Self.profile, Self.other])
    let speakers = lines.filter { $0.hasPrefix("Ann: ") || $0.hasPrefix("Ben: ") }.map { $0.prefix(3) }
    #expect(speakers == ["Ben", "Ann", "Ann", "Ann", "Ben", "Ben", "Ben", "Ben"])
    #expect(lines.contains("· Ann: mood: unactivated → glad because greeted"))
  }

  @Test func `the trace has a line for every turn and character`() async throws {
    let folder = try TemporaryFolder()
    let trace = folder.path("trace.jsonl")
    let result = try await Tool.dramatis(
      "chat", "mara", "kaethe", "--trace", trace, "--no-save", input: "good evening\nthanks\n")
    #expect(result.status == 0)
    let lines = try folder.text("trace.jsonl").split(separator: "\n")
    let turns = try lines.map { line in
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      return "\(object["character"] ?? "") \(object["turn"] ?? "")"
    }
    #expect(turns == ["Mara 1", "Käthe 1", "Mara 2", "Käthe 2"])
  }

  @Test func `every command has a usage and stands in the help`() async throws {
    let lines = try await chat("/help")
    for command in SlashCommand.allCases { #expect(lines.contains { $0.hasPrefix(command.usage + " ") }) }
  }
}
