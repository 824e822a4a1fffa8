import Foundation
import TestSupport
import Testing

/// The page about events names every key that goes in and comes out, and no other.
@Suite struct EventsPageTests {
  private static func rows(under heading: String) throws -> [String] {
    let file = Repository.file("Sources/Dramatis/Documentation.docc/EventsAsJSON.md")
    let sections = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n## ")
    let section = try #require(sections.first { $0.hasPrefix(heading) })
    return section.split(separator: "\n").filter { $0.hasPrefix("| `") }
      .compactMap { $0.split(separator: "`").dropFirst().first.map(String.init) }
  }

  @Test func `every key of the output is in the table, in the order in which it comes`() async throws {
    let result = try await Tool.dramatis("run", "Profiles/mara.yaml", input: #"{"text":"hi"}"#)
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? NSDictionary)
    #expect(try Self.rows(under: "What comes out") == object.allKeys.compactMap { $0 as? String }.sorted())
  }

  @Test func `every key of the input is read, and a key that is not in the table is warned of`() async throws
  {
    let keys = try Self.rows(under: "What goes in")
    #expect(keys.count == 10)
    for key in keys {
      let result = try await Tool.dramatis(
        "run", "Profiles/mara.yaml", input: "{\"text\":\"hi\",\"\(key)x\":1}")
      #expect(result.errors.contains("did you mean '\(key)'?"), "\(key)")
    }
  }
}
