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
    try move(toEntry: first.parent)
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
    try await takeAgain(speaker: speaker, show: show)
  }

  /// Takes the last turn again, with its line going on where the character stopped.
  ///
  /// The turn so far stays in the transcript beside it, as for ``retry(speaker:show:)``. A performer that cannot go on with
  /// a line says another one.
  ///
  /// - Parameter show: Takes the whole line bit by bit while it is made.
  /// - Throws: ``SessionError/noEarlierTurn`` where there is none in which somebody spoke, and whatever a turn throws.
  public func continueLine(show: @escaping @Sendable (String) -> Void = { _ in }) async throws -> Turn {
    guard let line = lastTurn?.line else { throw SessionError.noEarlierTurn }
    return try await takeAgain(speaker: .member(line.character), beginning: line.spoken, show: show)
  }

  /// Takes the last turn again, with words that a person chose as its line.
  ///
  /// The turn so far stays in the transcript beside it, as for ``retry(speaker:show:)``.
  ///
  /// - Parameter text: What whoever spoke says instead.
  /// - Throws: ``SessionError/noEarlierTurn`` where there is none in which somebody spoke, and whatever a turn throws.
  public func replaceLine(with text: String) async throws -> Turn {
    guard let line = lastTurn?.line else { throw SessionError.noEarlierTurn }
    return try await takeAgain(speaker: .member(line.character), saying: SpokenLine(text)) { _ in }
  }

  private func takeAgain(
    speaker: Speaker?, beginning: SpokenLine? = nil, saying: SpokenLine? = nil,
    show: @escaping @Sendable (String) -> Void
  ) async throws -> Turn {
    try await run {
      guard let last = lastTurn, let entry = transcript.entry(last.id), let recorded = entry.turn else {
        throw SessionError.noEarlierTurn
      }
      let alternatives = transcript.alternatives(to: entry.id).compactMap(\.turn)
      let base = try transcript.state(at: entry.parent)
      var request = TurnRequest(
        event: last.event,
        speaker: speaker ?? last.line.map { .member($0.character) } ?? .addressed, parent: entry.parent,
        base: base)
      request.show = show
      request.said = recorded.said.flatMap(base.index)
      request.attempt = (alternatives.map(\.attempt).max() ?? 0) + 1
      request.known = last.records.map { $0.event?.replies ?? [:] }
      request.earlier = alternatives.compactMap(\.line?.spoken)
      request.beginning = beginning
      request.saying = saying
      return request
    }
  }

  /// Moves this branch to an entry of the transcript, from which it goes on.
  ///
  /// - Parameter entry: Its identity; 0 for before everything.
  /// - Throws: ``SessionError/noSuchEntry(_:)``, ``SessionError/turnInProgress``, or a ``TranscriptError``.
  public func move(toEntry entry: Int) throws {
    try moveHead(of: transcript.branch, to: entry)
  }

  /// Starts a branch at an entry, or here, and goes on there.
  ///
  /// - Parameters:
  ///   - name: Its name; see ``Transcript/isBranchName(_:)``.
  ///   - entry: Where it starts; 0 for before everything.
  /// - Throws: ``SessionError`` where the name cannot be used or the entry is not there, or a ``TranscriptError``.
  public func createBranch(_ name: String, at entry: Int? = nil) throws {
    guard Transcript.isBranchName(name) else { throw SessionError.badBranchName(name) }
    guard transcript.heads[name] == nil else { throw SessionError.branchExists(name) }
    try moveHead(of: name, to: entry ?? transcript.head)
  }

  /// Moves to another branch, which goes on where it was left.
  ///
  /// - Throws: ``SessionError/noSuchBranch(_:)``, ``SessionError/turnInProgress``, or a ``TranscriptError``.
  public func move(toBranch name: String) throws {
    guard let head = transcript.heads[name] else { throw SessionError.noSuchBranch(name) }
    try moveHead(of: name, to: head)
  }

  /// Earlier entries may have been recorded with other programs; the session goes on with its own.
  private func moveHead(of branch: String, to entry: Int) throws {
    guard !isTurnInProgress else { throw SessionError.turnInProgress }
    guard (0...transcript.entries.count).contains(entry) else { throw SessionError.noSuchEntry(entry) }
    var moved = transcript
    moved.moveHead(of: branch, to: entry)
    if moved.cast(at: entry) != cast { try moved.migrate(at: entry, to: cast) }
    state = try moved.state(at: moved.head)
    transcript = moved
    asked.removeAll()
  }
}
