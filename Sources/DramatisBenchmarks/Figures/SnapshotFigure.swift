import Dramatis
import DramatisCompiler
import FoundationEssentials

/// The size of a stored position.
struct SnapshotFigure {
  func run() throws {
    Report.title("a stored position of a character with three machines, as JSON")
    let program = try Program(profile: Array(Self.profile.utf8), name: "three.yaml")
    let snapshot = program.uncheckedNamed(program.initialSnapshot(seed: .max))
    let bytes = try JSONEncoder().encode(snapshot).count
    Report.figure(
      "two machines, one belief of 6 states, 4 variables", Double(bytes), " bytes", aim: .atMost(1024))
  }

  private static let profile = """
    dramatis: 1
    character: Mara
    variables:
      trust: { initial: 0, min: -5, max: 5 }
      tab: { initial: 0, min: 0, max: 20 }
      isOpen: { initial: true }
      weather: { initial: fair, values: [fair, foul] }
    machines:
      mood:
        probabilistic: belief
        states: { wary: "", warm: "", angry: "", tired: "" }
        transitions:
          - { from: any, to: wary, when: ask("Is Mara accused?") }
      evening:
        states: { early: "", crowded: "", late: "" }
        transitions:
          - { from: any, to: late, when: turn > 20 }
      secret:
        states: { buried: "", hinted: "", told: "" }
        transitions:
          - { from: any, to: hinted, when: trust > 2 }
    """
}
