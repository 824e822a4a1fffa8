/// What a commitment's life depends on besides its conditions.
struct CommitmentRules: Hashable, Sendable {
  let notBefore: Int
  /// On how many turns of the window the trigger has to hold.
  let holdCount: Int
  /// A bit for each turn of the window.
  let window: UInt32
  /// Whether it matters on how many turns the trigger held.
  var countsTurns: Bool { window > 1 }

  init(_ commitment: Commitment) {
    notBefore = commitment.notBefore
    holdCount = commitment.hold?.count ?? 1
    let length = commitment.hold?.window ?? 1
    window = length >= 32 ? .max : 1 << UInt32(max(length, 1)) - 1
  }
}

/// What is decided about a commitment in the step of an event.
enum CommitmentDecision: CaseIterable {
  case abandon, plant, trigger
}

/// What is asked about a commitment in the step of the character's own action.
enum CommitmentCheck: CaseIterable {
  case planted, paid, early
}

extension CommitmentProgress {
  /// Takes one turn of a commitment's life: planned, planted, triggered, or abandoned.
  ///
  /// A trigger is a level: it is looked at in every turn from `planted + not-before` on, and what it was before
  /// is forgotten. In one turn it may be looked at on the event and on lines; it held in the turn if it held on one.
  ///
  /// - Parameters:
  ///   - turn: The turn of the event.
  ///   - isReady: Whether all that has to be paid first is.
  ///   - decides: Whether a condition holds; asked only for what can matter.
  @inline(__always)
  mutating func advance(
    by rules: CommitmentRules, turn: Int, isReady: Bool, decides: (CommitmentDecision) -> Bool
  ) {
    guard status.isOpen else { return }
    if decides(.abandon) {
      status = .abandoned
      settled = turn
      return
    }
    if status == .planned, decides(.plant) {
      status = .planted
      planted = turn
    }
    guard status == .planted, isReady, turn - (planted ?? turn) >= rules.notBefore else { return }
    let earlier = looked == turn ? recent : recent << 1
    recent = (earlier | (decides(.trigger) ? 1 : 0)) & rules.window
    if rules.countsTurns { looked = turn }
    guard recent.nonzeroBitCount >= rules.holdCount else { return }
    status = .triggered
    triggered = turn
    recent = 0
    looked = nil
  }

  /// Whether a check on a line can still change something.
  func awaits(_ check: CommitmentCheck) -> Bool {
    switch check {
    case .planted: status == .planted && written == nil
    case .early: (status == .planned || status == .planted) && early == nil
    case .paid: status == .triggered
    }
  }

  /// Takes note of what a line of the character holds.
  ///
  /// - Parameters:
  ///   - isDue: Whether the line was to pay it.
  ///   - holds: Whether something was written; asked only for what can matter.
  @inline(__always)
  mutating func check(turn: Int, isDue: Bool, holds: (CommitmentCheck) -> Bool) {
    if awaits(.planted), holds(.planted) { written = turn }
    if awaits(.early), holds(.early) { early = turn }
    guard awaits(.paid) else { return }
    if holds(.paid) {
      status = .paid
      settled = turn
    } else if isDue {
      misses += 1
    }
  }
}

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

extension CommitmentChange {
  /// What became of the commitments from one position to a later one, in their order.
  static func all(from before: Snapshot, to after: Snapshot) -> [CommitmentChange] {
    zip(before.commitments, after.commitments).enumerated().flatMap { index, progress in
      progress.1.changes(since: progress.0).map { CommitmentChange(commitment: index, kind: $0) }
    }
  }
}
