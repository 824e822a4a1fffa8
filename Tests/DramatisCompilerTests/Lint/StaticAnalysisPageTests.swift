import TestSupport
import Testing

@testable import DramatisCompiler

/// The page of the rules says of each what the code says.
@Suite struct StaticAnalysisPageTests {
  private static let rules = DiagnosticCode.allCases.filter(\.isRule)
  private let page: Page

  init() throws {
    page = try Page("DramatisCompiler/Documentation.docc/StaticAnalysis.md")
  }

  @Test func `the table has every rule in order, with its page, name, severity and summary`() {
    let rows = page.section("The rules").tableRows
    #expect(rows.map { $0[0] } == Self.rules.map { "[\($0.rawValue)](Lint/\($0.rawValue).md)" })
    for (row, rule) in zip(rows, Self.rules) {
      #expect(row.count == 4)
      #expect(row[1] == "`\(rule.name)`")
      #expect(row[2] == rule.severity.rawValue)
      #expect(row[3] == Self.phrase(rule.summary), "\(rule.rawValue)")
    }
  }

  @Test func `the page says how many findings one file may have`() {
    #expect(page.text.contains("\(ReadLimits.standard.diagnostics) findings"))
  }

  /// A summary as a part of a sentence.
  private static func phrase(_ summary: String) -> String {
    summary.prefix(1).lowercased() + summary.dropFirst().dropLast()
  }
}
