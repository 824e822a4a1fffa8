/// A turn to be taken: from where, on what, and what is known already.
struct TurnRequest {
  let event: Event
  let speaker: Session.Speaker
  /// Answers by question name or exact text.
  var given: [String: Answer] = [:]
  /// The member who said the event as a line.
  var said: Int?
  /// The entry that the turn comes after.
  let parent: Int
  /// Where everyone stands before it.
  let base: SessionState
  var attempt = 0
  /// For each member what was answered about the same event before.
  var known: [[Int: Reply]]?
  /// For each member what was answered about the event when it was heard as a line.
  var heard: [[Int: Reply]] = []
  /// The lines of earlier attempts.
  var earlier: [SpokenLine] = []
  /// The line that is to go on; nil for a new one.
  var beginning: SpokenLine?
  /// Takes the line bit by bit.
  var show: @Sendable (String) -> Void = { _ in }

  /// The replies to use instead of asking about the event, for one member.
  func offered(to index: Int) -> [Int: Reply] {
    if let known { return known[index] }
    let given = given(to: index)
    return heard.isEmpty ? given : heard[index].merging(given) { $1 }
  }

  /// The answers that came with the event, for one member.
  func given(to index: Int) -> [Int: Reply] {
    let answers = base.members[index].program.answers(from: given).answers
    return Dictionary(
      uniqueKeysWithValues: answers.answered.map { ($0, Reply(answers[$0] ?? .unknown, source: "given")) })
  }
}

extension Session {
  /// Runs a turn: everyone steps on the event, one member may speak, and all of it is committed.
  ///
  /// - Parameter make: Says which turn, once it is its turn.
  func run(_ make: () throws -> TurnRequest) async throws -> Turn {
    try await beginTurn()
    defer { endTurn() }
    let request = try make()
    switch request.speaker {
    case .member(let name), .owing(let name): _ = try index(of: name)
    case .addressed, .nobody: break
    }
    let isKnown = request.base.isKnown(saidBy: request.said)
    let members = request.base.members
    var builder = TurnBuilder(
      number: request.base.turn + 1, event: request.event, attempt: request.attempt,
      isLine: request.said != nil, members: members, rules: rules)
    for index in members.indices {
      if index == request.said {
        builder.skip(index)
      } else {
        let choosesLine = builder.mightSpeak(index, as: request.speaker) && performer.choosesAuthoredLines
        let record = try await step(
          builder.members[index], on: request.event, offered: request.offered(to: index),
          isKnown: isKnown, choosesLine: choosesLine, attempt: request.attempt)
        builder.apply(record, to: index)
      }
    }
    if let speaking = builder.speaker(request.speaker) {
      try await speak(speaking, in: &builder, for: request)
    }
    return commit(builder, request: request)
  }

  /// Lets a member speak and step on what they said.
  ///
  /// An answer that was given and used for the event is about the event, and not about the line.
  private func speak(
    _ index: Int, in builder: inout TurnBuilder, for request: TurnRequest
  ) async throws {
    guard let record = builder.events[index] else { return }
    let wanted = builder.lineRequest(to: index, after: record, for: request, director: director)
    guard let spoken = try await line(for: wanted) else { return }
    let event = builder.lineEvent(by: index, saying: spoken.text)
    if let fault = event.fault { throw SessionError(fault) }
    let offered = request.given(to: index).filter { record.replies[$0.key] == nil }
    let taken = try await step(builder.members[index], on: event, offered: offered, isLine: true)
    builder.say(spoken, by: index, taken: taken)
    for hearer in builder.hearers(of: event) {
      let offered = request.given(to: hearer).filter { builder.events[hearer]?.replies[$0.key] == nil }
      let record = try await step(builder.members[hearer], on: event, offered: offered, isLine: true)
      builder.hear(record, by: hearer)
    }
  }

  /// The performer's line, in a task of its own, so that speaking can be stopped and the turn still ends well.
  private func line(for request: LineRequest) async throws -> SpokenLine? {
    let performer = performer
    let task = Task { try await performer.line(for: request) }
    speaking = task
    defer { speaking = nil }
    return try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      task.cancel()
    }
  }

  private func commit(_ taken: TurnBuilder, request: TurnRequest) -> Turn {
    var builder = taken
    let turn = builder.finish(as: nextEntry, from: request.base.members)
    state = request.base
    state.commit(turn, members: builder.members)
    record(.turn(TurnEntry(turn, said: request.said)), after: request.parent)
    asked.removeAll()
    return turn
  }

  /// Asks round after round until no question is open, then steps.
  ///
  /// - Parameter offered: Replies that are used instead of asking, as soon as their questions are open.
  private func step(
    _ member: Member, on event: Event, offered: [Int: Reply], isLine: Bool = false, isKnown: Bool = false,
    choosesLine: Bool = false, attempt: Int = 0
  ) async throws -> StepRecord {
    let program = member.program
    let scene = member.scene(of: event)
    let scope = ReplyCache.Scope(program, scene: scene)
    var answers = Answers(for: program)
    var replies: [Int: Reply] = [:]
    var rounds: [[Int]] = []
    let lore = isLine ? [] : member.loreInQuestion(on: event)
    while true {
      let open = program.uncheckedQuestions(
        at: member.snapshot, event: event, scene: scene, given: answers, isLine: isLine,
        isKnown: isKnown, lore: lore, choosesLine: choosesLine, asking: asking, rules: rules)
      if open.isEmpty { break }
      var round = open.compactMap { question in
        offered[question].map { (question, $0) }
      }
      if round.isEmpty {
        rounds.append(open)
        round = try await ask(open, of: program, about: scene, scope: scope)
      }
      for (question, reply) in round {
        replies[question] = reply
        answers[question] = reply.answer
      }
    }
    let step = program.uncheckedStep(
      from: member.snapshot, event: event, scene: scene, given: answers, isLine: isLine, isKnown: isKnown,
      rules: rules)
    return StepRecord(
      event: event, scene: scene,
      lore: isLine ? nil : member.lore(after: step, on: event, given: answers, attempt: attempt),
      rounds: rounds, replies: replies, step: step,
      selection: member.selection(of: step), answers: answers, isLine: isLine, isKnown: isKnown, rules: rules)
  }

  /// Puts a round to the discriminator, except for what was answered in an attempt that failed.
  private func ask(
    _ open: [Int], of program: Program, about scene: Scene, scope: ReplyCache.Scope
  ) async throws -> [(Int, Reply)] {
    let missing = open.filter { asked[scope, question: $0] == nil }
    if !missing.isEmpty {
      try Task.checkCancellation()
      let questions = missing.map { program.questions[$0] }
      let replies = try await discriminator.checkedReplies(to: questions, about: scene)
      for (question, reply) in zip(missing, replies) {
        asked[scope, question: question] = reply.orOtherwise(program.questions[question])
      }
    }
    return open.map { ($0, asked[scope, question: $0] ?? Reply(.unknown, source: "nobody")) }
  }
}

/// The replies of a turn that has not been taken yet, so that an attempt that fails loses none.
struct ReplyCache {
  /// Whose questions and about what; in bytes, because equal strings may differ in normalisation.
  struct Scope: Hashable {
    private let character: String
    private let scene, newest: [UInt8]

    init(_ program: Program, scene: Scene) {
      character = program.character
      self.scene = Array(scene.text.utf8)
      newest = Array(scene.newest.utf8)
    }
  }

  private var replies: [Scope: [Int: Reply]] = [:]

  subscript(scope: Scope, question index: Int) -> Reply? {
    get { replies[scope]?[index] }
    set { replies[scope, default: [:]][index] = newValue }
  }

  mutating func removeAll() {
    replies = [:]
  }
}
