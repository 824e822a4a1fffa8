import Foundation
import TestSupport
import Testing

/// The page about events names every key that goes in and comes out, and no other.
@Suite struct EventsPageTests {
  private let page: Page

  init() throws {
    page = try Page("Sources/Dramatis/Documentation.docc/EventsAsJSON.md")
  }

  /// The keys in the table below a heading, in order.
  private func keys(under heading: String) -> [String] {
    page.section(heading).tableRows.map { $0[0].withoutBackticks }
  }

  @Test func `every key of the output is in the table, in the order in which it comes`() async throws {
    let result = try await Tool.dramatis("run", "Profiles/mara.yaml", input: #"{"text":"hi"}"#)
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? NSDictionary)
    #expect(keys(under: "What comes out") == object.allKeys.compactMap { $0 as? String }.sorted())
  }

  @Test func `every key of the input is read, and a key that is not in the table is warned of`() async throws
  {
    let keys = keys(under: "What goes in")
    #expect(keys.count == 10)
    for key in keys {
      let result = try await Tool.dramatis(
        "run", "Profiles/mara.yaml", input: "{\"text\":\"hi\",\"\(key)x\":1}")
      #expect(result.errors.contains("did you mean '\(key)'?"), "\(key)")
    }
  }
}
