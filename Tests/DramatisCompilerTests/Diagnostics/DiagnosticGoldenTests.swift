import Foundation
import Testing

@testable import DramatisCompiler

/// Every report is kept word for word; `UPDATE_GOLDENS=1` writes them anew, and then the tests fail.
@Suite struct DiagnosticGoldenTests {
  @Test(arguments: Golden.all)
  func `a mistaken profile gives exactly the report that is kept for it`(golden: Golden) throws {
    try Golden.expect(golden.report, keptIn: golden.reportFile)
  }

  @Test(arguments: DiagnosticCode.all.filter { !$0.isOfScenarios && !$0.isRule })
  func `every code has a profile that shows it`(code: DiagnosticCode) {
    #expect(Golden.all.contains { $0.code == code })
  }

  @Test(arguments: Golden.all)
  func `a profile named for a code shows that code alone`(golden: Golden) {
    guard let code = golden.code else { return }
    let compilation = golden.compilation
    #expect(golden.report.contains("[\(code.rawValue)]: "))
    #expect(compilation.diagnostics.filter { $0.code != code && $0.severity == .error }.isEmpty)
    #expect((compilation.program == nil) == (code.severity == .error))
  }

  @Test(arguments: Golden.all)
  func `messages are lower case and have no full stop`(golden: Golden) {
    for diagnostic in golden.compilation.diagnostics {
      let texts = [diagnostic.message] + diagnostic.help + [diagnostic.label].compactMap(\.self)
      for text in texts {
        #expect(!text.isEmpty)
        #expect(text.last != "." && text.last != " ", "\(text)")
        #expect(text.first?.isUppercase != true, "\(text)")
      }
    }
  }

  @Test func `every kept report belongs to a profile`() {
    let reports = Set(Golden.all.map(\.reportFile.lastPathComponent))
    #expect(Set(Golden.contents(withExtensions: ["txt"])) == reports)
  }

  @Test func `a dozen different mistakes are reported in one run`() throws {
    let many = try #require(Golden.all.first { $0.name == "many.yaml" })
    #expect(Set(many.compilation.diagnostics.map(\.code)).count >= 12)
  }
}
