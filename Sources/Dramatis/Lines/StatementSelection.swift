/// Which of the statements that fired are handed to the performer.
///
/// All of them, unless they take more tokens than the budget has. Then what the character has not spoken from for eight
/// turns goes first, and of that what newly holds before what held already. The deeper in its tree a statement stands, the
/// more specific it is and the sooner it is kept. Among equals goes first what has not fired for longest, then what has
/// fired least often, then what comes first. What does not fit any more is left out, and what is kept stays in traversal
/// order.
public struct StatementSelection: Hashable, Sendable {
  /// What is handed over, in traversal order.
  public let statements: [FiredStatement]
  /// What is left out, in traversal order.
  public let leftOut: [LeftOutStatement]
  /// Those handed over that did not hold when the character was last concerned, in traversal order.
  public let newlyHolding: [FiredStatement]

  /// Everything that fired.
  init(all statements: [FiredStatement], newlyHolding: [FiredStatement] = []) {
    self.statements = statements
    self.newlyHolding = newlyHolding
    leftOut = []
  }

  /// As many of the best candidates as the budget has tokens for.
  ///
  /// - Parameter candidates: In traversal order.
  init(of candidates: [StatementCandidate], within budget: Int) {
    let ranked = candidates.sorted { $0.goesBefore($1) }
    var rest = budget
    var kept: Set<Int> = []
    for candidate in ranked where candidate.tokens <= rest {
      rest -= candidate.tokens
      kept.insert(candidate.place)
    }
    let last = ranked.last { kept.contains($0.place) }
    statements = candidates.filter { kept.contains($0.place) }.map(\.statement)
    newlyHolding = candidates.filter { kept.contains($0.place) && $0.isNew }.map(\.statement)
    leftOut = candidates.filter { !kept.contains($0.place) }.map {
      LeftOutStatement(statement: $0.statement, reason: $0.reason(behind: last))
    }
  }
}

/// A statement that fired and that the performer is not told.
public struct LeftOutStatement: Hashable, Sendable {
  /// Why a statement is left out: what speaks for the last one that was kept.
  public enum Reason: String, Hashable, Sendable, Codable, CaseIterable {
    /// The character has spoken from it within eight turns, and not from what was kept.
    case toldLately = "told-lately"
    /// What was kept newly holds, and this held already.
    case heldBefore = "held-before"
    /// What was kept stands deeper in its tree.
    case lessSpecific = "less-specific"
    /// What was kept had not fired for longer.
    case firedLately = "fired-lately"
    /// What was kept fires less often.
    case firesOften = "fires-often"
    /// What was kept comes first.
    case comesLater = "comes-later"
    /// It would have gone first, but takes more tokens than there were.
    case tooLong = "too-long"
  }

  /// The statement.
  public let statement: FiredStatement
  /// What speaks against it.
  public let reason: Reason
}

extension LeftOutStatement.Reason {
  /// The reason as a reader sees it.
  package var text: String {
    switch self {
    case .toldLately: "the character spoke from it lately"
    case .heldBefore: "what was kept newly holds"
    case .lessSpecific: "what was kept is more specific"
    case .firedLately: "what was kept had not applied for longer"
    case .firesOften: "what was kept applies less often"
    case .comesLater: "what was kept comes first"
    case .tooLong: "it is longer than what was left of the budget"
    }
  }
}
