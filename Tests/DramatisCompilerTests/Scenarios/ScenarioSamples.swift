import Dramatis
import Testing

@testable import DramatisCompiler

/// A profile with something of everything that scenarios can expect.
enum ScenarioSamples {
  static let profile = """
    dramatis: 1
    character: Ann
    variables:
      trust: { initial: 0, min: -5, max: 5 }
      angry: { initial: false }
    questions:
      accused: { ask: Does someone accuse Ann?, cues: [thief] }
      praised: { ask: Does someone praise Ann?, cues: [lovely] }
    machines:
      mood:
        states: { wary: , warm: }
        transitions:
          - { from: any, to: wary, when: accused, set: { trust: trust - 1 } }
          - { from: [unactivated, wary], to: warm, when: praised }
          - { from: warm, to: other, when: 'event.data.gold > 9' }
      nerve:
        probabilistic: belief
        states: { shaken: }
        transitions: [{ from: any, to: shaken, when: accused }]
    behavior:
      personality:
        - Ann hums.
        - { when: accused, then: [Ann points at the door.], else: [Ann smiles.] }
    commitments:
      key: { foreshadow: A key., trigger: turn > 3, payoff: A door. }
    lines:
      - { when: mood == wary, say: Out. }
      - Well.

    """

  static func program() throws -> Program {
    try #require(Compilation(of: Array(profile.utf8), name: "ann.yaml").program)
  }

  static func reading(_ text: String) throws -> ScenarioReading {
    ScenarioFile(of: Array(text.utf8), name: "ann.scenarios.yaml").reading(for: try program())
  }

  /// What comes of the only scenario of a file whose events are given.
  static func outcome(_ events: String, settings: String = "") async throws -> (
    ScenarioReading, ScenarioOutcome
  ) {
    let reading = try reading("scenarios: 1\n\(settings)tests:\n  one:\n\(events)")
    #expect(reading.isSound, "\(reading.diagnostics)")
    let scenario = try #require(reading.scenarios.first)
    return (reading, try await ScenarioRunner(program()).run(scenario))
  }
}
