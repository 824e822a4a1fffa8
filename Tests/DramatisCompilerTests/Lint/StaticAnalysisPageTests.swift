import Foundation
import TestSupport
import Testing

@testable import DramatisCompiler

/// The page of the rules says of each what the rule says; `UPDATE_GOLDENS=1` writes the table anew, and then the test fails.
@Suite struct StaticAnalysisPageTests {
  private let page: Page

  init() throws {
    page = try Page("Sources/DramatisCompiler/Documentation.docc/StaticAnalysis.md")
  }

  @Test func `the table has every rule in order, with its page, name, severity and summary`() throws {
    let found = page.section("The rules").split(separator: "\n").filter { $0.hasPrefix("|") }.joined(
      separator: "\n")
    if Repository.isUpdatingGoldens {
      try Data(page.text.replacing(found, with: Self.table).utf8).write(to: page.file)
      Issue.record("the table of the rules was written anew; read it and run the tests again")
      return
    }
    #expect(found == Self.table)
  }

  @Test func `the page says how many findings one file may have`() {
    #expect(page.text.contains("\(ReadLimits.standard.diagnostics) findings"))
  }

  private static let table =
    ([
      "| code | name | severity | in stories | what it finds |",
      "| --- | --- | --- | --- | --- |",
    ]
    + Linter.rules.map { rule in
      let code = rule.code
      return
        "| [\(code)](Lint/\(code).md) | `\(code.name)` | \(code.isOnRequest ? "off" : "\(code.severity)") | "
        + "\(rule.looksAtStories ? "yes" : "") | \(phrase(code.summary)) |"
    }).joined(separator: "\n")

  /// A summary as a part of a sentence.
  private static func phrase(_ summary: String) -> String {
    summary.prefix(1).lowercased() + summary.dropFirst().dropLast()
  }
}
