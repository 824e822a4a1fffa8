/// A limit on the statements handed to a performer, with what of a program decides which of them are kept.
struct StatementBudget: Sendable {
  private let tokens: Int
  private let texts: [String]
  /// For each statement how deep it stands in its tree.
  private let depths: [Int]

  init(tokens: Int, for program: Program) {
    self.tokens = tokens
    texts = program.statements
    depths = program.statementDepths()
  }

  /// What of a step's statements to hand over.
  ///
  /// - Parameter history: What fired in the turns before.
  func selection(of step: Step, after history: FiringHistory) -> StatementSelection {
    let candidates = step.grounding.statements.enumerated().map { place, fired in
      StatementCandidate(
        statement: fired, place: place, tokens: texts[fired.statement].estimatedTokens,
        depth: depths[fired.statement], pause: history.pause(of: fired.statement, at: step.snapshot.turn),
        count: history.count(of: fired.statement))
    }
    return StatementSelection(of: candidates, within: tokens)
  }
}
