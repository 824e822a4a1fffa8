import Dramatis
import Testing

@testable import DramatisCompiler

@Suite struct ScenarioSuggesterTests {
  /// What is suggested for a profile that no scenario has used.
  private func suggestions(_ program: Program) async throws -> (text: String?, missing: [CoverageReport.Part])
  {
    let (explored, nothing) = (SlicedExploration(of: program), Coverage(of: program))
    let report = CoverageReport(nothing, of: program, explored: explored)
    return try await ScenarioSuggester(for: program, explored: explored)
      .suggestions(for: report.uncovered, coverage: nothing, profile: "ann.yaml")
  }

  @Test func `what is suggested is a sound file whose scenarios pass and cover everything`() async throws {
    let program = try ScenarioSamples.program()
    let (suggested, missing) = try await suggestions(program)
    #expect(missing.isEmpty, "\(missing.map(\.name))")
    let text = try #require(suggested)
    let reading = ScenarioFile(of: Array(text.utf8), name: "s.yaml").reading(for: program)
    #expect(reading.diagnostics.isEmpty, "\(text)")
    var coverage = Coverage(of: program)
    for scenario in reading.scenarios {
      let outcome = try await ScenarioRunner(program).run(scenario)
      #expect(outcome.failures.isEmpty, "\(text)")
      coverage.formUnion(outcome.coverage)
    }
    #expect(CoverageReport(coverage, of: program).percent == 100)
  }

  @Test func `a way through chance, data, partners and the character's own actions is found`() async throws {
    let text = """
      dramatis: 1
      character: Ann
      questions:
        a: { ask: Is it so? }
        b: { ask: Is it otherwise? }
      machines:
        mood:
          states: { one: , two: , three: }
          transitions:
            - { from: unactivated, to: one, when: chance(0.3) and event.data.gold >= 7 }
            - { from: one, to: two, role: active, when: a }
            - { from: two, to: three, when: turn >= 9 }
      behavior:
        toward Bram:
          with: Bram
          statements:
            - when: mood == three
              then:
                - when: a and not b or event.kind == "gift"
                  then: [Yes.]
                  else: [No.]
                  unknown: [Perhaps.]

      """
    let program = try #require(Compilation(of: Array(text.utf8), name: "ann.yaml").program)
    let (_, missing) = try await suggestions(program)
    #expect(missing.isEmpty, "\(missing.map(\.name))")
  }

  @Test func `where everything is used nothing is suggested`() async throws {
    let text = "dramatis: 1\ncharacter: Ann\nbehavior: { personality: [Ann hums.] }\n"
    let program = try #require(Compilation(of: Array(text.utf8), name: "ann.yaml").program)
    #expect(try await suggestions(program).text == nil)
  }
}
