import Dramatis

extension CoverageReport {
  /// What can become of a commitment is a part each; nobody here moves one that somebody else is to pay.
  static func statuses(
    of index: Int, _ coverage: Coverage, _ program: Program, _ explored: SlicedExploration?
  ) -> [Part] {
    let commitment = program.commitments[index]
    guard program.owns(commitment) else { return [] }
    let statuses: [CommitmentStatus] = [.planted, .triggered, .paid]
    return (statuses + (commitment.abandonWhen == nil ? [] : [.abandoned])).compactMap { status in
      let isCovered = coverage.commitments[index].contains(status)
      let isImpossible =
        explored?.ofCommitments.map { $0.isComplete && $0.first(status, of: index) == nil } ?? false
      guard isCovered || !isImpossible else { return nil }
      return Part(
        kind: .commitment, name: "\(commitment.name).\(status.rawValue)",
        detail: detail(status, of: commitment, program), isCovered: isCovered,
        target: .status(commitment: index, status))
    }
  }

  private static func detail(
    _ status: CommitmentStatus, of commitment: Commitment, _ program: Program
  ) -> String {
    switch status {
    case .planned: ""
    case .planted: commitment.plant.map { "when \(program.text(of: $0))" } ?? commitment.foreshadow
    case .triggered: "when \(program.text(of: commitment.trigger))"
    case .paid: commitment.payoff
    case .abandoned: commitment.abandonWhen.map { "when \(program.text(of: $0))" } ?? ""
    }
  }
}
