import ArgumentParser
import Dramatis
import DramatisCompiler
import DramatisLLM

/// Runs a profile without a conversation: events in, what they did out.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a profile on events: JSON lines in, JSON lines out.",
    discussion: """
      Every line of input is an event, such as
        {"actor":"Rowan","text":"You watered the ale!","to":["Mara"],"answers":{"accused":"yes"}}
      and every line of output says what it did; of a story there is one for every member of the cast. For a line that brings no turn there is {"error":{"code":"…","message":"…"},"input":2}, and the same on standard error.

      Example: dramatis run Profiles/mara.yaml --events events.jsonl
      """)

  @Argument(help: "A profile, a compiled program or a story, or - for standard input.")
  var profile: String

  @Option(help: "The file of events, or - for standard input.")
  var events = InputStream.standardInput

  @Option(
    help: ArgumentHelp(
      "Who answers what the events do not: cues (phrases of the profile), scripted (nobody, all is unknown), hash (arbitrary, but always the same) or llm (the cues, then a language model).",
      valueName: "name"))
  var discriminator = DiscriminatorChoice.cues

  @Option(help: "Decides every chance and every choice among lines.")
  var seed: UInt64 = 0

  @Flag(
    help:
      "Speak: fill 'line' with what a language model says, if one is configured, else with a line of the profile."
  )
  var speak = false

  @OptionGroup var lore: LoreOptions

  @OptionGroup(title: "Language model") var model: ModelOptions

  @Flag(name: .customLong("no-model"), help: "Speak the profile's own lines even if a model is configured.")
  var isAuthored = false

  @Flag(help: "Ask about gates of a profile even if no statement stands below them.")
  var noPrune = false

  @Flag(
    help:
      "Ask one question a time, depth first, and anew for each 'ask' of a profile, as the published traversal does."
  )
  var noShare = false

  @Flag(help: "Ask everything that could matter in one batch, whatever its depth.")
  var eager = false

  @Option(
    help: ArgumentHelp(
      "How many tokens of statements to hand over; what the profile says unless given.",
      valueName: "tokens"),
    transform: Int.init(statementBudget:))
  var statementBudget: Int?

  @Flag(help: "At the end, write to standard error what is owed, due and paid, as 'dramatis ledger' does.")
  var ledger = false

  @Option(
    name: .customLong("fail-on"),
    help: ArgumentHelp(
      "End with 1 where this is found: contradiction (a line with a flaw that could not be mended).",
      valueName: "what"))
  var failures: [LineFault] = []

  @Flag(
    help: "Go on after a bad line; the exit code is still 1. After a failure of the model it always goes on.")
  var keepGoing = false

  @Flag(help: "Add 'trace' to each line: the guards and gates that were looked at, and what decided them.")
  var trace = false

  @Flag(
    help:
      "Keep no record of what happened, so that memory does not grow; so it is without --ledger, and here to be said."
  )
  var noRecord = false

  func validate() throws {
    guard profile != InputStream.standardInput || events != InputStream.standardInput else {
      throw ValidationError("profile and events cannot both be standard input; give --events FILE")
    }
    guard !(noShare && eager) else {
      throw ValidationError("--no-share asks one question a time and --eager all at once; choose one")
    }
    guard !(ledger && noRecord) else {
      throw ValidationError("--ledger is told from the record that --no-record would not keep; choose one")
    }
    guard !(isAuthored && discriminator == .llm) else {
      throw ValidationError("--no-model and --discriminator llm contradict each other")
    }
  }

  private var asking: Asking { noShare ? .separately : eager ? .eagerly : .inRounds }

  func run() async throws {
    let (named, opening) = try ProfileSource(path: profile, prunes: !noPrune, shares: !noShare).company()
    let cast = try lore.adding(to: named)
    var lines = LineReader(try InputStream(path: events), skipsLongLines: keepGoing)
    let voice = try voice()
    defer { voice.model?.report(if: model.showsUsage) }
    let session = try Session(
      cast: cast, seed: seed, isRecorded: ledger, discriminator: voice.discriminator(for: cast),
      performer: voice.performer(user: "stranger"), asking: asking, statementBudget: statementBudget)
    await session.remember(by: voice.rememberer)
    try await session.narrate(opening: opening)
    let exchange = await Exchange(session, speaks: speak, isTraced: trace)
    var number = 0
    var failure: ExitStatus?
    while let line = try lines.next() {
      number += 1
      if case .text(let text) = line, text.allSatisfy(\.isWhitespace) { continue }
      do {
        let response = try await exchange.respond(to: try line.text(), number: number)
        for warning in response.warnings {
          Console.error.write("line \(number): warning: \(warning.oneLine)\n")
        }
        Console.output.write(response.lines.joined(separator: "\n") + "\n")
        if failures.contains(.contradiction), !response.flaws.isEmpty {
          let flaws = response.flaws.map(\.description).joined(separator: "; ")
          Console.error.write("line \(number): flagged: \(flaws.oneLine)\n")
          failure = failure ?? .input
        }
      } catch let error where error is ExchangeError || error is SessionError || error is UnreadableLine {
        try refuse(number, because: error)
        failure = failure ?? .input
        if !keepGoing { throw Failure("", .input) }
      } catch let error as ModelError {
        // A model that is late or gone is no reason to leave a game alone: the next event may find it well.
        try refuse(number, because: error)
        failure = .environment
      }
    }
    if ledger { Console.error.write(LedgerText(ledger: try Ledger(of: await session.transcript)).text) }
    if let failure { throw Failure("", failure) }
  }

  /// Answers a line that brought no turn, so that whoever waits for an answer gets one.
  private func refuse(_ line: Int, because error: any Error) throws {
    Console.error.write("line \(line): error: \("\(error)".oneLine)\n")
    Console.output.write(try ErrorLine(error, input: line).json() + "\n")
  }

  /// A model is looked for only where one can be used.
  private func voice() throws(Failure) -> Voice {
    guard !isAuthored, speak || discriminator == .llm else {
      return Voice(model: nil, choice: discriminator, stream: nil)
    }
    let model = discriminator == .llm ? try model.requiredModel() : try model.model()
    return Voice(model: model, choice: discriminator, stream: nil)
  }
}

/// What may be found in lines that are spoken, and can be told from the exit code.
enum LineFault: String, ExpressibleByArgument, CaseIterable {
  /// A line has a flaw that could not be mended.
  case contradiction
}

extension LineReader.Outcome {
  fileprivate func text() throws(UnreadableLine) -> String {
    switch self {
    case .text(let text): return text
    case .tooLong: throw UnreadableLine(description: "longer than \(LineReader.maximumLength) bytes")
    case .notUTF8: throw UnreadableLine(description: "not UTF-8")
    }
  }
}

private struct UnreadableLine: Error, CustomStringConvertible {
  let description: String
}

extension ErrorLine {
  fileprivate init(_ error: any Error, input: Int) {
    let code =
      (error as? ExchangeError)?.code ?? (error as? SessionError)?.code ?? (error as? ModelError)?.code
    self.init(code: code ?? "unreadable-line", message: "\(error)", input: input)
  }
}

extension Int {
  /// What `--statement-budget` gives: a number of tokens within bounds.
  init(statementBudget argument: String) throws {
    let bounds = Program.statementBudgets
    guard let tokens = Int(argument), bounds.contains(tokens) else {
      throw ValidationError("expected a whole number from \(bounds.lowerBound) to \(bounds.upperBound)")
    }
    self = tokens
  }
}
