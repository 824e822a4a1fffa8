import Dramatis

/// When the commitments of a program can be planted and triggered at the earliest.
///
/// `after` must be free of circles.
struct CommitmentTimes {
  /// Whether a commitment can become due.
  enum Verdict: Equatable {
    case possible
    /// Its trigger is yes in no turn at all.
    case never
    /// Its trigger is yes only before the turn in which it is looked at.
    case tooLate(earliest: Int)
    /// It is given up before its trigger can be yes.
    case givenUp(earliest: Int)
  }

  private let program: Program
  private var known: [Int: Int] = [:]
  private var knownDue: [Int: Int] = [:]

  init(_ program: Program) {
    self.program = program
  }

  mutating func verdict(_ index: Int) -> Verdict {
    let commitment = program.commitments[index]
    guard !commitment.conditions.contains(where: \.computesTurn) else { return .possible }
    let earliest = earliest(index)
    let turns = turns(commitment, from: earliest)
    let holding = turns.filter { canBe(commitment.trigger, index, $0) }
    guard !holding.isEmpty else { return .never }
    let inTime = holding.filter { $0 >= earliest }
    guard let first = inTime.min() else { return .tooLate(earliest: earliest) }
    return inTime.allSatisfy { isSurelyAbandoned(index, $0) } ? .givenUp(earliest: first) : .possible
  }

  /// The first turn in which the trigger is looked at.
  private mutating func earliest(_ index: Int) -> Int {
    if let turn = known[index] { return turn }
    let commitment = program.commitments[index]
    let planted = turns(commitment, from: 1).sorted().first { turn in
      commitment.plant.map { canBe($0, index, turn) } ?? true
    }
    var turn = (planted ?? 1) + commitment.notBefore
    for other in commitment.after { turn = max(turn, earliestDue(other) + 1) }
    known[index] = turn
    return turn
  }

  /// The first turn in which it can be due, and so be paid.
  private mutating func earliestDue(_ index: Int) -> Int {
    if let turn = knownDue[index] { return turn }
    let (commitment, earliest) = (program.commitments[index], earliest(index))
    var turn = earliest
    if !commitment.trigger.computesTurn {
      let turns = turns(commitment, from: earliest).filter { $0 >= earliest }.sorted()
      turn = turns.first { canBe(commitment.trigger, index, $0) } ?? earliest
    }
    knownDue[index] = turn
    return turn
  }

  /// Turns between which no condition of the commitment changes what it says of the turn.
  private func turns(_ commitment: Commitment, from earliest: Int) -> [Int] {
    let named = commitment.conditions.flatMap(\.turnsNamed).flatMap { turn in
      [-1, 0, 1].map { turn.addingReportingOverflow($0).partialValue }
    }
    return (named + [1, earliest]).filter { $0 >= 1 }
  }

  private func canBe(_ condition: Condition, _ index: Int, _ turn: Int) -> Bool {
    program.possibilities(of: condition, turn: turn, statuses: statuses(index)).yes
  }

  private func isSurelyAbandoned(_ index: Int, _ turn: Int) -> Bool {
    guard let condition = program.commitments[index].abandonWhen else { return false }
    return !program.possibilities(of: condition, turn: turn, statuses: statuses(index)).other
  }

  /// While its trigger is looked at a commitment is planned or planted, and those before it are paid.
  private func statuses(_ index: Int) -> [[CommitmentStatus]] {
    var statuses = program.commitments.map { _ in CommitmentStatus.allCases }
    for other in program.commitments[index].after { statuses[other] = [.paid] }
    statuses[index] = [.planned, .planted]
    return statuses
  }
}
