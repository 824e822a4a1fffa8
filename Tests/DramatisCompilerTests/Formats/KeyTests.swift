import Dramatis
import Foundation
import TestSupport
import Testing

@testable import DramatisCompiler

/// A key is one entry: whoever adds one and forgets to read it is told here.
///
/// The tables of the references are rendered from the entries; `UPDATE_GOLDENS=1` writes them anew, and then the test fails.
@Suite struct KeyTests {
  @Test(arguments: WrittenKey.all)
  func `what is wrong with a key is said where it stands`(key: WrittenKey) throws {
    let frame = try #require(
      MappingFrame.all[key.mapping.identifier], "MappingFrame has no \(key.mapping.called)")
    let isRead = ["[[]]", "x y", "99"].contains { wrong in
      [true, false].contains { frame.refuses(wrong, for: key.name, amongOthers: $0) }
    }
    #expect(isRead, "nothing reads '\(key.name)' of \(key.mapping.called)")
  }

  @Test(arguments: WrittenKey.all)
  func `a key that is misspelt is suggested`(key: WrittenKey) throws {
    let frame = try #require(MappingFrame.all[key.mapping.identifier])
    let diagnostics = frame.diagnostics("x", for: key.name + "x", amongOthers: false).diagnostics
    #expect(diagnostics.flatMap(\.help).contains("did you mean '\(key.name)'?"))
  }

  @Test(arguments: [
    (ProfileKeys.self as any KeyedMapping.Type, "ProfileReference"), (StoryKeys.self, "ProfileReference"),
    (ScenarioFileKeys.self, "ScenarioReference"),
  ])
  func `the reference has the table of every mapping`(root: any KeyedMapping.Type, name: String) throws {
    let page = try Page("Sources/DramatisCompiler/Documentation.docc/\(name).md")
    var text = page.text
    for mapping in root.reachable.map({ $0.mapping }) {
      let heading = mapping.called.prefix(1).uppercased() + mapping.called.dropFirst()
      let lines = page.section(heading).split(separator: "\n", omittingEmptySubsequences: false)
      let written = lines.drop { !$0.hasPrefix("| key ") }.prefix { $0.hasPrefix("|") }.joined(
        separator: "\n")
      let table = mapping.reference.joined(separator: "\n")
      if Repository.isUpdatingGoldens, !written.isEmpty {
        let section = String(page.section(heading))
        text = text.replacing(section, with: section.replacing(written, with: table, maxReplacements: 1))
      }
      #expect(written == table, "below '## \(heading)' stands:\n\(table)")
    }
    if text != page.text { try Data(text.utf8).write(to: page.file) }
  }

}

/// A key and the mapping in which it stands.
struct WrittenKey: Sendable, CustomTestStringConvertible {
  let mapping: MappingDescription
  let name: String

  var testDescription: String { "\(name) of \(mapping.called)" }

  static let all: [WrittenKey] = {
    let roots: [any KeyedMapping.Type] = [
      ProfileKeys.self, StoryKeys.self, ScenarioFileKeys.self, SettingsKeys.self,
    ]
    var seen: Set<String> = []
    let mappings = roots.flatMap { $0.reachable }.map { $0.mapping }.filter {
      seen.insert($0.identifier).inserted
    }
    return mappings.flatMap { mapping in mapping.names.map { WrittenKey(mapping: mapping, name: $0) } }
  }()
}

/// A file in which one mapping is left open.
struct MappingFrame: Sendable {
  /// Compiles a file and says what is wrong with it.
  typealias Check = @Sendable ([UInt8]) -> Compilation

  /// The file, with `MAPPING` for the mapping.
  let file: String
  /// What the mapping needs besides a key that is tried.
  let others: KeyValuePairs<String, String>
  let check: Check

  /// - Parameter amongOthers: Whether the mapping holds what it needs besides.
  func diagnostics(
    _ value: String, for key: String, amongOthers: Bool
  ) -> (diagnostics: [Diagnostic], place: Range<Int>) {
    let isFirst = others.first?.key == key
    let others = others.filter { $0.key != key && amongOthers || isRoot($0.key) && $0.key != key }
      .map { "\($0.key): \($0.value)" }
    let entries = isFirst ? ["\(key): \(value)"] + others : others + ["\(key): \(value)"]
    let before = file.prefix(upTo: file.range(of: "MAPPING")?.lowerBound ?? file.endIndex)
    let text = file.replacing("MAPPING", with: "{ \(entries.joined(separator: ", ")) }")
    let lead = isFirst ? "{ \(key): " : "{ \((others + ["\(key): "]).joined(separator: ", "))"
    let start = before.utf8.count + lead.utf8.count
    return (check(Array(text.utf8)).diagnostics, start..<start + value.utf8.count)
  }

  /// Whether a value is refused where it stands.
  func refuses(_ value: String, for key: String, amongOthers: Bool) -> Bool {
    let (diagnostics, place) = diagnostics(value, for: key, amongOthers: amongOthers)
    return diagnostics.contains { diagnostic in
      guard let span = diagnostic.span else { return false }
      return (span.start.offset..<span.end.offset).overlaps(place)
    }
  }

  /// Whether a key says what kind of file it is, so that without it nothing is read.
  private func isRoot(_ key: String) -> Bool { ["dramatis", "story", "scenarios"].contains(key) }
}

extension MappingFrame {
  /// By the identifier of the mapping.
  static let all: [String: MappingFrame] = [
    "profile": MappingFrame(
      file: "MAPPING", others: ["dramatis": "1", "character": "Mara"], check: profile),
    "example": inProfile("examples: [MAPPING]", ["event": "a", "line": "b"]),
    "prohibition": inProfile("forbid: [MAPPING]", ["ask": "a?"]),
    "variable": inProfile("variables: { v: MAPPING }", ["initial": "0", "min": "0", "max": "1"]),
    "question": inProfile("questions: { q: MAPPING }", ["ask": "a?"]),
    "remember": inProfile("remember: { r: MAPPING }", ["ask": "a?"]),
    "machine": inProfile("machines: { m: MAPPING }", ["states": "{ a: , b: }"]),
    "state": inProfile("machines: { m: { states: { a: MAPPING } } }", ["description": "a"]),
    "transition": inProfile(
      "machines: { m: { states: { a: }, transitions: [MAPPING] } }",
      ["from": "any", "to": "a", "when": "turn > 1"]),
    "topic": inProfile("behavior: { t: MAPPING }", ["statements": "a"]),
    "gate": inProfile("behavior: { t: [MAPPING] }", ["when": "turn > 1", "then": "a"]),
    "commitment": inProfile(
      "commitments: { c: MAPPING }", ["foreshadow": "a", "trigger": "turn > 1", "payoff": "b"]),
    "beat": inProfile(
      "commitments: { c: { foreshadow: MAPPING, trigger: turn > 1, payoff: b } }", ["text": "a"]),
    "line": inProfile("lines: [MAPPING]", ["say": "a"]),
    "property": inProfile("properties: [MAPPING]", ["from": "turn > 1", "never-to": "turn > 2"]),
    "source": inProfile("provenance: [MAPPING]", ["of": "state", "name": "m.a"]),
    "lorebook": inProfile("lore: MAPPING", ["entries": "[]"]),
    "loreEntry": inProfile("lore: [MAPPING]", ["content": "a"]),
    "story": MappingFrame(
      file: "MAPPING", others: ["story": "1", "title": "a", "cast": "mara.yaml"],
      check: { bytes in
        StoryCompilation(of: bytes, name: "story.yaml") { .bytes(Array(mara.utf8), name: $0) }.document
      }),
    "file": MappingFrame(
      file: "MAPPING", others: ["scenarios": "1", "tests": "{ }"], check: scenarios),
    "scenario": inScenarios("MAPPING", ["events": "[{ text: a }]"]),
    "event": inScenarios("[MAPPING]", ["text": "a"]),
    "expectation": inScenarios("[{ text: a, expect: MAPPING }]", [:]),
    "statements": inScenarios("[{ text: a, expect: { statements: MAPPING } }]", [:]),
    "settings": MappingFrame(
      file: "MAPPING", others: [:], check: { LintSettings.read($0, name: "settings.yaml").report }),
  ]

  private static let mara = "dramatis: 1\ncharacter: Mara\n"
  private static let profile: Check = { Compilation(of: $0, name: "mara.yaml") }
  private static let scenarios: Check = { bytes in
    let program = Compilation(of: Array(mara.utf8), name: "mara.yaml").program
    let reading = ScenarioFile(of: bytes, name: "mara.scenarios.yaml").reading(for: program)
    return Compilation(of: reading.file, reading.diagnostics)
  }

  private static func inProfile(_ rest: String, _ others: KeyValuePairs<String, String>) -> MappingFrame {
    MappingFrame(file: mara + rest + "\n", others: others, check: profile)
  }

  private static func inScenarios(_ test: String, _ others: KeyValuePairs<String, String>) -> MappingFrame {
    MappingFrame(
      file: "scenarios: 1\nspeak: true\ntests: { t: \(test) }\n", others: others, check: scenarios)
  }
}
