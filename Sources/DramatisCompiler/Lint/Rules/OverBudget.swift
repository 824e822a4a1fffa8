import Dramatis

/// Finds profiles of which one turn can ask more than the project allows.
enum OverBudget: LintRule {
  static let code = DiagnosticCode(
    "L021", name: "over-budget", severity: .warning,
    summary: "More questions or rounds in a turn than the project allows.")

  static func check(_ context: LintContext) -> [Diagnostic] {
    let settings = context.settings
    guard settings.questionsBudget != nil || settings.roundsBudget != nil else { return [] }
    let bounds = context.users.map { QuestionBound(of: $0) }
    return [
      diagnostic(
        on: "questions", bounds.map(\.questions).max() ?? 0, atMost: settings.questionsBudget,
        advice: "ask less in guards that leave the same state and in gates; cues do not count"),
      diagnostic(
        on: "rounds of questions", bounds.map(\.rounds).max() ?? 0, atMost: settings.roundsBudget,
        advice: "make gates less deep"),
    ].compactMap(\.self)
  }

  private static func diagnostic(on what: String, _ most: Int, atMost budget: Int?, advice: String)
    -> Diagnostic?
  {
    guard let budget, most > budget else { return nil }
    return Diagnostic(
      code, message: "one turn can take \(most) \(what), and the project allows \(budget)",
      help: ["'dramatis inspect' says where they are asked", advice])
  }
}
