import Dramatis
import TestSupport
import Testing

@testable import DramatisCompiler

/// The reference of profiles says what the code does.
@Suite struct ReferenceTests {
  let page: Page

  init() throws {
    page = try Page("Sources/DramatisCompiler/Documentation.docc/ProfileReference.md")
  }

  @Test func `every example compiles without a complaint`() {
    let blocks = page.text.blocks(of: "yaml")
    #expect(blocks.count >= 15)
    for block in blocks {
      let compilation = Compilation(of: Array(block.asProfile.utf8), name: "example.yaml")
      let complaints = compilation.diagnostics
      #expect(complaints.isEmpty, "\(compilation.report(complaints))\n\(block)")
      #expect(compilation.program != nil)
    }
  }

  @Test(arguments: ProfileKeys.mapping.reserved)
  func `every reserved key is named among those of the top level`(key: String) {
    #expect(page.section("A profile").contains("`\(key)`"))
  }

  @Test(arguments: NameTable.reserved.sorted())
  func `every reserved word is named`(word: String) {
    #expect(page.section("Overview").contains("`\(word)`"))
  }

  @Test(arguments: CommitmentStatus.allCases)
  func `every status is named`(status: CommitmentStatus) {
    #expect(page.section("A commitment").contains("`\(status.rawValue)`"))
  }

  @Test func `the limits are those of the code`() {
    let rows = page.section("Limits").tableRows
    #expect(rows.compactMap(\.last).map { Int($0) } == Self.limits)
  }

  @Test func `the cues of the table match as it says`() throws {
    let rows = page.section("Cues").tableRows.map { $0.map(\.withoutBackticks) }
    #expect(rows.count > 15)
    for row in rows {
      let matcher = PhraseMatcher(phrases: [try Phrase(parsing: row[0])])
      #expect(matcher.matches(in: row[1]) == [true], "\(row)")
      #expect(matcher.matches(in: row[2]) == [false], "\(row)")
    }
  }

  /// In the order of the table.
  private static var limits: [Int?] {
    let limits = ProfileLimits.standard
    let reading = limits.reading
    return [
      reading.fileBytes, reading.scalarBytes, reading.nodes, reading.aliasBytes, reading.depth,
      reading.directives,
      reading.diagnostics, limits.declarations, limits.states, limits.transitions, limits.questions,
      limits.gates, limits.treeDepth, VariableKeys.bounds.lowerBound, VariableKeys.bounds.upperBound,
      Program.maximumWindow, Program.statementBudgets.upperBound, ConditionParser.maximumDepth,
      ConditionParser.maximumTokens,
      ConditionParser.maximumDepth,
    ]
  }
}

extension String {
  /// A fragment of a profile below the two lines that every profile needs.
  var asProfile: String {
    hasPrefix("dramatis:") ? self : "dramatis: 1\ncharacter: Mara\n\(self)"
  }
}
