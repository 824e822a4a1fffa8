import TestSupport
import Testing

@testable import DramatisCompiler

/// The reference of scenarios says what the code does.
@Suite struct ScenarioReferenceTests {
  @Test(arguments: ScenarioKeys.all.map(\.mapping))
  func `every key of a mapping has a row in its section`(mapping: String) throws {
    let page = try Page("DramatisCompiler/Documentation.docc/ScenarioReference.md")
    let keys = try #require(ScenarioKeys.all.first { $0.mapping == mapping }?.keys)
    let section = page.section(mapping.prefix(1).uppercased() + mapping.dropFirst())
    #expect(section.tableRows.compactMap(\.first) == keys.map { "`\($0)`" })
  }
}
