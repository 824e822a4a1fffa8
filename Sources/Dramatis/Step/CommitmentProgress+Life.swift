/// What a commitment's life depends on besides its conditions.
struct CommitmentRules: Hashable, Sendable {
  let notBefore: Int
  /// On how many turns of the window the trigger has to hold.
  let holdCount: Int
  /// A bit for each turn of the window.
  let window: UInt32

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
  /// is forgotten.
  ///
  /// - Parameters:
  ///   - turn: The turn of the event.
  ///   - isReady: Whether all that has to be paid first is.
  ///   - decides: Whether a condition holds; asked only for what can matter.
  @inline(__always)
  mutating func advance(
    _ rules: CommitmentRules, turn: Int, isReady: Bool, _ decides: (CommitmentDecision) -> Bool
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
    recent = (recent << 1 | (decides(.trigger) ? 1 : 0)) & rules.window
    guard recent.nonzeroBitCount >= rules.holdCount else { return }
    status = .triggered
    triggered = turn
    recent = 0
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
  mutating func check(turn: Int, isDue: Bool, _ holds: (CommitmentCheck) -> Bool) {
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
