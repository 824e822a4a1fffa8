@testable import DramatisCompiler

extension Golden {
  /// Profiles that pass a limit; the limits are lowered so that the reports stay short.
  static let generated: [Golden] = [
    limited("P001.yaml", "summary: Keeps the Lantern Inn.\n") { $0.reading.fileBytes = 32 },
    limited("P008.yaml", "behavior:\n  personality: [[[[Mara smiles.]]]]\n") { $0.reading.depth = 4 },
    limited("P008-gates.yaml", nestedGates) { $0.treeDepth = 2 },
    limited("P011.yaml", aliases) { $0.reading.nodes = 20 },
    limited("P013.yaml", "summary: Keeps the Lantern Inn and hides much.\n") { $0.reading.scalarBytes = 24 },
    limited("P025-variables.yaml", variables) { $0.declarations = 2 },
    limited("P025-values.yaml", "variables:\n  weather: { initial: fair, values: [fair, foul, mild] }\n") {
      $0.states = 2
    },
    limited("P025-states.yaml", "machines:\n  mood:\n    states:\n      wary:\n      warm:\n      cold:\n") {
      $0.states = 2
    },
    limited("P025-transitions.yaml", transitions) { $0.transitions = 1 },
    limited("P025-questions.yaml", questions) { $0.questions = 1 },
    limited("P025-asked.yaml", asked) { $0.questions = 1 },
    limited("P025-gates.yaml", gates) { $0.gates = 1 },
  ]

  private static func limited(
    _ name: String, _ text: String, _ lower: (inout ProfileLimits) -> Void
  ) -> Golden {
    var limits = ProfileLimits.standard
    lower(&limits)
    return Golden(name, Array("dramatis: 1\ncharacter: Mara\n\(text)".utf8), limits: limits)
  }

  private static let nestedGates = """
    behavior:
      personality:
        - when: turn > 1
          then:
            - when: turn > 2
              then:
                - when: turn > 3
                  then: Mara smiles.

    """

  private static let aliases = """
    behavior:
      one: &one [Mara smiles., Mara frowns., Mara sings.]
      two: [*one, *one, *one]

    """

  private static let variables = """
    variables:
      trust: { initial: 0, min: 0, max: 5 }
      anger: { initial: 0, min: 0, max: 5 }
      gold: { initial: 0, min: 0, max: 5 }
    lines:
      - { when: gold > 3, say: Well. }

    """

  private static let transitions = """
    machines:
      mood:
        states:
          wary:
        transitions:
          - { from: any, to: wary, when: turn > 3 }
          - { from: any, to: other, when: turn > 9 }

    """

  private static let questions = """
    questions:
      accused: { ask: Does someone accuse Mara? }
      praised: { ask: Does someone praise Mara? }

    """

  private static let asked = """
    questions:
      accused: { ask: Does someone accuse Mara? }
    lines:
      - when: accused and ask("Is it late?")
        say: Well.

    """

  private static let gates = """
    behavior:
      personality:
        - { when: turn > 1, then: Mara smiles. }
        - { when: turn > 2, then: Mara frowns. }
        - { when: turn > 3, then: Mara sings. }

    """
}
