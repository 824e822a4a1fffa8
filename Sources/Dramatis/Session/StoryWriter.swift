/// Lets a cast go on with a story by itself, turn by turn, driven by what is owed.
///
/// Whoever has a payoff that is due speaks; else whoever was named in the last line; else the next in the cast. A
/// ``Director`` tells whoever speaks what would make something due.
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
  ///   - director: Who moves it toward what it owes; nil for nobody.
  public init(
    _ session: Session, isAuthored: Bool = true, director: Director? = Director(stall: 0)
  ) async {
    await session.direct(by: director)
    self.session = session
    self.isAuthored = isAuthored
    cast = await session.cast
  }

  /// The debts of the story that are open, by owner in the order of the cast.
  ///
  /// - Throws: ``SessionError/noSuchCharacter(_:)`` where the session's cast is another one by now.
  public func openDebts() async throws -> [OpenDebt] {
    var open: [OpenDebt] = []
    for program in cast {
      let snapshot = try await session.snapshot(of: program.character)
      open += program.commitments.indices.compactMap { program.openDebt($0, at: snapshot) }
    }
    return open
  }

  /// Whether everything is settled, or nobody has anything more to say.
  public func isOver() async throws -> Bool {
    if isStill { return true }
    guard cast.contains(where: { !$0.commitments.isEmpty }), await session.turn > 0 else {
      return false
    }
    return try await openDebts().isEmpty
  }

  /// Whether a whole round of the cast brought only written lines that were said before, and moved nothing.
  public var isGoingRound: Bool { isAuthored && stillness >= cast.count }

  /// Whether nobody has anything more to say, whatever is owed.
  public var isStill: Bool { silence >= Self.patience || isGoingRound }

  /// Takes the next turn: the last line is what the others hear, or something happens.
  ///
  /// - Throws: Whatever a turn of the session throws; it was then not taken.
  public mutating func next() async throws -> Turn {
    let taken = try await session.goOn()
    note(taken)
    return taken
  }

  /// Takes note of a turn that was taken elsewhere, such as by ``Session/goOn(speaker:direction:show:)``.
  ///
  /// - Parameter taken: The turn that came after the one noted last.
  public mutating func note(_ taken: Turn) {
    silence = taken.line == nil ? silence + 1 : 0
    stillness = isNew(taken) ? 0 : stillness + 1
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

/// A debt that is not settled, and what it waits for.
public struct OpenDebt: Hashable, Sendable {
  /// Who owes it, and what it is called.
  public let owner, name: String
  /// How far it has come.
  public let status: CommitmentStatus
  /// What it waits for, in words.
  public let waitsFor: String
}

extension Program {
  /// Why a commitment of the character's own is open; nil where it is settled or another's.
  fileprivate func openDebt(_ index: Int, at snapshot: Snapshot) -> OpenDebt? {
    let (commitment, progress) = (commitments[index], snapshot.commitments[index])
    guard progress.status.isOpen, owns(commitment) else { return nil }
    return OpenDebt(
      owner: character, name: commitment.name, status: progress.status,
      waitsFor: reason(thatIsOpen: commitment, progress, at: snapshot))
  }

  private func reason(
    thatIsOpen commitment: Commitment, _ progress: CommitmentProgress, at snapshot: Snapshot
  ) -> String {
    if progress.status == .triggered {
      return "due since turn \(progress.triggered ?? snapshot.turn), and no line has paid it"
    }
    if progress.status == .planned { return "it is planted when \(words(commitment.plant))" }
    let first = commitment.after.filter { snapshot.commitments[$0].status != .paid }
    if !first.isEmpty {
      return "\(first.map { commitments[$0].name }.joined(separator: ", ")) must be paid first"
    }
    return "it falls due when \(words(commitment.trigger))"
  }

  /// A condition by the words of its questions.
  private func words(_ condition: Condition?) -> String {
    guard let condition else { return "the story begins" }
    let questions = condition.questions.map { "\"\(self.questions[$0].text)\" is yes" }
    return questions.isEmpty ? text(of: condition) : questions.joined(separator: ", ")
  }
}
