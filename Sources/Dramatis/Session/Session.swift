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

  private let discriminator: any Discriminator
  private let performer: any Performer
  private var members: [Member]
  private var cache: [CacheKey: Reply] = [:]
  private var isTakingTurn = false

  /// How many turns have been taken.
  public private(set) var turn = 0
  /// All turns, oldest first.
  public private(set) var turns: [Turn] = []
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
    members = cast.map { Member(program: $0, snapshot: $0.initialSnapshot(seed: seed)) }
    self.discriminator = discriminator ?? CueDiscriminator(for: cast)
    self.performer = performer
  }

  /// Where a member of the cast stands.
  ///
  /// - Throws: ``SessionError/noSuchCharacter(_:)``.
  public func snapshot(of character: String) throws(SessionError) -> Snapshot {
    members[try index(of: character)].snapshot
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
    members[speaker].say(text, in: turn)
    lastLine = line
    return line
  }

  /// Takes a turn: everyone steps on the event, and at most one member speaks.
  ///
  /// - Parameters:
  ///   - event: What happened.
  ///   - given: Answers by question name or exact text; they win over the discriminator for the whole
  ///     turn, the character's own line included. Those that fit no question of a character are ignored.
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
      of: member, event, scene, given, isLine: false,
      choosesLine: mightSpeak && performer.choosesAuthoredLines)
  }

  private func speak(_ index: Int, _ given: [String: Answer], _ draft: inout Draft) async throws {
    guard let record = draft.events[index] else { return }
    let text = try await performer.line(for: draft.request(for: record, index))
    guard let text else { return }
    let event = draft.lineEvent(by: index, text)
    let member = draft.members[index]
    let scene = Scene(of: event, after: member.heard, window: member.program.window)
    let step = try await stepRecord(of: member, event, scene, given, isLine: true, choosesLine: false)
    draft.say(text, event, step, index)
  }

  private func commit(_ draft: Draft) -> Turn {
    let finished = draft.turn(before: members)
    members = draft.members
    turn = draft.number
    turns.append(finished)
    if let line = finished.line { lastLine = line }
    cache = [:]
    return finished
  }
}

extension Session {
  /// Asks round after round until no question is open, then steps.
  private func stepRecord(
    of member: Member, _ event: Event, _ scene: Scene, _ given: [String: Answer],
    isLine: Bool, choosesLine: Bool
  ) async throws -> StepRecord {
    let program = member.program
    var answers = program.answers(from: given).answers
    var replies: [Int: Reply] = [:]
    for index in answers.answered { replies[index] = answers[index].map { Reply($0, source: "given") } }
    var rounds: [[Int]] = []
    while true {
      let open = program.openQuestions(
        at: member.snapshot, event: event, scene: scene, given: answers, isLine: isLine,
        choosesLine: choosesLine)
      if open.isEmpty { break }
      rounds.append(open)
      for (index, reply) in try await ask(open, of: program, scene) {
        replies[index] = reply
        answers[index] = reply.answer
      }
    }
    let step = program.step(from: member.snapshot, event: event, scene: scene, given: answers, isLine: isLine)
    return StepRecord(
      event: event, scene: scene, rounds: rounds, replies: replies, step: step, answers: answers)
  }

  /// Puts a round to the discriminator, except for what was answered in an attempt that failed.
  private func ask(_ open: [Int], of program: Program, _ scene: Scene) async throws -> [(Int, Reply)] {
    let keys = open.map {
      CacheKey(
        character: program.character, scene: Array(scene.text.utf8), newest: Array(scene.newest.utf8),
        question: $0)
    }
    let missing = open.indices.filter { cache[keys[$0]] == nil }
    if !missing.isEmpty {
      try Task.checkCancellation()
      let questions = missing.map { program.questions[open[$0]] }
      let replies = try await discriminator.checkedReplies(to: questions, about: scene)
      for (index, reply) in zip(missing, replies) {
        cache[keys[index]] = reply.orOtherwise(program.questions[open[index]])
      }
    }
    return zip(open, keys).map { ($0, cache[$1] ?? Reply(.unknown, source: "nobody")) }
  }
}

extension Reply {
  /// What the author wants to be assumed when nobody could tell.
  fileprivate func orOtherwise(_ question: Question) -> Reply {
    guard answer.truth == .unknown, let otherwise = question.otherwise else { return self }
    return Reply(otherwise, source: "otherwise")
  }
}

/// What a reply depends on, so that an attempt that failed loses none.
///
/// In bytes and indices, because equal strings may differ in normalisation.
private struct CacheKey: Hashable {
  let character: String
  let scene, newest: [UInt8]
  let question: Int
}
