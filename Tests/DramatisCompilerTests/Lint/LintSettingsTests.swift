import Testing

@testable import DramatisCompiler

/// Projects and comments decide which rules count.
@Suite struct LintSettingsTests {
  private static let unused = "questions: { q: { ask: Is it? } }\n"

  private func codes(_ body: String, _ settings: LintSettings = LintSettings()) -> [String] {
    let text = body.contains("dramatis: 1") ? body : "dramatis: 1\ncharacter: Mara\n" + body
    return Compilation(of: Array(text.utf8), name: "test.yaml").linted(settings).diagnostics
      .map { "\($0.severity.rawValue) \($0.code.rawValue)" }
  }

  @Test(arguments: [
    ("L010: off", []), ("unused-question: off", []), ("l010: error", ["error L010"]),
    ("L010: warning", ["warning L010"]), ("L001: off", ["warning L010"]),
  ])
  func `a project sets a rule by code or name`(rule: String, expected: [String]) throws {
    let (settings, report) = LintSettings.read(Array("rules: { \(rule) }\n".utf8), name: ".dramatis.yaml")
    #expect(report.diagnostics.isEmpty)
    #expect(codes(Self.unused, settings) == expected)
  }

  @Test(arguments: [
    ("rules: { L999: off }", "P027", 1, 10), ("rules: { P012: off }", "P024", 1, 10),
    ("rules: { L010: never }", "P024", 1, 16), ("budget: 3", "P018", 1, 1),
    ("questions-budget: many", "P017", 1, 19), ("rounds-budget: -1", "P021", 1, 16),
    ("positions-budget: 0", "P021", 1, 19), ("[]", "P017", 1, 1),
    ("rules: [L010]", "P017", 1, 8), ("rules: {", "P007", 1, 9),
  ])
  func `a mistake in the settings has its place`(text: String, code: String, line: Int, column: Int) throws {
    let report = LintSettings.read(Array(text.utf8), name: ".dramatis.yaml").report
    let mistake = try #require(report.diagnostics.first)
    #expect(mistake.code.rawValue == code && mistake.severity == .error)
    #expect(mistake.span?.start.line == line && mistake.span?.start.column == column)
  }

  @Test(arguments: ["", "# nothing yet\n", "rules:\n"])
  func `settings may be empty`(text: String) {
    let (settings, report) = LintSettings.read(Array(text.utf8), name: ".dramatis.yaml")
    #expect(settings == LintSettings() && report.diagnostics.isEmpty)
  }

  @Test(arguments: [
    ("questions:\n  q: { ask: Is it? } # dramatis: ignore L010\n", []),
    ("questions:\n  # dramatis: ignore L010\n\n  # and so on\n  q: { ask: Is it? }\n", []),
    (
      "questions:\n  # dramatis: ignore L010\n  q: { ask: Is it? }\n  r: { ask: Was it? }\n", ["warning L010"]
    ),
    (
      "# why\n\n# dramatis: ignore-file L010\ndramatis: 1\ncharacter: Mara\nquestions: { q: { ask: Is it? }, r: { ask: Or? } }\n",
      []
    ),
    ("# dramatis: ignore-file L010\nquestions: { q: { ask: Is it? } }\n", ["warning L023", "warning L010"]),
    ("questions:\n  q: { ask: \"Is # dramatis: ignore L010\" }\n", ["warning L010"]),
    ("questions:\n  q: { ask: Is it? } # dramatis: ignore L010, L023, L001\n", []),
    ("questions:\n  q: { ask: Is it? }# dramatis: ignore L010\n", ["warning L010"]),
    ("# dramatis: nothing\nlines: [One.]\n", []),
  ])
  func `a comment silences its line, the next one or the file`(body: String, expected: [String]) {
    #expect(codes(body) == expected)
  }

  @Test func `a comment about a rule that the project does without is no mistake`() {
    var settings = LintSettings()
    settings.levels[UnusedQuestion.code] = .off
    #expect(codes("questions: { q: { ask: Is it? } } # dramatis: ignore L010\n", settings).isEmpty)
  }

  @Test func `warnings of the compiler can be set and silenced, its errors cannot`() {
    var settings = LintSettings()
    settings.levels[.controlCharacter] = .error
    #expect(codes("summary: \"a\\u0007\"\n", settings) == ["error P035"])
    #expect(codes("summary: \"a\\u0007\" # dramatis: ignore P035\n").isEmpty)
    #expect(codes("summery: a # dramatis: ignore P018\n") == ["error P018"])
  }
}
