import Dramatis
import DramatisCompiler

extension Conversation {
  /// Does what a command asks for; what cannot be done is said, and the chat goes on.
  mutating func run(_ command: SlashCommand, with argument: String) async throws {
    do {
      switch command {
      case .help: try showHelp(argument)
      case .quit: break
      case .state: try await showState(of: argument)
      case .why: try await showWhy(argument)
      case .history: try await showHistory(argument)
      case .undo: try await undo(argument)
      case .retry: try await retry()
      case .goOn: try await goOn()
      case .alternatives: try await showAlternatives(argument)
      case .edit: try await edit(argument)
      case .branch: try await branch(argument)
      case .branches: try await showBranches()
      case .goto: try await goTo(argument)
      case .restart: try await restart()
      case .sayAs: try await sayAs(argument)
      case .whisper: try await whisper(argument)
      case .speak: try await speak(argument)
      case .mute: try await mute(argument)
      case .auto: try await goOnAlone(argument)
      case .event: try await letHappen(argument)
      case .direct: try direct(argument)
      case .set: try await set(argument)
      case .ledger: try await showLedger()
      case .model: try await changeModel(to: argument)
      case .usage: showUsage()
      case .quiet: setQuiet()
      case .reload: try await reload()
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
    } catch let error as FileError {
      screen.note("\(Failure(error).message).".capitalisedFirst)
    }
  }

  func showState(of name: String) async throws {
    let wanted = name.isEmpty ? cast : cast.filter { $0.isCalled(name) }
    guard !wanted.isEmpty else { throw ChatProblem("Nobody here is called \(name.oneLine): \(names).") }
    for program in wanted {
      if cast.count > 1 { screen.note(program.character) }
      let report = ChatReport(program: program, showsDebts: showsDebts)
      screen.note(report.state(try await session.snapshot(of: program.character)))
      for sentence in try await session.memory(of: program.character).sentences() { screen.note(sentence) }
    }
  }

  private func showHelp(_ name: String) throws(ChatProblem) {
    guard !name.isEmpty else { return screen.note(SlashCommand.list) }
    guard let command = SlashCommand(named: name) else { throw ChatProblem(unknown: name) }
    screen.note(command.help)
  }

  /// What the story owes, whether or not it was to be a surprise.
  private func showLedger() async throws {
    let text = LedgerText(ledger: try Ledger(of: await session.transcript)).text
    screen.note(text)
  }

  /// Something happens that nobody of the cast does.
  private mutating func letHappen(_ argument: String) async throws {
    guard !argument.isEmpty else { throw ChatProblem(usageOf: .event) }
    let event = Event(typed: argument, knownTo: cast)
    if let note = event.unread(by: cast) { screen.note(note) }
    try await respond(to: event)
  }

  private func showUsage() {
    screen.note(voice.model.map { UsageReport($0.budget).text } ?? "No language model is used.")
  }

  private mutating func sayAs(_ argument: String) async throws {
    let (name, text) = argument.firstNameAndRest
    guard !name.isEmpty, !text.isEmpty else { throw ChatProblem(usageOf: .sayAs) }
    try await say(text, as: name)
  }

  /// Says something to one member alone.
  private mutating func whisper(_ argument: String) async throws {
    let (word, rest) = argument.firstNameAndRest
    let text = rest.drop { ",:".contains($0) || $0.isWhitespace }
    let name = word.last.map { ",:".contains($0) } == true ? String(word.dropLast()) : word
    guard !name.isEmpty, !text.isEmpty else { throw ChatProblem(usageOf: .whisper) }
    guard let program = cast.first(where: { $0.isCalled(name) }) else {
      throw ChatProblem("Nobody here is called \(name.oneLine): \(names).")
    }
    try await respond(
      to: Event(
        actor: user, text: String(text), to: [program.character], present: [program.character, user]))
  }

  /// Says where the next line is to go, or every line from now on.
  private mutating func direct(_ argument: String) throws {
    guard !argument.isEmpty else { throw ChatProblem(usageOf: .direct) }
    let (word, rest) = argument.firstWordAndRest
    if argument == "off" {
      wish = Direction("")
      screen.note("Nothing is wished of the lines any more.")
    } else if word == "always", !rest.isEmpty {
      wish = Direction(rest, lasts: true)
      screen.note("Wished for every line from the next on, until /direct off.")
    } else {
      wish = Direction(argument)
      screen.note("Wished for the next line.")
    }
  }

  private mutating func setQuiet() {
    isQuiet.toggle()
    screen.note(
      isQuiet
        ? "What changes is no longer shown; /quiet shows it again." : "What changes is shown again.")
  }

  func recallLast() async {
    if let line = await session.lastLine { screen.say(line.text, by: line.character) }
  }

  func number(_ text: String, of command: SlashCommand) throws(ChatProblem) -> Int {
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

  /// Nothing is called so.
  init(unknown command: String) {
    let near = nearest(
      command.hasPrefix("/") ? command : "/\(command)", among: SlashCommand.allCases.map(\.name))
    message =
      "There is no command \(command.oneLine). " + (near.map { "Did you mean \($0)?" } ?? "/help lists them.")
  }

  init(usageOf command: SlashCommand) {
    message = "Use it as \(command.usage): \(command.summary)."
  }
}

extension String {
  /// A message as a sentence begins; what begins with something that is no word, as the name of a file, stays.
  var capitalisedFirst: String {
    let first = prefix { !$0.isWhitespace }
    let word = first.hasSuffix(",") || first.hasSuffix(".") && first.count == count ? first.dropLast() : first
    guard word.allSatisfy({ $0.isLetter || "'’-".contains($0) }) else { return self }
    return prefix(1).uppercased() + dropFirst()
  }
}
