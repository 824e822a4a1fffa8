import TestSupport
import Testing

@testable import DramatisCompiler

/// The page of diagnostics has a section for each code, and its examples show the mistake.
@Suite struct DiagnosticsPageTests {
  /// Rules have pages of their own.
  private static let codes = DiagnosticCode.allCases.filter { !$0.isRule }
  let page: Page

  init() throws {
    page = try Page("DramatisCompiler/Documentation.docc/Diagnostics.md")
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

  @Test func `the overview names the warnings`() {
    let overview = page.section("Overview")
    for code in Self.codes {
      let isNamed = overview.components(separatedBy: "```")[0].contains(code.rawValue)
      #expect(isNamed == (code.severity == .warning))
    }
  }
}
