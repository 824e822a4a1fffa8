import Dramatis
import DramatisCompiler
import TestSupport
import Testing

/// Where parts of a profile come from.
@Suite struct ProvenanceTests {
  private static let body = """
    questions:
      accused: { ask: Does someone accuse Mara? }
    machines:
      mood:
        states: { wary: Mara watches hands. }
        transitions:
          - { from: any, to: wary, when: accused and turn > 1 }
    behavior:
      personality: [Mara counts twice.]

    """

  @Test func `sources are found by what they are about`() throws {
    let program = try compileMara(
      Self.body + """
        provenance:
          - { of: state, name: mood.wary, quote: ["never looked", "at a face"], at: line 3 }
          - { of: transition, name: mood.wary when accused and turn > 1, fact: She is easily hurt. }
          - { of: statement, name: Mara counts twice., evidence: 23 of 25 pairs }
        """)
    let transition = try #require(program.machines[0].transitions.first)
    #expect(
      program.sources(of: .transition, named: program.name(of: transition, in: 0)).map(\.summary)
        == ["She is easily hurt."])
    #expect(
      program.sources(of: .state, named: "mood.wary").map(\.summary)
        == ["“never looked” … “at a face” (line 3)"])
    #expect(
      program.sources(of: .statement, named: program.statements[0]).map(\.summary) == ["23 of 25 pairs"])
    #expect(program.sources(of: .gate, named: "mood.wary").isEmpty)
  }

  @Test func `they are part of a compiled program, and one without any is what it was`() throws {
    let plain = try compileMara(Self.body)
    #expect(!String(decoding: plain.fileBytes(), as: UTF8.self).contains("provenance"))
    let program = try compileMara(Self.body + "provenance: [{ of: state, name: mood.wary, fact: a }]")
    #expect(try Program(file: program.fileBytes()).provenance == program.provenance)
    #expect(program.provenance.count == 1)
  }

  @Test(arguments: [
    ("[{ of: mood, name: a }]", "unknown-word"), ("[{ of: state }]", "missing-key"),
    ("[{ of: state, name: a, quote: { b: c } }]", "wrong-type"),
  ])
  func `mistakes are told`(value: String, code: String) {
    let text = "dramatis: 1\ncharacter: Mara\nprovenance: \(value)\n"
    let compilation = Compilation(of: Array(text.utf8), name: "test.yaml")
    #expect(compilation.diagnostics.map(\.code.name) == [code])
  }

  @Test func `one that is about nothing is left alone`() throws {
    let text =
      "dramatis: 1\ncharacter: Mara\nprovenance: [{ of: statement, name: It was changed., fact: a }]\n"
    #expect(Compilation(of: Array(text.utf8), name: "test.yaml").linted().diagnostics.isEmpty)
  }
}
