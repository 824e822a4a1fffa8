import Dramatis
import DramatisCompiler
import TestSupport
import Testing

@testable import DramatisCLI

@Suite struct CompletionTests {
  private static let completer = Completer(
    commands: ["/state", "/save", "/quit"], names: ["Mara", "Old Tom", "Marigold"]
  ) { command, typed in
    command == "/load"
      ? WordCompletion(word: String(typed), among: ["first", "second", "the ale", "a/", "x="]) : nil
  }

  private static let completions: [(String, [Key], String)] = [
    ("/q", [.tab], "/quit "), ("/s", [.tab], "/s"), ("/sT", [.tab], "/state "), ("/x", [.tab], "/x"),
    ("Hello ma", [.tab], "Hello Mar"), ("Hello mara", [.tab], "Hello Mara "), ("o", [.tab], "Old Tom "),
    ("/load f", [.tab], "/load first "), ("/load ", [.tab, .tab], "/load "), ("/save x", [.tab], "/save x"),
    ("/load the a", [.tab], "/load the ale "), ("/load  a", [.tab], "/load  a/"),
    ("/load x", [.tab], "/load x="),
    ("//ma", [.tab], "//ma"), ("// ma", [.tab], "// Mar"),
    ("ol there", Array(repeating: .move(.wordLeft), count: 1) + [.move(.left), .tab], "Old Tom there"),
  ]

  @Test(arguments: completions)
  func `a word is completed as far as is certain`(text: String, keys: [Key], expected: String) {
    var editor = LineEditor(completer: Self.completer)
    for key in [.text(text)] + keys { _ = editor.apply(key) }
    #expect(editor.line == expected)
  }

  @Test func `a second tab shows the candidates, any other key in between forgets the first`() {
    var editor = LineEditor(completer: Self.completer)
    _ = editor.apply(.text("/s"))
    #expect(editor.apply(.tab) == .edited)
    #expect(editor.apply(.tab) == .candidates(["/state", "/save"]))
    #expect(editor.apply(.move(.right)) == .edited)
    #expect(editor.apply(.tab) == .edited)
    _ = editor.apply(.text("zzz"))
    #expect(editor.apply(.tab) == .refused)
  }

  @Test func `a completer that speaks of another word, or in control sequences, does no harm`() {
    var editor = LineEditor(
      completer: Completer { _ in WordCompletion(word: "much longer", candidates: ["x"]) })
    #expect(editor.apply(.tab) == .refused)
    editor.completer = Completer { WordCompletion(word: $0, candidates: ["a\u{1B}[2J\nb", "\u{202E}"]) }
    #expect(editor.apply(.tab) == .edited)
    #expect(editor.line == "a b ")
  }

  @Test func `candidates stand in as many columns as fit, and what does not fit is counted`() {
    let list = CandidateList(candidates: ["/help", "/state", "日本語", "/quit", "x"], maximumRows: 2)
    #expect(list.rows(columns: 80) == ["/help   /state  日本語  /quit   x"])
    #expect(list.rows(columns: 24) == ["/help   日本語  x", "/state  /quit"])
    #expect(list.rows(columns: 8) == ["/help", "/state", "… and 3…"])
    #expect(list.rows(columns: 4) == ["/…", "/…", "… a…"])
  }

  @Test func `the commands of a chat complete sessions, turns, branches, files and names in quotes`()
    async throws
  {
    let profile = "dramatis: 1\ncharacter: Ann\naliases: [Old Ann]\nlines: [One., Two., Three.]\n"
    let ann = try #require(Compilation(of: Array(profile.utf8), name: "ann.yaml").program)
    let session = try Session(cast: [ann])
    for _ in 0..<3 { _ = try await session.respond(to: Event(actor: "Rowan", text: "Hello, Ann.")) }
    try await session.createBranch("side")
    _ = try await session.undo(2)
    let completer = Completer(cast: [ann], transcript: await session.transcript)
    let folder = try TemporaryFolder()
    let file = try folder.file("evening.md", "")
    let start = String(file.dropLast(7))
    for (text, word, candidates) in [
      ("/goto ", "", ["3", "2", "1", "main", "side"]), ("/goto s", "s", ["side"]),
      ("/why 2 a", "a", ["all"]), ("/branch x 3", "3", ["3"]), ("/branch x", "x", []),
      ("/export \(start)", start, [file]), ("/export --force \(start)", start, [file]),
      ("/say-as ", "", ["Ann", "\"Old Ann\""]), ("/say-as \"o", "\"o", ["\"Old Ann\""]),
      ("/say-as Bo hello, an", "an", ["Ann"]), ("/state old", "old", ["Old Ann"]), ("/quit x", "x", []),
    ] {
      #expect(completer.completion(text) == WordCompletion(word: word, candidates: candidates), "\(text)")
    }
  }
}
