import Dramatis
import DramatisCompiler

extension Conversation {
  /// Does what a command asks for; what cannot be done is said, and the chat goes on.
  mutating func run(_ command: SlashCommand, with argument: String) async throws {
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
      case .usage: showUsage()
      case .quiet: setQuiet()
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

  private func showState(of name: String) async throws {
    let wanted = name.isEmpty ? cast : cast.filter { $0.isCalled(name) }
    guard !wanted.isEmpty else { throw ChatProblem("Nobody here is called \(name.oneLine): \(names).") }
    for program in wanted {
      if cast.count > 1 { screen.note(program.character) }
      screen.note(ChatReport(program: program).state(try await session.snapshot(of: program.character)))
    }
  }

  private func showUsage() {
    screen.note(voice.model.map { UsageReport($0.budget).text } ?? "No language model is used.")
  }

  private mutating func sayAs(_ argument: String) async throws {
    let (name, text) = argument.firstNameAndRest
    guard !name.isEmpty, !text.isEmpty else { throw ChatProblem(usageOf: .sayAs) }
    try await say(text, as: name)
  }

  private mutating func set(_ argument: String) async throws {
    let parts = argument.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
    guard parts.count == 2 else { throw ChatProblem(usageOf: .set) }
    let owners = cast.filter { $0.variables.contains { $0.name == parts[0] } }
    guard let owner = owners.first else {
      let near = nearest(parts[0], among: cast.flatMap { $0.variables.map(\.name) })
      if cast.contains(where: { $0.machines.contains { $0.name == parts[0] } }) {
        throw ChatProblem(
          "\(parts[0].oneLine) is a machine: what happens moves it, and /set writes variables.")
      }
      throw ChatProblem(
        "No variable is named \(parts[0].oneLine)." + (near.map { " Did you mean \($0)?" } ?? ""))
    }
    let value = Datum(typed: parts[1])
    if let bounds = owner.bounds(brokenBy: value, in: parts[0]) {
      throw ChatProblem(
        "Variable '\(parts[0])' takes a whole number from \(bounds.lowerBound) to \(bounds.upperBound).")
    }
    do {
      try await session.set([parts[0]: value], of: owner.character)
    } catch let error as SettingError {
      throw ChatProblem("\(error).".capitalisedFirst)
    }
    await keep()
    try await showState(of: owner.character)
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
  /// A message as a sentence begins; what begins with something that is no word, as the name of a file, stays.
  var capitalisedFirst: String {
    let first = prefix { !$0.isWhitespace }
    let word = first.hasSuffix(",") || first.hasSuffix(".") && first.count == count ? first.dropLast() : first
    guard word.allSatisfy({ $0.isLetter || "'’-".contains($0) }) else { return self }
    return prefix(1).uppercased() + dropFirst()
  }
}

extension Program {
  /// The bounds of a variable that a number is beyond; nil where it is within, or there are none.
  fileprivate func bounds(brokenBy value: Datum, in name: String) -> ClosedRange<Int>? {
    guard case .number(let number) = value, let variable = variables.first(where: { $0.name == name }),
      case .integer = variable.kind
    else { return nil }
    let bounds = variable.range
    return (Double(bounds.lowerBound)...Double(bounds.upperBound)).contains(number) ? nil : bounds
  }
}
