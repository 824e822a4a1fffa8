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

  private static let stranger = "stranger"

  func new(isKept: Bool, trace: consuming TraceFile?) async throws -> Conversation {
    let user = user ?? Self.stranger
    try requireOther(user, than: cast)
    let began = Clock.now()
    let session = try makeSession(for: user, began: began)
    await session.direct(by: director)
    var conversation = Conversation(
      session, cast: cast, user: user, voice: voice,
      keeper: SessionKeeper(
        new: isKept ? SessionName(cast: cast, began: began) : nil, in: try? SessionStore.standard()),
      trace: trace)
    conversation.isQuiet = isQuiet
    conversation.introduce()
    for opening in openings { try await conversation.open(with: opening) }
    try await conversation.greet()
    return conversation
  }

  private func makeSession(for user: String, began: String) throws(Failure) -> Session {
    do {
      return try Session(
        cast: cast, seed: seed, user: user, began: began, clock: Clock.now,
        discriminator: voice.discriminator(for: cast),
        performer: voice.performer(user: user), statementBudget: statementBudget)
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
    var conversation = Conversation(
      session, cast: programs, user: user, voice: voice, keeper: SessionKeeper(file, name: source.name),
      trace: trace)
    conversation.isQuiet = isQuiet
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
    guard !cast.isEmpty, !keepsPrograms else { return recorded }
    guard cast.map(\.character) == recorded.map(\.character) else {
      let who = recorded.map(\.character).listed
      throw Failure(
        "session '\(name)' is one with \(who); resume it without naming a profile".oneLine, .usage)
    }
    guard cast != recorded else { return recorded }
    let changes = (try? transcript.changes(to: cast)) ?? [:]
    screen.note("The profile has changed since; --keep would stay with the old one.")
    for (new, old) in zip(cast, recorded) {
      for difference in new.differences(from: old) { screen.note("· \(difference.sentence)") }
      for change in changes[new.character] ?? [] { screen.note("· now: \(change)") }
    }
    return cast
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
