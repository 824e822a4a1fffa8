extension Crowd {
  /// How much a tick may do.
  public enum Budget: Hashable, Sendable {
    /// So much time; it is over it by no more than one step.
    case time(Duration)
    /// So many steps or turns, so that the same calls always do the same.
    case steps(Int)
    /// All that waits.
    case all
  }

  /// What a tick did.
  public struct Tick: Sendable {
    /// A whole turn of a character.
    public struct Taken: Sendable {
      /// Who took it.
      public let handle: Handle
      /// What it did, with the line that was said.
      public let turn: InstanceTurn
    }

    /// What a language model is to be told, for a character whose words the caller finds.
    public struct Wanted: Sendable {
      /// Who is to speak.
      public let handle: Handle
      /// What to tell the model; the line goes to ``Crowd/say(_:by:answering:)``.
      public let request: LineRequest
    }

    /// A turn that was taken with less than the character's detail, since time ran out.
    public struct Degraded: Hashable, Sendable {
      /// Whose turn it was.
      public let handle: Handle
      /// What it was to be, and what it came to.
      public let from, to: Detail
    }

    /// How many events were stepped on, by everyone together.
    public internal(set) var steps = 0
    /// The whole turns, in the order in which they were taken.
    public internal(set) var turns: [Taken] = []
    /// Who waits for a model's words.
    public internal(set) var prompts: [Wanted] = []
    /// What was degraded: first a model's words become authored ones, then turns become mute steps.
    public internal(set) var degraded: [Degraded] = []
    /// How many events still wait, counted once for each character.
    public internal(set) var waiting = 0

    /// The turns in which somebody said something.
    public var lines: [Taken] { turns.filter { $0.turn.line != nil } }
  }

  /// Posts an event to some characters; they step on it in a later tick, in the order in which events were posted.
  ///
  /// Whoever it is posted to perceives it and is meant by it, whatever `to` and `present` say; whoever has the actor's name,
  /// to the letter, has done it.
  ///
  /// - Parameters:
  ///   - event: What happened.
  ///   - handles: To whom it happened.
  ///   - answers: What the game knows already, by question name or exact text; mute characters ask nobody else.
  /// - Throws: ``InstanceError``; then nobody has it.
  public mutating func post(
    _ event: Event, to handles: some Sequence<Handle>, answers: [String: Answer] = [:]
  ) throws(InstanceError) {
    var indices: [Int] = []
    for handle in handles { indices.append(try index(of: handle)) }
    try post(event, toIndices: indices, answers: answers)
  }

  /// Posts an event to one character.
  ///
  /// - Throws: ``InstanceError``.
  public mutating func post(
    _ event: Event, to handle: Handle, answers: [String: Answer] = [:]
  ) throws(InstanceError) {
    try post(event, toIndices: [try index(of: handle)], answers: answers)
  }

  /// Posts an event to everyone.
  ///
  /// - Throws: ``InstanceError/unfit(_:)``.
  public mutating func postToAll(_ event: Event, answers: [String: Answer] = [:]) throws(InstanceError) {
    try post(event, toIndices: members.indices.filter { members[$0].isThere }, answers: answers)
  }

  private mutating func post(
    _ event: Event, toIndices indices: [Int], answers: [String: Answer]
  ) throws(InstanceError) {
    if let fault = event.fault { throw .unfit(fault) }
    guard !indices.isEmpty else { return }
    let posted = mail.post(event, answers: answers, readers: indices.count)
    for index in indices {
      let queue = members[index].queue ?? members[index].detail
      members[index].queue = queue
      members[index].waiting += 1
      mail.append(
        CrowdMail.Note(
          member: Int32(index), generation: members[index].generation, event: Int32(posted), tick: ticks),
        to: queue)
    }
  }

  /// Works through what waits: the most important first, those of one detail in the order of their events.
  ///
  /// What has waited for eight ticks longer goes before what matters more. Once a turn no longer fits into what is left of
  /// the time, it is taken with less detail; what does not fit at all waits.
  ///
  /// - Parameters:
  ///   - budget: How much it may do.
  ///   - answering: Answers the questions of characters that are not mute; nil leaves one to the cues.
  public mutating func tick(
    budget: Budget = .all, answering: (QuestionRequest) -> Answer? = { _ in nil }
  ) -> Tick {
    var tick = Tick()
    ticks &+= 1
    let meter = BudgetMeter(budget)
    while let queue = mail.next(), let note = mail.first(of: queue) {
      guard meter.hasMore(after: tick.steps) else { break }
      mail.removeFirst(of: queue)
      let index = Int(note.member)
      guard members[index].isThere, members[index].generation == note.generation else {
        mail.release(Int(note.event))
        continue
      }
      take(note, by: index, within: meter, into: &tick, answering)
      tick.steps += 1
      mail.release(Int(note.event))
      members[index].waiting -= 1
      if members[index].waiting == 0 { members[index].queue = nil }
    }
    tick.waiting = waiting
    return tick
  }

  @inline(__always)
  private mutating func take(
    _ note: CrowdMail.Note, by index: Int, within meter: BudgetMeter, into tick: inout Tick,
    _ answering: (QuestionRequest) -> Answer?
  ) {
    let member = members[index]
    var detail = member.detail
    // What a model is asked costs most of its time outside, so it goes first.
    if detail == .model, !meter.hasRoom(for: 2 * turnCost) { detail = .lines }
    if detail == .lines, !meter.hasRoom(for: turnCost) { detail = .mute }
    if detail != member.detail {
      // One slow turn, as the first of a program is, must not silence everybody for ever.
      turnCost *= 0.9
      tick.degraded.append(Tick.Degraded(handle: handle(index), from: member.detail, to: detail))
    }
    let (posted, troop) = (Int(note.event), member.troop)
    guard detail == .mute, troops[troop].isPlain(member.place, by: mail.events[posted].event.actor) else {
      return takeTurn(posted, by: index, detail, within: meter, into: &tick, answering)
    }
    if mail.prepared(posted, at: troop) == nil { mail.prepare(posted, at: troop, for: troops[troop].program) }
    if let prepared = mail.prepared(posted, at: troop) {
      troops[troop].step(member.place, on: prepared.event, given: prepared.answers)
    }
    if let heard = mail.events[posted].heard { troops[troop].hear(heard, at: member.place) }
  }

  /// Takes a turn of a character by itself: with words, with a memory of its steps, or on what it did itself.
  private mutating func takeTurn(
    _ posted: Int, by index: Int, _ detail: Detail, within meter: BudgetMeter, into tick: inout Tick,
    _ answering: (QuestionRequest) -> Answer?
  ) {
    let member = members[index]
    var event = mail.events[posted].event
    event.to = nil
    event.present = nil
    let given = mail.events[posted].answers
    let start = meter.now
    var instance = troops[member.troop].instance(at: member.place)
    instance.isStrict = false
    let turn: InstanceTurn?
    if detail == .mute {
      turn = try? instance.step(event, answers: given)
    } else {
      turn = try? instance.turn(event, voice: detail == .model ? .own : .authored) { request in
        given[request.key] ?? answering(request)
      }
    }
    troops[member.troop].put(instance, at: member.place)
    guard detail != .mute, let turn else { return }
    tick.turns.append(Tick.Taken(handle: handle(index), turn: turn))
    if let request = instance.request {
      tick.prompts.append(Tick.Wanted(handle: handle(index), request: request))
    }
    if let start, let end = meter.now {
      let cost = (end - start) / .nanoseconds(1)
      turnCost = turnCost == 0 ? cost : turnCost * 0.75 + cost * 0.25
    }
  }

  /// Lets a character say what a model wrote for it.
  ///
  /// - Parameters:
  ///   - line: What is said.
  ///   - handle: Who says it.
  ///   - answering: Answers questions about the line; nil leaves one to the cues.
  /// - Throws: ``InstanceError/staleHandle``, or ``InstanceError/unfit(_:)`` for a line that is too long.
  @discardableResult
  public mutating func say(
    _ line: String, by handle: Handle, answering: (QuestionRequest) -> Answer? = { _ in nil }
  ) throws(InstanceError) -> InstanceTurn {
    try update(handle) { (instance) throws(InstanceError) in
      try instance.speak(line, answering: answering)
    }
  }
}

/// What is left of a tick's budget.
private struct BudgetMeter {
  private let budget: Crowd.Budget
  private let start: ContinuousClock.Instant?

  init(_ budget: Crowd.Budget) {
    self.budget = budget
    if case .time = budget { start = .now } else { start = nil }
  }

  /// The time, where it matters.
  var now: ContinuousClock.Instant? { start == nil ? nil : .now }

  func hasMore(after steps: Int) -> Bool {
    switch budget {
    case .all: true
    case .steps(let most): steps < most
    case .time(let most): start.map { ContinuousClock.now - $0 < most } ?? true
    }
  }

  /// Whether something that takes so many nanoseconds fits into what is left.
  func hasRoom(for cost: Double) -> Bool {
    guard case .time(let most) = budget, let start, cost > 0 else { return true }
    return (most - (ContinuousClock.now - start)) / .nanoseconds(1) >= cost
  }
}
