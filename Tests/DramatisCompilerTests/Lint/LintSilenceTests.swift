import Foundation
import TestSupport
import Testing

@testable import DramatisCompiler

/// Nothing is to be said about what ships.
@Suite struct LintSilenceTests {
  private static let profiles = ["Profiles", "Examples/Classics"].flatMap { folder in
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: Repository.file(folder).path())) ?? []
    return names.filter { $0.hasSuffix(".yaml") && !$0.contains(".scenarios.") }.sorted().map {
      "\(folder)/\($0)"
    }
  }

  @Test(arguments: profiles)
  func `every rule is silent about a profile that ships`(path: String) throws {
    let bytes = try Repository.bytes(path)
    let compilation = Compilation(of: bytes, name: path).linted()
    #expect(compilation.program != nil)
    #expect(compilation.diagnostics.isEmpty, "\(compilation.report(compilation.diagnostics))")
  }

  @Test func `there are profiles to look at`() {
    #expect(Self.profiles.count >= 6)
  }
}
