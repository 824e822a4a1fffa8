import TestSupport
import Testing

@testable import DramatisCompiler

/// What can never come about, for whom it is asked and by which state it waits; and what only a model brings about.
@Suite struct DeadLogicTests {
  /// A porter with a belief and a machine, of which a transition, a gate and a line are given.
  private static func profile(
    transition: String = "from: open, to: shut, when: late", gate: String = "gate == open",
    line: String = "gate == shut", questions: String = ""
  ) -> String {
    """
    dramatis: 1
    character: Odo
    aliases: [the porter]
    questions:
      bell: { ask: Does the bell ring?, cues: [ring*, bell], otherwise: no }
      late: { ask: Is it late?, cues: [late] }
    \(questions)
    machines:
      gate:
        states: { open: The gate is open., shut: The gate is shut. }
        transitions:
          - { from: unactivated, to: shut, when: late }
          - { \(transition) }
          - { from: shut, to: open, when: bell and turn > 2 }
      nerves:
        probabilistic: belief
        states: { calm: Odo hums., tense: Odo listens. }
        transitions:
          - { from: any, to: calm, when: late }
          - { from: calm, to: tense, when: bell }
    behavior:
      duty:
        - { when: \(gate), then: [Odo stands aside.] }
        - { when: nerves == tense, then: [Odo counts.] }
    lines: [{ when: \(line), say: Wait. }, Well.]

    """
  }

  private static func codes(_ text: String, _ settings: LintSettings = LintSettings()) -> [String] {
    Compilation(of: Array(text.utf8), name: "odo.yaml").linted(settings).diagnostics.map {
      "\($0.code.rawValue):\($0.span?.start.line ?? 0)"
    }
  }

  @Test(arguments: [
    ("from: other, to: open, when: late", ["L063:13"]),
    ("from: [other], to: shut, when: bell", ["L063:13"]),
    ("from: [shut, other], to: shut, when: late and turn > 4", []),
    ("from: any, to: shut, when: late and turn > 4", []),
    ("from: shut, to: other, when: late", []),
  ])
  func `a transition that leaves only what nothing enters is found`(transition: String, expected: [String]) {
    #expect(Self.codes(Self.profile(transition: transition)) == expected)
  }

  @Test(arguments: [
    ("from: shut, to: open, when: actor == \"Odo\"", ["L004:13"]),
    ("from: shut, to: open, when: actor == \"the porter\" and late", ["L004:13"]),
    ("from: shut, to: open, when: actor == \"Odo\", role: active", []),
    ("from: shut, to: open, when: actor == \"Odo\" and late, role: any", []),
    ("from: shut, to: open, when: actor == \"Ida\" and late, role: active", ["L004:13"]),
    ("from: shut, to: open, when: actor == \"Ida\" and late", []),
    ("from: shut, to: open, when: 'actor in [\"Ida\", \"Odo\"] and late'", []),
    ("from: shut, to: open, when: not actor == \"Odo\" and late", []),
    ("from: shut, to: open, when: event.kind == \"nod\", role: active", []),
  ])
  func `a guard that asks for an actor whose events it is never tried on is found`(
    transition: String, expected: [String]
  ) {
    #expect(Self.codes(Self.profile(transition: transition)) == expected)
  }

  @Test(arguments: [
    ("actor == \"Odo\"", "late", ["L004:23"]), ("bell", "actor == \"Odo\" and late", ["L004:25"]),
    ("actor == \"Ida\"", "actor == \"Ida\"", []),
    ("p(nerves == other) > 0.2", "late", ["L018:23"]), ("p(nerves == other) < 0.2", "late", []),
    ("p(nerves == calm) > 0.2", "late", []), ("bell", "0.1 <= p(nerves == other)", ["L018:25"]),
    ("p(nerves == calm) == 0.25", "late", ["L064:23"]),
    ("bell", "'p(nerves == calm) in [0.1, 0.2]'", ["L064:25"]),
    ("0.3 != p(nerves == tense)", "late", ["L064:23"]), ("p(nerves == calm) == 1", "late", []),
    ("p(nerves == calm) == 0", "p(nerves == calm) >= 0.5", []),
  ])
  func `gates and lines are looked at where others act, and in probabilities that come about`(
    gate: String, line: String, expected: [String]
  ) {
    let text = Self.profile(gate: gate, line: line)
    #expect(Self.codes(text).filter { !$0.hasPrefix("L017") && !$0.hasPrefix("L002") } == expected)
  }

  private static let withoutModel: LintSettings = {
    var settings = LintSettings()
    settings.levels[NeedsModel.code] = .warning
    return settings
  }()

  @Test(arguments: [
    ("late", "late", "", []),
    ("bell", "not bell", "", []),
    ("bell", "not late", "", ["L065:25"]),
    ("not (late or bell)", "late", "", ["L065:23"]),
    ("not late or bell", "late", "", []),
    ("bell, else: [Odo waits.]", "late", "", []),
    ("late, else: [Odo waits.]", "late", "", ["L065:23"]),
    ("late, unknown: [Odo waits.]", "late", "", []),
    ("bell", "ask(\"Is it cold?\")", "", ["L065:25"]),
    ("bell", "cold", "  cold: { ask: Is it cold? }", ["L065:7"]),
    ("cold, else: [Odo waits.]", "not cold", "  cold: { ask: Is it cold?, otherwise: no }", ["L065:7"]),
    ("bell", "not cold", "  cold: { ask: Is it cold?, cues: [cold], counter-cues: [warm] }", []),
    ("bell", "cold", "  cold: { ask: Is it cold?, otherwise: yes }", []),
  ])
  func `what waits for an answer that no cue gives is found where it is asked for`(
    gate: String, line: String, questions: String, expected: [String]
  ) {
    let parts = gate.split(separator: ",", maxSplits: 1)
    let branch = parts.count > 1 ? ", \(parts[1])" : ""
    let text = Self.profile(gate: String(parts[0]), line: line, questions: questions)
      .replacing(
        "when: \(parts[0]), then: [Odo stands aside.]",
        with: "when: \(parts[0]), then: [Odo stands aside.]\(branch)")
    #expect(Self.codes(text, Self.withoutModel) == expected)
    #expect(Self.codes(text) == [])
  }
}
