import Foundation
import TestSupport
import Testing

@testable import DramatisCompiler

/// The page of diagnostics has a section for each code, and its examples show the mistake; `UPDATE_GOLDENS=1` writes
/// anew which are warnings.
@Suite struct DiagnosticsPageTests {
  /// Rules have pages of their own.
  private static let codes = DiagnosticCode.all.filter { !$0.isRule }
  let page: Page

  init() throws {
    page = try Page("Sources/DramatisCompiler/Documentation.docc/Diagnostics.md")
  }

  @Test func `every code has one section, in order`() {
    let headings = page.sections.map(\.heading).filter { $0 != "Overview" }
    #expect(headings.map { String($0.prefix(4)) } == Self.codes.map(\.rawValue))
    for heading in headings { #expect(heading.dropFirst(4).hasPrefix(": ") && heading.count > 6) }
  }

  @Test(arguments: Self.codes)
  func `a code has a summary, a page, and an example that shows it`(code: DiagnosticCode) throws {
    let section = try #require(page.sections.first { $0.heading.hasPrefix(code.rawValue) })
    #expect(code.summary.hasSuffix("."))
    #expect(section.body.contains { $0.isLetter })
    for example in section.body.blocks(of: "yaml") {
      let compilation = Compilation(of: Array(example.asProfile.utf8), name: "example.yaml")
      #expect(compilation.diagnostics.map(\.code) == [code], "\(compilation.report(compilation.diagnostics))")
    }
  }

  @Test func `the overview names the warnings`() throws {
    let warnings = Self.codes.filter { $0.severity == .warning }.map(\.rawValue)
    let named = warnings.dropLast().joined(separator: ", ") + " and \(warnings.last ?? "")"
    let overview = page.section("Overview")
    let found = overview.components(separatedBy: " does not: ")[1].components(separatedBy: " are warnings")[0]
    if Repository.isUpdatingGoldens {
      try Data(page.text.replacing("\(found) are warnings", with: "\(named) are warnings").utf8).write(
        to: page.file)
      Issue.record("the warnings were named anew; read the page and run the tests again")
      return
    }
    #expect(found == named)
    #expect(overview.contains("\(named) are warnings, all others are errors"))
  }
}
