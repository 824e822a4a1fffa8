/// Lets a cast go on with a story by itself, turn by turn, driven by what is owed.
///
/// Whoever has a payoff that is due speaks; else whoever was named in the last line; else the next in the cast.
///
/// ```swift
/// var writer = await StoryWriter(session)
/// while try await !writer.isOver() {
///   if let line = try await writer.next().line { print("\(line.character): \(line.text)") }
/// }
/// ```
public struct StoryWriter: Sendable {
  /// How many turns may pass in which nobody says anything.
  private static let patience = 3

  private let session: Session
  private let cast: [Program]
  private let isAuthored: Bool
  private var silence = 0
  private var said: Set<Said> = []
  /// How many turns in a row brought nothing new.
  private var stillness = 0

  private struct Said: Hashable {
    let character, text: String
  }

  /// Writes on in a session.
  ///
  /// - Parameters:
  ///   - session: Where the story has come to; its cast goes on with it.
  ///   - isAuthored: Whether only written lines are spoken, which come to an end; a model may always find another.
  public init(_ session: Session, isAuthored: Bool = true) async {
    self.session = session
    self.isAuthored = isAuthored
    cast = await session.cast
  }

  /// How many debts of the story are open.
  ///
  /// - Throws: ``SessionError/noSuchCharacter(_:)`` where the session's cast is another one by now.
  public func openDebts() async throws -> Int {
    var open = 0
    for program in cast {
      let snapshot = try await session.snapshot(of: program.character)
      open += zip(program.commitments, snapshot.commitments).count { $1.status.isOpen && program.owns($0) }
    }
    return open
  }

  /// Whether everything is settled, or nobody has anything more to say.
  public func isOver() async throws -> Bool {
    if silence >= Self.patience || isGoingRound { return true }
    guard cast.contains(where: { !$0.commitments.isEmpty }), await session.turn > 0 else {
      return false
    }
    return try await openDebts() == 0
  }

  /// Whether a whole round of the cast brought only written lines that were said before, and moved nothing.
  public var isGoingRound: Bool { isAuthored && stillness >= cast.count }

  /// Takes the next turn: the last line is what the others hear, or something happens.
  ///
  /// - Throws: Whatever a turn of the session throws; it was then not taken.
  public mutating func next() async throws -> Turn {
    let turn = await session.turn
    let last = await session.lastLine
    let speaker = TurnTaking(cast: cast).speaker(after: last)
    let taken: Turn
    if let last, last.turn == turn, turn > 0, cast.count > 1 {
      taken = try await session.respond(to: last, speaker: speaker)
    } else {
      taken = try await session.respond(to: Event(text: "A moment passes."), speaker: speaker)
    }
    silence = taken.line == nil ? silence + 1 : 0
    stillness = isNew(taken) ? 0 : stillness + 1
    return taken
  }

  private mutating func isNew(_ turn: Turn) -> Bool {
    let isUnheard =
      turn.line.map { said.insert(Said(character: $0.character, text: $0.text)).inserted } ?? false
    return isUnheard || turn.records.contains { $0.before.place != $0.after.place }
  }
}

extension Snapshot {
  /// What of a position does not change merely because time passes.
  fileprivate var place: [[Int]] {
    [states, variables, commitments.map { CommitmentStatus.allCases.firstIndex(of: $0.status) ?? 0 }]
  }
}
