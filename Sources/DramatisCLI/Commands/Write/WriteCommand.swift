import ArgumentParser
import Dramatis
import DramatisCompiler
import DramatisLLM

/// Lets a cast continue a story until its debts are paid.
struct WriteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "write",
    abstract: "Let the cast of a story go on with it, until its debts are paid.",
    discussion: """
      Every turn one of the cast speaks or acts: who owes a payoff that is due, else who was named last, else the \
      next. Whoever speaks is told by what question something falls due, so that the story moves on. It ends when everything \
      is paid or given up, when nobody has anything new to say, or after --turns, and says what is open and why. The session \
      is kept as a chat is; 'dramatis ledger' shows what was paid when, and --resume goes on with it.

      Example: dramatis write Examples/Ferry/story.yaml --endpoint ollama --model llama3.2
      """)

  @Argument(help: "A story.")
  var story: String

  @Option(help: "The most turns to take.")
  var turns = 40

  @Option(help: "Decides every chance and every choice among lines.")
  var seed: UInt64 = 0

  @Option(help: ArgumentHelp("What to keep the session as.", valueName: "name"))
  var save: String?

  @Option(name: .customLong("resume"), help: ArgumentHelp("Go on with this session.", valueName: "name"))
  var resumed: String?

  @Flag(name: .customLong("no-save"), help: "Do not keep the session.")
  var isForgotten = false

  @Flag(name: .customLong("no-director"), help: "Do not tell anybody by what something falls due.")
  var isUndirected = false

  @Option(
    name: .customLong("fail-on"),
    help: ArgumentHelp(
      "End with 1 where this is found: open (a debt), contradiction (a flagged line); may be repeated.",
      valueName: "what"))
  var failures: [WritingFault] = []

  @OptionGroup(title: "Language model") var model: ModelOptions

  @Flag(name: .customLong("no-model"), help: "Speak the profiles' own lines even if a model is configured.")
  var isAuthored = false

  func validate() throws {
    guard (1...10_000).contains(turns) else { throw ValidationError("--turns is 1 to 10000") }
    guard save == nil || (resumed == nil && !isForgotten) else {
      throw ValidationError("--save names a new session; it goes with neither --resume nor --no-save")
    }
  }

  func run() async throws {
    let story = try ProfileSource(path: story).story()
    let model = isAuthored ? nil : try model.model()
    let voice = Voice(model: model, choice: model == nil ? .cues : .llm, stream: nil, isForced: isAuthored)
    defer { model?.report(if: self.model.showsUsage) }
    if model == nil { Console.error.write(voice.introduction(of: story.cast).oneLine + "\n") }
    var begun = try await begin(story, with: voice)
    let session = begun.session
    var writer = await StoryWriter(
      session, isAuthored: model == nil, director: isUndirected ? nil : Director(stall: 0))
    Interruption.sayWhatIsKept()
    if resumed == nil, !story.opening.isEmpty { Console.output.write(story.opening.shown + "\n") }
    var flagged = 0
    for _ in 0..<turns where try await !writer.isOver() {
      let turn = try await nextTurn(of: &writer)
      let flaws = turn.line?.flaws ?? []
      flagged += flaws.isEmpty ? 0 : 1
      let isKnown = begun.keeper.name != nil || save != nil
      try begun.keeper.keep(await session.transcript)
      if !isKnown, let name = begun.keeper.name { Console.error.write("Kept as '\(name)'.\n") }
      if let line = turn.line { Console.output.write("\(line.character.oneLine): \(line.text.shown)\n") }
      for flaw in flaws { Console.error.write("turn \(turn.number): flagged: \(flaw.description.oneLine)\n") }
    }
    if writer.isGoingRound { Console.error.write(Self.roundNote) }
    let open = try await writer.openDebts()
    report(debts: open, after: await session.turn, name: begun.keeper.name)
    if failures.contains(.open), !open.isEmpty { throw Failure("", .input) }
    if failures.contains(.contradiction), flagged > 0 {
      throw Failure("\(flagged.of("line")) flagged", .input)
    }
  }

  private static let roundNote =
    "stopped: a whole round brought only lines that were said before, and nothing moved; a language model finds new ones\n"

  private func nextTurn(of writer: inout StoryWriter) async throws(Failure) -> Turn {
    do {
      return try await writer.next()
    } catch let error as ModelError {
      let wayOn = isForgotten && resumed == nil ? "nothing was kept" : "--resume goes on"
      throw Failure("\("\(error)".oneLine); the turn was not taken, \(wayOn)", .environment)
    } catch {
      throw Failure("\("\(error)".oneLine)", .environment)
    }
  }

  /// A session and the file that it is kept in.
  private struct Beginning: ~Copyable {
    let session: Session
    var keeper: SessionKeeper
  }

  private func begin(_ story: Story, with voice: Voice) async throws -> Beginning {
    let discriminator = voice.discriminator(for: story.cast)
    let performer = voice.performer(user: "stranger")
    if let resumed {
      let source = try TranscriptSource(resumed)
      let file = try source.open()
      let (transcript, cut) = file.opened
      if let cut { Console.error.write(cut.note + "\n") }
      try require(transcript, in: source, of: story)
      let session = try Session(
        resuming: transcript, cast: story.cast, clock: Clock.now, discriminator: discriminator,
        performer: performer)
      await session.remember(by: voice.rememberer)
      return Beginning(session: session, keeper: SessionKeeper(file, name: source.name))
    }
    let began = Clock.now()
    let session = try Session(
      cast: story.cast, seed: seed, began: began, clock: Clock.now, discriminator: discriminator,
      performer: performer)
    await session.remember(by: voice.rememberer)
    try await session.narrate(opening: story.opening)
    let kept = isForgotten ? nil : try name(story, began)
    return Beginning(session: session, keeper: SessionKeeper(new: kept, in: try? .standard()))
  }

  /// A session goes on with the cast that it was kept with.
  private func require(
    _ transcript: Transcript, in source: TranscriptSource, of story: Story
  ) throws(Failure) {
    let recorded = transcript.cast(at: transcript.head).map(\.character)
    guard recorded != story.cast.map(\.character) else { return }
    let who = recorded.listed
    throw Failure(
      "session '\(source.name)' is one with \(who), which is another story's cast".oneLine, .usage)
  }

  private func name(_ story: Story, _ began: String) throws(Failure) -> SessionName {
    guard let save else { return SessionName(cast: story.cast, began: began) }
    guard let name = SessionName(save) else { throw Failure("--save: \(SessionName.rule)", .usage) }
    return name
  }

  private func report(debts open: [OpenDebt], after turn: Int, name: String?) {
    let debts = open.isEmpty ? "nothing is owed any more" : "\(open.count.of("debt")) open"
    let kept = name.map { "; dramatis ledger '\($0)'" } ?? ""
    Console.error.write("turn \(turn): \(debts)\(kept)\n")
    for debt in open {
      Console.error.write(
        "open: \(debt.name) (\(debt.owner), \(debt.status.rawValue)): \(debt.waitsFor)".oneLine + "\n")
    }
  }
}

/// What may be found in a story that goes on, and can be told from the exit code.
enum WritingFault: String, ExpressibleByArgument, CaseIterable {
  /// A debt is neither paid nor given up.
  case open
  /// A line has a flaw that could not be mended.
  case contradiction
}
