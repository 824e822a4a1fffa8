/// One running conversation of a cast of characters.
///
/// ```swift
/// let session = try Session(cast: [mara])
/// let turn = try await session.respond(to: Event(actor: "Rowan", text: "You watered the ale!"))
/// print(turn.line?.text ?? "…")
/// ```
///
/// A turn commits whole or not at all: one whose discriminator or performer throws leaves everything as it
/// was, and answers already obtained are not asked for again.
public actor Session {
  /// Who speaks in a turn.
  public enum Speaker: Hashable, Sendable {
    /// The first member of the cast who is addressed by name, else the first whom the event concerns.
    case addressed
    /// This member, if the event concerns them.
    case member(String)
    /// Nobody.
    case nobody
  }

  let discriminator: any Discriminator
  private let performer: any Performer
  private var members: [Member]
  var asked = ReplyCache()
  private var isTakingTurn = false

  /// How many turns have been taken.
  public private(set) var turn = 0
  /// The turn that was taken last.
  public private(set) var lastTurn: Turn?
  /// The last thing that a member of the cast said.
  public private(set) var lastLine: Line?

  /// Starts a conversation; without a discriminator and a performer it needs no model.
  ///
  /// - Parameters:
  ///   - cast: The characters, in the order in which they are asked to speak.
  ///   - seed: Decides all chance of the session.
  ///   - discriminator: Answers questions; the cues of the cast unless given.
  ///   - performer: Writes lines; the authored lines unless given.
  /// - Throws: ``SessionError/ambiguousName(_:)`` where two members share a name.
  public init(
    cast: [Program], seed: UInt64 = 0, discriminator: (any Discriminator)? = nil,
    performer: any Performer = AuthoredPerformer()
  ) throws(SessionError) {
    for (index, program) in cast.enumerated() {
      for name in [program.character] + program.aliases
      where cast[..<index].contains(where: { $0.isCalled(name) }) {
        throw .ambiguousName(name)
      }
    }
    members = cast.enumerated().map { index, program in
      // Each member draws for itself; the first by the session's own seed.
      let own = seed &+ UInt64(index) &* 0x9E37_79B9_7F4A_7C15
      return Member(program: program, snapshot: program.initialSnapshot(seed: own))
    }
    self.discriminator = discriminator ?? CueDiscriminator(for: cast)
    self.performer = performer
  }

  /// Where a member of the cast stands.
  ///
  /// - Throws: ``SessionError/noSuchCharacter(_:)``.
  public func snapshot(of character: String) throws(SessionError) -> Snapshot {
    members[try index(of: character)].snapshot
  }

  /// Puts a member where a stored snapshot says; see ``Program/snapshot(from:)``.
  ///
  /// - Throws: ``SessionError`` where nobody has this name, the snapshot is of another program, or a turn is in
  ///   progress.
  public func resume(_ snapshot: Snapshot, of character: String) throws(SessionError) {
    guard !isTakingTurn else { throw .turnInProgress }
    let index = try index(of: character)
    guard members[index].program.made(snapshot) else { throw .foreignSnapshot(character) }
    members[index].snapshot = snapshot
    turn = max(turn, snapshot.turn)
  }

  /// Writes variables before the next turn, clamped to their bounds; all of them or none.
  ///
  /// - Throws: ``SettingError``, or ``SessionError`` where nobody has this name or a turn is in progress.
  public func set(_ values: [String: Datum], of character: String) throws {
    guard !isTakingTurn else { throw SessionError.turnInProgress }
    let index = try index(of: character)
    var snapshot = members[index].snapshot
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      try snapshot.set(name, to: value, in: members[index].program)
    }
    members[index].snapshot = snapshot
  }

  /// Lets a member greet: an authored greeting that everyone hears and that moves nothing.
  ///
  /// - Parameter user: Who stands for `{user}`.
  /// - Returns: The greeting; nil where the profile has none.
  public func greet(as character: String, user: String = "stranger") throws(SessionError) -> Line? {
    guard !isTakingTurn else { throw .turnInProgress }
    let speaker = try index(of: character)
    let (program, snapshot) = (members[speaker].program, members[speaker].snapshot)
    guard !program.greetings.isEmpty else { return nil }
    let draw = draw(seed: snapshot.seed, turn: turn, site: DrawSite.greeting)
    let text = program.greetings[pick(draw, from: program.greetings.count)]
      .filled(for: program, at: snapshot, user: user)
    let line = Line(
      turn: turn, character: program.character, text: text,
      event: Event(actor: program.character, text: text))
    for index in members.indices where index != speaker { members[index].hearLater(line.event) }
    members[speaker].hear(line.event)
    members[speaker].say(SpokenLine(text), in: turn)
    lastLine = line
    return line
  }

  /// Takes a turn: everyone steps on the event, and at most one member speaks.
  ///
  /// - Parameters:
  ///   - event: What happened.
  ///   - given: Answers by question name or exact text; they win over the discriminator. One that the event
  ///     leaves unused holds for the character's own line. Those that fit no question are ignored.
  ///   - speaker: Who speaks.
  /// - Throws: ``SessionError``, and whatever the discriminator or the performer throws.
  public func respond(
    to event: Event, given: [String: Answer] = [:], speaker: Speaker = .addressed
  ) async throws -> Turn {
    guard event.text != nil || event.scene != nil else { throw SessionError.emptyEvent }
    return try await takeTurn(on: event, given: given, speaker: speaker, said: nil)
  }

  /// Takes a turn in which the others hear the last line; who said it has already stepped on it.
  ///
  /// - Throws: ``SessionError/staleLine`` unless it is the newest line and no turn came after it.
  public func respond(
    to line: Line, given: [String: Answer] = [:], speaker: Speaker = .addressed
  ) async throws -> Turn {
    guard line == lastLine, line.turn == turn else { throw SessionError.staleLine }
    return try await takeTurn(on: line.event, given: given, speaker: speaker, said: index(of: line.character))
  }

  private func index(of character: String) throws(SessionError) -> Int {
    guard let index = members.firstIndex(where: { $0.program.isCalled(character) }) else {
      throw .noSuchCharacter(character)
    }
    return index
  }
}

extension Session {
  private func takeTurn(
    on event: Event, given: [String: Answer], speaker: Speaker, said: Int?
  ) async throws -> Turn {
    guard !isTakingTurn else { throw SessionError.turnInProgress }
    if case .member(let name) = speaker { _ = try index(of: name) }
    isTakingTurn = true
    defer { isTakingTurn = false }
    var draft = Draft(number: turn + 1, event: event, isLine: said != nil, members: members)
    for index in members.indices {
      if index == said {
        draft.skip(index)
      } else {
        draft.take(
          try await eventStep(
            of: draft.members[index], event, given, mightSpeak: draft.mightSpeak(index, as: speaker)), index)
      }
    }
    if let speaking = draft.speaker(speaker) { try await speak(speaking, given, &draft) }
    return commit(draft)
  }

  private func eventStep(
    of member: Member, _ event: Event, _ given: [String: Answer], mightSpeak: Bool
  ) async throws -> StepRecord {
    let scene = Scene(of: event, after: member.heard, window: member.program.window)
    return try await stepRecord(
      of: member, event, scene, member.program.answers(from: given).answers, isLine: false,
      choosesLine: mightSpeak && performer.choosesAuthoredLines)
  }

  /// Lets a member speak and step on what they said.
  ///
  /// An answer that was given and used for the event is about the event, and not about the line.
  private func speak(_ index: Int, _ given: [String: Answer], _ draft: inout Draft) async throws {
    guard let record = draft.events[index] else { return }
    let spoken = try await performer.line(for: draft.request(for: record, index))
    guard let spoken else { return }
    let event = draft.lineEvent(by: index, spoken.text)
    let member = draft.members[index]
    let scene = Scene(of: event, after: member.heard, window: member.program.window)
    var offered = member.program.answers(from: given).answers
    for question in record.replies.keys { offered[question] = nil }
    let step = try await stepRecord(of: member, event, scene, offered, isLine: true, choosesLine: false)
    draft.say(spoken, event, step, index)
  }

  private func commit(_ draft: Draft) -> Turn {
    let finished = draft.turn(before: members)
    members = draft.members
    turn = draft.number
    lastTurn = finished
    if let line = finished.line { lastLine = line }
    asked.forget()
    return finished
  }
}
