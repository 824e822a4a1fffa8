import Dramatis
import DramatisCompiler

/// One chat: what is typed goes to the session, what comes of it to the screen.
struct Conversation {
  private let program: Program
  private let user: String
  private let session: Session
  private let style = Style(hasColour: Console.output.hasColour)
  private let isInteractive = Console.output.isTerminal && Console.hasTypist

  init(program: Program, user: String, seed: UInt64) throws {
    self.program = program
    self.user = user
    session = try Session(cast: [program], seed: seed, performer: AuthoredPerformer(user: user))
  }

  private var report: ChatReport { ChatReport(program: program) }

  /// Says that no model is configured, and lets the character greet.
  func open() async throws {
    let name = program.character
    note(
      "No language model is configured: \(name) speaks from written lines. /help lists the commands."
    )
    if let greeting = try await session.greet(as: name, user: user) { say(greeting) }
  }

  func prompt() {
    if isInteractive { Console.output.write(style.bold("\(user)> ".shown)) }
  }

  /// Ends the line of the prompt when the input has ended.
  func close() {
    if isInteractive { Console.output.write("\n") }
  }

  /// Takes one line of input; false when the conversation is over.
  func take(_ line: LineReader.Line) async throws -> Bool {
    guard case .text(let typed) = line else {
      note("That cannot be read: a line is UTF-8 and at most \(LineReader.maximumLength) bytes long.")
      return true
    }
    let text = typed.trimmed
    if text.isEmpty { return true }
    guard text.hasPrefix("/") else {
      try await respond(to: text)
      return true
    }
    return try await obey(text)
  }

  private func respond(to text: String) async throws {
    let turn = try await session.respond(to: Event(actor: user, text: text))
    guard let record = turn.records.first else { return }
    for change in report.changes(record) { note("· \(change)") }
    if let line = turn.line {
      say(line)
    } else if record.event?.step.grounding.isRelevant == true {
      note("\(program.character) says nothing; write more under 'lines' in the profile.")
    } else {
      note("That does not concern \(program.character).")
    }
  }

  private func obey(_ command: String) async throws -> Bool {
    switch command {
    case "/quit", "/exit": return false
    case "/help": note(Self.help)
    case "/state": note(report.state(try await session.snapshot(of: program.character)))
    case "/why": note(await why())
    default:
      let near = nearest(command, among: ["/help", "/state", "/why", "/quit"])
      note(
        "There is no command \(command.oneLine). "
          + (near.map { "Did you mean \($0)?" } ?? "/help lists them."))
    }
    return true
  }

  private func why() async -> String {
    guard let record = await session.lastTurn?.records.first else { return "Nothing has happened yet." }
    return report.why(record)
  }

  private func say(_ line: Line) {
    Console.output.write(
      "\(style.bold(line.character.oneLine)): \(line.text.shown.replacing("\n", with: "\n  "))\n")
  }

  private func note(_ text: String) {
    Console.output.write(text.shown.split(separator: "\n").map { style.dim(String($0)) + "\n" }.joined())
  }

  private static let help = """
    /state  where the character stands
    /why    what decided the last turn
    /help   this list
    /quit   leave; Ctrl-D does too
    Anything else is something that you say.
    """
}

extension String {
  /// Without white space at either end.
  fileprivate var trimmed: String {
    let start = drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}
