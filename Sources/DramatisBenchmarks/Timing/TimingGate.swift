import Dramatis
import DramatisCompiler

/// What an author may ask of a trigger besides that it is yes.
struct TimingGate {
  let name: String
  var hasBounds = false
  var hasPrerequisites = false
  var hold: String?
  var certainty: Double?

  /// The naive gate, each mechanism alone, and some together.
  static let all = [
    TimingGate(name: "naive"),
    TimingGate(name: "not-before", hasBounds: true),
    TimingGate(name: "after", hasPrerequisites: true),
    TimingGate(name: "hold 2 of 2", hold: "2 of 2"),
    TimingGate(name: "hold 2 of 3", hold: "2 of 3"),
    TimingGate(name: "certainty 0.8", certainty: 0.8),
    TimingGate(name: "not-before, after", hasBounds: true, hasPrerequisites: true),
    TimingGate(name: "all but hold", hasBounds: true, hasPrerequisites: true, certainty: 0.8),
    TimingGate(name: "all", hasBounds: true, hasPrerequisites: true, hold: "2 of 3", certainty: 0.8),
  ]

  /// A profile with the debts of a story behind this gate.
  func program(for story: TimedStory) throws -> Program {
    var yaml = "dramatis: 1\ncharacter: Owner\nquestions:\n"
    for index in story.debts.indices { yaml += "  t\(index): { ask: Is debt \(index) due? }\n" }
    yaml += "commitments:\n"
    for (index, debt) in story.debts.enumerated() {
      let keys = [
        "foreshadow: f", "payoff: p", "plant: turn >= \(debt.foreshadow)", "trigger: t\(index)",
        hasBounds ? "not-before: \(debt.notBefore)" : nil,
        hasPrerequisites ? debt.after.map { "after: [c\($0)]" } : nil,
        hold.map { "hold: \($0)" }, certainty.map { "certainty: \($0)" },
      ]
      yaml += "  c\(index): { \(keys.compactMap(\.self).joined(separator: ", ")) }\n"
    }
    return try Program(profile: Array(yaml.utf8), name: name)
  }
}
