import ArgumentParser
import Dramatis
import DramatisCompiler
import FoundationEssentials

/// Talks with characters in the terminal or through a pipe.
struct ChatCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chat",
    abstract: "Chat with a character, or with several.",
    discussion: """
      Type what you say and press return; /help lists the commands. Through a pipe, every line of input is \
      something said. With several characters, the one whom you address answers (Mara, …); \
      otherwise whoever owes a payoff, else whoever you name, else whoever answered you last.

      Every turn is kept; --resume goes on with the last session, or with one of those that 'dramatis sessions' \
      lists.

      With a language model (flags, environment or configuration say which) the character speaks through it, and \
      it answers what the cues of the profile do not; Ctrl-C stops a reply.

      Example: dramatis chat mara
      """)

  @Argument(
    help:
      "Profiles, compiled programs, stories, or the name of a character that ships: kaethe, mara, plimsoll.")
  var profiles: [String] = []

  @Option(help: "What the characters call you. (default: stranger)")
  var user: String?

  @Option(help: "Decides every chance and every choice among lines. (default: 0)")
  var seed: UInt64?

  @Option(
    name: .customLong("resume"), defaultAsFlag: "",
    help: ArgumentHelp(
      "Go on with a session: this one, or the last with these characters.", valueName: "name"))
  var resumed: String?

  @Flag(help: "Go on with the profiles as they were when the session was kept, even if they have changed.")
  var keep = false

  @Flag(name: .customLong("no-save"), help: "Do not keep the session.")
  var isForgotten = false

  @Flag(help: "Leave out the lines about what changes.")
  var quiet = false

  @Flag(
    name: .customLong("no-director"),
    help: "Do not move the talk toward what a story owes, however long nothing falls due.")
  var isUndirected = false

  @Option(
    name: .customLong("trace"),
    help: ArgumentHelp(
      "Add a line of JSON for every turn to a file, as 'run' prints them.", valueName: "file"))
  var tracePath: String?

  @Option(
    help: ArgumentHelp(
      "How many tokens of statements to speak from; what the profile says unless given.",
      valueName: "tokens"),
    transform: Int.init(statementBudget:))
  var statementBudget: Int?

  @Option(
    help: ArgumentHelp(
      "How many at most answer what is said to several, or to all.", valueName: "members"),
    transform: { text throws in
      guard let number = Int(text), (1...20).contains(number) else {
        throw ValidationError("--replies takes a number from 1 to 20")
      }
      return number
    })
  var replies = Self.standardReplies

  /// How many members at most answer what is said to several or to all, unless given.
  static let standardReplies = 3

  @Flag(
    name: .customLong("show-debts"),
    help: "Show what a story plants and what falls due, which a player would rather find out.")
  var showsDebts = false

  @OptionGroup var lore: LoreOptions

  @OptionGroup(title: "Language model") var model: ModelOptions

  @Flag(name: .customLong("no-model"), help: "Speak the profiles' own lines even if a model is configured.")
  var isAuthored = false

  @Option(
    help: ArgumentHelp(
      "Who answers questions: cues, scripted, hash or llm. (default: llm with a model, else cues)",
      valueName: "name"))
  var discriminator: DiscriminatorChoice?

  func validate() throws {
    guard !profiles.contains(InputStream.standardInput) else {
      throw ValidationError("standard input is what you say; give the profile as a file")
    }
    guard !profiles.isEmpty || resumed != nil else {
      throw ValidationError("name a profile, or --resume a session")
    }
    guard resumed == nil || seed == nil else {
      throw ValidationError("--seed belongs to a new session; a resumed one keeps its own")
    }
    guard resumed == nil || statementBudget == nil else {
      throw ValidationError("--statement-budget belongs to a new session; a resumed one keeps its own")
    }
    guard !(isAuthored && discriminator == .llm) else {
      throw ValidationError("--no-model and --discriminator llm contradict each other")
    }
    guard !keep || resumed != nil else { throw ValidationError("--keep needs --resume") }
    if let user, !user.contains(where: { !$0.isWhitespace }) || user.oneLine != user {
      throw ValidationError("--user takes a name")
    }
  }

  func run() async throws {
    let companies = try profiles.map { path throws(Failure) in try ProfileSource(path: path).company() }
    let (lore, options) = (lore, self)
    let trace = try tracePath.map { path throws(Failure) in try TraceFile(path: path) }
    let start = ChatStart(
      cast: try lore.adding(to: companies.flatMap(\.cast)), openings: companies.map(\.opening),
      voice: try voice(), user: user,
      seed: seed ?? 0, statementBudget: statementBudget, keepsPrograms: keep, isQuiet: quiet,
      director: isUndirected ? nil : Director(), mostReplies: replies, showsDebts: showsDebts,
      paths: lore.books.isEmpty ? profiles.map(\.absolutePath) : [],
      otherVoice: { name throws(Failure) in try options.voice(named: name) },
      read: { paths throws(Failure) in
        var cast: [Program] = []
        for path in paths { cast += try ProfileSource(path: path).company().cast }
        return try lore.adding(to: cast)
      })
    var conversation =
      if let resumed {
        try await start.resumed(resumed, trace: trace)
      } else {
        try await start.new(isKept: !isForgotten, trace: trace)
      }
    try await talk(&conversation)
  }

  private func voice() throws(Failure) -> Voice {
    let model = isAuthored ? nil : discriminator == .llm ? try model.requiredModel() : try model.model()
    let isWeak = model?.endpoint.memory.answersQuestions == false
    if isWeak, discriminator == nil, !quiet {
      Console.error.write(
        "note: the model answered control questions of 'dramatis doctor' wrongly, so questions stay with the cues; --discriminator llm asks it all the same\n"
      )
    }
    return Voice(
      model: model, choice: discriminator ?? (model == nil || isWeak ? .cues : .llm),
      stream: model.map { _ in StreamedLine() }, isForced: isAuthored)
  }

  /// The voice with another model of the same endpoint, or without one.
  private func voice(named name: String?) throws(Failure) -> Voice {
    var options = self
    options.model.model = name
    options.isAuthored = name == nil
    if name == nil, discriminator == .llm { options.discriminator = nil }
    return try options.voice()
  }

  private func talk(_ conversation: inout Conversation) async throws {
    let terminal = try Terminal(history: HistoryFile(character: conversation.names))
    conversation.terminal = terminal
    var isOver = false
    while !isOver {
      if terminal.isInteractive {
        try await conversation.showStatus()
        await terminal.complete(
          with: Completer(cast: conversation.cast, transcript: await conversation.session.transcript))
      }
      switch try await terminal.readLine(prompt: "\(conversation.user)> ") {
      case .text(let text): isOver = try await !conversation.handle(text)
      case .unreadable: conversation.refuse()
      case .endOfInput, .interrupted: isOver = true
      }
      if isOver, terminal.isInteractive { isOver = await !conversation.warnsOfLoss() }
    }
    defer { conversation.voice.model?.report(if: model.showsUsage) }
    try await conversation.close(isInteractive: Console.output.isTerminal && Console.hasTypist)
    if conversation.hasFailed, !terminal.isInteractive { throw Failure("", .environment) }
  }
}

/// A file with a line of JSON for every turn and character, as `dramatis run` prints them.
struct TraceFile: ~Copyable {
  private let file: AppendedFile

  /// What the first line begins with, since keys are sorted.
  private static let beginning = #"{"answers":{"#

  /// Opens a trace to go on with, or makes a new one.
  init(path: String) throws(Failure) {
    file = try Self.opened(path)
  }

  private static func opened(_ path: String) throws(Failure) -> AppendedFile {
    do throws(FileError) {
      try OutputFile(path: path).requireKind("a trace") { $0.starts(with: beginning.utf8) }
      return try AppendedFile(path: path)
    } catch {
      throw Failure(error, otherKind: .usage)
    }
  }

  func write(_ turn: Turn) throws {
    for record in turn.records { try file.write(try TurnLine(record, of: turn).json() + "\n") }
  }
}

extension String {
  /// A path as it stays right elsewhere; a name that no file has, as of a character that ships, stays as it is.
  fileprivate var absolutePath: String {
    guard OutputFile(path: self).exists, !hasPrefix("/") else { return self }
    return FileManager.default.currentDirectoryPath + "/" + self
  }
}
