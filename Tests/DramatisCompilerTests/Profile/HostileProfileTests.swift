import Dramatis
import DramatisCompiler
import FoundationEssentials
import TestSupport
import Testing

/// Small files made to cost much are refused, or read, without costing much.
@Suite struct HostileProfileTests {
  private static func names(_ count: Int) -> [String] {
    (0..<count).map { "name_\(String(repeating: "x", count: 50))_\($0)" }
  }

  private static let manyUnknownNames: String =
    "variables:\n" + names(250).map { "  \($0): { initial: false }\n" }.joined() + "lines:\n"
    + names(2000).map { "  - { when: y\($0), say: x }\n" }.joined()

  private static let repeatedCondition: String = {
    let condition = "q" + String(repeating: " or q", count: 4900)
    return "questions: { q: { ask: Q? } }\nlines:\n  - { when: &a \(condition), say: x }\n"
      + String(repeating: "  - { when: *a, say: x }\n", count: 2000)
  }()

  private static let repeatedStatement: String =
    "behavior:\n  t:\n    - &a \(String(repeating: "y", count: 60_000))\n"
    + String(repeating: "    - *a\n", count: 2000)

  private static let braces: String = "lines:\n  - \"\(String(repeating: "{ ", count: 32_000))\"\n"

  private static let slots: String = "lines:\n  - \"\(String(repeating: "{x}", count: 20_000))\"\n"

  @Test(
    .timeLimit(.minutes(10)),
    arguments: [
      ("many unknown names", manyUnknownNames, DiagnosticCode.unknownName),
      ("a long condition repeated", repeatedCondition, .aliasExpansion),
      ("a long statement repeated", repeatedStatement, .aliasExpansion),
      ("open braces", braces, .unknownSlot),
      ("unknown slots", slots, .unknownSlot),
    ])
  func `a small file that would cost much is refused soon`(what: String, body: String, code: DiagnosticCode) {
    let text = "dramatis: 1\ncharacter: Mara\n" + body
    let compilation = Compilation(of: Array(text.utf8), name: "\(what).yaml")
    #expect(compilation.program == nil)
    #expect(compilation.diagnostics.contains { $0.code == code })
    #expect(compilation.report(compilation.diagnostics).utf8.count < 1 << 20)
  }
}
