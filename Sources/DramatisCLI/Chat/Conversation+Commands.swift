import Dramatis
import DramatisCompiler

extension Conversation {
  /// Does what a command asks for; what cannot be done is said, and the chat goes on.
  mutating func obey(_ command: SlashCommand, _ argument: String) async throws {
    do {
      switch command {
      case .help, .quit: screen.note(SlashCommand.list)
      case .state: try await showState(of: argument)
      case .why: try await showWhy(argument)
      case .undo: try await undo(argument)
      case .retry: try await retry()
      case .alternatives: try await showAlternatives(argument)
      case .edit: try await edit(argument)
      case .branch: try await branch(argument)
      case .branches: try await showBranches()
      case .goto: try await goTo(argument)
      case .sayAs: try await sayAs(argument)
      case .event:
        guard !argument.isEmpty else { throw ChatProblem(usageOf: command) }
        try await respond(to: Event(text: argument))
      case .set: try await set(argument)
      case .save: try await save(argument)
      case .load: try await load(argument)
      case .export: try await export(argument)
      }
    } catch let problem as ChatProblem {
      screen.note(problem.message)
    } catch let error as SessionError {
      screen.note("\(error).".capitalisedFirst)
    } catch let error as TranscriptError {
      screen.note("\(error).".capitalisedFirst)
    } catch let failure as Failure {
      screen.note("\(failure.message).".capitalisedFirst)
    }
  }

  private func showState(of name: String) async throws {
    let wanted = name.isEmpty ? cast : cast.filter { $0.isCalled(name) }
    guard !wanted.isEmpty else { throw ChatProblem("Nobody here is called \(name.oneLine): \(names).") }
    for program in wanted {
      if cast.count > 1 { screen.note(program.character) }
      screen.note(ChatReport(program: program).state(try await session.snapshot(of: program.character)))
    }
  }

  private func showWhy(_ argument: String) async throws {
    let transcript = await session.transcript
    let turns = try transcript.turns(to: transcript.head)
    guard let last = turns.last else { throw ChatProblem("Nothing has happened yet.") }
    let number = argument.isEmpty ? last.number : try number(argument, .why)
    guard let turn = turns.first(where: { $0.number == number }) else {
      throw ChatProblem("There is no turn \(number); the last is turn \(last.number).")
    }
    for record in turn.records {
      if cast.count > 1 { screen.note(record.program.character) }
      screen.note(WhyReport(record: record).text)
    }
  }

  private mutating func undo(_ argument: String) async throws {
    let count = argument.isEmpty ? 1 : try number(argument, .undo)
    let undone = try await session.undo(count)
    await keep()
    screen.note("Back before the last \(undone == 1 ? "turn" : "\(undone) turns").")
    await recallLast()
  }

  private mutating func showAlternatives(_ argument: String) async throws {
    let transcript = await session.transcript
    guard let last = await session.lastTurn else { throw SessionError.noEarlierTurn }
    let alternatives = transcript.alternatives(to: last.id)
    guard !argument.isEmpty else {
      for (index, entry) in alternatives.enumerated() {
        let mark = entry.id == last.id ? "*" : " "
        screen.note("\(mark) \(index + 1). \(entry.turn?.line?.text.oneLine ?? "(nothing)")")
      }
      return
    }
    let number = try number(argument, .alternatives)
    guard alternatives.indices.contains(number - 1) else {
      throw ChatProblem("There are \(alternatives.count) lines to choose from; /alternatives lists them.")
    }
    try await session.go(to: alternatives[number - 1].id)
    await keep()
    await recallLast()
  }

  private mutating func edit(_ text: String) async throws {
    guard !text.isEmpty else { throw ChatProblem(usageOf: .edit) }
    let transcript = await session.transcript
    let path = transcript.path(to: transcript.head)
    guard let mine = path.last(where: { $0.turn?.event.actor == user }) else {
      throw ChatProblem("You have not said anything yet.")
    }
    try await session.go(to: mine.parent)
    try await say(text, as: user)
  }

  private mutating func branch(_ argument: String) async throws {
    let (name, rest) = argument.firstWordAndRest
    guard !name.isEmpty else { throw ChatProblem(usageOf: .branch) }
    let start = rest.isEmpty ? nil : try await entry(ofTurn: try number(rest, .branch))
    try await session.branch(name, at: start)
    await keep()
    screen.note("On branch '\(name)' from turn \(await session.turn).")
  }

  private func showBranches() async throws {
    let transcript = await session.transcript
    for (name, head) in transcript.heads.sorted(by: { $0.key < $1.key }) {
      let turns = transcript.path(to: head).count(where: \.isTurn)
      let mark = name == transcript.branch ? "*" : " "
      screen.note("\(mark) \(name): \(turns) \(turns == 1 ? "turn" : "turns")")
    }
  }

  private mutating func goTo(_ argument: String) async throws {
    guard !argument.isEmpty else { throw ChatProblem(usageOf: .goto) }
    if argument.allSatisfy(\.isNumber) {
      try await session.go(to: try await entry(ofTurn: try number(argument, .goto)))
    } else {
      try await session.goTo(branch: argument)
    }
    await keep()
    screen.note("At turn \(await session.turn) of branch '\(await session.transcript.branch)'.")
    await recallLast()
  }

  /// The turn of a number on this branch, else the newest of that number anywhere; 0 is the beginning.
  private func entry(ofTurn number: Int) async throws -> Int {
    let transcript = await session.transcript
    let path = transcript.path(to: transcript.head)
    if number == 0 { return path.prefix { !$0.isTurn }.last?.id ?? 0 }
    let here = path.last { $0.turn?.number == number }
    guard let entry = here ?? transcript.entries.last(where: { $0.turn?.number == number }) else {
      throw ChatProblem("There is no turn \(number).")
    }
    return entry.id
  }

  private mutating func sayAs(_ argument: String) async throws {
    let (name, text) = argument.firstWordAndRest
    guard !text.isEmpty else { throw ChatProblem(usageOf: .sayAs) }
    try await say(text, as: name.replacing("_", with: " "))
  }

  private mutating func set(_ argument: String) async throws {
    let parts = argument.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
    guard parts.count == 2 else { throw ChatProblem(usageOf: .set) }
    let owners = cast.filter { $0.variables.contains { $0.name == parts[0] } }
    guard let owner = owners.first else {
      let near = nearest(parts[0], among: cast.flatMap { $0.variables.map(\.name) })
      throw ChatProblem(
        "No variable is named \(parts[0].oneLine)." + (near.map { " Did you mean \($0)?" } ?? ""))
    }
    do {
      try await session.set([parts[0]: Datum(typed: parts[1])], of: owner.character)
    } catch let error as SettingError {
      throw ChatProblem("\(error).".capitalisedFirst)
    }
    await keep()
    try await showState(of: owner.character)
  }

  private mutating func save(_ argument: String) async throws {
    guard !argument.isEmpty else { throw ChatProblem(usageOf: .save) }
    guard let name = SessionName(argument) else {
      throw ChatProblem("That cannot be the name of a session: \(SessionName.rule).")
    }
    try keeper.save(await session.transcript, as: name)
    await keep()
    screen.note("Kept as '\(name.text)' from now on.")
  }

  private mutating func load(_ argument: String) async throws {
    guard !argument.isEmpty else { throw ChatProblem(usageOf: .load) }
    let source = try TranscriptSource(argument)
    let file = try TranscriptFile(opening: source.path)
    let transcript = file.opened.transcript
    if let cut = file.opened.cut { screen.note(cut.note) }
    let recorded = transcript.cast(at: transcript.head)
    let isSame = recorded.map(\.character) == cast.map(\.character)
    let company = isSame ? cast : recorded
    session = try Session(
      resuming: transcript, cast: isSame ? cast : nil, discriminator: voice.discriminator(for: company),
      performer: voice.performer(user: user))
    cast = company
    keeper = SessionKeeper(file, name: source.name)
    await keep()
    screen.note("On session '\(source.name)', turn \(await session.turn).")
    await recall()
  }

  private func export(_ argument: String) async throws {
    guard !argument.isEmpty else { throw ChatProblem(usageOf: .export) }
    let format = TranscriptExport.Format(path: argument)
    try OutputFile(path: argument).create(try TranscriptExport(await session.transcript).bytes(format))
    screen.note("Written to \(argument.oneLine).")
  }

  private func recallLast() async {
    if let line = await session.lastLine { screen.say(line.character, line.text) }
  }

  private func number(_ text: String, _ command: SlashCommand) throws(ChatProblem) -> Int {
    guard let number = Int(text), number >= 0 else { throw ChatProblem(usageOf: command) }
    return number
  }
}

/// Why a command could not be done, in a sentence for the screen.
struct ChatProblem: Error {
  let message: String

  init(_ message: String) {
    self.message = message
  }

  init(usageOf command: SlashCommand) {
    message = "Use it as \(command.usage): \(command.summary)."
  }
}

extension Datum {
  /// A value as it is typed: a number, true, false, or a word.
  fileprivate init(typed text: String) {
    if let number = Double(text) {
      self = .number(number)
    } else {
      self = text == "true" ? .boolean(true) : text == "false" ? .boolean(false) : .text(text)
    }
  }
}

extension TornTail {
  /// The tail as a notice for people.
  var note: String {
    "The session ended in the middle of a turn: its last \(count) bytes were cut off, and are kept in \(copy)"
  }
}

extension String {
  /// A message as a sentence begins.
  var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
