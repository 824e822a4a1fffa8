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
    let company = isSame ? cast : recorded
    let director = await session.director
    session = try Session(
      resuming: transcript, cast: isSame ? cast : nil, clock: Clock.now,
      discriminator: voice.discriminator(for: company),
      performer: voice.performer(user: user))
    await session.direct(by: director)
    cast = company
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
}
