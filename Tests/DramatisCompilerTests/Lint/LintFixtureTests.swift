import Foundation
import TestSupport
import Testing

@testable import DramatisCompiler

/// One rule, one page, one failing fixture; reports are kept as those of the compiler are.
@Suite struct LintFixtureTests {
  private static var isUpdating: Bool { ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" }

  @Test(arguments: LintFixture.all)
  func `a rule complains about its fixture, about nothing else there, and in these words`(
    fixture: LintFixture
  ) throws {
    let compilation = try fixture.mistaken()
    #expect(Set(compilation.diagnostics.map(\.code)) == [fixture.code])
    let report = compilation.report(compilation.diagnostics) + "\n"
    if Self.isUpdating {
      try Data(report.utf8).write(to: fixture.reportFile)
      Issue.record("the report of \(fixture.code) was written anew; read it and run the tests again")
      return
    }
    #expect(report == String(decoding: try Data(contentsOf: fixture.reportFile), as: UTF8.self))
  }

  @Test(arguments: LintFixture.all)
  func `every rule is silent about the profile put right`(fixture: LintFixture) throws {
    let compilation = try fixture.corrected()
    #expect(compilation.diagnostics.isEmpty, "\(compilation.report(compilation.diagnostics))")
  }

  @Test(arguments: LintFixture.all)
  func `the page of a rule shows a profile with the mistake and one without`(fixture: LintFixture) throws {
    let page = try Page("DramatisCompiler/Documentation.docc/Lint/\(fixture.code.rawValue).md")
    #expect(page.text.hasPrefix("# \(fixture.code.rawValue): "))
    #expect(page.text == fixture.code.page)
    let examples = page.text.blocks(of: "yaml")
    #expect(examples.count == 2)
    for (example, expected) in zip(examples, [[fixture.code], []]) {
      let compilation = Compilation(of: Array(example.asProfile.utf8), name: "example.yaml")
        .linted(fixture.settings)
      #expect(
        Set(compilation.diagnostics.map(\.code)) == Set(expected),
        "\(compilation.report(compilation.diagnostics))")
    }
  }

  @Test func `every file of the folder belongs to a rule, and every rule that looks has a code of its own`()
    throws
  {
    let names = try FileManager.default.contentsOfDirectory(atPath: LintFixture.folder.path())
    #expect(Set(names) == Set(LintFixture.all.flatMap { $0.files(in: Set(names)) }))
    let rules = Linter.rules.map { $0.code }
    #expect(rules == rules.sorted())
    #expect(Set(rules).count == rules.count)
  }

  @Test(arguments: LintFixture.all)
  func `messages are lower case and have no full stop`(fixture: LintFixture) throws {
    for diagnostic in try fixture.mistaken().diagnostics {
      for text in [diagnostic.message] + diagnostic.help + [diagnostic.label].compactMap(\.self) {
        #expect(!text.isEmpty && text.last != "." && text.first?.isUppercase != true, "\(text)")
      }
    }
  }

  @Test func `names of rules are distinct and are found whatever their case`() {
    for code in DiagnosticCode.allCases {
      #expect(DiagnosticCode(called: code.rawValue.lowercased()) == code)
      #expect(DiagnosticCode(called: code.name) == code)
      #expect(code.page.hasPrefix("# \(code.rawValue): "))
    }
    #expect(UnreachableState.code.name == "unreachable-state")
  }
}
