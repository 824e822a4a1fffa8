import Dramatis

/// The commitments of a session: what is owed, what was paid, and when.
struct Ledger: Encodable {
  /// One commitment, told by whoever pays it.
  struct Account: Encodable {
    let id, owner: String
    let status: CommitmentStatus
    let foreshadow, payoff: String
    let after: [String]
    /// Turns in which it came so far.
    let planted, written, triggered, settled, early: Int?
    /// How many turns it took from being due to being paid.
    let took: Int?
    let misses: Int
    let isOverdue: Bool
    /// The last turn in which it is in time.
    let deadline: Int?
  }

  /// Something that became of a commitment in a turn.
  struct Movement: Encodable {
    let turn: Int
    let id, owner, because: String
    let kind: CommitmentChange.Kind
  }

  let turn: Int
  let commitments: [Account]
  let timeline: [Movement]

  /// The ledger at the head of a transcript's branch.
  init(_ transcript: Transcript) throws(TranscriptError) {
    let turns = try transcript.turns(to: transcript.head)
    turn = turns.last?.number ?? 0
    if let last = turns.last {
      commitments = last.records.flatMap { Self.accounts($0.program, $0.after) }
    } else {
      commitments = transcript.cast(at: transcript.head).flatMap { Self.accounts($0, $0.initialSnapshot()) }
    }
    timeline = turns.flatMap(Self.movements)
  }

  private static func accounts(_ program: Program, _ snapshot: Snapshot) -> [Account] {
    zip(program.commitments, snapshot.commitments).enumerated().compactMap { index, pair in
      let (commitment, progress) = pair
      guard program.owns(commitment) else { return nil }
      let took =
        progress.status == .paid
        ? progress.triggered.flatMap { due in progress.settled.map { $0 - due } } : nil
      return Account(
        id: commitment.name, owner: program.character, status: progress.status,
        foreshadow: commitment.foreshadow, payoff: commitment.payoff,
        after: commitment.after.map { program.commitments[$0].name }, planted: progress.planted,
        written: progress.written, triggered: progress.triggered, settled: progress.settled,
        early: progress.early, took: took, misses: progress.misses,
        isOverdue: program.isOverdue(index, at: snapshot),
        deadline: progress.triggered.flatMap { due in commitment.dueWithin.map { due + $0 } })
    }
  }

  private static func movements(_ turn: Turn) -> [Movement] {
    turn.records.flatMap { record in
      record.steps.flatMap(\.step.grounding.commitments).map { change in
        Movement(
          turn: turn.number, id: record.program.commitments[change.commitment].name,
          owner: record.program.character, because: record.program.reason(for: change), kind: change.kind)
      }
    }
  }
}

/// What a ledger can be found fault with for.
enum LedgerFault: String, CaseIterable {
  /// Something is, or was, paid too late.
  case overdue
  /// A payoff came before its trigger.
  case early
  /// Something is still owed.
  case open

  func isIn(_ account: Ledger.Account) -> Bool {
    switch self {
    case .overdue: account.isOverdue
    case .early: account.early != nil
    case .open: account.status.isOpen
    }
  }
}
