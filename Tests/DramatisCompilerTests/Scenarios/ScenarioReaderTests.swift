import Testing

@testable import DramatisCompiler

@Suite struct ScenarioReaderTests {
  @Test(arguments: [
    ("dramatis: 1\n", DiagnosticCode.unsupportedFile, "this is not a file of scenarios"),
    ("scenarios: 2\ntests:\n", .unsupportedFile, "unsupported version '2'"),
    ("scenarios:\ntests:\n", .unsupportedFile, "the version is missing"),
    ("scenarios: 1\n", .missingKey, "a file of scenarios needs the key 'tests'"),
    ("scenarios: 1\ntest: {}\n", .unknownKey, "unknown key 'test'"),
    ("scenarios: 1\nseed: -1\ntests: {}\n", .numberOutOfRange, "-1 is out of range"),
    ("scenarios: 1\nspeak: maybe\ntests: {}\n", .wrongType, "expected true or false, found a text"),
    ("scenarios: 1\ntests: [a]\n", .wrongType, "expected a mapping of scenarios, found a list"),
    ("scenarios: 1\ntests:\n  a: []\n", .nothingThere, "this scenario has no events"),
    ("scenarios: 1\ntests: {}\n", .nothingExpected, "this file has no tests, so that none can fail"),
    ("scenarios: 1\ntests:\n", .nothingExpected, "this file has no tests, so that none can fail"),
    (
      "scenarios: 1\ntests:\n  a: { fails: no, events: [{ text: x, expect: { mood: wary } }] }\n",
      .unknownWord,
      "'no' is no reason why a scenario is known to fail"
    ),
    (
      "scenarios: 1\ntests:\n  a: { fails: False, events: [{ text: x, expect: { mood: wary } }] }\n",
      .unknownWord,
      "'False' is no reason why a scenario is known to fail"
    ),
    (
      "scenarios: 1\ntests:\n  a:\n    - { text: x, expect: { statements: [] } }\n", .nothingExpected,
      "'a' expects nothing, so that it cannot fail"
    ),
    (
      "scenarios: 1\ntests:\n  a:\n    - { text: x, expect: { statements: { not: [], fire: [] } } }\n",
      .nothingExpected, "'a' expects nothing, so that it cannot fail"
    ),
    ("scenarios: 1\ntests:\n  a: { seed: 1 }\n", .missingKey, "a scenario needs the key 'events'"),
    (
      "scenarios: 1\ntests:\n  a:\n    - { actor: Ann }\n", .missingKey,
      "an event needs 'text', 'scene' or 'kind'"
    ),
    (
      "scenarios: 1\ntests:\n  a:\n    - { text: x, times: 99999 }\n", .numberOutOfRange,
      "99999 is out of range"
    ),
  ])
  func `a mistake in the shape is reported`(text: String, code: DiagnosticCode, message: String) throws {
    let diagnostics = try ScenarioSamples.reading(text).diagnostics
    #expect(diagnostics.map(\.code) == [code])
    #expect(diagnostics.map(\.message) == [message])
  }

  @Test(
    arguments: [
      ("answers: { acused: yes }", .unknownName, "did you mean 'accused'?"),
      ("answers: { accused: perhaps }", .wrongType, nil),
      ("answers: { accused: 1.5 }", .wrongType, nil),
      ("set: { trst: 1 }", .unknownName, "did you mean 'trust'?"),
      ("set: { trust: much }", .wrongType, nil),
      ("expect: { moood: wary }", .unknownName, "did you mean 'mood'?"),
      ("expect: { mood: weary }", .unknownState, "did you mean 'wary'?"),
      ("expect: { states: { trust: 1 } }", .unknownName, "there are mood, nerve"),
      ("expect: { states: { mood: cold } }", .unknownState, "there are unactivated, wary, warm, other"),
      ("expect: { variables: { angry: 1 } }", .wrongType, nil),
      ("expect: { trust: 6 }", .numberOutOfRange, "it is -5 to 5"),
      ("expect: { variables: { trust: -6 } }", .numberOutOfRange, "it is -5 to 5"),
      ("expect: { key: due }", .unknownWord, "write one of planned, planted, triggered, paid, abandoned"),
      ("expect: { distributions: { mood: { wary: 1 } } }", .misplacedProbability, "expect its state"),
      ("expect: { distributions: { nerve: { shaken: 2 } } }", .numberOutOfRange, nil),
      ("expect: { statements: [Ann hmus.] }", .unknownStatement, "did you mean 'Ann hums.'?"),
      ("expect: { statements: { fires: [Ann hums.] } }", .unknownKey, "did you mean 'fire'?"),
      ("expect: { line: Out. }", .misplacedLine, "add 'speak: true' to the scenario or to the file"),
      ("expect: { asked: [acused] }", .unknownName, "did you mean 'accused'?"),
      ("expect: [mood]", .wrongType, nil),
    ] as [(String, DiagnosticCode, String?)])
  func `a name that means nothing is reported with what was probably meant`(
    part: String, code: DiagnosticCode, help: String?
  ) throws {
    let reading = try ScenarioSamples.reading("scenarios: 1\ntests:\n  a:\n    - { text: x, \(part) }\n")
    #expect(reading.diagnostics.map(\.code) == [code])
    if let help { #expect(reading.diagnostics.first?.help == [help]) }
    #expect(!reading.isSound)
  }

  @Test func `every mistake is reported in one run, in the order of the file`() throws {
    let text = """
      scenarios: 1
      tests:
        a:
          - { text: x, expect: { mood: weary } }
          - { txt: x }
        b:
          - { text: x, expect: { trst: 1 } }

      """
    let lines = try ScenarioSamples.reading(text).diagnostics.compactMap(\.span?.start.line)
    #expect(lines == [4, 5, 7])
  }

  @Test func `without its profile a file is still checked for its shape`() {
    let text = "scenarios: 1\ntests:\n  a:\n    - { text: x, expcet: {}, expect: { anything: at all } }\n"
    let reading = ScenarioFile(of: Array(text.utf8), name: "x").reading(for: nil)
    #expect(reading.diagnostics.map(\.code) == [.unknownKey])
  }

  @Test func `more turns than a file may have are refused`() throws {
    let events = String(repeating: "    - { text: x, times: 10000 }\n", count: 11)
    let reading = try ScenarioSamples.reading("scenarios: 1\ntests:\n  a:\n" + events)
    #expect(reading.diagnostics.map(\.code) == [.tooMany])
  }
}
