import Foundation
import TestSupport
import Testing

@Suite struct ImportCommandTests {
  private static let package = #"""
    {"character":"Mara","topicOrder":["mood"],"relationOrder":["Mara's interaction with Ann"],
    "topics":{"mood":{"statements":["Mara watches."],"gates":[{"question":"Is it \"late\"?",
    "child":{"statements":["Mara yawns. e\#u{301}"],"gates":[]}}],"depth":1}},
    "relations":{"Mara's interaction with Ann":{"statements":["Mara smiles at Ann."],"gates":[]}}}
    """#

  private func run(_ arguments: String..., input: String = "") async throws -> Tool.Result {
    try await Tool.dramatis.run(["import", "cdt"] + arguments, input: Data(input.utf8))
  }

  @Test func `a package becomes a profile that runs`() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("mara.json", Self.package)
    let profile = folder.path("mara.yaml")
    let result = try await run(path, "-o", profile)
    #expect(result.status == 0 && result.output.isEmpty)
    #expect(result.errors == "\(profile) written\n")
    let validated = try await Tool.dramatis("validate", profile)
    #expect(validated.status == 0 && (validated.output + validated.errors).contains("no problems"))
    let event = #"{"actor":"Ann","text":"hm","answers":{"Is it \"late\"?":"yes"}}"#
    let output = try #require(try await Tool.dramatis("run", profile, input: event).lines.first)
    for text in ["Mara watches.", "Mara yawns. e\u{301}", "Mara smiles at Ann."] {
      #expect(output.utf8.contains(text.utf8))
    }
  }

  @Test(arguments: ["\u{80}\u{4}}\u{94}.", "(dp0\nS'a'\np1\nI1\ns.", "c__main__\nCDT_Node\n."])
  func `a pickle is called one`(text: String) async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("mara.pkl")
    try Data(text.unicodeScalars.map { UInt8($0.value) }).write(to: URL(filePath: path))
    let result = try await run(path, "-o", folder.path("mara.yaml"))
    #expect(result.status == 1)
    #expect(result.errors.contains("a Python pickle") && result.errors.contains("ImportingTrees"))
  }

  @Test func `- is standard input and standard output`() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("mara.json", Self.package)
    let file = folder.path("mara.yaml")
    let piped = try await run("-", "-o", "-", input: Self.package)
    #expect(piped.status == 0 && piped.errors.isEmpty)
    #expect(try await run(path, "--output", "-").output == piped.output)
    #expect(try await run("-", "-o", file, input: Self.package).status == 0)
    #expect(try Array(folder.text("mara.yaml").utf8) == Array(piped.output.utf8))
    #expect(try folder.files == ["mara.json", "mara.yaml"])
  }

  @Test func `a file that is there already stays as it is`() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("mara.json", Self.package)
    let mine = try folder.file("mine.yaml", "mine\n")
    for output in [mine, path, folder.url.path] {
      let result = try await run(path, "-o", output)
      #expect(result.status == 3)
      #expect(result.errors.contains("exists already"))
    }
    #expect(try folder.text("mine.yaml") == "mine\n")
    #expect(try folder.text("mara.json") == Self.package)
    #expect(try folder.files == ["mara.json", "mine.yaml"])
  }

  private static func nested(_ depth: Int) -> String {
    #"{"character":"A","topicOrder":["t"],"relationOrder":[],"relations":{},"topics":{"t":"#
      + String(repeating: #"{"statements":[],"gates":[{"question":"q","child":"#, count: depth)
      + #"{"statements":["s"],"gates":[]}"# + String(repeating: "}]}", count: depth) + "}}"
  }

  private static func wide(_ count: Int) -> String {
    #"{"character":"A","topicOrder":["t"],"relationOrder":[],"relations":{},"topics":{"t":{"gates":[],"#
      + #""statements":["#
      + (0..<count).map { #""statement \#($0) "# + String(repeating: "x", count: 100) + #"""# }
      .joined(separator: ",") + "]}}}"
  }

  @Test(arguments: [
    ("", "not JSON"), ("dramatis: 1\n", "not JSON"), ("[1]", "object"), ("{}", "'character'"),
    (
      #"{"character":"A","topicOrder":["t"],"relationOrder":[],"topics":{},"relations":{}}"#,
      "'t' is listed"
    ),
    (
      #"{"character":"","topicOrder":[],"relationOrder":[],"topics":{},"relations":{}}"#,
      "makes no valid profile"
    ),
    (
      #"{"character":"A\u001b]52;c;x\u0007","topicOrder":["\u001b"],"relationOrder":[],"topics":{},"#
        + #""relations":{}}"#, "listed but not"
    ),
    (nested(70), "deep"), (nested(200), "deep"), (nested(20_000), "deep"), (wide(60_000), "valid profile"),
    (#"{"character":"\#u{0}\#u{ff}"#, "JSON"),
  ])
  func `what is no package ends with 1, says why and writes nothing`(_ package: String, _ says: String)
    async throws
  {
    let folder = try TemporaryFolder()
    let path = try folder.file("package.json", package)
    for output in [folder.path("out.yaml"), "-"] {
      let result = try await run(path, "-o", output)
      #expect(result.status == 1 && result.output.isEmpty)
      #expect(result.errors.contains(says), "\(result.errors.prefix(400))")
      #expect(!result.errors.contains("\u{1B}") && result.errors.utf8.count < 100_000)
    }
    #expect(try folder.files == ["package.json"])
  }

  @Test func `bytes that are no text are refused`() async throws {
    let bytes = Data(#"{"character":""#.utf8) + Data([0xFF, 0xC0]) + Data("\"}".utf8)
    let result = try await Tool.dramatis.run(["import", "cdt", "-", "-o", "-"], input: bytes)
    #expect(result.status == 1 && result.output.isEmpty)
    #expect(result.errors.contains("not JSON"))
  }

  @Test func `a missing package, a folder and a missing output say so`() async throws {
    #expect(try await run("/no/such.json", "-o", "-").status == 3)
    #expect(try await run("/tmp", "-o", "-").status == 3)
    #expect(try await run("-", input: Self.package).status == 2)
    #expect(try await run("-", "-o", "/no/such/folder/x", input: Self.package).status == 3)
  }
}
