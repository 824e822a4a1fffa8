import Foundation
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

  @Test func `files of ours that only look like others' are errors in a folder`() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("capitals.YAML", Self.good)
    _ = try folder.file("indented.yaml", "  dramatis: 1\n  character: Ann\n")
    _ = try folder.file("keyless.yaml", "character: Ann\nmachines: {}\n")
    _ = try folder.file("x.scenarios.yaml", "flows: []\n")
    _ = try folder.file("braces.yaml", "{ dramatis: 1, character: Ann }\n")
    let result = try await Tool.dramatis("validate", folder.url.path)
    #expect(result.status == 1)
    for name in ["capitals.YAML", "indented.yaml", "keyless.yaml", "x.scenarios.yaml"] {
      #expect(result.output.contains("/\(name)"), "\(result.output)")
    }
    #expect(!result.output.contains("braces.yaml"))
  }

  @Test func `what was skipped is listed, and can be a failure`() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("a.yaml", Self.good)
    let other = try folder.file("compose.yaml", "services: {}\n")
    let verbose = try await Tool.dramatis("validate", "--verbose", folder.url.path)
    #expect(verbose.status == 0 && verbose.errors.contains("skipped: \(other)\n"))
    let strict = try await Tool.dramatis("validate", "--no-skip", folder.url.path)
    #expect(strict.status == 1 && strict.errors.contains("skipped: \(other)\n"))
  }

  @Test func `codes are selected and ignored, and errors are not hidden`() async throws {
    let folder = try TemporaryFolder()
    let warned = try folder.file(
      "a.yaml", Self.good + "variables:\n  n: { initial: 0, min: 0, max: 1 }\nlines: [\"{{user}}\"]\n")
    let wrong = try folder.file("b.yaml", Self.good + "lines: [{ when: x, say: A. }]\nlins: []\n")
    let run = { (arguments: [String]) in
      try await Tool.dramatis.run(["validate", "--format", "json"] + arguments, input: Data())
    }
    let all = try await run([warned])
    #expect(all.output.contains("L042") && all.output.contains("L007"))
    for chosen in [
      ["--select", "L042"], ["--select", "foreign-slot"], ["--select", "L04,P"],
      ["--ignore", "L007,L008,L010"],
    ] {
      let some = try await run(chosen + [warned])
      #expect(some.output.contains("L042") && !some.output.contains("L007"), "\(chosen)")
    }
    let hidden = try await run(["--select", "P018", wrong])
    #expect(hidden.status == 1 && hidden.output.contains("P018") && !hidden.output.contains("P027"))
    #expect(hidden.errors.contains("1 error of other codes not shown"))
    #expect(try await run(["--ignore", "P", wrong]).output.contains("P027"))
    for unknown in [["--select", "X9"], ["--ignore", "P018"], ["--select", ""]] {
      #expect(try await run(unknown + [warned]).status == 2, "\(unknown)")
    }
  }

  @Test func `a difference is shown and nothing is changed`() async throws {
    let folder = try TemporaryFolder()
    let text = Self.good + "lines: [\"Sit, {{user}}.\"]\n"
    let path = try folder.file("a.yaml", text)
    let result = try await Tool.dramatis("validate", "--diff", path)
    #expect(result.status == 1)
    #expect(result.output.contains("-lines: [\"Sit, {{user}}.\"]\n+lines: [\"Sit, {user}.\"]\n"))
    #expect(result.errors.hasPrefix("1 change would be made; "))
    #expect(try folder.text("a.yaml") == text)
    #expect(try await Tool.dramatis("validate", "--fix", path).status == 0)
    let again = try await Tool.dramatis("validate", "--diff", path)
    #expect(again.status == 0 && again.output.isEmpty)
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
