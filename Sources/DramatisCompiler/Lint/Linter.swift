import Dramatis

/// Finds what is wrong with what a profile means, once it compiles.
package struct Linter {
  /// Every rule, in the order of the codes.
  static let rules: [any LintRule.Type] = [
    UnreachableState.self, DeadEnd.self, ShadowedTransition.self, NeverTrue.self, AlwaysTrue.self,
    OrderDecides.self, UnreadVariable.self, UnsetVariable.self, BoundHit.self, UnusedQuestion.self,
    RepeatedQuestion.self, UselessCue.self, SharedCue.self, EmptyGate.self, RepeatedStatement.self,
    InactiveTopic.self, UnreadMachine.self, NeverReached.self, StateWithoutLine.self,
    ImpossibleProbabilities.self, OverBudget.self, InstructionToModel.self,
  ]

  let settings: LintSettings

  /// - Parameter settings: What a project set; nothing unless given.
  package init(_ settings: LintSettings = LintSettings()) {
    self.settings = settings
  }

  /// What the rules find, in no promised order; nothing in a profile that has errors.
  ///
  /// - Parameter user: The program as a story extends it; nil for one that no story shares.
  func findings(in compilation: Compilation, usedBy user: Program? = nil) -> [Diagnostic] {
    guard let program = compilation.program, let root = compilation.root else { return [] }
    let context = LintContext(of: program, usedBy: user, in: compilation.file, root: root, settings)
    let found = Self.rules.filter { settings.severity(of: $0.code) != nil }.flatMap { $0.check(context) }
    let check = PropertyCheck(program: program, questions: compilation.questions)
    var limits = PropertyCheck.limits(settings.positionsBudget)
    return found + compilation.properties.compactMap { check.finding($0, &limits) }
  }
}

extension Compilation {
  /// The same with what a linter finds, and with the severities that a project and the file itself ask for.
  ///
  /// The program stays, even where a rule that found something counts as an error.
  ///
  /// - Parameter user: The program as a story extends it; nil for one that no story shares.
  package func linted(
    _ settings: LintSettings = LintSettings(), usedBy user: Program? = nil
  ) -> Compilation {
    let found = diagnostics + Linter(settings).findings(in: self, usedBy: user)
    let wanted = found.compactMap { settings.applied(to: $0) }
    guard program != nil, let root else { return with(wanted.tidied) }
    var reader = SuppressionReader(file, root: root)
    return with(SuppressionReport(reader.read()).applied(to: wanted, settings).tidied)
  }
}
