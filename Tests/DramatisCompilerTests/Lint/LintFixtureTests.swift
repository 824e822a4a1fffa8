import Foundation
import TestSupport
import Testing

@testable import DramatisCompiler

/// One rule, one page, one failing fixture; reports are kept as those of the compiler are.
@Suite struct LintFixtureTests {
  @Test(arguments: LintFixture.all)
  func `a rule complains about its fixture, about nothing else there, and in these words`(
    fixture: LintFixture
  ) throws {
    let compilation = try fixture.mistaken()
    #expect(Set(compilation.diagnostics.map(\.code)) == [fixture.code])
    try Golden.expect(compilation.report(compilation.diagnostics) + "\n", keptIn: fixture.reportFile)
  }

  @Test(arguments: LintFixture.all)
  func `every rule is silent about the profile put right`(fixture: LintFixture) throws {
    let compilation = try fixture.corrected()
    #expect(compilation.diagnostics.isEmpty, "\(compilation.report(compilation.diagnostics))")
  }

  @Test(arguments: LintFixture.all)
  func `the page of a rule shows a profile with the mistake and one without`(fixture: LintFixture) throws {
    let page = try Page("Sources/DramatisCompiler/Documentation.docc/Lint/\(fixture.code.rawValue).md")
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
    for code in DiagnosticCode.all {
      #expect(DiagnosticCode(called: code.rawValue.lowercased()) == code)
      #expect(DiagnosticCode(called: code.name) == code)
      #expect(code.page.hasPrefix("# \(code.rawValue): "))
    }
    #expect(UnreachableState.code.name == "unreachable-state")
  }
}

/// A profile that one rule complains about, its report, and the same profile put right.
struct LintFixture: Sendable, CustomTestStringConvertible {
  let code: DiagnosticCode

  static let all = Linter.rules.map { LintFixture(code: $0.code) }
  static let folder = Golden.folder.appending(path: "lint")

  var testDescription: String { code.rawValue }
  var reportFile: URL { Self.folder.appending(path: "\(code.rawValue).txt") }

  /// The profile with the mistake.
  func mistaken() throws -> Compilation { try linted("\(code.rawValue).yaml") }

  /// The profile without it.
  func corrected() throws -> Compilation { try linted("\(code.rawValue)-fixed.yaml") }

  private static let compilations = Memo<String, Compilation>()

  private func linted(_ name: String) throws -> Compilation {
    try Self.compilations.value(for: name) {
      let bytes = try Array(Data(contentsOf: Self.folder.appending(path: name)))
      return Compilation(of: bytes, name: name).linted(settings)
    }
  }

  /// What a rule needs to be told stands in a file of its own; most need nothing.
  var settings: LintSettings {
    guard let bytes = try? Data(contentsOf: Self.folder.appending(path: settingsFile)) else {
      return LintSettings()
    }
    return LintSettings.read(Array(bytes), name: settingsFile).settings
  }

  /// The names of the files that belong to the rule.
  func files(in folder: Set<String>) -> [String] {
    let code = code.rawValue
    return ["\(code).yaml", "\(code)-fixed.yaml", "\(code).txt"] + folder.intersection([settingsFile])
  }

  private var settingsFile: String { "\(code.rawValue).settings.yaml" }
}
