extension FlatCompiler {
  /// Adds a commitment with its conditions.
  mutating func compile(_ commitment: Commitment) {
    flat.commitments.append(
      FlatCommitment(
        isOwned: commitment.owner.map { names.contains(FoldedName($0)) } ?? true,
        rules: CommitmentRules(commitment),
        plant: way(commitment.plant ?? .constant(true)), trigger: way(commitment.trigger),
        abandon: way(commitment.abandonWhen ?? .constant(false)),
        weight: commitment.certainty == nil ? -1 : weigh(commitment.trigger),
        certainty: commitment.certainty ?? 0, after: commitment.after.map { flat.firstCommitment + $0 },
        priority: commitment.priority, checks: commitment.checks))
  }

  private mutating func way(_ condition: Condition) -> Int32 {
    compile(condition, wanting: .yes, then: .end(1), else: .end(0))
  }
}
