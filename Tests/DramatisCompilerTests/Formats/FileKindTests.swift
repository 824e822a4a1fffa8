import Dramatis
import Testing

@testable import DramatisCompiler

/// What kind a file is, is told by its bytes alone; files of other tools are not taken for ours.
@Suite struct FileKindTests {
  @Test(arguments: [
    ("dramatis: 1\ncharacter: Mara\n", FileKind.profile), ("character: Mara\ndramatis: 1\n", .profile),
    ("\tdramatis: 1\n", .profile), ("dramatis:\n", .profile), ("# Mara\n\n\"dramatis\" : 1\n", .profile),
    ("story: 1\n", .story), ("\u{FEFF}---\nstory: 1\n", .story), ("story:\n", .story),
    ("lore: 1\nentries: []\n", .lore), ("# x\nlore: '1'\n", .lore),
    ("scenarios: 1\n", .scenarios), ("%YAML 1.1\n---\nscenarios: 2\n", .scenarios),
    ("dramatis-program 1 sha256:0\n", .program),
    ("{\"check\":\"0123456789abcdef\",\"record\":{", .transcript),
    ("{ \"character\": \"A\", \"topicOrder\": [], \"relationOrder\": [] }", .trees),
  ])
  func `a first line tells the kind, whatever mistakes follow`(text: String, kind: FileKind) {
    let recognized = FileKind.recognize(Array(text.utf8))
    #expect(recognized == .certain(kind))
    #expect(recognized.kindWhenNamed == kind && recognized.kindWhenFound == kind)
  }

  @Test(arguments: [
    ("dramatsi: 1\ncharacter: Mara\n", FileKind.profile, "dramatsi"), ("Dramatis: 1\n", .profile, "Dramatis"),
    ("dramatis 1: 1\ncharacter: Mara\n", .profile, "dramatis 1"),
    ("dramati:\ncharacter: Mara\nsummary: An innkeeper.\n", .profile, "dramati"),
    ("stroy: 1\ntitle: Low Water\ncast: [orla.yaml]\n", .story, "stroy"), ("storry: '1'\n", .story, "storry"),
    ("scenario: 1\nprofile: mara.yaml\ntests: {}\n", .scenarios, "scenario"),
    ("# what she does\nsenarios: 1 # the version\ntests:\n  a: []\n", .scenarios, "senarios"),
  ])
  func `a misspelt first key is nearly of its kind`(text: String, kind: FileKind, key: String) {
    let recognized = FileKind.recognize(Array(text.utf8))
    #expect(recognized == .nearly(kind, writing: key))
    #expect(recognized.kindWhenNamed == kind && recognized.kindWhenFound == kind)
  }

  @Test(arguments: [
    "name: CI\non: [push]\njobs:\n  build:\n    runs-on: ubuntu-latest\n",
    "version: \"3\"\nservices:\n  db:\n    image: postgres\n",
    "repos:\n  - repo: local\n    hooks: []\n", "store: 3\nitems: [a, b]\nprices: [1, 2]\n",
    "stores: 12\nowner: Ann\ntown: Ulm\n", "scenario: Login\nsteps: [open, type]\n",
    "drama: Hamlet\ncharacter: Ophelia\n", "- dramatsi: 1\n", "  dramatsi: 1\n", "apiVersion: 1\n", "",
    "---\n",
    "lore: Tales of the north\nauthors: 3\n", "lore:\n  - a\n", "Mara keeps the inn.\n", "[]", "{}",
    "{\"version\": 1}", "stories: 1\nauthors: 3\n",
    "sources: 1\nseed: 3\nrate: 4\nunit: 2\n", "\u{0}\u{1}: 1",
  ])
  func `a file of another tool is none of ours`(text: String) {
    #expect(FileKind.recognize(Array(text.utf8)).kindWhenFound == nil)
  }

  @Test(arguments: [
    ("dramatis 1\ncharacter: Mara\n", FileKind.profile, "dramatis 1"),
    ("dramatis = 1\nvoice: Low.\n", .profile, "dramatis = 1"),
    ("story 1\ntitle: Low Water\ncast: [orla.yaml]\n", .story, "story 1"),
    ("scenarios： 1\ntests: {}\n", .scenarios, "scenarios： 1"),
    ("{ dramtis: 1, character: Mara, voice: Low. }\n", .profile, "dramtis"),
    ("  dramtis: 1\n  character: Mara\n", .profile, "dramtis"),
    ("- dramatis: 1\n  character: Mara\n", .profile, "- dramatis"),
  ])
  func `a first key without its colon, in braces or indented is nearly of its kind`(
    text: String, kind: FileKind, key: String
  ) {
    #expect(FileKind.recognize(Array(text.utf8)) == .nearly(kind, writing: key))
  }

  @Test(arguments: [
    ("{ dramatis: 1, character: Mara }\n", FileKind.profile),
    ("{\"story\": 1, \"title\": \"Night\"}", .story),
    ("{\n  \"character\": \"Mara\",\n  \"dramatis\": 1\n}\n", .profile),
    ("{scenarios: 1, tests: {}}\n", .scenarios),
    ("  dramatis: 1\n  character: Mara\n", .profile), ("\u{A0}story: 1\n", .story),
    ("dramatis:1\n", .profile),
  ])
  func `braces and indentation do not hide a file`(text: String, kind: FileKind) {
    #expect(FileKind.recognize(Array(text.utf8)) == .certain(kind))
  }

  @Test func `a file in another encoding is ours all the same`() {
    let bytes = "dramatis: 1\ncharacter: Mara\n".utf8.flatMap { [$0, 0] as [UInt8] }
    #expect(FileKind.recognize([0xFF, 0xFE] + bytes) == .certain(.profile))
    #expect(FileKind.recognize(bytes) == .certain(.profile))
  }

  @Test(arguments: [
    ("character: Mara\nquestions: {}\n", FileKind.profile), ("machines: {}\nbehavior: {}\n", .profile),
    ("title: Night\ncast: [a.yaml]\ncommitments: {}\n", .story),
    ("profile: mara.yaml\ntests: {}\n", .scenarios),
    ("{character: Mara, voice: Low., behavior: {}}", .profile),
  ])
  func `a file without its first key is known by what it holds`(text: String, kind: FileKind) {
    let recognized = FileKind.recognize(Array(text.utf8))
    #expect(recognized == .shaped(kind) && recognized.kindWhenFound == kind)
  }

  @Test(arguments: [
    "character: Ophelia\nact: 4\nlines: [a, b]\n", "title: Jaws\ncast: [Roy]\nyear: 1975\n",
    "profile: default\ntests: [a]\n", "questions: [a]\nanswers: [b]\n",
    "{\"questions\": 3, \"machines\": 2, \"a\": 1, \"b\": 2, \"c\": 3}",
    "variables:\n  PATH: /bin\nlines: 80\n", "{ unclosed\n", "story 1 of the house\nrooms: 3\n",
  ])
  func `keys that others have, too, do not make a file ours`(text: String) {
    #expect(FileKind.recognize(Array(text.utf8)) == .unknown)
  }

  @Test(arguments: ["a.scenarios.yaml", "b/A.Scenarios.YML"])
  func `a file that is called one of scenarios means to be one`(path: String) {
    #expect(FileKind.recognize(Array("flows: []\n".utf8), at: path) == .shaped(.scenarios))
    #expect(FileKind.recognize(Array("dramatis: 1\n".utf8), at: path) == .certain(.profile))
    #expect(FileKind.recognize(Array("flows: []\n".utf8), at: "a.yaml") == .unknown)
  }

  @Test func `scenarios without a version are ours only where somebody names them`() {
    let recognized = FileKind.recognize(Array("scenarios:\n  - flow: []\n".utf8))
    #expect(recognized == .versionless(.scenarios))
    #expect(recognized.kindWhenNamed == .scenarios && recognized.kindWhenFound == nil)
  }

  @Test(arguments: [
    ("dramatsi: 1\ncharacter: Mara\n", "dramatis: 1"), ("stroy: 1\ntitle: Low Water\n", "story: 1"),
    ("scenario: 1\ntests: {}\n", "scenarios: 1"),
  ])
  func `a misspelt first key is said, and what was meant`(text: String, line: String) throws {
    let bytes = Array(text.utf8)
    let story = StoryCompilation(of: bytes, name: "a.yaml") { _ in .unreadable("") }
    let reports = [
      Compilation(of: bytes, name: "a.yaml").diagnostics, story.document.diagnostics,
      ScenarioFile(of: bytes, name: "a.yaml").reading(for: nil).diagnostics,
    ]
    for diagnostics in reports {
      let diagnostic = try #require(diagnostics.first)
      #expect(diagnostics.count == 1 && diagnostic.code == .unsupportedFile)
      #expect(diagnostic.message == "unknown first key '\(text.prefix { $0 != ":" })'")
      #expect(diagnostic.span?.start.line == 1 && diagnostic.help == ["did you mean '\(line)'?"])
    }
  }
}
