import Foundation
import FoundationXML
import TestSupport
import Testing

/// What `validate` writes for machines.
@Suite struct FindingFormatTests {
  /// Two mistakes, of which one is about text that no format may pass on as it is.
  private static let broken = """
    dramatis: 1
    character: Ännchen
    "a%,:<&>\\"\\e[31m\\uFFFF\\r\\n::error::x": 1
    machines:
      mood:
        states: { wary: }
        transitions:
          - { from: any, to: weary, when: turn > 3 }

    """

  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try folder.file("a, b:c%.yaml", broken)
    _ = try folder.file("good.yaml", "dramatis: 1\ncharacter: Ann\n")
    return folder
  }

  private static func validate(_ folder: borrowing TemporaryFolder, _ arguments: String...) async throws
    -> Tool.Result
  {
    try await Tool.dramatis.run(["validate", "."] + arguments, input: Data(), folder: folder.url)
  }

  @Test func `JSON is one object a line, with sorted keys, and lines and columns from 1`() async throws {
    let result = try await Self.validate(try Self.folder(), "--format", "json")
    #expect(result.status == 1)
    #expect(result.lines.count == 2)
    let last = try #require(result.lines.last)
    #expect(
      last == #"{"code":"P012","column":26,"endColumn":31,"endLine":8,"help":["did you mean 'wary'?"],"#
        + #""line":8,"message":"unknown state 'weary': no state of machine 'mood' has this name","#
        + #""path":"a, b:c%.yaml","severity":"error"}"#)
  }

  @Test(arguments: ["text", "json", "sarif", "github", "junit"])
  func `no format passes on control characters of a profile`(format: String) async throws {
    let result = try await Self.validate(try Self.folder(), "--format", format)
    #expect(result.status == 1)
    #expect(result.output.contains("weary"))
    let isClean = result.output.unicodeScalars.allSatisfy {
      $0 == "\n" || ($0.value >= 0x20 && $0 != "\u{7F}")
    }
    #expect(isClean)
    #expect(!result.output.contains("\n::error::x"))
  }

  @Test func `an annotation of GitHub escapes what would end a property or the line`() async throws {
    let result = try await Self.validate(try Self.folder(), "--format", "github")
    let last = try #require(result.lines.last)
    #expect(
      last == "::error file=a%2C b%3Ac%25.yaml,line=8,endLine=8,col=26,endColumn=31,title=P012"
        + "::unknown state 'weary': no state of machine 'mood' has this name%0Adid you mean 'wary'?")
    #expect(result.lines.count == 2)
  }

  @Test func `JUnit is well-formed XML without what XML forbids, with a case a file`() async throws {
    let result = try await Self.validate(try Self.folder(), "--format", "junit")
    let parser = XMLParser(data: Data(result.output.utf8))
    #expect(parser.parse(), "\(parser.parserError.map(String.init(describing:)) ?? "")")
    #expect(result.output.contains(#"tests="2" failures="1""#))
    #expect(result.output.contains("a, b:c%.yaml") && !result.output.contains("./"))
    #expect(!result.output.contains("\u{FFFF}"))
  }

  @Test func `SARIF has a rule for every result, code points as columns, and paths as relative references`()
    async throws
  {
    let result = try await Self.validate(try Self.folder(), "--format", "sarif")
    let log = try JSONDecoder().decode(Log.self, from: Data(result.output.utf8))
    let run = try #require(log.runs.first)
    #expect(log.version == "2.1.0" && run.columnKind == "unicodeCodePoints")
    #expect(run.results.map(\.ruleId) == ["P018", "P012"])
    for result in run.results {
      #expect(run.tool.driver.rules[result.ruleIndex].id == result.ruleId)
      let place = try #require(result.locations.first?.physicalLocation)
      #expect(place.artifactLocation.uri == "a%2C%20b%3Ac%25.yaml")
    }
    #expect(Set(run.results.flatMap(\.partialFingerprints.values)).count == 2)
    #expect(run.invocations == nil)
  }

  @Test func `a rule of SARIF carries the page that explains it`() async throws {
    let result = try await Self.validate(try Self.folder(), "--format", "sarif")
    let log = try JSONDecoder().decode(Log.self, from: Data(result.output.utf8))
    let rules = try #require(log.runs.first).tool.driver.rules
    #expect(rules.count == 2)
    for rule in rules {
      let page = try await Tool.dramatis("explain", rule.id).output
      #expect(rule.help.markdown == page && rule.help.text == page)
      let description = rule.fullDescription.text
      #expect(!description.isEmpty && !description.hasPrefix("#") && !description.contains("\n"))
      #expect(page.replacing("\n", with: " ").contains(description))
    }
  }

  /// More findings than one run may hold.
  static let many = Task {
    let folder = try TemporaryFolder()
    let keys = (0..<100).map { "k\($0): 1\n" }.joined()
    for number in 0..<50 {
      _ = try folder.file("\(number).yaml", "\u{FEFF}dramatis: 1\ncharacter: Ann\n" + keys)
    }
    return try await validate(folder, "--format", "sarif")
  }

  @Test func `a run of SARIF holds 5,000 results, errors first, and says how many it left out`() async throws
  {
    let result = try await Self.many.value
    let run = try #require(JSONDecoder().decode(Log.self, from: Data(result.output.utf8)).runs.first)
    #expect(run.results.count == 5_000)
    #expect(run.results.allSatisfy { $0.level == "error" })
    let told = try #require(run.invocations?.first?.toolExecutionNotifications.first)
    #expect(told.message.text.hasPrefix("50 more results left out"))
  }

  @Test func `a baseline hides what was there before and nothing else, wherever it has moved to`()
    async throws
  {
    let folder = try Self.folder()
    let written = try await Self.validate(folder, "--baseline", "known.json", "--update-baseline")
    #expect(written.status == 0 && written.output.isEmpty)
    _ = try folder.file("a, b:c%.yaml", Self.broken.replacing("character: Ä", with: "\n\n\ncharacter: Ä"))
    let moved = try await Self.validate(folder, "--baseline", "known.json")
    #expect(moved.status == 0 && moved.output.isEmpty)
    #expect(moved.errors.contains("2 ignored by the baseline"))
    _ = try folder.file("a, b:c%.yaml", Self.broken + "other: 1\n")
    let more = try await Self.validate(folder, "--baseline", "known.json", "--format", "json")
    #expect(more.status == 1 && more.lines.count == 1)
    #expect(try await Self.validate(folder, "--baseline", "good.yaml").status == 1)
    #expect(try await Self.validate(folder, "--baseline", "nothing.json").status == 3)
    #expect(try await Self.validate(folder, "--update-baseline").status == 2)
  }

  /// A shadowed transition, which is told of with the line of another, and a state that nothing leads to.
  private static let suspicious = """
    dramatis: 1
    character: Ann
    questions: { rain: { ask: Does it rain?, cues: [rain] }, hail: { ask: Does it hail?, cues: [hail] } }
    machines:
      mood:
        states: { glad: Ann hums., gone: }
        transitions:
          - { from: any, to: glad, when: rain or hail }
          - { from: glad, to: unactivated, when: hail }
    lines: [{ when: mood == glad, say: Ha. }, Well.]

    """

  @Test(arguments: [
    ("machines:", "# A comment.\nmachines:"), ("states: { glad:", "states: { proud: ,  glad:"),
    ("to: unactivated, when", "to: unactivated, role: passive, when"),
    ("lines: [", "greeting: Hm.\nlines: [So., "),
  ])
  func `a finding stays known whatever else is written around it`(old: String, new: String) async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("a.yaml", Self.suspicious)
    _ = try await Self.validate(folder, "--baseline", "known.json", "--update-baseline")
    _ = try folder.file("a.yaml", Self.suspicious.replacing(old, with: new))
    let again = try await Self.validate(folder, "--baseline", "known.json", "--format", "json")
    #expect(again.lines.allSatisfy { $0.contains("'proud'") }, "\(again.output)")
    #expect(again.errors.contains("2 ignored by the baseline)"), "\(again.errors)")
  }

  @Test func `the same in another machine is another finding`() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("a.yaml", Self.suspicious)
    _ = try await Self.validate(folder, "--baseline", "known.json", "--update-baseline")
    let machine = Self.suspicious.split(separator: "  mood:\n")[1].split(separator: "lines:")[0]
    _ = try folder.file(
      "a.yaml",
      Self.suspicious.replacing(
        "lines: [", with: "  air:\n\(machine)lines: [{ when: air == glad, say: Oh. }, "))
    let again = try await Self.validate(folder, "--baseline", "known.json", "--format", "json")
    #expect(again.lines.count == 2, "\(again.output)")
  }

  @Test func `a baseline is the same from wherever it is used, and keeps what was not checked`() async throws
  {
    let folder = try TemporaryFolder()
    for name in ["a/ann.yaml", "b/ann.yaml"] {
      try FileManager.default.createDirectory(
        at: folder.url.appending(path: name).deletingLastPathComponent(), withIntermediateDirectories: true)
      _ = try folder.file(name, Self.suspicious)
    }
    _ = try await Self.validate(folder, "--baseline", "known.json", "--update-baseline")
    let inside = try await Tool.dramatis.run(
      ["validate", "--strict", "--baseline", "../known.json", "ann.yaml"], input: Data(),
      folder: folder.url.appending(path: "a"))
    #expect(inside.status == 0 && inside.errors.contains("2 ignored by the baseline)"), "\(inside.errors)")
    let updated = try await Tool.dramatis.run(
      ["validate", "--baseline", "../known.json", "--update-baseline", "ann.yaml"], input: Data(),
      folder: folder.url.appending(path: "a"))
    #expect(updated.errors.contains("2 of other files kept"), "\(updated.errors)")
    let whole = try await Self.validate(folder, "--strict", "--baseline", "known.json")
    #expect(whole.status == 0 && whole.errors.contains("4 ignored by the baseline)"), "\(whole.errors)")
    try FileManager.default.removeItem(at: folder.url.appending(path: "b"))
    let gone = try await Tool.dramatis.run(
      ["validate", "--baseline", "known.json", "--update-baseline", "a"], input: Data(), folder: folder.url)
    #expect(!gone.errors.contains("kept"), "\(gone.errors)")
  }

  @Test(arguments: ["junit", "sarif"])
  func `what could not be read is told in the report`(format: String) async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("a.yaml", "dramatis: 1\ncharacter: Ann\n")
    let result = try await Tool.dramatis.run(
      ["validate", "--format", format, "a.yaml", "b.yaml"], input: Data(), folder: folder.url)
    #expect(result.status == 3)
    #expect(result.output.contains("b.yaml"))
    #expect(
      result.output.contains(format == "junit" ? "errors=\"1\"" : "\"executionSuccessful\" : false"),
      "\(result.output)")
  }

  @Test func `the same mistake on two equal lines is two findings`() async throws {
    let folder = try TemporaryFolder()
    let line = "      - { from: any, to: gone, when: turn > 3 }\n"
    let head = "dramatis: 1\ncharacter: Ann\nmachines:\n  mood:\n    states: { wary: }\n    transitions:\n"
    _ = try folder.file("a.yaml", head + line)
    _ = try await Self.validate(folder, "--baseline", "known.json", "--update-baseline")
    _ = try folder.file("a.yaml", head + line + line)
    let result = try await Self.validate(folder, "--baseline", "known.json", "--format", "json")
    #expect(result.lines.count == 1)
  }
}

extension FindingFormatTests {
  private struct Log: Decodable {
    struct Message: Decodable { let text: String }
    struct Help: Decodable { let text, markdown: String }
    struct Rule: Decodable {
      let id: String
      let fullDescription: Message
      let help: Help
    }
    struct Notification: Decodable { let message: Message }
    struct Invocation: Decodable { let toolExecutionNotifications: [Notification] }
    struct Driver: Decodable { let rules: [Rule] }
    struct Tool: Decodable { let driver: Driver }
    struct Artifact: Decodable { let uri: String }
    struct Place: Decodable { let artifactLocation: Artifact }
    struct Location: Decodable { let physicalLocation: Place }
    struct Result: Decodable {
      let ruleId: String
      let ruleIndex: Int
      let level: String
      let locations: [Location]
      let partialFingerprints: [String: String]
    }
    struct Run: Decodable {
      let columnKind: String
      let tool: Tool
      let results: [Result]
      let invocations: [Invocation]?
    }
    let version: String
    let runs: [Run]
  }
}
