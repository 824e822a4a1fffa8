import Foundation
import TestSupport
import Testing

/// SARIF 2.1.0 as its published schema has it, for all members that are written: what may stand where, and what must.
@Suite struct SarifSchemaTests {
  @Test(arguments: [
    ["validate", "--format", "sarif", "good.yaml"],
    ["validate", "--format", "sarif", "bad ä%.yaml", "bare.yaml"],
    ["test", "--format", "sarif", "bad.scenarios.yaml"],
  ])
  func `every member of a log is one that the schema knows, of the kind that it asks for`(
    _ arguments: [String]
  ) async throws {
    let folder = try Self.folder()
    let result = try await Tool.dramatis.run(arguments, input: Data(), folder: folder.url)
    #expect(result.status == (arguments.last == "good.yaml" ? 0 : 1))
    #expect(try Self.results(of: result).isEmpty == (result.status == 0))
  }

  @Test func `members of a log that has left some out are those that the schema knows`() async throws {
    let result = try await FindingFormatTests.many.value
    #expect(result.status == 1)
    #expect(try !Self.results(of: result).isEmpty)
  }

  /// The results of a log that is as the schema has it.
  private static func results(of result: Tool.Result) throws -> [Any] {
    let log = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    #expect(faults(of: log, as: .object("log"), at: "log").isEmpty)
    let runs = (log as? [String: Any])?["runs"] as? [[String: Any]]
    return try #require(runs?.first?["results"] as? [Any])
  }

  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let good = "dramatis: 1\ncharacter: Ann\nlines: [{ say: Oh. }]\n"
    _ = try folder.file("good.yaml", good)
    _ = try folder.file("bad ä%.yaml", good.replacing("say: Oh.", with: "when: nobody, say: Oh."))
    _ = try folder.file("bare.yaml", "dramatis: 1\n")
    let scenarios =
      "scenarios: 1\nprofile: good.yaml\ntests:\n  one:\n    - { text: Hi, expect: { mood: wary } }\n"
    _ = try folder.file("bad.scenarios.yaml", scenarios)
    return folder
  }
}

extension SarifSchemaTests {
  private enum Kind {
    case text, flag
    /// A whole number, at least so much.
    case number(Int)
    case word([String])
    case texts
    case object(String)
    case list(String)
  }

  private struct Shape {
    let members: [String: Kind]
    let required: [String]
  }

  private static let level = Kind.word(["none", "note", "warning", "error"])

  private static let shapes: [String: Shape] = [
    "log": Shape(
      members: ["$schema": .text, "version": .word(["2.1.0"]), "runs": .list("run")],
      required: ["version", "runs"]),
    "run": Shape(
      members: [
        "tool": .object("tool"), "results": .list("result"), "invocations": .list("invocation"),
        "automationDetails": .object("automation"),
        "columnKind": .word(["utf16CodeUnits", "unicodeCodePoints"]),
      ], required: ["tool"]),
    "tool": Shape(members: ["driver": .object("component")], required: ["driver"]),
    "component": Shape(
      members: ["name": .text, "semanticVersion": .text, "rules": .list("rule")], required: ["name"]),
    "automation": Shape(members: ["id": .text], required: []),
    "rule": Shape(
      members: [
        "id": .text, "shortDescription": .object("string"), "fullDescription": .object("string"),
        "help": .object("string"), "defaultConfiguration": .object("configuration"),
      ], required: ["id"]),
    "string": Shape(members: ["text": .text, "markdown": .text], required: ["text"]),
    "configuration": Shape(members: ["level": level], required: []),
    "result": Shape(
      members: [
        "ruleId": .text, "ruleIndex": .number(-1), "level": level, "message": .object("string"),
        "locations": .list("location"), "partialFingerprints": .texts,
      ], required: ["message"]),
    "location": Shape(members: ["physicalLocation": .object("place")], required: []),
    "place": Shape(
      members: ["artifactLocation": .object("artifact"), "region": .object("region")], required: []),
    "artifact": Shape(members: ["uri": .text], required: []),
    "region": Shape(
      members: [
        "startLine": .number(1), "startColumn": .number(1), "endLine": .number(1), "endColumn": .number(1),
      ],
      required: []),
    "invocation": Shape(
      members: ["executionSuccessful": .flag, "toolExecutionNotifications": .list("notification")],
      required: ["executionSuccessful"]),
    "notification": Shape(members: ["message": .object("string"), "level": level], required: ["message"]),
  ]

  /// Where something stands that the schema refuses.
  private static func faults(of value: Any, as kind: Kind, at place: String) -> [String] {
    switch kind {
    case .text: return value is String ? [] : [place]
    case .flag: return value is Bool ? [] : [place]
    case .number(let least): return (value as? Int).map { $0 >= least } == true ? [] : [place]
    case .word(let words): return (value as? String).map(words.contains) == true ? [] : [place]
    case .texts: return value is [String: String] ? [] : [place]
    case .list(let name):
      guard let elements = value as? [Any] else { return [place] }
      return elements.enumerated().flatMap { faults(of: $1, as: .object(name), at: "\(place)[\($0)]") }
    case .object(let name):
      guard let members = value as? [String: Any], let shape = shapes[name] else { return [place] }
      let missing = shape.required.filter { members[$0] == nil }.map { "\(place).\($0)" }
      return missing
        + members.flatMap { key, value in
          shape.members[key].map { faults(of: value, as: $0, at: "\(place).\(key)") } ?? ["\(place).\(key)"]
        }
    }
  }
}
