import Testing

@testable import DramatisCompiler

/// One mistake is told once, with what to write instead.
@Suite struct OneMistakeTests {
  private static let head = "dramatis: 1\ncharacter: Orla\n"
  private static let use =
    "lines:\n  - { when: pinched and n > 1 and mood == low, say: \"{n} {mood}\" }\n  - { when: not pinched, say: No. }\n"
  private static let variable = "variables:\n  n: { initial: 0, min: 0, max: 9 }\n"
  private static let question = "questions:\n  pinched: { ask: Did someone pinch it? }\n"
  private static let machine =
    "machines:\n  mood:\n    states:\n      low: Orla sighs.\n    transitions:\n      - { from: any, to: low, when: pinched }\n"

  private static func sets(_ effect: String) -> String {
    "questions:\n  pinched: { ask: Pinched? }\nmachines:\n  m:\n    states: { s: Orla sits. }\n    transitions:\n"
      + "      - { from: any, to: s, when: pinched, set: { \(effect) } }\n"
  }

  private func report(_ text: String) -> (codes: [DiagnosticCode], text: String) {
    let compilation = Compilation(of: Array((Self.head + text).utf8), name: "orla.yaml")
    return (compilation.diagnostics.map(\.code), compilation.report(compilation.diagnostics))
  }

  @Test(arguments: [
    // Sections by other names.
    (
      variable.replacing("variables", with: "variabels") + question + machine + use,
      DiagnosticCode.unknownKey, "variables"
    ),
    (variable + question.replacing("questions", with: "qestions") + machine + use, .unknownKey, "questions"),
    (variable + question + machine.replacing("machines", with: "machine") + use, .unknownKey, "machines"),
    // A name that is missing, or does not stand out.
    (
      "variables:\n  initial: 0\n  min: 0\n  max: 9\n" + question + machine + use,
      .misplacedKey, "name is missing"
    ),
    (
      variable + "questions:\n  ask: Did someone pinch it?\n  cues: [pinch]\n" + machine + use, .misplacedKey,
      "name is missing"
    ),
    (variable + question + machine.replacing("  mood:\n", with: "") + use, .misplacedKey, "name is missing"),
    (
      variable + "questions:\n  pinched:\n  ask: Did someone pinch it?\n" + machine + use, .misplacedKey,
      "'pinched'"
    ),
    // Sections and keys at another level.
    (
      variable + question + "  machines:\n" + machine.replacing("machines:\n", with: "") + use, .misplacedKey,
      "2 blanks"
    ),
    (
      variable + question.replacing("  pinched", with: "pinched") + machine + use, .misplacedKey,
      "'questions'"
    ),
    (
      variable + question + machine.replacing("    transitions:\n  ", with: "      transitions:\n  ") + use,
      .misplacedKey, "6 blanks"
    ),
    (variable + question + machine.replacing("      low", with: "    low") + use, .misplacedKey, "'states'"),
    (
      variable + question + machine + "behavior:\n  manner:\n    - Orla hums.\n  "
        + use.replacing("\n  -", with: "\n    -"),
      .misplacedKey, "'lines' is a key of a profile"
    ),
    // Names that are none.
    (
      variable + question.replacing("pinched", with: "is-pinched")
        + machine.replacing("pinched", with: "is-pinched")
        + use.replacing("pinched", with: "is-pinched"), .badName, "is_pinched"
    ),
    (
      variable + question + machine.replacing("low:", with: "very low:").replacing("low,", with: "very low,")
        + use.replacing("== low", with: "== very low"), .badName, "very_low"
    ),
    (
      variable + question.replacing("pinched", with: "pin\u{200B}ched") + machine
        + use.replacing("pinched", with: "pin\u{200B}ched"),
      .badName, "U+200B"
    ),
    // Commas.
    (question + "lines:\n  - { when: chance(0,25), say: No. }\n", .unknownKey, "0.25"),
    (question + "lines:\n  - { when: ask(\"Is it Orla, or Piet?\"), say: No. }\n", .unknownKey, "quotes"),
    (question + "lines:\n  - when: turn > 1,5\n    say: No.\n", .conditionSyntax, "1.5"),
    (question + "lines:\n  - when: chance(0,5)\n    say: No.\n", .conditionType, "chance(0.5)"),
    (variable.replacing("max: 9", with: "max: 9,5"), .unknownKey, "9.5"),
    (
      "machines:\n  m:\n    probabilistic: belief\n    states: { a: , b: }\n    mixed: 0,4\n", .wrongType,
      "0.4"
    ),
    (
      variable + question + machine.replacing("when: pinched", with: "when: pinched, set: { n: max(n, 1) }")
        + use, .conditionSyntax, "quotes"
    ),
    // Numbers and booleans in other spellings.
    (variable.replacing("max: 9", with: "max: 1_000"), .wrongType, "write 1000"),
    (variable.replacing("max: 9", with: "max: 1e3"), .wrongType, "write 1000"),
    (variable.replacing("max: 9", with: "max: \"1,000\""), .wrongType, "write 1000"),
    (variable.replacing("max: 9", with: "max: 010"), .wrongType, "write 10"),
    (variable.replacing("max: 9", with: "max: 9.5"), .wrongType, "no fraction"),
    ("variables:\n  met: { initial: False }\n" + sets("met: true"), .wrongType, "true or false"),
    ("variables:\n  met: { initial: \"true\" }\n" + sets("met: true"), .wrongType, "without quotes"),
    ("variables:\n  met: { initial: off }\n" + sets("met: true"), .wrongType, "true or false"),
    ("variables:\n  met: { initial: false }\n" + sets("met: yes"), .unknownName, "write true"),
    ("variables:\n  met: { initial: false }\n" + sets("met: FALSE"), .unknownName, "write false"),
    (variable + sets("n:n+1"), .unknownName, "n: n+1"),
    // Words of other languages.
    (variable + "lines:\n  - { when: if n > 3, say: No. }\n", .conditionSyntax, "leave it out"),
    (variable + "lines:\n  - { when: n > 3 then, say: No. }\n", .conditionSyntax, "leave it out"),
    (variable + "lines:\n  - { when: n is not 3, say: No. }\n", .conditionSyntax, "write '!='"),
    (variable + "lines:\n  - { when: n equals 3, say: No. }\n", .conditionSyntax, "write '=='"),
    (variable + "lines:\n  - { when: n > 3 ∧ n < 5, say: No. }\n", .conditionSyntax, "write 'and'"),
    (variable + "lines:\n  - { when: n > 3%, say: No. }\n", .conditionSyntax, "without a sign"),
    (question + machine.replacing("when: pinched", with: "if: pinched"), .unknownKey, "'when'"),
    (question + machine.replacing("to: low", with: "goto: low"), .unknownKey, "'to'"),
    (question + machine.replacing("from: any", with: "from: \"*\""), .unknownState, "'any'"),
    (question + machine.replacing("from: any", with: "from: low other"), .unknownState, "[low, other]"),
    (
      question + machine.replacing("{ from: any, to: low, when: pinched }", with: "any -> low"), .wrongType,
      "from: wary"
    ),
    (question + machine + "lines:\n  - { when: mood.low, say: No. }\n", .unknownName, "mood == low"),
    (
      question + machine + "lines:\n  - { when: m\u{43E}\u{43E}d == low, say: No. }\n", .unknownName,
      "Cyrillic"
    ),
    (question + machine + "lines:\n  - { when: [pinched, mood == low], say: No. }\n", .wrongType, "joined"),
    (question + "lines:\n  - { when\u{2236} pinched, say: No. }\n", .unknownKey, "looks like one"),
    (question + "lines:\n  - { when: pinched, say: “No, no.” }\n", .unknownKey, "quotes"),
    // Merge keys.
    (
      question + "lines:\n  - &a { when: pinched, say: No. }\n  - { <<: *a, when: turn > 3 }\n", .mergeKey,
      "<<"
    ),
    (
      "questions:\n  <<: { pinched: { ask: Is it? } }\nlines:\n  - { when: pinched, say: No. }\n", .mergeKey,
      "<<"
    ),
    // Blanks that are missing.
    ("machines:\n  m:\n    states:\n      -low\n", .wrongType, "blank is missing behind the '-'"),
  ])
  func `one mistake is told once`(text: String, code: DiagnosticCode, words: String) {
    let report = report(text)
    #expect(report.codes == [code], "\(report.text)")
    #expect(report.text.contains(words), "\(report.text)")
  }

  @Test(arguments: [
    ("+= 2", "n + 2"), ("n -= 2", "n - 2"), ("+3", "n + 3"), ("n++", "n + 1"), ("--", "n - 1"),
    ("++n", "n + 1"),
    ("*= 2", "n * 2"), ("= n + 1", "n + 1"), (":= 4", "4"),
  ])
  func `a change as other languages write it gets the value to write`(written: String, value: String) {
    let text =
      Self.variable + Self.question
      + Self.machine.replacing("when: pinched }", with: "when: pinched, set: { n: \"\(written)\" } }")
    let report = report(text)
    #expect(report.codes == [.conditionSyntax] && report.text.contains("write n: \(value)"), "\(report.text)")
  }

  @Test(arguments: [
    ("turn => 2", ">="), ("turn =< 2", "<="), ("turn <> 2", "!="), ("turn === 2", "=="), ("turn !== 2", "!="),
    ("turn > 1 & turn < 3", "and"), ("turn > 1 | turn < 3", "or"), ("turn ＞ 2", ">"), ("turn > ２", "2"),
    ("turn − 1 > 2", "-"), ("turn > +2", "plus sign"), ("turn\u{2060} > 2", "U+2060"),
    ("turn += 2", "below 'set'"),
  ])
  func `an operator of another language gets the one to write`(written: String, words: String) {
    let report = report("relevant: \(written)\n")
    #expect(report.codes.count == 1 && report.text.contains(words), "\(report.text)")
  }

  @Test(arguments: [
    "variables:\n  initial: { initial: 0, min: 0, max: 1 }\n  max: { initial: 0, min: 0, max: 1 }\n",
    "machines:\n  states: { states: { states: A state. } }\n",
    "behavior:\n  lines: [Orla hums.]\n  questions: [Orla asks.]\n",
    "machines:\n  m:\n    states:\n      stay: Orla stays.\n      mixed:\n",
    "questions:\n  machines: { ask: Is it? }\n",
    "behavior:\n  voice: [Low.]\n  statements: { statements: [Orla hums.] }\n",
  ])
  func `a name may be a word that is a key elsewhere`(text: String) {
    let report = report(text)
    #expect(report.codes.isEmpty, "\(report.text)")
  }
}
