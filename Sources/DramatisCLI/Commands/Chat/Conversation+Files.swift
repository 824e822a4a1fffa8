import Dramatis

/// Sessions and files.
extension Conversation {
  mutating func save(_ argument: String) async throws {
    guard !argument.isEmpty else { throw ChatProblem(usageOf: .save) }
    let new = try TranscriptSource(new: argument)
    try keeper.save(await session.transcript, as: new.location)
    trouble = nil
    screen.note("Kept as '\(new.name)' from now on.")
  }

  mutating func load(_ argument: String) async throws {
    guard !argument.isEmpty else { throw ChatProblem(usageOf: .load) }
    let source = try TranscriptSource(argument)
    let file = try source.location.open()
    let transcript = file.opened.transcript
    if let cut = file.opened.cut { screen.note(cut.note) }
    let recorded = transcript.cast(at: transcript.head)
    let isSame = recorded.map(\.character) == cast.map(\.character)
    try await resume(transcript, with: isSame ? cast : recorded)
    keeper = SessionKeeper(file, name: source.name)
    await keep()
    screen.note("On session '\(source.name)', turn \(await session.turn).")
    await recall()
  }

  mutating func export(_ argument: String) async throws {
    let (word, rest) = argument.firstWordAndRest
    let replaces = word == "--force"
    let path = replaces ? rest : argument
    guard !path.isEmpty else { throw ChatProblem(usageOf: .export) }
    let transcript = await session.transcript
    let format = try TranscriptExport.Format(path: path)
    try OutputFile(path: path).write(
      try TranscriptExport(transcript).bytes(as: format), replaces: replaces,
      advice: "/export --force \(path.oneLine) replaces it")
    if format == .transcript { keeper.noteCopy(of: transcript) }
    screen.note("Written to \(path.oneLine)")
  }

  /// Reads the profiles again and goes on with them as they are now.
  mutating func reload() async throws {
    guard let read = sources?.cast else {
      throw ChatProblem(
        "Nobody knows where the profiles of this session are; name them to dramatis chat --resume.")
    }
    let new: [Program]
    do throws(Failure) {
      new = try read()
    } catch {
      throw ChatProblem(
        "The profiles cannot be used as they are\(error.message.isEmpty ? "" : ": \(error.message)"); the chat goes on with those before."
      )
    }
    guard new.map(\.character) == cast.map(\.character) else {
      throw ChatProblem(
        "That is another cast now: \(new.map(\.character).listed). Begin a chat with it; this one is with \(names)."
      )
    }
    guard new != cast else { return screen.note("Nothing has changed in the profiles.") }
    let transcript = await session.transcript
    for text in transcript.changeTexts(to: new, from: cast) { screen.note("· \(text)") }
    try await resume(transcript, with: new)
    await keep()
    screen.note("The profiles are read again; the chat goes on with them.")
  }

  /// Says which model speaks, or lets another one speak from now on.
  mutating func changeModel(to name: String) async throws {
    guard !name.isEmpty else { return screen.note(voice.introduction(of: cast)) }
    guard let sources else { throw ChatProblem("Another model can be chosen when a chat begins.") }
    voice = try sources.voice(name == "off" ? nil : name)
    try await resume(await session.transcript, with: cast)
    screen.note(voice.introduction(of: cast))
  }

  /// Goes on where a transcript ends, with a cast and the voice as it is now.
  private mutating func resume(_ transcript: Transcript, with company: [Program]) async throws {
    let director = await session.director
    session = try Session(
      resuming: transcript, cast: company, clock: Clock.now,
      discriminator: voice.discriminator(for: company), performer: voice.performer(user: user))
    await session.direct(by: director)
    await session.remember(by: voice.rememberer)
    cast = company
  }
}

/// Where a chat finds its profiles and models again.
struct ChatSources: Sendable {
  /// Reads the profiles that were named, and shows their mistakes; nil where nobody knows where they are.
  let cast: (@Sendable () throws(Failure) -> [Program])?
  /// A model of this name where the one that speaks is served, or none.
  let voice: @Sendable (String?) throws(Failure) -> Voice
}

extension Transcript {
  /// What going on with other programs changes, a line each.
  func changeTexts(to new: [Program], from old: [Program]) -> [String] {
    let moved = (try? changes(to: new)) ?? [:]
    return zip(new, old).flatMap { new, old in
      new.differences(from: old).map(\.sentence) + (moved[new.character] ?? []).map { "now: \($0)" }
    }
  }
}
