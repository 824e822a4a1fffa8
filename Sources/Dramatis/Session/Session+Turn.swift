import Synchronization

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
  /// The line that a person lets the speaker say; nil for one of the performer's.
  var saying: SpokenLine?
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
      isLine: request.said != nil, members: members, muted: request.base.muted, rules: rules)
    if let said = request.said { builder.skip(said) }
    let stepping = members.indices.filter { $0 != request.said }
    let plans = stepping.map { index in
      StepPlan(
        member: builder.members[index], event: request.event, offered: request.offered(to: index),
        isKnown: isKnown, attempt: request.attempt)
    }
    let records = try await steps(plans) { [performer] place, taken in
      guard performer.choosesAuthoredLines else { return false }
      let earlier = zip(stepping, taken).prefix(place)
      return builder.mightSpeak(stepping[place], as: request.speaker, after: Array(earlier))
    }
    for (index, record) in zip(stepping, records) { builder.apply(record, to: index) }
    if let speaking = builder.speaker(request.speaker) {
      try await speak(speaking, in: &builder, for: request)
    }
    await remember(in: &builder)
    return commit(builder, request: request)
  }

  /// Lets a member speak and step on what they said.
  ///
  /// An answer that was given and used for the event is about the event, and not about the line.
  private func speak(
    _ index: Int, in builder: inout TurnBuilder, for request: TurnRequest
  ) async throws {
    guard let record = builder.events[index] else { return }
    var wanted = builder.lineRequest(to: index, after: record, for: request, director: director)
    let untold = Mutex(0)
    wanted.noteUntold = { count in untold.withLock { $0 = count } }
    let performed = request.saying == nil ? try await line(for: wanted) : request.saying
    guard let spoken = performed else { return }
    builder.note(untold: untold.withLock { $0 }, by: index)
    let event = builder.lineEvent(by: index, saying: spoken.text)
    if let fault = event.fault { throw SessionError(fault) }
    let hearers = builder.hearers(of: event)
    let plans = ([index] + hearers).map { member in
      let offered = request.given(to: member).filter { builder.events[member]?.replies[$0.key] == nil }
      return StepPlan(member: builder.members[member], event: event, offered: offered, isLine: true)
    }
    let taken = try await steps(plans)
    builder.say(spoken, by: index, taken: taken[0])
    for (hearer, record) in zip(hearers, taken.dropFirst()) { builder.hear(record, by: hearer) }
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
