/// Going back: states, variables, commitments and text together, and nothing is erased.
extension Session {
  /// Goes back to before the last turns of this branch.
  ///
  /// - Parameter count: How many turns; those that there are, if it is more.
  /// - Returns: How many turns were undone.
  /// - Throws: ``SessionError/noEarlierTurn`` where there is none, ``SessionError/turnInProgress``, or a
  ///   ``TranscriptError``.
  public func undo(_ count: Int = 1) throws -> Int {
    let turns = transcript.path(to: transcript.head).filter(\.isTurn)
    guard count > 0, let first = turns.suffix(count).first else { throw SessionError.noEarlierTurn }
    try go(to: first.parent)
    return min(count, turns.count)
  }

  /// Takes the last turn again: the same event and the same answers about it, and another line.
  ///
  /// The turn so far stays in the transcript; see ``Transcript/alternatives(to:)``. If it fails, everything is
  /// as it was.
  ///
  /// - Parameters:
  ///   - speaker: Who speaks; who spoke before unless given.
  ///   - show: Takes the line bit by bit while it is made.
  /// - Throws: ``SessionError/noEarlierTurn`` where there is none, and whatever a turn throws.
  public func retry(
    speaker: Speaker? = nil, show: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> Turn {
    guard let last = lastTurn, let entry = transcript.entry(last.id), let recorded = entry.turn else {
      throw SessionError.noEarlierTurn
    }
    let alternatives = transcript.alternatives(to: entry.id).compactMap(\.turn)
    let base = try transcript.standing(at: entry.parent).moment
    var request = TurnRequest(
      event: last.event,
      speaker: speaker ?? last.line.map { .member($0.character) } ?? .addressed, parent: entry.parent,
      base: base)
    request.show = show
    request.said = recorded.said.flatMap(base.index)
    request.attempt = (alternatives.map(\.attempt).max() ?? 0) + 1
    request.known = last.records.map { $0.event?.replies ?? [:] }
    request.earlier = alternatives.compactMap(\.line).map { SpokenLine($0.text, authored: $0.authored) }
    return try await take(request)
  }

  /// Goes to an entry of the transcript, from which this branch goes on.
  ///
  /// - Parameter entry: Its identity; 0 for before everything.
  /// - Throws: ``SessionError/noSuchEntry(_:)``, ``SessionError/turnInProgress``, or a ``TranscriptError``.
  public func go(to entry: Int) throws {
    try move(transcript.branch, to: entry)
  }

  /// Starts a branch at an entry, or here, and goes on there.
  ///
  /// - Parameters:
  ///   - name: Its name; see ``Transcript/isBranchName(_:)``.
  ///   - entry: Where it starts; 0 for before everything.
  /// - Throws: ``SessionError`` where the name cannot be used or the entry is not there, or a ``TranscriptError``.
  public func branch(_ name: String, at entry: Int? = nil) throws {
    guard Transcript.isBranchName(name) else { throw SessionError.badBranchName(name) }
    guard transcript.heads[name] == nil else { throw SessionError.branchExists(name) }
    try move(name, to: entry ?? transcript.head)
  }

  /// Goes on with another branch, where it was left.
  ///
  /// - Throws: ``SessionError/noSuchBranch(_:)``, ``SessionError/turnInProgress``, or a ``TranscriptError``.
  public func goTo(branch name: String) throws {
    guard let head = transcript.heads[name] else { throw SessionError.noSuchBranch(name) }
    try move(name, to: head)
  }

  /// Earlier entries may have been recorded with other programs; the session goes on with its own.
  private func move(_ branch: String, to entry: Int) throws {
    guard !isTakingTurn else { throw SessionError.turnInProgress }
    guard (0...transcript.entries.count).contains(entry) else { throw SessionError.noSuchEntry(entry) }
    var moved = transcript
    moved.move(branch, to: entry)
    if moved.cast(at: entry) != cast { try moved.migrate(entry, to: cast) }
    let standing = try moved.standing(at: moved.head)
    transcript = moved
    moment = standing.moment
    lastTurn = standing.turn
    asked.forget()
  }
}
