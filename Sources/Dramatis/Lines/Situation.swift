/// What a performer may tell besides the step: what lasts, what has just changed, who is there, and where it is to go.
public struct Situation: Sendable {
  /// How long a machine has been in its state, and how it got there.
  public struct Standing: Hashable, Sendable {
    /// The state, an index into those of the machine.
    public let state: Int
    /// The turn in which it was entered; 0 for the beginning.
    public let since: Int
    /// The state before; nil where nothing is known of one.
    public let before: Int?
    /// The questions whose yes let it change, as indices into the program's.
    public let reasons: [Int]
    /// Whether it was entered after the character last spoke.
    public internal(set) var isNew: Bool

    init(state: Int, since: Int = 0, before: Int? = nil, reasons: [Int] = [], isNew: Bool = false) {
      self.state = state
      self.since = since
      self.before = before
      self.reasons = reasons
      self.isNew = isNew
    }
  }

  /// How the stories opened that everybody has heard.
  public let openings: [String]
  /// Who else is there, by name, whoever acts first.
  public let company: [String]
  /// The paid commitments of which the character knows, the first to be paid first.
  public let settled: [Int]
  /// For each machine how it stands.
  public let standings: [Standing]
  /// In which direction the line is to go.
  public let directions: [Direction]
  /// The questions that the director wants to come true.
  public let leads: [Question]
  /// What the character keeps in answer to its standing questions, as far as there is room to tell it.
  public let memory: MemorySelection
  /// What happened first, summed up, where there was no room for all of it; nil for nothing.
  public var past: KeptPast?
}

extension Situation {
  /// What a step alone tells, where nobody remembers those before it.
  init(of step: Step, on event: Event, from before: Snapshot, given answers: Answers, by program: Program) {
    var history = StandingHistory(at: before)
    history.note(step, answers: answers, of: program)
    let others = (event.actor.map { [$0] } ?? []) + (event.present ?? [])
    let company = others.filter { !program.isCalled($0) }
    self.init(
      openings: [], company: company.enumerated().filter { !company[..<$0].contains($1) }.map(\.element),
      settled: program.commitments.indices.filter { step.snapshot.commitments[$0].status == .paid },
      standings: history.standings(at: step.snapshot),
      directions: [event.direction].compactMap(\.self).filter { !$0.text.isEmpty }, leads: [],
      memory: .nothing)
  }
}

/// How long each machine of a character has been in its state; the steps of a session alone decide it.
struct StandingHistory: Sendable {
  private(set) var standings: [Situation.Standing]

  init(at snapshot: Snapshot) {
    standings = snapshot.states.map { Situation.Standing(state: $0) }
  }

  /// Notes what a step has moved.
  mutating func note(_ step: Step, answers: Answers, of program: Program) {
    for fired in step.grounding.fired where fired.from != fired.to {
      let guarded = fired.transition.map { program.machines[fired.machine].transitions[$0].guardCondition }
      let reasons = (guarded?.questions ?? []).filter { answers[$0]?.truth == .yes }
      standings[fired.machine] = Situation.Standing(
        state: fired.to, since: step.snapshot.turn, before: fired.from, reasons: Array(Set(reasons)).sorted(),
        isNew: true)
    }
  }

  /// Notes that the character has spoken of what is new.
  mutating func tell() {
    for index in standings.indices { standings[index].isNew = false }
  }

  /// How things stand where a snapshot says; a state that was set by hand is as old as is known.
  ///
  /// What was entered long ago is not new, even if the character has said nothing since.
  func standings(at snapshot: Snapshot) -> [Situation.Standing] {
    zip(standings, snapshot.states).map { standing, state in
      guard standing.state == state else { return Situation.Standing(state: state, since: snapshot.turn) }
      var standing = standing
      standing.isNew = standing.isNew && snapshot.turn - standing.since <= 1
      return standing
    }
  }

  /// The same of another program, where machines and states have the same names.
  func moved(from old: Program, to new: Program, at snapshot: Snapshot) -> StandingHistory {
    var moved = StandingHistory(at: snapshot)
    for (index, machine) in new.machines.enumerated() {
      guard let known = old.machines.firstIndex(where: { $0.name == machine.name }) else { continue }
      let standing = standings[known]
      let name = old.machines[known].states[standing.state].name
      guard let state = machine.states.firstIndex(where: { $0.name == name }) else { continue }
      moved.standings[index] = Situation.Standing(state: state, since: standing.since)
    }
    return moved
  }
}
