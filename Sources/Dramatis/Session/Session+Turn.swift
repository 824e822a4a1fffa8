extension Session {
  func take(_ request: TurnRequest) async throws -> Turn {
    guard !isTakingTurn else { throw SessionError.turnInProgress }
    switch request.speaker {
    case .member(let name), .owing(let name): _ = try index(of: name)
    case .addressed, .nobody: break
    }
    isTakingTurn = true
    defer { isTakingTurn = false }
    let members = request.base.members
    var draft = Draft(
      number: request.base.turn + 1, event: request.event, attempt: request.attempt,
      isLine: request.said != nil, members: members)
    for index in members.indices {
      if index == request.said {
        draft.skip(index)
      } else {
        draft.take(try await eventStep(index, request, draft), index)
      }
    }
    if let speaking = draft.speaker(request.speaker) { try await speak(speaking, request, &draft) }
    return commit(draft, request)
  }

  private func eventStep(_ index: Int, _ request: TurnRequest, _ draft: Draft) async throws -> StepRecord {
    let member = draft.members[index]
    let scene = member.scene(of: request.event)
    return try await stepRecord(
      of: member, request.event, scene, request.offered(index), isLine: false,
      choosesLine: draft.mightSpeak(index, as: request.speaker) && performer.choosesAuthoredLines)
  }

  /// Lets a member speak and step on what they said.
  ///
  /// An answer that was given and used for the event is about the event, and not about the line.
  private func speak(_ index: Int, _ request: TurnRequest, _ draft: inout Draft) async throws {
    guard let record = draft.events[index] else { return }
    let wanted = draft.request(for: record, index, earlier: request.earlier, show: request.show)
    guard let spoken = try await line(for: wanted) else { return }
    let event = draft.lineEvent(by: index, spoken.text)
    let member = draft.members[index]
    let scene = member.scene(of: event)
    let offered = request.given(index).filter { record.replies[$0.key] == nil }
    let step = try await stepRecord(of: member, event, scene, offered, isLine: true, choosesLine: false)
    draft.say(spoken, event, step, index)
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

  private func commit(_ taken: Draft, _ request: TurnRequest) -> Turn {
    var draft = taken
    let turn = draft.finished(nextEntry, before: request.base.members)
    moment = request.base
    moment.take(draft, turn.line)
    record(.turn(TurnEntry(turn, said: request.said)), after: request.parent)
    lastTurn = turn
    asked.forget()
    return turn
  }
}
