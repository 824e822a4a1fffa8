/// Goes through a transcript's entries again, with recorded answers and lines in place of any model.
struct Replay {
  private(set) var state: SessionState
  private let statementBudget: Int?
  private let rules: Rules

  init(_ header: TranscriptHeader) {
    statementBudget = header.statementBudget
    rules = header.rules
    state = SessionState(cast: header.cast, seed: header.seed, statementBudget: statementBudget)
  }

  /// Goes through the next entry of a branch.
  ///
  /// Everyone then stands where the transcript says, even if the engine comes to something else now.
  ///
  /// - Returns: The turn, if it is one, as it is taken now.
  /// - Throws: ``TranscriptError/misfit(entry:)`` for an entry that these programs cannot have led to.
  mutating func apply(_ entry: TranscriptEntry) throws(TranscriptError) -> Turn? {
    switch entry.content {
    case .opening(let opening):
      state.hear(opening: opening.text)
      return nil
    case .greeting(let greeting):
      guard let index = state.index(of: greeting.character) else { throw .misfit(entry: entry.id) }
      _ = state.hear(greeting: greeting.spoken, by: index)
      return nil
    case .change(let change):
      try apply(change, entry: entry.id)
      return nil
    case .turn(let turn): return try apply(turn, entry: entry.id)
    }
  }

  private mutating func apply(_ change: ChangeEntry, entry: Int) throws(TranscriptError) {
    if let cast = change.cast {
      let members = state.members
      state.members = cast.map { program in
        let known = members.first { $0.program.character == program.character }
        return known?.moved(to: program)
          ?? Member(
            program: program, snapshot: program.initialSnapshot(seed: 0), statementBudget: statementBudget)
      }
    }
    if let muted = change.muted { state.muted = Set(muted) }
    try restore(change.after, entry: entry)
  }

  private mutating func apply(_ recorded: TurnEntry, entry: Int) throws(TranscriptError) -> Turn {
    guard recorded.number == state.turn + 1, recorded.characters.count == state.members.count,
      zip(recorded.characters, state.members).allSatisfy({ $0.character == $1.program.character })
    else { throw .misfit(entry: entry) }
    var builder = TurnBuilder(
      number: recorded.number, event: recorded.event, attempt: recorded.attempt,
      isLine: recorded.said != nil, members: state.members, muted: state.muted,
      rules: rules)
    let isKnown = state.isKnown(saidBy: recorded.said.flatMap(state.index))
    for (index, character) in recorded.characters.enumerated() {
      if let step = character.event {
        builder.apply(
          record(
            of: step, by: builder.members[index], on: recorded.event, isKnown: isKnown,
            attempt: recorded.attempt), to: index)
      } else {
        builder.skip(index)
      }
    }
    builder.directions = recorded.directions ?? []
    if let line = recorded.line { try say(line, of: recorded, in: &builder, entry: entry) }
    for (index, character) in recorded.characters.enumerated() {
      builder.keep(character.kept ?? [], by: index)
      if let past = character.past { builder.keep(past, by: index) }
    }
    let turn = builder.finish(as: entry, from: state.members)
    state.commit(turn, members: builder.members)
    try restore(recorded.characters.map(\.after), entry: entry)
    return turn
  }

  private func say(
    _ line: LineEntry, of recorded: TurnEntry, in builder: inout TurnBuilder, entry: Int
  ) throws(TranscriptError) {
    guard let index = recorded.characters.firstIndex(where: { $0.character == line.character }),
      let step = recorded.characters[index].line
    else { throw .misfit(entry: entry) }
    let event = builder.lineEvent(by: index, saying: line.text)
    let taken = record(of: step, by: builder.members[index], on: event, isLine: true)
    builder.say(line.spoken, by: index, taken: taken)
    for hearer in builder.hearers(of: event) {
      guard let step = recorded.characters[hearer].heard else { continue }
      builder.hear(record(of: step, by: builder.members[hearer], on: event, isLine: true), by: hearer)
    }
  }

  /// Steps with the answers that were recorded; one to a question that is not there is left out.
  private func record(
    of recorded: StepEntry, by member: Member, on event: Event, isLine: Bool = false, isKnown: Bool = false,
    attempt: Int = 0
  ) -> StepRecord {
    let program = member.program
    let scene = member.scene(of: event)
    var replies: [Int: Reply] = [:]
    var answers = Answers(for: program)
    for entry in recorded.answers {
      guard let question = program.question(entry.question, copy: entry.copy ?? 0) else { continue }
      replies[question] = Reply(entry.answer, source: entry.source)
      answers[question] = entry.answer
    }
    let step = program.uncheckedStep(
      from: member.snapshot, event: event, scene: scene, given: answers, isLine: isLine, isKnown: isKnown,
      rules: rules)
    return StepRecord(
      event: event, scene: scene,
      lore: isLine ? nil : member.lore(after: step, on: event, given: answers, attempt: attempt),
      rounds: recorded.rounds.map { $0.compactMap { program.question($0) } }, replies: replies, step: step,
      selection: member.selection(of: step), answers: answers, isLine: isLine, isKnown: isKnown, rules: rules)
  }

  /// Puts everyone where the transcript says.
  private mutating func restore(_ snapshots: [NamedSnapshot], entry: Int) throws(TranscriptError) {
    guard snapshots.count == state.members.count else { throw .misfit(entry: entry) }
    for (index, named) in snapshots.enumerated() {
      let restored = try? state.members[index].program.snapshot(from: named)
      guard let restored, restored.changes.isEmpty else { throw .misfit(entry: entry) }
      state.members[index].snapshot = restored.snapshot
    }
    state.turn = max(state.turn, state.members.map(\.snapshot.turn).max() ?? 0)
  }
}

extension Program {
  /// The question of a name, or else the one in place of an exact text after so many copies.
  fileprivate func question(_ key: String, copy: Int = 0) -> Int? {
    if let named = questions.firstIndex(where: { $0.name == key }) { return named }
    let copies = questions.indices.filter {
      questions[$0].name == nil && questions[$0].text.isSameBytes(as: key)
    }
    return copies.dropFirst(max(copy, 0)).first
  }
}

extension Transcript {
  /// The turns on the way to an entry, taken again with the recorded answers and lines.
  ///
  /// - Throws: ``TranscriptError/misfit(entry:)``.
  /// - Complexity: Proportional to the number of turns; a step each, and no model.
  public func turns(to id: Int) throws(TranscriptError) -> [Turn] {
    var replay = Replay(header)
    var turns: [Turn] = []
    for entry in path(to: id) {
      if let turn = try replay.apply(entry) { turns.append(turn) }
    }
    return turns
  }

  /// Where a session stands after an entry.
  func state(at id: Int) throws(TranscriptError) -> SessionState {
    var replay = Replay(header)
    for entry in path(to: id) { _ = try replay.apply(entry) }
    return replay.state
  }

  /// What becomes of everyone who stands at the head, if the session goes on with another cast.
  ///
  /// - Returns: By character what cannot be carried over as it was; nobody for whom all stays.
  /// - Throws: ``TranscriptError/misfit(entry:)``.
  public func changes(to cast: [Program]) throws(TranscriptError) -> [String: [SnapshotChange]] {
    let members = try state(at: head).members
    var changes: [String: [SnapshotChange]] = [:]
    for program in cast {
      guard let member = members.first(where: { $0.program.character == program.character }),
        let restored = try? program.snapshot(from: member.named), !restored.changes.isEmpty
      else { continue }
      changes[program.character] = restored.changes
    }
    return changes
  }

  /// Records that the session goes on with other programs after an entry.
  mutating func migrate(at entry: Int, to cast: [Program]) throws(TranscriptError) {
    let members = try state(at: entry).members
    let turn = members.map(\.snapshot.turn).max() ?? 0
    let after = cast.enumerated().map { index, program in
      let known = members.first { $0.program.character == program.character }
      if let known, let restored = try? program.snapshot(from: known.named) {
        return program.uncheckedNamed(restored.snapshot)
      }
      var new = SessionState(cast: cast, seed: header.seed).members[index].snapshot
      new.turn = turn
      return program.uncheckedNamed(new)
    }
    _ = append(.change(ChangeEntry(reason: .migrated, cast: cast, after: after)), after: entry)
  }
}
