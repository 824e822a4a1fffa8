import Dramatis

/// Finds profiles of which one turn can ask more than the project allows.
enum OverBudget: LintRule {
  static let code = DiagnosticCode.overBudget

  static func check(_ context: LintContext) -> [Diagnostic] {
    let settings = context.settings
    guard settings.questionsBudget != nil || settings.roundsBudget != nil else { return [] }
    let bound = QuestionBound(of: context.program)
    return [
      diagnostic("questions", bound.questions, settings.questionsBudget),
      diagnostic("rounds of questions", bound.rounds, settings.roundsBudget),
    ].compactMap(\.self)
  }

  private static func diagnostic(_ what: String, _ most: Int, _ budget: Int?) -> Diagnostic? {
    guard let budget, most > budget else { return nil }
    return Diagnostic(
      code, "one turn can take \(most) \(what), and the project allows \(budget)",
      help: ["'dramatis inspect' says where they are asked", "give questions cues, or gates less depth"])
  }
}
