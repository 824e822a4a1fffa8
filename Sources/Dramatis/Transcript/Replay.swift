/// Goes through a transcript's entries again, with recorded answers and lines in place of any model.
struct Replay {
  private(set) var moment: Moment
  private let statementBudget: Int?

  init(_ header: TranscriptHeader) {
    statementBudget = header.statementBudget
    moment = Moment(cast: header.cast, seed: header.seed, statementBudget: statementBudget)
  }

  /// Takes the next entry of a branch.
  ///
  /// Everyone then stands where the transcript says, even if the engine comes to something else now.
  ///
  /// - Returns: The turn, if it is one, as it is taken now.
  /// - Throws: ``TranscriptError/misfit(entry:)`` for an entry that these programs cannot have led to.
  mutating func take(_ entry: Entry) throws(TranscriptError) -> Turn? {
    switch entry.content {
    case .opening(let opening):
      moment.open(with: opening.text)
      return nil
    case .greeting(let greeting):
      guard let index = moment.index(of: greeting.character) else { throw .misfit(entry: entry.id) }
      _ = moment.greet(index, SpokenLine(greeting.text, authored: greeting.authored))
      return nil
    case .change(let change):
      try take(change, entry)
      return nil
    case .turn(let turn): return try take(turn, entry)
    }
  }

  private mutating func take(_ change: ChangeEntry, _ entry: Entry) throws(TranscriptError) {
    if let cast = change.cast {
      let members = moment.members
      moment.members = cast.map { program in
        let known = members.first { $0.program.character == program.character }
        return known?.moved(to: program)
          ?? Member(
            program: program, snapshot: program.initialSnapshot(seed: 0), statementBudget: statementBudget)
      }
    }
    try place(change.after, entry)
  }

  private mutating func take(_ recorded: TurnEntry, _ entry: Entry) throws(TranscriptError) -> Turn {
    guard recorded.number == moment.turn + 1, recorded.characters.count == moment.members.count,
      zip(recorded.characters, moment.members).allSatisfy({ $0.character == $1.program.character })
    else { throw .misfit(entry: entry.id) }
    var draft = Draft(
      number: recorded.number, event: recorded.event, attempt: recorded.attempt,
      isLine: recorded.said != nil, members: moment.members)
    for (index, character) in recorded.characters.enumerated() {
      if let step = character.event {
        draft.take(record(step, of: draft.members[index], recorded.event, isLine: false), index)
      } else {
        draft.skip(index)
      }
    }
    if let line = recorded.line { try say(line, recorded, &draft, entry) }
    let turn = draft.finished(entry.id, before: moment.members)
    moment.take(draft, turn.line)
    try place(recorded.characters.map(\.after), entry)
    return turn
  }

  private func say(
    _ line: LineEntry, _ recorded: TurnEntry, _ draft: inout Draft, _ entry: Entry
  ) throws(TranscriptError) {
    guard let index = recorded.characters.firstIndex(where: { $0.character == line.character }),
      let step = recorded.characters[index].line
    else { throw .misfit(entry: entry.id) }
    let event = draft.lineEvent(by: index, line.text)
    let record = record(step, of: draft.members[index], event, isLine: true)
    draft.say(SpokenLine(line.text, authored: line.authored), event, record, index)
  }

  /// Steps with the answers that were recorded; one to a question that is not there is left out.
  private func record(_ step: StepEntry, of member: Member, _ event: Event, isLine: Bool) -> StepRecord {
    let program = member.program
    let scene = member.scene(of: event)
    var replies: [Int: Reply] = [:]
    var answers = Answers(for: program)
    for entry in step.answers {
      guard let question = program.question(entry.question, copy: entry.copy ?? 0) else { continue }
      replies[question] = Reply(entry.answer, source: entry.source)
      answers[question] = entry.answer
    }
    let taken = program.step(
      from: member.snapshot, event: event, scene: scene, given: answers, isLine: isLine)
    return StepRecord(
      event: event, scene: scene,
      rounds: step.rounds.map { $0.compactMap { program.question($0) } }, replies: replies, step: taken,
      selection: member.selection(of: taken), answers: answers, isLine: isLine)
  }

  /// Puts everyone where the transcript says.
  private mutating func place(_ snapshots: [NamedSnapshot], _ entry: Entry) throws(TranscriptError) {
    guard snapshots.count == moment.members.count else { throw .misfit(entry: entry.id) }
    for (index, named) in snapshots.enumerated() {
      let restored = try? moment.members[index].program.snapshot(from: named)
      guard let restored, restored.changes.isEmpty else { throw .misfit(entry: entry.id) }
      moment.members[index].snapshot = restored.snapshot
    }
    moment.turn = max(moment.turn, moment.members.map(\.snapshot.turn).max() ?? 0)
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
