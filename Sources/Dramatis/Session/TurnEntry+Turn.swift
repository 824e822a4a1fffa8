extension TurnEntry {
  /// A turn by names, as it is recorded.
  ///
  /// - Parameter said: The member who said the event as a line.
  init(_ turn: Turn, said: Int?) {
    number = turn.number
    event = turn.event
    self.said = said.map { turn.records[$0].program.character }
    attempt = turn.attempt
    characters = turn.records.map { CharacterEntry($0, in: turn.number) }
    line = turn.line.map { LineEntry(character: $0.character, $0.spoken) }
    directions = turn.directions.isEmpty ? nil : turn.directions
  }
}

extension CharacterEntry {
  fileprivate init(_ record: TurnRecord, in turn: Int) {
    let program = record.program
    character = program.character
    before = program.uncheckedNamed(record.before)
    after = program.uncheckedNamed(record.after)
    event = record.event.map { StepEntry($0, of: program) }
    line = record.line.map { StepEntry($0, of: program) }
    heard = record.heard.map { StepEntry($0, of: program) }
    let notes = record.memory.compactMap { $0.note(of: turn) }
    kept = notes.isEmpty ? nil : notes
    past = record.past.flatMap { $0.turn == turn ? $0 : nil }
  }
}

extension StepEntry {
  fileprivate init(_ record: StepRecord, of program: Program) {
    rounds = record.rounds.map { $0.map { program.questions[$0].key } }
    answers = record.replies.sorted { $0.key < $1.key }.map {
      AnswerEntry(
        question: program.questions[$0.key].key, copy: program.copy(of: $0.key), answer: $0.value.answer,
        source: $0.value.source)
    }
    grounding = GroundingEntry(record.step.grounding, of: program)
  }
}

extension GroundingEntry {
  fileprivate init(_ grounding: Grounding, of program: Program) {
    role = grounding.role
    fired = grounding.fired.map { fired in
      let machine = program.machines[fired.machine]
      return Fired(
        machine: machine.name, from: machine.states[fired.from].name, to: machine.states[fired.to].name,
        transition: fired.transition)
    }
    statements = grounding.statements.map {
      Statement(topic: program.topics[$0.topic].name, text: program.statements[$0.statement])
    }
    let moved = grounding.commitments.map {
      Moved(name: program.commitments[$0.commitment].name, kind: $0.kind, because: program.reason(for: $0))
    }
    commitments = moved.isEmpty ? nil : moved
    due = grounding.due.isEmpty ? nil : grounding.due.map { program.commitments[$0].name }
    let weighed = zip(program.machines, grounding.distributions).filter { !$0.1.isEmpty }
    distributions = Dictionary(
      uniqueKeysWithValues: weighed.map { machine, distribution in
        (
          machine.name,
          Dictionary(uniqueKeysWithValues: zip(machine.states.map(\.name), distribution))
        )
      })
  }
}

extension Program {
  /// How many questions in place of the same text come before one; nil for none.
  fileprivate func copy(of question: Int) -> Int? {
    guard questions[question].name == nil else { return nil }
    let text = questions[question].text
    let count = questions[..<question].count { $0.name == nil && $0.text.isSameBytes(as: text) }
    return count == 0 ? nil : count
  }
}
