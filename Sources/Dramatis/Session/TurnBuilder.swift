/// A turn in the making; it becomes real only when the session commits it.
struct TurnBuilder {
  let number: Int
  let event: Event
  /// How many lines have been made for this event before.
  let attempt: Int
  private(set) var members: [Member]
  /// For each member how the event was taken; nil for who said it.
  private(set) var events: [StepRecord?]
  private var lines: [StepRecord?]
  private var heard: [StepRecord?]
  /// Who says nothing unasked, by name.
  private let muted: Set<String>
  private let rules: Rules
  private(set) var line: Line?
  /// Who spoke without having been told of how many events, the first that they perceived; nil where they were told of all.
  private(set) var untold: (member: Int, events: Int)?
  /// In which direction the line was to go.
  var directions: [Direction] = []

  init(
    number: Int, event: Event, attempt: Int, isLine: Bool, members: [Member], muted: Set<String>, rules: Rules
  ) {
    self.number = number
    self.event = event
    self.attempt = attempt
    self.members = members
    events = members.map { _ in nil }
    lines = events
    heard = events
    self.muted = muted
    self.rules = rules
    for index in members.indices { self.members[index].catchUp(before: event, isLine: isLine) }
  }

  /// Lets the turn pass for a member who has already stepped on the event.
  mutating func skip(_ index: Int) {
    members[index].snapshot = members[index].snapshot.aged
  }

  /// Lets a member perceive the event and go where its step led.
  mutating func apply(_ record: StepRecord, to index: Int) {
    events[index] = record
    members[index].snapshot =
      record.lore?.applied(to: record.step.snapshot, of: members[index].program)
      ?? record.step.snapshot
    members[index].note(record)
    members[index].hear(event)
  }

  /// Who speaks: only somebody whom the event concerns and who did not act in it, and who is muted only by name.
  func speaker(_ wanted: Session.Speaker) -> Int? {
    let present = members.indices.filter { events[$0]?.step.grounding.role == .passive }
    let concerned = present.filter { !isMuted($0) }
    switch wanted {
    case .nobody: return nil
    case .member(let name): return present.first { members[$0].program.isCalled(name) }
    case .owing(let name):
      let owing = concerned.first { events[$0]?.step.grounding.due.isEmpty == false }
      return owing ?? concerned.first { members[$0].program.isCalled(name) }
    case .addressed:
      let named = concerned.first { (event.to ?? []).contains(where: members[$0].program.isCalled) }
      return named ?? concerned.first
    }
  }

  /// Whether a member can still turn out to be the speaker; nil where that hangs on steps that are not taken yet.
  ///
  /// - Parameter earlier: Those before it in the cast, with their steps as far as they are taken.
  func mightSpeak(
    _ index: Int, as wanted: Session.Speaker, after earlier: [(index: Int, record: StepRecord?)]
  ) -> Bool? {
    switch wanted {
    case .nobody: return false
    case .member(let name): return members[index].program.isCalled(name)
    case .owing where isMuted(index), .addressed where isMuted(index): return false
    case .owing: return true
    case .addressed:
      if (event.to ?? []).contains(where: members[index].program.isCalled) { return true }
      let concerns = earlier.filter { !isMuted($0.index) }.map { isConcerned($0.index, as: $0.record) }
      return concerns.contains(true) ? false : concerns.contains(nil) ? nil : true
    }
  }

  private func isMuted(_ index: Int) -> Bool {
    muted.contains(members[index].program.character)
  }

  /// Whether the event concerns a member who does not act in it; nil until its step tells.
  private func isConcerned(_ index: Int, as record: StepRecord?) -> Bool? {
    if let record { return record.step.grounding.role == .passive }
    let program = members[index].program
    guard program.relevance == nil else { return nil }
    return program.perceives(event) && !program.isActor(of: event)
      && program.concerns(event, in: members[index].scene(of: event))
  }

  /// What the performer of a member may speak from.
  ///
  /// - Parameter request: The turn, with the lines of earlier attempts, to be said no more while another fits.
  mutating func lineRequest(
    to index: Int, after record: StepRecord, for request: TurnRequest, director: Director?
  ) -> LineRequest {
    let member = members[index]
    let company = members.indices.filter { members[$0].program.perceives(event) }
    let lead = director?.lead(for: index, among: members, present: company, turn: number)
    let wishes = [request.base.wish, event.direction].compactMap(\.self).filter { !$0.text.isEmpty }
    // What is wished now takes the place of what was wished before.
    let isNewWish = event.direction.map { $0.lasts || $0.text.isEmpty } ?? false
    directions =
      (isNewWish ? [event.direction].compactMap(\.self).filter { !$0.text.isEmpty } : wishes)
      + [lead?.direction].compactMap(\.self)
    let situation = Situation(
      openings: member.openings, company: self.company(of: index), settled: member.settled,
      standings: member.currentStandings, directions: directions, leads: lead?.questions ?? [],
      memory: member.memory.selection(for: member.program), past: member.memory.past)
    return LineRequest(
      program: member.program, snapshot: member.snapshot, event: event, scene: record.scene,
      history: member.history(before: event),
      grounding: record.step.grounding, selection: record.selection, answers: record.answers,
      recentLines: member.recentLines(before: number) + request.earlier, attempt: attempt,
      beginning: request.beginning, lore: record.lore?.placement ?? LorePlacement([]), situation: situation,
      show: request.show)
  }

  /// Who else is there, by name, whoever acts first.
  private func company(of index: Int) -> [String] {
    let cast = members.indices.filter { $0 != index && members[$0].program.perceives(event) }
    let others = cast.map { members[$0].program.character }
    let known = (event.actor.map { [$0] } ?? []) + (event.present ?? []) + others
    var names: [String] = []
    for name in known where !members[index].program.isCalled(name) {
      let name = members.first { $0.program.isCalled(name) }?.program.character ?? name
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// A line as an event: said to everyone, before the same company.
  func lineEvent(by index: Int, saying text: String) -> Event {
    Event(actor: members[index].program.character, text: text, present: event.present)
  }

  /// The members who step on a line in the turn in which it is said: all who are there but the speaker.
  func hearers(of event: Event) -> [Int] {
    guard rules > .first else { return [] }
    return members.indices.filter {
      !members[$0].program.isActor(of: event) && members[$0].program.perceives(event)
    }
  }

  /// Lets a member go where a line of another led.
  ///
  /// It enters what they heard in the next turn, which may be about that very line.
  mutating func hear(_ record: StepRecord, by index: Int) {
    heard[index] = record
    members[index].snapshot = record.step.snapshot
    members[index].note(record)
  }

  /// Lets a member say a line, with the step that they took on it.
  mutating func say(_ spoken: SpokenLine, by index: Int, taken record: StepRecord) {
    lines[index] = record
    members[index].tell(events[index]?.selection)
    members[index].snapshot = record.step.snapshot
    members[index].note(record)
    members[index].say(spoken, in: number)
    line = Line(
      turn: number, character: members[index].program.character, spoken: spoken, event: record.event,
      isHeard: rules > .first)
    for hearer in members.indices {
      if hearer == index {
        members[hearer].hear(record.event)
      } else {
        members[hearer].hearLater(record.event)
      }
    }
  }

  /// Notes for how many of the oldest events whoever spoke as a member had no room.
  mutating func note(untold count: Int, by index: Int) {
    untold = count == 0 ? nil : (index, members[index].forgottenEvents + count)
  }

  /// Lets a member keep a summary of what it perceived first.
  mutating func keep(_ past: KeptPast, by index: Int) {
    members[index].keep(past)
  }

  /// Lets a member keep what the turn has added in answer to its standing questions.
  mutating func keep(_ notes: [MemoryNote], by index: Int) {
    members[index].keep(notes, of: number)
  }

  /// Lets everyone know what became of the commitments that one member pays and all share.
  ///
  /// At the end of a turn, so that within it the order of the cast decides nothing.
  private mutating func shareCommitments() {
    for owner in members.indices {
      let program = members[owner].program
      for (place, commitment) in program.commitments.enumerated()
      where commitment.story != nil && program.owns(commitment) {
        for other in members.indices where other != owner {
          members[other].learn(
            commitment, progress: members[owner].snapshot.commitments[place], from: line?.event)
        }
      }
    }
  }

  /// The turn as it ends.
  mutating func finish(as id: Int, from before: [Member]) -> Turn {
    shareCommitments()
    let records = members.indices.map { index in
      TurnRecord(
        program: members[index].program, before: before[index].snapshot, after: members[index].snapshot,
        event: events[index], line: lines[index], heard: heard[index], memory: members[index].memory.answers,
        past: members[index].memory.past)
    }
    return Turn(
      id: id, number: number, attempt: attempt, event: event, records: records, line: line,
      directions: line == nil ? [] : directions)
  }
}
