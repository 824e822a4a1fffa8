/// The commitments of a session: what is owed, what was paid, and when.
///
/// ```swift
/// let ledger = try Ledger(of: await session.transcript)
/// let owed = ledger.commitments.filter { $0.has(.open) }
/// ```
public struct Ledger: Encodable, Hashable, Sendable {
  /// One commitment, told by whoever pays it.
  public struct Account: Encodable, Hashable, Sendable {
    /// Its name, and the character who pays it.
    public let id, owner: String
    /// How far it has come.
    public let status: CommitmentStatus
    /// What was promised, and what has to happen.
    public let foreshadow, payoff: String
    /// The names of those that have to be paid before it.
    public let after: [String]
    /// Turns in which it came so far; nil for what has not happened.
    public let planted, written, triggered, settled, early: Int?
    /// How many turns it took from being due to being paid; nil while it is not.
    public let took: Int?
    /// How often a line was to pay it and did not.
    public let misses: Int
    /// Whether it is, or was paid, too late.
    public let isOverdue: Bool
    /// The last turn in which it is in time; nil where there is none.
    public let deadline: Int?

    /// Whether something can be found fault with.
    public func has(_ fault: Fault) -> Bool {
      switch fault {
      case .overdue: isOverdue
      case .early: early != nil
      case .open: status.isOpen
      }
    }
  }

  /// Something that became of a commitment in a turn.
  public struct Movement: Encodable, Hashable, Sendable {
    /// The number of the turn.
    public let turn: Int
    /// The commitment, the character who pays it, and why it moved.
    public let id, owner, because: String
    /// What became of it.
    public let kind: CommitmentChange.Kind
  }

  /// What a ledger can be found fault with for.
  public enum Fault: String, CaseIterable, Sendable {
    /// Something is, or was, paid too late.
    case overdue
    /// A payoff came before its trigger.
    case early
    /// Something is still owed.
    case open
  }

  /// How many turns were taken.
  public let turn: Int
  /// Every commitment of the cast, once.
  public let commitments: [Account]
  /// What became of them, in order.
  public let timeline: [Movement]

  /// The ledger at the head of a transcript's branch.
  ///
  /// - Throws: ``TranscriptError/misfit(entry:)``.
  /// - Complexity: Proportional to the number of turns, which are taken again with no model.
  public init(of transcript: Transcript) throws(TranscriptError) {
    let turns = try transcript.turns(to: transcript.head)
    turn = turns.last?.number ?? 0
    if let last = turns.last {
      commitments = last.records.flatMap { Self.accounts(of: $0.program, at: $0.after) }
    } else {
      commitments = transcript.cast(at: transcript.head).flatMap {
        Self.accounts(of: $0, at: $0.initialSnapshot())
      }
    }
    timeline = turns.flatMap(Self.movements)
  }

  private static func accounts(of program: Program, at snapshot: Snapshot) -> [Account] {
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
        isOverdue: program.uncheckedOverdue(index, at: snapshot),
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
