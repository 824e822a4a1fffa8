import Dramatis
import DramatisCompiler
import DramatisLLM

/// One chat: what is typed goes to the session, what comes of it to the disk and then to the screen.
struct Conversation: ~Copyable {
  let user: String
  var voice: Voice
  let screen = ChatScreen()
  var session: Session
  var cast: [Program]
  var keeper: SessionKeeper
  /// In how many turns in a row nothing was understood.
  private var unheardTurns = 0
  /// Whether a turn is one of the cast among itself, in which nobody is to be understood.
  var isGoingOn = false
  /// Whether it was said what helps then.
  private var isHinted = false
  /// Why the session could not be kept last time; nil while it is.
  var trouble: String?
  private var trace: TraceFile?
  /// Where Ctrl-C comes from; nil before anybody types.
  var terminal: Terminal?
  /// Whether the model has failed at least once.
  private(set) var hasFailed = false
  /// Whether the lines about what changes are left out.
  var isQuiet = false
  /// In which direction the next line is to go.
  var wish: Direction?
  /// Whether nothing has happened since the status was shown.
  private var isStatusShown = false
  /// How many members at most answer what is said to several or to all.
  var mostReplies = ChatCommand.standardReplies
  /// Whether what a story owes is shown as it moves, before it is told.
  var showsDebts = false
  /// How the chat reads its profiles again and finds another model.
  var sources: ChatSources?
  /// How the machines of the cast have moved, the newest first.
  private var moved: [StatusLine.Place] = []
  /// The words of which was asked whether they are commands.
  private var askedBack: Set<String> = []
  /// How many unsaved turns the user was told of when they wanted to leave.
  private var warnedOf = 0

  /// A conversation that goes on in a session; its transcript is kept by the keeper.
  init(
    _ session: Session, cast: [Program], user: String, voice: Voice, keeper: consuming SessionKeeper,
    trace: consuming TraceFile?
  ) {
    self.session = session
    self.cast = cast
    self.user = user
    self.voice = voice
    self.keeper = keeper
    self.trace = trace
  }

  /// The names of the cast as a sentence has them.
  var names: String {
    cast.map(\.character).listed
  }

  /// Says who speaks.
  func introduce() {
    screen.note("\(voice.introduction(of: cast)) /help lists the commands.")
  }

  /// Says where and when it is, unless only what is said is wanted.
  func setScene() async throws {
    guard !isQuiet else { return }
    var told: Set<String> = []
    for program in cast where !program.setting.isEmpty && told.insert(program.setting).inserted {
      let snapshot = try await session.snapshot(of: program.character)
      screen.note(program.setting.withMacros(of: program, at: snapshot, user: user, time: Clock.now()))
    }
  }

  /// Lets everyone hear how a story opens, and shows it unless only what is said is wanted.
  func open(with text: String) async throws {
    try await session.narrate(opening: text)
    if !isQuiet { screen.note(text) }
  }

  /// Lets everyone greet.
  func greet() async throws {
    for program in cast {
      if let greeting = try await session.greet(as: program.character, user: user) {
        screen.say(greeting.text, by: greeting.character)
      }
    }
  }

  /// Shows how far the conversation has come.
  func recall() async {
    let transcript = await session.transcript
    let utterances = TranscriptExport(transcript).utterances.suffix(4)
    for utterance in utterances { show(utterance) }
    if let cut = utterances.last?.cut { screen.note(cut.sentence) }
  }

  func show(_ utterance: TranscriptExport.Utterance) {
    if let actor = utterance.actor {
      screen.say(utterance.text, by: actor)
    } else {
      screen.note(utterance.text)
    }
  }

  /// Says that a line could not be read.
  func refuse() {
    screen.note("That cannot be read: a line is UTF-8 and at most \(LineReader.maximumLength) bytes long.")
  }

  /// Shows in one row which turn it is, who speaks and where everyone stands, unless the row above says it.
  mutating func showStatus() async throws {
    guard !isStatusShown else { return }
    isStatusShown = true
    var line = StatusLine(
      turn: await session.turn, voice: voice.name, isUnsaved: trouble != nil, moved: moved)
    for program in cast {
      let snapshot = try await session.snapshot(of: program.character)
      line.states += ChatReport(program: program).status(snapshot, isAlone: cast.count == 1)
    }
    screen.status(line)
  }

  /// Does what was typed; false when the conversation is over.
  mutating func handle(_ typed: String) async throws -> Bool {
    let input = ChatInput(typed)
    isStatusShown = isStatusShown && input == .nothing && cast.count == 1
    switch input {
    case .nothing:
      if cast.count > 1 { try await letSceneGoOn() }
      return true
    case .say(let text):
      if asksBack(about: text) { return true }
      try await say(text, as: user)
      return true
    case .unknown(let word):
      screen.note(ChatProblem(unknown: word).message)
      return true
    case .command(.quit, _): return false
    case .command(let command, let argument):
      try await run(command, with: argument)
      return true
    }
  }

  /// Whether a word alone is one that may be meant as a command; that is asked once for each.
  private mutating func asksBack(about text: String) -> Bool {
    let word = text.lowercased()
    guard ["help", "exit", "quit"].contains(word), askedBack.insert(word).inserted else { return false }
    screen.note("/\(word) is the command; say \"\(text)\" once more if that is what you say.")
    return true
  }

  /// Takes a turn on something that somebody says, and others for those of several who want to answer it as well.
  mutating func say(_ text: String, as actor: String) async throws {
    let session = session
    let unknown = TurnTaking(cast: cast).unknownNames(in: text)
    if !unknown.isEmpty { screen.note("Nobody here is called \(unknown.listed.oneLine): \(names).") }
    let wish = wish
    let answerers = await session.answerers(of: text, by: actor)
    let first = try await runTurn { show in
      try await session.respond(to: text, by: actor, direction: wish, show: show)
    }
    guard let speaker = first?.line?.character else { return }
    for other in answerers.filter({ $0 != speaker }).prefix(mostReplies - 1) {
      guard try await letSceneGoOn(with: other) != nil else { return }
    }
  }

  mutating func respond(to event: Event) async throws {
    let session = session
    var event = event
    event.direction = event.direction ?? wish
    let wished = event
    try await runTurn { show in try await session.respond(to: wished, show: show) }
  }

  mutating func takeAgain() async throws {
    let session = session
    try await runTurn { show in try await session.retry(show: show) }
  }

  /// Goes on with the last line.
  mutating func goOn() async throws {
    guard voice.model != nil else {
      throw ChatProblem("Only a language model can go on with a line; /retry says another one.")
    }
    guard await session.lastTurn?.line != nil else {
      throw ChatProblem("There is no line to go on with yet.")
    }
    let session = session
    try await runTurn { show in try await session.continueLine(show: show) }
  }

  /// Takes a turn that Ctrl-C stops; where the model fails, says so, and the turn is not taken.
  ///
  /// - Returns: The turn; nil where it was stopped or not taken.
  @discardableResult
  mutating func runTurn(
    _ work: @escaping @Sendable (@escaping @Sendable (String) -> Void) async throws -> Turn
  ) async throws -> Turn? {
    let stream = voice.stream
    let turn = StoppableTurn(session: session, stream: stream) { try await work { stream?.show($0) } }
    do {
      let (taken, isStopped) = try await turn.run(at: terminal)
      try await show(taken)
      return isStopped ? nil : taken
    } catch let error as ModelError where error != .cancelled {
      giveUp("\(error.sentence) The turn was not taken; \(error.wayOn).")
      hasFailed = true
    } catch  where error is CancellationError || error is ModelError {
      giveUp("Stopped; the turn was not taken.")
    }
    return nil
  }

  private func giveUp(_ why: String) {
    _ = voice.stream?.finish()
    screen.note(why)
  }

  /// Says once, and again after three turns in a row, that nothing was understood without a model, and what helps.
  private mutating func hint(about turn: Turn) {
    guard !isGoingOn else { return }
    let steps = turn.records.compactMap(\.event).filter { $0.step.grounding.isRelevant }
    guard voice.model == nil, !steps.isEmpty, steps.allSatisfy(\.isUnheard) else { return unheardTurns = 0 }
    unheardTurns += 1
    guard unheardTurns == 3 || !isHinted else { return }
    isHinted = true
    screen.note(
      "(Nothing in that was understood. Plain words help; /why tells what was, /help what else there is.)")
  }

  /// Keeps a turn, then shows it: what is on the screen as finished is on the disk.
  mutating func show(_ turn: Turn) async throws {
    wish = nil
    await keep()
    try trace?.write(turn)
    let shown = voice.stream?.finish()
    for record in turn.records { noteMoves(of: record) }
    for record in turn.records where !isQuiet {
      for change in ChatReport(program: record.program, showsDebts: showsDebts).changes(record) {
        screen.note(cast.count == 1 ? "· \(change)" : "· \(record.program.character): \(change)")
      }
    }
    if let line = turn.line {
      if shown != line.text {
        if shown != nil { screen.note("That was not the whole of it, or too much; the line is:") }
        screen.say(line.text, by: line.character)
      }
      if let cut = line.cut { screen.note(cut.sentence) }
      if !line.flaws.isEmpty {
        screen.note("Flagged: \(line.flaws.map(\.description).joined(separator: "; ").oneLine).")
      }
      hint(about: turn)
    } else if let silent = turn.records.first(where: { $0.event?.step.grounding.role == .passive }) {
      await explainSilence(of: silent.program)
    } else if !turn.records.contains(where: { $0.event?.step.grounding.isRelevant == true }) {
      screen.note("That does not concern \(names).")
    }
  }

  private func explainSilence(of program: Program) async {
    let muted = await session.muted
    guard !muted.isEmpty else {
      return screen.note("\(program.character) says nothing; write more under 'lines' in the profile.")
    }
    let name = muted.contains(program.character) ? program.character : muted.sorted().first ?? ""
    screen.note(
      "Nobody says anything; \(muted.sorted().listed) \(muted.count == 1 ? "is" : "are") muted, and /speak \(name) asks for a line all the same."
    )
  }

  private mutating func noteMoves(of record: TurnRecord) {
    for (machine, change) in zip(record.before.states, record.after.states).enumerated()
    where change.0 != change.1 {
      let place = StatusLine.Place(character: record.program.character, machine: machine)
      moved.removeAll { $0 == place }
      moved.insert(place, at: 0)
    }
  }

  /// Writes to the disk what is not there yet; where that fails, says so and goes on.
  mutating func keep() async {
    do throws(TranscriptError) {
      try keeper.keep(await session.transcript)
      if trouble != nil { screen.note("The session is kept again.") }
      trouble = nil
    } catch {
      if trouble != "\(error)" {
        screen.note("Not saved: \(error). \(Self.elsewhere).")
      }
      trouble = "\(error)"
    }
  }

  private static let elsewhere =
    "/save FOLDER/NAME.jsonl keeps the chat elsewhere from now on, /export FILE writes it once"

  /// Whether somebody who wants to leave is told what would be lost, once; they may then leave or save it.
  mutating func warnsOfLoss() async -> Bool {
    await keep()
    let unsaved = keeper.unsavedTurns(of: await session.transcript)
    guard trouble != nil, unsaved > 0, unsaved != warnedOf else { return false }
    warnedOf = unsaved
    isStatusShown = false
    let verb = unsaved == 1 ? "is" : "are"
    screen.note(
      "\(unsaved.of("turn")) \(verb) not saved. \(Self.elsewhere). Leave once more to lose what is not.")
    return true
  }

  /// Ends the conversation; says how to go on with it.
  ///
  /// - Throws: ``Failure`` where the last turns are not on the disk.
  mutating func close(isInteractive: Bool) async throws(Failure) {
    await keep()
    if let trouble {
      let unsaved = keeper.unsavedTurns(of: await session.transcript)
      let what = unsaved == 0 ? "the session was" : unsaved.of("turn was", "turns were")
      throw Failure("\(what) not saved: \(trouble)", .environment)
    }
    if isInteractive, let name = keeper.name {
      screen.note("Kept as '\(name)'. Go on with: dramatis chat --resume '\(name)'")
    }
  }
}

extension LineCut {
  /// Why the line above ends where it does, and what to do.
  fileprivate var sentence: String {
    switch self {
    case .length:
      "The line is cut at the limit of tokens: /continue goes on with it, --max-tokens N raises the limit."
    case .filtered:
      "The line is cut by the service's filter: /continue goes on with it, /retry asks for another one."
    case .stopped: "The line was stopped: /continue goes on with it."
    }
  }
}

/// A turn that can be stopped: what was said so far is kept, and where nothing was, the turn is given up.
private struct StoppableTurn: Sendable {
  let session: Session
  let stream: StreamedLine?
  let work: @Sendable () async throws -> Turn

  init(session: Session, stream: StreamedLine?, work: @escaping @Sendable () async throws -> Turn) {
    self.session = session
    self.stream = stream
    self.work = work
  }

  /// Takes the turn, and says whether Ctrl-C in the terminal stopped it.
  func run(at terminal: Terminal?) async throws -> (Turn, isStopped: Bool) {
    guard let terminal else { return (try await work(), false) }
    return try await terminal.interruptible { try await stoppable() }
  }

  /// The turn runs in a task of its own: a turn whose line has begun must go on to its end when this one is cancelled.
  private func stoppable() async throws -> (Turn, isStopped: Bool) {
    let turn = Task { try await work() }
    return try await withTaskCancellationHandler {
      (try await turn.value, Task.isCancelled)
    } onCancel: {
      Task {
        let isSpeaking = await session.stopSpeaking()
        if !isSpeaking, stream?.hasBegun != true { turn.cancel() }
      }
    }
  }
}
