import Testing

@testable import DramatisCompiler

/// Profiles made to cost the rules much are checked all the same, and soon.
@Suite struct HostileLintTests {
  /// Each cue begins with all that are shorter.
  private static let growingCues: String = {
    let cues = (1...150).map { String(repeating: "a", count: $0) + "*" }.joined(separator: ", ")
    return "questions: { q: { ask: Q?, cues: [\(cues)] } }\nlines: [{ when: q, say: x }]\n"
  }()

  private static let comments: String =
    "lines:\n" + (0..<600).map { "  - x\($0)  # dramatis: ignore unused-question\n" }.joined()

  private static let commentsOnFile: String =
    "# dramatis: ignore-file L001\n" + String(repeating: "# dramatis: ignore-file L001\n", count: 600)

  @Test(
    .timeLimit(.minutes(2)),
    arguments: [
      ("growing cues", "", growingCues, UselessCue.code),
      ("comments", "", comments, UnusedSuppression.code),
      ("comments on the file", commentsOnFile, "lines: [x]\n", UnusedSuppression.code),
    ])
  func `a profile that would cost much is checked soon`(
    what: String, head: String, body: String, code: DiagnosticCode
  ) {
    let text = head + "dramatis: 1\ncharacter: Ann\n" + body
    let compilation = Compilation(of: Array(text.utf8), name: "\(what).yaml")
    #expect(compilation.program != nil, "\(compilation.report(compilation.errors))")
    #expect(compilation.linted().diagnostics.contains { $0.code == code })
  }

  @Test func `where the work is used up, nothing more is claimed`() throws {
    let text = "dramatis: 1\ncharacter: Ann\nlines: [{ when: turn > 3, say: x }]\n"
    let program = try #require(Compilation(of: Array(text.utf8), name: "a.yaml").program)
    let formulas = ProgramFormulas(of: program)
    let demand = Constraint(try #require(formulas.lines.first ?? nil), is: .yes)
    let worlds = Worlds(of: formulas.space)
    var (enough, none) = (1, 0)
    #expect(formulas.space.possibility(of: [demand], in: worlds, work: &enough) == .possible)
    #expect(enough == 0)
    #expect(formulas.space.possibility(of: [demand], in: worlds, work: &none) == .undecided)
  }
}
