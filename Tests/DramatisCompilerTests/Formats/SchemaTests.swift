import Dramatis
import Foundation
import TestSupport
import Testing

@testable import DramatisCompiler

/// The schemas say what the readers read.
@Suite struct SchemaTests {
  static func datum(_ bytes: [UInt8]) -> Datum? {
    DocumentReader().read(name: "x", bytes: bytes).root?.datum
  }

  static func files(_ folder: String, _ isWanted: (String) -> Bool) -> [URL] {
    let folder = Repository.file(folder)
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return names.filter(isWanted).sorted().map { folder.appending(path: $0) }
  }

  private static let ofProfiles = ProfileKeys.all.filter { $0.mapping != "a story" }
  private static let ofStories = ProfileKeys.all.filter {
    ["a story", "a question", "a commitment", "a foreshadow or payoff"].contains($0.mapping)
  }

  /// What only a look at other parts of the file can tell, and a schema does not.
  private static let beyondShape = ["P017-boolean.yaml", "P018-bounds.yaml", "P020-order.yaml"]

  @Test(arguments: [
    (JSONSchema.profile, Self.ofProfiles.map(\.mapping), Self.ofProfiles.map(\.keys)),
    (.story, Self.ofStories.map(\.mapping), Self.ofStories.map(\.keys)),
    (.scenarios, ScenarioKeys.all.map(\.mapping), ScenarioKeys.all.map(\.keys)),
  ])
  func `every key of the readers has a shape`(schema: JSONSchema, mappings: [String], keys: [[String]]) throws
  {
    #expect(Set(schema.shapes.map(\.mapping)) == Set(mappings))
    for (mapping, keys) in zip(mappings, keys) {
      let shape = try #require(schema.shapes.first { $0.mapping == mapping })
      #expect(shape.keys.map(\.name) == keys)
    }
  }

  @Test(arguments: [
    (JSONSchema.profile, "ProfileReference"), (.story, "ProfileReference"),
    (.scenarios, "ScenarioReference"),
  ])
  func `what a key means is what the reference says`(schema: JSONSchema, name: String) throws {
    let page = try Page("DramatisCompiler/Documentation.docc/\(name).md")
    for shape in schema.shapes {
      let heading = shape.mapping.prefix(1).uppercased() + shape.mapping.dropFirst()
      let rows = page.section(heading).components(separatedBy: "### ")[0].tableRows
      #expect(shape.keys.map(\.meaning) == rows.compactMap { $0.last?.withoutBackticks })
    }
  }

  @Test(
    arguments: files("Profiles", { $0.hasSuffix(".yaml") })
      + files("Examples", { $0.hasSuffix(".yaml") && !$0.hasPrefix("CI/") }))
  func `what ships is as the schema says`(file: URL) throws {
    let value = try #require(Self.datum(Array(try Data(contentsOf: file))))
    let isScenarios = file.lastPathComponent.hasSuffix(".scenarios.yaml")
    let isStory = StoryCompilation.isStory(Array(try Data(contentsOf: file)))
    let kind: JSONSchema = isScenarios ? .scenarios : isStory ? .story : .profile
    for schema in JSONSchema.allCases {
      #expect(SchemaChecker(root: schema.datum).accepts(value) == (schema == kind), "\(schema)")
    }
  }

  @Test(arguments: Golden.all)
  func `a profile that the schema refuses the compiler refuses too`(golden: Golden) {
    guard let value = Self.datum(golden.bytes) else { return }
    if golden.compilation.errors.isEmpty {
      #expect(SchemaChecker(root: JSONSchema.profile.datum).accepts(value))
    }
  }

  @Test(
    arguments: Golden.all.filter { ["P017", "P018", "P019", "P020", "P030"].contains($0.name.prefix(4)) })
  func `a mistake in the shape is one for the schema too`(golden: Golden) {
    guard let value = Self.datum(golden.bytes) else { return }
    let isBeyond = Self.beyondShape.contains(golden.name)
    #expect(SchemaChecker(root: JSONSchema.profile.datum).accepts(value) == isBeyond, "\(golden.report)")
  }

  @Test(arguments: JSONSchema.allCases)
  func `a schema is canonical JSON`(schema: JSONSchema) throws {
    let text = try schema.text
    #expect(try JSONDecoder().decode(Datum.self, from: Data(text.utf8)) == schema.datum)
    #expect(try text == schema.text)
  }
}
