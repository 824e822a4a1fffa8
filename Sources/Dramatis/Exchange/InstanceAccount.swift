extension InstanceTurn {
  /// What the turn did and why, for a reader, one fact a line.
  ///
  /// ```swift
  /// print(turn.account.joined(separator: "\n"))
  /// ```
  public var account: [String] {
    guard isRelevant else { return ["not relevant to \(instance): nothing moved"] }
    let moves = changes.map { "\($0.machine): \($0.from) → \($0.to) because \($0.because)" }
    let values = variables.map { "\($0.variable): \($0.from.text) → \($0.to.text)" }
    let owed = commitments.map { "\($0.commitment): \($0.kind.rawValue) because \($0.because)" }
    let due = due.map { "due: \($0.commitment)\($0.isOverdue ? ", overdue" : ""): \($0.payoff)" }
    return (moves.isEmpty ? ["no machine moved"] : moves) + values + answered + owed + due
      + statements.map { "applies: \($0)" } + leftOut.map { "left out: \($0)" }
      + (line.map { ["says: \($0.oneLine)"] } ?? [])
  }

  /// The answers, a line for each that there was.
  private var answered: [String] {
    [Truth.yes, .no, .unknown].compactMap { truth in
      let keys = answers.filter { $0.value.truth == truth }.map(\.key).sorted()
      return keys.isEmpty ? nil : "\(truth.rawValue): \(keys.joined(separator: ", "))"
    }
  }
}
