extension Session {
  /// What a member keeps in answer to its standing questions, with what each answer rests on.
  ///
  /// - Throws: ``SessionError/noSuchCharacter(_:)``.
  public func memory(of character: String) throws(SessionError) -> [KeptAnswer] {
    state.members[try index(of: character)].memory.answers
  }

  /// Lets every member keep what the turn said in answer to its standing questions, summed up where somebody does that.
  ///
  /// Whoever sums up and fails costs nothing but the summary: the words that were said are kept in any case.
  func remember(in builder: inout TurnBuilder) async {
    for index in builder.members.indices {
      guard var memory = builder.memory(of: index) else { continue }
      let (member, open) = (builder.members[index], memory.open)
      if let rememberer, !open.isEmpty {
        let user = builder.event.actor ?? transcript.header.user ?? "stranger"
        let questions = open.map { place in
          memory.question(place) { member.program.filled($0, at: member.snapshot, user: user) }
        }
        let answers = try? await rememberer.answers(
          to: questions, about: builder.recentScene(of: index), of: member.program)
        if let answers, answers.count == open.count {
          memory.take(answers, to: open, about: builder.newestHeard(by: index))
        }
      }
      builder.keep(memory.notes, by: index)
    }
    await sumUp(in: &builder)
  }

  /// Lets whoever spoke keep a summary of the events for which there was no room, block after block.
  private func sumUp(in builder: inout TurnBuilder) async {
    guard let rememberer, let (member, untold) = builder.untold else { return }
    let (program, before) = (builder.members[member].program, builder.members[member].memory.past)
    let events = builder.members[member].events(from: before?.events ?? 0, to: untold)
    guard let text = events.text else { return }
    let made = (try? await rememberer.summary(of: text, after: before?.text ?? "", of: program)) ?? ""
    let summary = made.oneLine.withoutBlanksAround.shortened(to: KeptPast.mostCharacters)
    guard !summary.isEmpty else { return }
    builder.keep(KeptPast(turn: builder.number, events: events.end, text: summary), by: member)
  }
}

extension KeptPast {
  /// The most characters of a summary.
  fileprivate static let mostCharacters = 1200
  /// The fewest events that are worth one, and the most that are summed up at once.
  fileprivate static let count = 8...32
  /// The most characters that are told of an event.
  fileprivate static let mostOfEvent = 400
}

extension Member {
  /// Events of those that the character perceived, a line each, and how many there are up to the last of them.
  ///
  /// - Returns: No text where they are too few to be summed up.
  fileprivate func events(from start: Int, to end: Int) -> (text: String?, end: Int) {
    let first = max(start, forgottenEvents)
    let last = min(end, first + KeptPast.count.upperBound)
    guard last - first >= KeptPast.count.lowerBound else { return (nil, start) }
    let events = history(before: Event()).dropFirst(first - forgottenEvents).prefix(last - first)
    let lines = events.compactMap { event in
      event.text.map { text in
        let said = text.oneLine.shortened(to: KeptPast.mostOfEvent)
        return event.actor.map { "\($0): \(said)" } ?? said
      }
    }
    return (lines.joined(separator: "\n"), last)
  }
}

extension TurnBuilder {
  /// What the turn brings for a member to keep, by its cues and conditions; nil where it has nothing to keep.
  ///
  /// What was heard as a line in its own turn is not heard again.
  fileprivate func memory(of index: Int) -> MemoryInMaking? {
    let member = members[index]
    guard !member.program.standingQuestions.isEmpty else { return nil }
    var memory = MemoryInMaking(of: member.program, keeping: member.memory, in: number)
    if let record = events[index], member.program.perceives(event) {
      let answered = member.program.standingPlaces(answeredBy: record)
      if !record.isKnown || !answered.isEmpty {
        memory.hear(
          MemoryCues.Heard(event: event, role: member.program.side(in: event), answered: answered),
          by: member.memoryCues)
      }
    }
    if let said = line?.event, member.program.perceives(said) {
      memory.hear(
        MemoryCues.Heard(event: said, role: member.program.side(in: said)), by: member.memoryCues)
    }
    return memory
  }

  /// What a member has perceived lately, the line of the turn included.
  fileprivate func recentScene(of index: Int) -> String {
    let member = members[index]
    var events = member.history(before: Event())
    if let said = line?.event, events.last != said, member.program.perceives(said) { events.append(said) }
    let window = member.program.window
    return Scene(of: Event(), after: events.suffix(window), window: window + 1, for: member.program).text
  }

  /// What a member perceived last: the event, or else the line.
  fileprivate func newestHeard(by index: Int) -> Event? {
    [event, line?.event].compactMap(\.self).first {
      $0.text != nil && members[index].program.perceives($0)
    }
  }
}

extension Program {
  /// The standing questions of which a condition says that an event answers them, by their place.
  fileprivate func standingPlaces(answeredBy record: StepRecord) -> Set<Int> {
    guard !standingConditions.isEmpty, record.step.grounding.role == .passive else { return [] }
    let snapshot = record.step.snapshot
    let facts = Facts(
      snapshot, turn: snapshot.turn, event: record.event, role: .passive, answers: record.answers)
    let places = standingQuestions.indices.filter { place in
      standingQuestions[place].condition.map { loreConditions[$0].truth(facts) == .yes } ?? false
    }
    return Set(places)
  }
}
