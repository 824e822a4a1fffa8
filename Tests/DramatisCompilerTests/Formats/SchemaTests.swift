import Dramatis
import Foundation
import TestSupport
import Testing

@testable import DramatisCompiler

/// The schemas say what the readers read; `UPDATE_GOLDENS=1` writes them anew, and then the test fails.
@Suite struct SchemaTests {
  static func datum(_ bytes: [UInt8]) -> Datum? {
    DocumentReader().read(name: "x", bytes: bytes).root?.datum
  }

  static func files(_ folder: String, _ isWanted: (String) -> Bool) -> [URL] {
    let folder = Repository.file(folder)
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return names.filter(isWanted).sorted().map { folder.appending(path: $0) }
  }

  /// What only a look at other parts of the file can tell, and a schema does not.
  private static let beyondShape = ["P017-boolean.yaml", "P018-bounds.yaml", "P020-order.yaml"]

  @Test(arguments: JSONSchema.allCases)
  func `a schema is what it was`(schema: JSONSchema) throws {
    let file = Golden.folder.appending(path: "Schemas/\(schema.rawValue).json")
    let golden = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
    if Repository.isUpdatingGoldens, try schema.text != golden {
      try Data(schema.text.utf8).write(to: file)
      Issue.record("the schema was written anew; read it and run the tests again")
      return
    }
    #expect(try schema.text == golden)
  }

  @Test(
    arguments: files("Profiles", { $0.hasSuffix(".yaml") && !$0.hasPrefix("Cues/") })
      + files("Examples", { $0.hasSuffix(".yaml") && !$0.hasPrefix("CI/") }))
  func `what ships is as the schema says`(file: URL) throws {
    let value = try #require(Self.datum(Array(try Data(contentsOf: file))))
    let isScenarios = file.lastPathComponent.hasSuffix(".scenarios.yaml")
    let isStory = FileKind.recognize(Array(try Data(contentsOf: file))) == .certain(.story)
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
