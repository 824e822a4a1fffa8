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
    /// The first whom the event concerns and who has a payoff that is due, else this member.
    case owing(otherwise: String)
    /// Nobody.
    case nobody
  }

  /// What becomes of a turn that is begun while another one is in progress.
  public enum WhenBusy: Hashable, Sendable, CaseIterable {
    /// It is refused with ``SessionError/turnInProgress``.
    case refuse
    /// It waits until those before it have ended, and goes on from where they led.
    case wait
  }

  let discriminator: any Discriminator
  let performer: any Performer
  let asking: Asking
  /// Moves the story toward what it owes; nil where nobody does.
  public private(set) var director: Director?
  /// Sums up what the cast hears in answer to its standing questions; nil where the words themselves are kept.
  public private(set) var rememberer: (any Rememberer)?
  var state: SessionState
  var asked = ReplyCache()
  var isTurnInProgress = false
  private let whenBusy: WhenBusy
  /// Turns that wait for the one in progress, in the order in which they came.
  private var waiting: [CheckedContinuation<Void, Never>] = []
  var speaking: Task<SpokenLine?, any Error>?
  private let isRecorded: Bool
  private let clock: (@Sendable () -> String)?

  /// Everything that happened on every branch.
  public internal(set) var transcript: Transcript
  /// The turn that was taken last on this branch.
  public var lastTurn: Turn? { state.lastTurn }
  /// How many turns have been taken on this branch.
  public var turn: Int { state.turn }
  /// The last thing that a member of the cast said.
  public var lastLine: Line? { state.lastLine }
  /// By which rules of a turn the session goes: the newest, or those by which its transcript was recorded.
  public var rules: Rules { transcript.header.rules }
  /// The programs of the cast, in order.
  public var cast: [Program] { state.cast }

  /// Starts a conversation; without a discriminator and a performer it needs no model.
  ///
  /// - Parameters:
  ///   - cast: The characters, in the order in which they are asked to speak.
  ///   - seed: Decides all chance of the session.
  ///   - user: What the characters call the user, for the transcript.
  ///   - began: When the session begins, for people who read the transcript.
  ///   - clock: Says when something happens, for people and to find what was played last; nothing else reads it.
  ///   - isRecorded: Whether a transcript is kept; without one memory does not grow, and nothing can be undone.
  ///   - discriminator: Answers questions; the cues of the cast unless given.
  ///   - performer: Writes lines; the authored lines unless given.
  ///   - asking: How questions are put to the discriminator.
  ///   - whenBusy: What becomes of a turn that is begun while another one is in progress.
  ///   - statementBudget: How many tokens of statements are handed to the performer; see
  ///     ``StatementSelection``. What each profile says unless given.
  ///   - sources: What the cast was read from, for whoever goes on with the session and wants to read it again.
  /// - Throws: ``SessionError/ambiguousName(_:)`` where two members share a name.
  public init(
    cast: [Program], seed: UInt64 = 0, user: String? = nil, began: String? = nil,
    clock: (@Sendable () -> String)? = nil, isRecorded: Bool = true,
    discriminator: (any Discriminator)? = nil, performer: any Performer = AuthoredPerformer(),
    asking: Asking = .inRounds, whenBusy: WhenBusy = .refuse, statementBudget: Int? = nil,
    sources: [String]? = nil
  ) throws(SessionError) {
    try Self.checkNames(of: cast)
    state = SessionState(cast: cast, seed: seed, statementBudget: statementBudget)
    transcript = Transcript(
      header: TranscriptHeader(
        cast: cast, seed: seed, user: user, began: began, statementBudget: statementBudget, sources: sources))
    self.isRecorded = isRecorded
    self.clock = clock
    self.discriminator = discriminator ?? CueDiscriminator(for: cast)
    self.performer = performer
    self.asking = asking
    self.whenBusy = whenBusy
  }

  /// Starts a conversation of instances, who go on from where they stand; two of one program are two members.
  ///
  /// What they heard and said before is theirs and does not come with them; their positions are the first entry of the
  /// transcript.
  ///
  /// - Parameters:
  ///   - instances: The characters, each under a name of its own.
  ///   - seed: Decides the chance of members who join later; each instance draws by its own.
  ///   - user: What the characters call the user.
  ///   - isRecorded: Whether a transcript is kept.
  ///   - discriminator: Answers questions; the cues of the cast unless given.
  ///   - performer: Writes lines; the authored lines unless given.
  ///   - whenBusy: What becomes of a turn that is begun while another one is in progress.
  /// - Throws: ``SessionError/ambiguousName(_:)`` where two of them share a name.
  public init(
    cast instances: [Instance], seed: UInt64 = 0, user: String? = nil, isRecorded: Bool = true,
    discriminator: (any Discriminator)? = nil, performer: any Performer = AuthoredPerformer(),
    whenBusy: WhenBusy = .refuse
  ) throws(SessionError) {
    let cast = instances.map(\.program)
    try Self.checkNames(of: cast)
    var state = SessionState(cast: cast, seed: seed)
    for (index, instance) in instances.enumerated() { state.members[index].snapshot = instance.snapshot }
    state.turn = instances.map(\.turn).max() ?? 0
    var transcript = Transcript(
      header: TranscriptHeader(cast: cast, seed: seed, user: user, began: nil, statementBudget: nil))
    if isRecorded {
      let after = state.members.map(\.named)
      _ = transcript.append(.change(ChangeEntry(reason: .resumed, cast: nil, after: after)), after: 0)
    }
    (self.state, self.transcript, self.isRecorded) = (state, transcript, isRecorded)
    clock = nil
    self.discriminator = discriminator ?? CueDiscriminator(for: cast)
    self.performer = performer
    asking = .inRounds
    self.whenBusy = whenBusy
  }

  /// Goes on where a transcript ends.
  ///
  /// With another cast everyone is carried over by name; see ``Transcript/changes(to:)``. It goes on by the rules by
  /// which it was recorded.
  ///
  /// - Parameters:
  ///   - transcript: What was recorded.
  ///   - cast: The programs to go on with; those of the transcript unless given.
  ///   - clock: Says when something happens.
  ///   - discriminator: Answers questions; the cues of the cast unless given.
  ///   - performer: Writes lines; the authored lines unless given.
  ///   - asking: How questions are put to the discriminator.
  ///   - whenBusy: What becomes of a turn that is begun while another one is in progress.
  /// - Throws: ``TranscriptError/misfit(entry:)``, or ``SessionError/ambiguousName(_:)``.
  public init(
    resuming transcript: Transcript, cast: [Program]? = nil, clock: (@Sendable () -> String)? = nil,
    discriminator: (any Discriminator)? = nil,
    performer: any Performer = AuthoredPerformer(), asking: Asking = .inRounds,
    whenBusy: WhenBusy = .refuse
  ) throws {
    let recorded = transcript.cast(at: transcript.head)
    let cast = cast ?? recorded
    try Self.checkNames(of: cast)
    var transcript = transcript
    if cast != recorded { try transcript.migrate(at: transcript.head, to: cast) }
    state = try transcript.state(at: transcript.head)
    self.transcript = transcript
    isRecorded = true
    self.clock = clock
    self.discriminator = discriminator ?? CueDiscriminator(for: cast)
    self.performer = performer
    self.asking = asking
    self.whenBusy = whenBusy
  }

  private static func checkNames(of cast: [Program]) throws(SessionError) {
    for (index, program) in cast.enumerated() {
      for name in [program.character] + program.aliases
      where cast[..<index].contains(where: { $0.isCalled(name) }) {
        throw .ambiguousName(name)
      }
    }
  }

  /// Where a member of the cast stands.
  ///
  /// - Throws: ``SessionError/noSuchCharacter(_:)``.
  public func snapshot(of character: String) throws(SessionError) -> Snapshot {
    state.members[try index(of: character)].snapshot
  }

  /// Puts a member where a stored snapshot says; see ``Program/snapshot(from:)``.
  ///
  /// - Throws: ``SessionError`` where nobody has this name, the snapshot is of another program, or a turn is in
  ///   progress.
  public func resume(_ snapshot: Snapshot, of character: String) throws(SessionError) {
    guard !isTurnInProgress else { throw .turnInProgress }
    let index = try index(of: character)
    guard state.members[index].program.identity == snapshot.identity else {
      throw .foreignSnapshot(character)
    }
    state.members[index].snapshot = snapshot
    state.turn = max(turn, snapshot.turn)
    recordChange(.resumed)
  }

  /// Lets a director move the story toward what it owes from now on, or nobody.
  public func direct(by director: Director?) {
    self.director = director
  }

  /// Lets somebody sum up from now on what the cast hears in answer to its standing questions, or nobody.
  public func remember(by rememberer: (any Rememberer)?) {
    self.rememberer = rememberer
  }

  /// Writes variables before the next turn, clamped to their bounds; all of them or none.
  ///
  /// - Throws: ``SettingError``, or ``SessionError`` where nobody has this name or a turn is in progress.
  public func set(_ values: [String: Datum], of character: String) throws {
    try write(values, of: character) { snapshot, name, value, program in
      try snapshot.set(name, to: value, in: program)
    }
  }

  /// Puts machines into states before the next turn, as an author would; all of them or none.
  ///
  /// - Parameters:
  ///   - states: The names of states by those of machines.
  ///   - character: Whose machines.
  /// - Throws: ``SettingError``, or ``SessionError`` where nobody has this name or a turn is in progress.
  public func force(_ states: [String: String], of character: String) throws {
    try write(states, of: character) { snapshot, machine, name, program in
      try snapshot.force(machine, to: name, in: program)
    }
  }

  /// Puts a member elsewhere by hand, name by name, and records that where anything is different then.
  private func write<Value>(
    _ values: [String: Value], of character: String,
    by write: (inout Snapshot, String, Value, Program) throws -> Void
  ) throws {
    guard !isTurnInProgress else { throw SessionError.turnInProgress }
    let index = try index(of: character)
    var snapshot = state.members[index].snapshot
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      try write(&snapshot, name, value, state.members[index].program)
    }
    guard snapshot != state.members[index].snapshot else { return }
    state.members[index].snapshot = snapshot
    recordChange(.set)
  }

  /// Who says nothing unasked, by name.
  public var muted: Set<String> { state.muted }

  /// Lets a member say nothing from now on unless asked by name as ``Speaker/member(_:)``, or speak again.
  ///
  /// They go on to hear, and to move.
  ///
  /// - Throws: ``SessionError`` where nobody has this name or a turn is in progress.
  public func mute(_ character: String, _ isMuted: Bool = true) throws(SessionError) {
    guard !isTurnInProgress else { throw .turnInProgress }
    let name = state.members[try index(of: character)].program.character
    guard state.muted.contains(name) != isMuted else { return }
    if isMuted { state.muted.insert(name) } else { state.muted.remove(name) }
    recordChange(.muted)
  }

  /// Lets everyone hear how a story opens; it moves nothing, and no turn passes.
  ///
  /// - Parameter opening: What happens; with an empty one nothing does.
  /// - Throws: ``SessionError/turnInProgress``.
  public func narrate(opening: String) throws(SessionError) {
    guard !isTurnInProgress else { throw .turnInProgress }
    guard !opening.isEmpty else { return }
    state.hear(opening: opening)
    record(.opening(OpeningEntry(text: opening)), after: transcript.head)
  }

  /// Lets a member greet: an authored greeting that everyone hears and that moves nothing.
  ///
  /// - Parameter user: Who stands for `{user}`.
  /// - Returns: The greeting; nil where the profile has none.
  public func greet(as character: String, user: String = "stranger") throws(SessionError) -> Line? {
    guard !isTurnInProgress else { throw .turnInProgress }
    let speaker = try index(of: character)
    let (program, snapshot) = (state.members[speaker].program, state.members[speaker].snapshot)
    guard !program.greetings.isEmpty else { return nil }
    let number = Draw.number(seed: snapshot.seed, turn: turn, site: Draw.Site.greeting)
    let text = program.greetings[Draw.index(number, below: program.greetings.count)]
      .filled(for: program, at: snapshot, user: user).withMacros(
        of: program, at: snapshot, user: user, time: clock?())
    let line = state.hear(greeting: SpokenLine(text), by: speaker)
    record(.greeting(LineEntry(character: line.character, SpokenLine(text))), after: transcript.head)
    return line
  }

  /// Lets a member say a greeting that was said elsewhere, which everyone hears and which moves nothing.
  @discardableResult
  package func greet(as character: String, saying text: String) throws(SessionError) -> Line {
    guard !isTurnInProgress else { throw .turnInProgress }
    let line = state.hear(greeting: SpokenLine(text), by: try index(of: character))
    record(.greeting(LineEntry(character: line.character, SpokenLine(text))), after: transcript.head)
    return line
  }

  /// Takes a turn: everyone steps on the event, and at most one member speaks.
  ///
  /// - Parameters:
  ///   - event: What happened.
  ///   - given: Answers by question name or exact text; they win over the discriminator. One that the event
  ///     leaves unused holds for the character's own line. Those that fit no question are ignored.
  ///   - speaker: Who speaks.
  ///   - show: Takes the line bit by bit while it is made, from performers that make it so.
  /// - Throws: ``SessionError``, and whatever the discriminator or the performer throws.
  public func respond(
    to event: Event, given: [String: Answer] = [:], speaker: Speaker = .addressed,
    show: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> Turn {
    if let fault = event.fault { throw SessionError(fault) }
    return try await run {
      TurnRequest(
        event: event, speaker: speaker, given: given, parent: transcript.head, base: state, show: show)
    }
  }

  /// Takes a turn that answers the last line; nobody who heard it in its own turn steps on it again.
  ///
  /// - Parameters:
  ///   - line: The newest line.
  ///   - given: Answers by question name or exact text; they win over the discriminator.
  ///   - speaker: Who speaks.
  ///   - direction: In which direction the answer is to go.
  ///   - show: Takes the answer bit by bit while it is made.
  /// - Throws: ``SessionError/staleLine`` unless it is the newest line and no turn came after it.
  public func respond(
    to line: Line, given: [String: Answer] = [:], speaker: Speaker = .addressed, direction: Direction? = nil,
    show: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> Turn {
    try await run {
      guard line == lastLine, line.turn == turn else { throw SessionError.staleLine }
      var event = line.event
      event.direction = direction
      var request = TurnRequest(
        event: event, speaker: speaker, given: given, said: try index(of: line.character),
        parent: transcript.head, base: state, show: show)
      request.heard = state.repliesHeard(saidBy: request.said)
      return request
    }
  }

  /// Waits for the turn in progress, where the caller chose so.
  ///
  /// - Throws: ``SessionError/turnInProgress``, or `CancellationError` where the task was cancelled while it waited.
  func beginTurn() async throws {
    guard isTurnInProgress else {
      isTurnInProgress = true
      return
    }
    guard whenBusy == .wait else { throw SessionError.turnInProgress }
    await withCheckedContinuation { waiting.append($0) }
    // Whoever ended a turn has left it in progress, so that nobody comes between.
    guard Task.isCancelled else { return }
    endTurn()
    throw CancellationError()
  }

  func endTurn() {
    isTurnInProgress = !waiting.isEmpty
    if isTurnInProgress { waiting.removeFirst().resume() }
  }

  /// Stops whoever is speaking; the turn ends with what was said so far, if the performer keeps it.
  ///
  /// - Returns: Whether somebody was speaking.
  @discardableResult
  public func stopSpeaking() -> Bool {
    speaking?.cancel()
    return speaking != nil
  }

  func index(of character: String) throws(SessionError) -> Int {
    guard let index = state.index(of: character) else { throw .noSuchCharacter(character) }
    return index
  }

  func record(_ content: TranscriptEntry.Content, after parent: Int) {
    if isRecorded { _ = transcript.append(content, after: parent, at: clock?()) }
  }

  private func recordChange(_ reason: ChangeEntry.Reason) {
    record(
      .change(
        ChangeEntry(
          reason: reason, cast: nil, after: state.members.map(\.named),
          muted: reason == .muted ? state.muted.sorted() : nil)),
      after: transcript.head)
  }

  /// The identity that the next entry of the transcript will have; 0 where none is kept.
  var nextEntry: Int { isRecorded ? transcript.entries.count + 1 : 0 }
}
