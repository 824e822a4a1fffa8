import Dramatis

/// How a chat begins: with a new session, or with one that was kept.
struct ChatStart {
  let cast: [Program]
  /// How the stories among what was named open.
  let openings: [String]
  let voice: Voice
  /// What the user asked to be called; nil where nothing was said.
  let user: String?
  let seed: UInt64
  /// How many tokens of statements a new session hands over; nil for what the profiles say.
  let statementBudget: Int?
  /// Whether a kept session goes on with the programs that it holds.
  let keepsPrograms: Bool
  /// Whether only what is said is shown.
  let isQuiet: Bool
  /// Moves stories on in which nothing falls due.
  let director: Director?
  /// How many members at most answer what is said to several or to all.
  let mostReplies: Int
  /// Whether what a story owes is shown as it moves.
  let showsDebts: Bool
  /// What the cast was read from; none where nobody could read it from these alone.
  let paths: [String]
  /// A model by its name where the one that speaks is served, or none.
  let otherVoice: @Sendable (String?) throws(Failure) -> Voice
  /// Reads what stands at paths, with the books that were named; mistakes are shown.
  let read: @Sendable ([String]) throws(Failure) -> [Program]

  private static let stranger = "stranger"

  func new(isKept: Bool, trace: consuming TraceFile?) async throws -> Conversation {
    let user = user ?? Self.stranger
    try requireOther(user, than: cast)
    let began = Clock.now()
    let session = try makeSession(for: user, began: began)
    await session.direct(by: director)
    await session.remember(by: voice.rememberer)
    var conversation = Conversation(
      session, cast: cast, user: user, voice: voice,
      keeper: SessionKeeper(
        new: isKept ? SessionName(cast: cast, began: began) : nil, in: try? SessionStore.standard()),
      trace: trace)
    settle(&conversation, paths: paths)
    conversation.introduce()
    try await conversation.setScene()
    for opening in openings { try await conversation.open(with: opening) }
    try await conversation.greet()
    return conversation
  }

  private func settle(_ conversation: inout Conversation, paths: [String]) {
    conversation.isQuiet = isQuiet
    conversation.mostReplies = mostReplies
    conversation.showsDebts = showsDebts
    let read = read
    let again: @Sendable () throws(Failure) -> [Program] = { () throws(Failure) in try read(paths) }
    conversation.sources = ChatSources(cast: paths.isEmpty ? nil : again, voice: otherVoice)
  }

  private func makeSession(for user: String, began: String) throws(Failure) -> Session {
    do {
      return try Session(
        cast: cast, seed: seed, user: user, began: began, clock: Clock.now,
        discriminator: voice.discriminator(for: cast),
        performer: voice.performer(user: user), statementBudget: statementBudget,
        sources: paths.isEmpty ? nil : paths)
    } catch {
      throw Failure("\(error)", .input)
    }
  }

  func resumed(_ text: String, trace: consuming TraceFile?) async throws -> Conversation {
    let source = text.isEmpty ? try newest() : try TranscriptSource(text)
    let file = try source.open()
    let (transcript, cut) = file.opened
    let user = user ?? transcript.header.user ?? Self.stranger
    let screen = ChatScreen()
    if let cut { screen.note(cut.note) }
    let programs = try programs(for: transcript, of: source.name, on: screen)
    try requireOther(user, than: programs)
    let session: Session
    do {
      session = try Session(
        resuming: transcript, cast: programs, clock: Clock.now,
        discriminator: voice.discriminator(for: programs),
        performer: voice.performer(user: user))
    } catch {
      throw Failure("\(source.name): \(error)", .input)
    }
    await session.direct(by: director)
    await session.remember(by: voice.rememberer)
    var conversation = Conversation(
      session, cast: programs, user: user, voice: voice, keeper: SessionKeeper(file, name: source.name),
      trace: trace)
    settle(&conversation, paths: cast.isEmpty ? transcript.header.sources ?? [] : paths)
    conversation.introduce()
    await conversation.keep()
    screen.note("On session '\(source.name)', turn \(await session.turn).")
    await conversation.recall()
    return conversation
  }

  private func newest() throws(Failure) -> TranscriptSource {
    guard let name = try TranscriptSource.store().newest(of: cast.map(\.character)) else {
      let who = cast.isEmpty ? "" : " with " + cast.map(\.character).listed
      throw Failure("no session\(who.oneLine) was kept yet; begin one without --resume", .input)
    }
    return try TranscriptSource(name.text)
  }

  /// The programs to go on with; what changed since is said.
  private func programs(
    for transcript: Transcript, of name: String, on screen: ChatScreen
  ) throws(Failure) -> [Program] {
    let recorded = transcript.cast(at: transcript.head)
    guard !keepsPrograms else { return recorded }
    let cast = cast.isEmpty ? readAgain(transcript, recorded: recorded, on: screen) : cast
    guard cast.map(\.character) == recorded.map(\.character) else {
      let who = recorded.map(\.character).listed
      throw Failure(
        "session '\(name)' is one with \(who); resume it without naming a profile".oneLine, .usage)
    }
    guard cast != recorded else { return recorded }
    screen.note("The profile has changed since; --keep would stay with the old one.")
    for text in transcript.changeTexts(to: cast, from: recorded) { screen.note("· \(text)") }
    return cast
  }

  /// The programs as their profiles are now; those of the session where it does not say where they are, or they cannot be read.
  private func readAgain(
    _ transcript: Transcript, recorded: [Program], on screen: ChatScreen
  ) -> [Program] {
    guard let sources = transcript.header.sources else { return recorded }
    let names = recorded.map(\.character)
    if let cast = try? read(sources), cast.map(\.character) == names { return cast }
    screen.note(
      "What \(names.listed) \(names.count == 1 ? "was" : "were") read from is not there as it was (\(sources.listed)); the chat goes on with what the session holds."
    )
    return recorded
  }

  private func requireOther(_ user: String, than cast: [Program]) throws(Failure) {
    guard !cast.contains(where: { $0.isCalled(user) }) else {
      throw Failure("--user \(user) is a name of a character; choose another", .usage)
    }
  }
}

extension ProgramDifference {
  /// The difference as a line: `state mood.wary is gone (who stands there goes to 'other')`.
  var sentence: String {
    let name = subject == .statement ? "\"\(name)\"" : name
    return "\(subject.rawValue) \(name) \(change)" + (loss.map { " (\($0))" } ?? "")
  }
}
