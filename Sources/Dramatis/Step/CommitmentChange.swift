/// Something that became of a commitment in a step.
public struct CommitmentChange: Hashable, Sendable {
  /// What became of it.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Its foreshadow enters the story.
    case planted
    /// A line holds the foreshadow.
    case written
    /// Its trigger held.
    case triggered
    /// A line pays it.
    case paid
    /// It was given up.
    case abandoned
    /// A line holds the payoff before it was due.
    case early
    /// A line that was to pay it does not.
    case missed
  }

  /// Index of the commitment.
  public let commitment: Int
  /// What became of it.
  public let kind: Kind
}

extension CommitmentProgress {
  /// What became of it since, in the order of its life.
  func changes(since before: CommitmentProgress) -> [CommitmentChange.Kind] {
    guard self != before else { return [] }
    var kinds: [CommitmentChange.Kind] = []
    if written != before.written { kinds.append(.written) }
    if early != before.early { kinds.append(.early) }
    if planted != before.planted { kinds.append(.planted) }
    if triggered != before.triggered { kinds.append(.triggered) }
    if misses != before.misses { kinds.append(.missed) }
    if status != before.status, status == .paid { kinds.append(.paid) }
    if status != before.status, status == .abandoned { kinds.append(.abandoned) }
    return kinds
  }
}

extension Program {
  /// What became of the commitments from one position to a later one.
  func commitmentChanges(from before: Snapshot, to after: Snapshot) -> [CommitmentChange] {
    zip(before.commitments, after.commitments).enumerated().flatMap { index, progress in
      progress.1.changes(since: progress.0).map { CommitmentChange(commitment: index, kind: $0) }
    }
  }

  /// Why something became of a commitment, as an author writes it.
  package func reason(for change: CommitmentChange) -> String {
    let commitment = commitments[change.commitment]
    let check = "commitments.\(commitment.name)"
    return switch change.kind {
    case .planted: commitment.plant.map { text(of: $0) } ?? "at once"
    case .triggered: text(of: commitment.trigger)
    case .abandoned: commitment.abandonWhen.map { text(of: $0) } ?? "never"
    case .written: "\(check).planted"
    case .paid: "\(check).paid"
    case .early: "\(check).early"
    case .missed: "not \(check).paid"
    }
  }
}
