import DramatisCompiler
import TestSupport
import Testing

/// A condition with a mistake; `‸` stands before the character to which the diagnostic points.
struct Mistake: Sendable {
  let code: DiagnosticCode
  let text: String

  init(_ code: DiagnosticCode, _ text: String) {
    (self.code, self.text) = (code, text)
  }

  static let all = [
    Mistake(.unknownName, "‸acused"), Mistake(.unknownName, "‸wary"), Mistake(.unknownName, "‸event.foo"),
    Mistake(.unknownName, "‸asks('x')"), Mistake(.unknownName, "trust > ‸trst"),
    Mistake(.unknownState, "mood == ‸warx"), Mistake(.unknownState, "mood in [wary, ‸'warx']"),
    Mistake(.unknownWord, "weather == ‸fog"), Mistake(.unknownWord, "silver_key == ‸payed"),
    Mistake(.conditionSyntax, "accused ‸&& isOpen"), Mistake(.conditionSyntax, "accused ‸|| isOpen"),
    Mistake(.conditionSyntax, "‸!accused"), Mistake(.conditionSyntax, "trust ‸= 1"),
    Mistake(.conditionSyntax, "accused ‸isOpen"), Mistake(.conditionSyntax, "accused ‸AND isOpen"),
    Mistake(.conditionSyntax, "mood ‸not in [wary]"), Mistake(.conditionSyntax, "trust >‸"),
    Mistake(.conditionSyntax, "‸(accused or isOpen"), Mistake(.conditionSyntax, "accused‸)"),
    Mistake(.conditionSyntax, "mood in ‸[wary, warm"), Mistake(.conditionSyntax, "ask‸('x'"),
    Mistake(.conditionSyntax, "ask(‸'x)"), Mistake(.conditionSyntax, "ask('x‸\\q')"),
    Mistake(.conditionSyntax, "0 < trust ‸< 5"), Mistake(.conditionSyntax, "trust > ‸3rd"),
    Mistake(.conditionSyntax, "accused ‸é̸ or isOpen"), Mistake(.conditionSyntax, "accused or ‸and isOpen"),
    Mistake(.conditionSyntax, "trust ‸% 2 == 0"), Mistake(.conditionSyntax, "event.data.‸5 == 1"),
    Mistake(.conditionSyntax, "mood in [wary ‸warm]"), Mistake(.conditionSyntax, "accused ‸\u{1F98A}"),
    Mistake(.conditionType, "‸trust"), Mistake(.conditionType, "‸mood"), Mistake(.conditionType, "‸5"),
    Mistake(.conditionType, "‸actor"), Mistake(.conditionType, "‸event.kind"),
    Mistake(.conditionType, "‸trust == 'a'"), Mistake(.conditionType, "trust > ‸accused"),
    Mistake(.conditionType, "mood == ‸3"), Mistake(.conditionType, "‸mood < wary"),
    Mistake(.conditionType, "‸actor > 'a'"), Mistake(.conditionType, "trust + ‸1.5 > 2"),
    Mistake(.conditionType, "trust / ‸0 > 2"), Mistake(.conditionType, "trust in ‸5"),
    Mistake(.conditionType, "trust in [1, ‸'a']"), Mistake(.conditionType, "‸isOpen in [true]"),
    Mistake(.conditionType, "‸ask(5)"), Mistake(.conditionType, "‸chance('a')"),
    Mistake(.conditionType, "(‸not accused) == true"),
    Mistake(.conditionType, "‸previous(mood) == wary"), Mistake(.conditionType, "trust > ‸previous(trust)"),
    Mistake(.conditionType, "‸previous(isOpen)"), Mistake(.conditionType, "mood != ‸previous(mood)"),
    Mistake(.conditionType, "‸previous(mood) in [wary]"), Mistake(.conditionType, "newly(‸isOpen)"),
    Mistake(.conditionType, "‸newly(accused, accused)"), Mistake(.conditionType, "‸newly(accused) == 1"),
    Mistake(.conditionType, "previous(‸silver_key) == paid"), Mistake(.conditionType, "‸previous('x')"),
    Mistake(.conditionType, "previous(‸turn) > 1"), Mistake(.unknownName, "previous(‸moood) == wary"),
    Mistake(.unknownName, "newly(‸acused)"),
    Mistake(.numberOutOfRange, "chance(‸1.5)"), Mistake(.numberOutOfRange, "trust > ‸9223372036854775808"),
    Mistake(.numberOutOfRange, "event.data.x > ‸1e999"),
    Mistake(.nothingThere, "ask(‸' ')"), Mistake(.nothingThere, "trust in ‸[]"),
  ]
}

/// A way of writing a text in YAML that leaves the marker where it is.
enum MistakeStyle: CaseIterable {
  case plain, plainOverLines, single, double, doubleWithEscapes, doubleOverLines, folded, literal

  func yaml(_ text: String) -> String {
    let doubled = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return switch self {
    case .plain: text
    case .plainOverLines: broken(text)
    case .single: "'\(text.replacing("'", with: "''"))'"
    case .double: "\"\(doubled)\""
    case .doubleWithEscapes:
      "\"\(doubled.replacing("é", with: "\\xE9").replacing("🦊", with: "\\U0001F98A"))\""
    case .doubleOverLines: "\"\(broken(doubled).replacing("turn >", with: "turn \\\n      >"))\""
    case .folded: ">\n    \(broken(text))\n"
    case .literal: "|-\n    \(broken(text))\n"
    }
  }

  private func broken(_ text: String) -> String {
    text.replacing(" and ", with: " and\n    ", maxReplacements: 2)
  }
}

@Suite struct ConditionMistakeTests {
  @Test(arguments: Mistake.all, MistakeStyle.allCases)
  func `a mistake is placed at its exact character`(mistake: Mistake, style: MistakeStyle) {
    let condition = "turn > 0 and ask(\"é🦊\\n?\") and " + mistake.text
    let marked = RandomConditionText.profile + "relevant: \(style.yaml(condition))\n"
    let place = Self.position(of: "‸", in: marked)
    let yaml = marked.replacing("‸", with: "")
    let errors = Compilation(of: Array(yaml.utf8), name: "test.yaml").errors
    #expect(errors.map(\.code) == [mistake.code], "\(yaml)")
    let starts = errors.compactMap(\.span?.start)
    #expect(starts.map { [$0.line, $0.column] } == [place], "\(yaml)")
  }

  static func position(of mark: Unicode.Scalar, in text: String) -> [Int] {
    let before = text.unicodeScalars.prefix { $0 != mark }
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    return [lines.count, (lines.last?.count ?? 0) + 1]
  }

  @Test func `a condition beyond the limits of depth and length is refused and not crashed on`() {
    let deep = String(repeating: "(", count: 10_000) + "true"
    let long = Array(repeating: "true", count: 6_000).joined(separator: " or ")
    let nots = String(repeating: "not ", count: 10_000) + "true"
    let minus = "trust > " + String(repeating: "-", count: 10_000) + "1"
    let sums = "trust > " + Array(repeating: "1", count: 5_000).joined(separator: "+")
    for text in [deep, long, nots, minus, sums] {
      let yaml = RandomConditionText.profile + "relevant: '\(text)'\n"
      #expect(Compilation(of: Array(yaml.utf8), name: "x").errors.map(\.code) == [.conditionSyntax])
    }
  }
}
