/// A commitment in the table of a flat program.
struct FlatCommitment: Sendable {
  /// Whether this character pays it; if not it does not move.
  let isOwned: Bool
  let rules: CommitmentRules
  /// Each way leads to 1 where the condition is yes.
  let plant: Int32
  let trigger: Int32
  let abandon: Int32
  /// The place of the trigger in the table of weights; -1 where no certainty is asked for.
  let weight: Int32
  let certainty: Double
  /// The cells of the statuses that have to be paid first.
  let after: [Int]
  let priority: Int
  let checks: Commitment.Checks?
}
