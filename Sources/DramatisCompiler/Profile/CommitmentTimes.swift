import Dramatis

/// Which commitments wait for which.
struct WaitingCommitments {
  private let waits: [[Int]]

  /// - Parameter waits: For each commitment those that it waits for.
  init(_ waits: [[Int]]) {
    self.waits = waits
  }

  /// A way from a commitment back to it, the commitment first; nil where there is none.
  func circle(through start: Int) -> [Int]? {
    var parents: [Int: Int] = [:]
    var waiting = [start]
    while let index = waiting.popLast() {
      for next in waits[index] {
        if next == start {
          var circle = [index]
          while let last = circle.last, last != start, let parent = parents[last] { circle.append(parent) }
          return circle.reversed()
        }
        guard parents[next] == nil else { continue }
        parents[next] = index
        waiting.append(next)
      }
    }
    return nil
  }
}

extension Condition {
  /// Whether it looks at how far a commitment has come.
  func names(commitment: Int) -> Bool { operands.flatMap(\.commitments).contains(commitment) }
}

/// When the commitments of a program can be planted and triggered at the earliest.
///
/// `after` must be free of circles.
struct CommitmentTimes {
  /// Whether a commitment can become due.
  enum Verdict: Equatable {
    case possible
    /// Its trigger is yes in no turn at all.
    case never
    /// Its trigger is yes in some turns, and has to hold in more than there are.
    case tooFewTurns(Int, needed: Int)
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
    let holding = turns.filter { canBe(commitment.trigger, of: index, in: $0) }
    guard !holding.isEmpty else { return .never }
    let inTime = holding.filter { $0 >= earliest }
    guard let first = inTime.min() else { return .tooLate(earliest: earliest) }
    if inTime.allSatisfy({ isSurelyAbandoned(index, in: $0) }) { return .givenUp(earliest: first) }
    let needed = commitment.hold?.count ?? 1
    if needed > 1, let count = count(of: Set(inTime), among: turns.filter { $0 >= earliest }), count < needed
    {
      return .tooFewTurns(count, needed: needed)
    }
    return .possible
  }

  /// In how many turns a condition holds that holds in some of those looked at; nil where there is no end of them.
  private func count(of holding: Set<Int>, among turns: [Int]) -> Int? {
    let turns = Set(turns).sorted()
    guard let last = turns.last, !holding.contains(last) else { return nil }
    // Between two of them it is as in the first.
    return zip(turns, turns.dropFirst()).reduce(0) { count, pair in
      count + (holding.contains(pair.0) ? pair.1 - pair.0 : 0)
    }
  }

  /// The commitments that have to have come to something before one can be triggered: those of `after`, and those without
  /// which `plant` or `trigger` is never yes.
  ///
  /// - Parameters:
  ///   - statuses: What the others have come to; due or paid unless given.
  ///   - isPlanted: Whether the one only has to be planted.
  func prerequisites(
    of index: Int, being statuses: Set<CommitmentStatus> = [.triggered, .paid],
    toBePlanted isPlanted: Bool = false
  ) -> [Int] {
    let commitment = program.commitments[index]
    var needed = isPlanted ? [] : commitment.after
    add(commitment.plant, while: [.planned], of: index, being: statuses, to: &needed)
    if !isPlanted {
      add(commitment.trigger, while: [.planned, .planted], of: index, being: statuses, to: &needed)
    }
    return needed
  }

  /// Adds the commitments without which a condition of one is never yes.
  private func add(
    _ condition: Condition?, while own: [CommitmentStatus], of index: Int,
    being statuses: Set<CommitmentStatus>,
    to needed: inout [Int]
  ) {
    guard let condition, !condition.computesTurn else { return }
    let turns = turns(program.commitments[index], from: 1)
    let everything = program.commitments.map { _ in CommitmentStatus.allCases }
    let named = Set(condition.operands.flatMap(\.commitments)).subtracting(needed).sorted()
    // That a trigger waits for itself is told of the trigger.
    for other in named where other != index || own == [.planned] {
      var without = everything
      without[other] = CommitmentStatus.allCases.filter { !statuses.contains($0) }
      without[index] = own
      if turns.contains(where: { canBe(condition, with: everything, in: $0) }),
        !turns.contains(where: { canBe(condition, with: without, in: $0) })
      {
        needed.append(other)
      }
    }
  }

  /// The first turn in which the trigger is looked at.
  private mutating func earliest(_ index: Int) -> Int {
    if let turn = known[index] { return turn }
    let commitment = program.commitments[index]
    let planted = turns(commitment, from: 1).sorted().first { turn in
      commitment.plant.map { canBe($0, of: index, in: turn) } ?? true
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
      turn = turns.first { canBe(commitment.trigger, of: index, in: $0) } ?? earliest
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

  private func canBe(_ condition: Condition, of index: Int, in turn: Int) -> Bool {
    canBe(condition, with: statuses(index), in: turn)
  }

  private func canBe(_ condition: Condition, with statuses: [[CommitmentStatus]], in turn: Int) -> Bool {
    program.possibilities(of: condition, turn: turn, statuses: statuses).yes
  }

  private func isSurelyAbandoned(_ index: Int, in turn: Int) -> Bool {
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
