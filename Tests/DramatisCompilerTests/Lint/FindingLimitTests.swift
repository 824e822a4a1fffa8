import Testing

@testable import DramatisCompiler

@Suite struct FindingLimitTests {
  private static let file = SourceFile(name: "x", text: String(repeating: "x\n", count: 1000))

  private static func diagnostics(_ codes: [DiagnosticCode]) -> [Diagnostic] {
    codes.enumerated().map { Diagnostic($1, message: "number \($0)", at: file.span($0 * 2..<$0 * 2 + 1)) }
  }

  @Test(arguments: [0, 1, 500])
  func `what one run can show is shown as it is`(count: Int) {
    let diagnostics = Self.diagnostics(Array(repeating: EmptyGate.code, count: count))
    #expect(diagnostics.limited() == diagnostics)
  }

  @Test func `of more than that the first are shown, and the last says how many there are besides`() {
    let diagnostics = Self.diagnostics(Array(repeating: EmptyGate.code, count: 512))
    let limited = diagnostics.limited()
    #expect(limited.count == 500)
    #expect(Array(limited.prefix(499)) == Array(diagnostics.prefix(499)))
    #expect(limited.last?.message == "number 499")
    #expect(limited.last?.help == ["this file has 12 more, which are left out"])
  }

  @Test func `errors are never left out for warnings, wherever they stand`() {
    let codes = Array(repeating: EmptyGate.code, count: 600) + [PropertyFails.code, .unknownState]
    let limited = Self.diagnostics(codes).limited()
    #expect(limited.count == 500)
    #expect(limited.suffix(2).map(\.code) == [PropertyFails.code, .unknownState])
    #expect(limited.map { $0.span?.start.offset ?? 0 } == limited.map { $0.span?.start.offset ?? 0 }.sorted())
    #expect(Self.diagnostics(codes.reversed()).limited().count { $0.severity == .error } == 2)
  }

  @Test func `a profile with more findings than that still says so at the end`() {
    let gates = (0..<700).map { "    - { when: turn == \($0), then: [] }\n" }.joined()
    let text = "dramatis: 1\ncharacter: Ann\nbehavior:\n  t:\n    - She is.\n" + gates
    let compilation = Compilation(of: Array(text.utf8), name: "a.yaml").linted()
    #expect(compilation.diagnostics.count == 700)
    #expect(compilation.diagnostics.limited().last?.help.last?.contains("200 more") == true)
  }
}
