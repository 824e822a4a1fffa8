import TestSupport
import Testing

@Suite struct ValidateCommandTests {
  private static let good = "dramatis: 1\ncharacter: Ann\n"

  @Test func `a folder is searched to its depths and other YAML is skipped`() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("a.yaml", Self.good)
    _ = try folder.file("deep/er/b.yml", Self.good)
    _ = try folder.file("deep/compose.yaml", "services: { web: {} }\n")
    _ = try folder.file("notes.txt", "dramatis: 1\n")
    _ = try folder.file(".hidden/c.yaml", "dramatis: 1\n")
    let result = try await Tool.dramatis("validate", folder.url.path)
    #expect(result.status == 0)
    #expect(result.output.isEmpty)
    #expect(result.errors == "2 profiles checked: no problems (1 other YAML file skipped)\n")
  }

  @Test(
    arguments: [
      ("dramatsi: 1\ncharacter: Ann\n", "dramatis: 1", "profile"),
      ("stroy: 1\ntitle: Ferry\n", "story: 1", "story"),
      ("scenario: 1\ntests: {}\n", "scenarios: 1", "file of scenarios"),
    ])
  func `a misspelt first key is an error in a folder too`(text: String, meant: String, kind: String)
    async throws
  {
    let folder = try TemporaryFolder()
    let path = try folder.file("a.yaml", text)
    _ = try folder.file("ci.yaml", "name: CI\non: [push]\njobs: {}\n")
    for argument in [folder.url.path, path] {
      let result = try await Tool.dramatis("validate", argument)
      #expect(result.status == 1)
      #expect(result.output.contains("error[P020]: unknown first key"))
      #expect(result.output.contains("did you mean '\(meant)'?"))
      #expect(result.errors.hasPrefix("1 \(kind) checked: "))
      #expect(result.errors.contains("(1 other YAML file skipped)") == (argument != path))
    }
  }

  @Test func `mistakes of several files are all reported, in the order of their paths`() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("b.yaml", "dramatis: 1\n")
    _ = try folder.file("a.yaml", "dramatis: 1\ncharacter: [Ann]\n")
    let result = try await Tool.dramatis("validate", folder.url.path)
    let first = try #require(result.output.range(of: "a.yaml:2:12"))
    let second = try #require(result.output.range(of: "b.yaml:1:1"))
    #expect(result.status == 1)
    #expect(first.lowerBound < second.lowerBound)
    #expect(result.errors == "2 profiles checked: 2 errors, 0 warnings\n")
  }

  @Test func `a warning does not fail, but does with --strict, and the profile runs`() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("bom.yaml", "\u{FEFF}" + Self.good)
    let lenient = try await Tool.dramatis("validate", path)
    #expect(lenient.status == 0)
    #expect(lenient.output.contains("warning[P003]"))
    #expect(try await Tool.dramatis("validate", path, "--strict").status == 1)
    #expect(try await Tool.dramatis("run", path, input: #"{"text":"hi"}"#).status == 0)
  }

  @Test func `standard input is checked as a file is`() async throws {
    #expect(try await Tool.dramatis("validate", "-", input: Self.good).status == 0)
    let wrong = try await Tool.dramatis("validate", "-", input: "dramatis: 2\n")
    #expect(wrong.status == 1)
    #expect(wrong.output.contains("<stdin>:1:11"))
  }

  @Test(
    .timeLimit(.minutes(10)),
    arguments: ["[", "{", "- ", "? ", "[\n", "&a [*a, "])
  func `ten megabytes of brackets are refused without being parsed`(_ piece: String) async throws {
    let input = String(repeating: piece, count: 10_000_000 / piece.count)
    let result = try await Tool.dramatis("validate", "-", input: input)
    #expect(result.status == 1)
    #expect(result.output.contains("error[P001]"))
  }

  @Test(.timeLimit(.minutes(10)))
  func `an endless file is read no further than a profile may be long`() async throws {
    #expect(try await Tool.dramatis("validate", "/dev/zero").status == 1)
  }

  @Test func `control sequences of a profile never reach the output`() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.file(
      "x.yaml", "dramatis: 1\n\"\\e]52;c;x\\a\\u202eevil\": 1\ncharacter: \"A\\e[31m\"\n")
    let result = try await Tool.dramatis("validate", path)
    #expect(result.status == 1)
    #expect(!(result.output + result.errors).unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
  }
}
