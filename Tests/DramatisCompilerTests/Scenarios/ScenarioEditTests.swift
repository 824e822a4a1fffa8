import Testing

@testable import DramatisCompiler

@Suite struct ScenarioEditTests {
  /// The events of a scenario after all edits.
  private func updated(_ events: String) async throws -> String {
    let (reading, outcome) = try await ScenarioSamples.outcome(events)
    let text = String(decoding: reading.file.applying(outcome.edits), as: UTF8.self)
    let again = try ScenarioSamples.reading(text)
    #expect(again.diagnostics.isEmpty, "\(text)")
    for scenario in again.scenarios {
      let failures = try await ScenarioRunner(ScenarioSamples.program()).run(scenario).failures
      #expect(failures.isEmpty, "\(failures)\n\(text)")
    }
    return String(text.dropFirst("scenarios: 1\ntests:\n  one:\n".count))
  }

  @Test func `only values that are wrong are written anew, and comments stay`() async throws {
    let events = """
          # a thief
          - text: Thief!     # said loudly
            expect:   { mood: warm,   trust: -1 , angry: true }   # both

      """
    let wanted = """
          # a thief
          - text: Thief!     # said loudly
            expect:   { mood: wary,   trust: -1 , angry: false }   # both

      """
    #expect(try await updated(events) == wanted)
  }

  @Test(arguments: [
    ("statements: [Ann smiles.]", "statements: [\"Ann hums.\", \"Ann points at the door.\"]"),
    ("statements: Ann smiles.", "statements: [\"Ann hums.\", \"Ann points at the door.\"]"),
    ("statements: { not: [Ann hums., Ann smiles.] }", "statements: { not: [\"Ann smiles.\"] }"),
    ("asked: []", "asked: [accused, praised]"),
    ("distributions: { nerve: { shaken: 0.5 } }", "distributions: { nerve: { shaken: 1.0 } }"),
  ])
  func `a list is written anew as a whole`(before: String, after: String) async throws {
    let events = "    - { text: Thief!, expect: { \(before) } }\n"
    #expect(try await updated(events) == "    - { text: Thief!, expect: { \(after) } }\n")
  }

  @Test func `a list with dashes keeps them`() async throws {
    let events = """
          - text: Thief!
            expect:
              statements:
              - Ann smiles.
              mood: warm

      """
    let wanted = """
          - text: Thief!
            expect:
              statements:
              - "Ann hums."
              - "Ann points at the door."
              mood: wary

      """
    #expect(try await updated(events) == wanted)
  }

  @Test func `an empty expectation is filled in`() async throws {
    let filled = try await updated("    - text: Thief!\n      expect:\n    - { text: Hm, expect: }\n")
    #expect(
      filled.hasPrefix(
        """
            - text: Thief!
              expect: { states: { mood: wary, nerve: shaken }, variables: { trust: -1, angry: false }, commitments: { key: planted }, statements: ["Ann hums.", "Ann points at the door."] }
            - { text: Hm, expect: { states: { mood: wary
        """))
  }
}
