extension Session {
  /// Asks round after round until no question is open, then steps.
  ///
  /// - Parameter offered: Replies that are used instead of asking, as soon as their questions are open.
  func stepRecord(
    of member: Member, _ event: Event, _ scene: Scene, _ offered: [Int: Reply], isLine: Bool,
    choosesLine: Bool
  ) async throws -> StepRecord {
    let program = member.program
    let key = ReplyCache.Scope(program, scene)
    var answers = Answers(for: program)
    var replies: [Int: Reply] = [:]
    var rounds: [[Int]] = []
    while true {
      let open = program.openQuestions(
        at: member.snapshot, event: event, scene: scene, given: answers, isLine: isLine,
        choosesLine: choosesLine, asking: asking)
      if open.isEmpty { break }
      var round = open.compactMap { question in
        offered[question].map { (question, $0) }
      }
      if round.isEmpty {
        rounds.append(open)
        round = try await ask(open, of: program, scene, key)
      }
      for (question, reply) in round {
        replies[question] = reply
        answers[question] = reply.answer
      }
    }
    let step = program.step(from: member.snapshot, event: event, scene: scene, given: answers, isLine: isLine)
    return StepRecord(
      event: event, scene: scene, rounds: rounds, replies: replies, step: step,
      selection: member.selection(of: step), answers: answers, isLine: isLine)
  }

  /// Puts a round to the discriminator, except for what was answered in an attempt that failed.
  private func ask(
    _ open: [Int], of program: Program, _ scene: Scene, _ key: ReplyCache.Scope
  ) async throws -> [(Int, Reply)] {
    let missing = open.filter { asked[key, $0] == nil }
    if !missing.isEmpty {
      try Task.checkCancellation()
      let questions = missing.map { program.questions[$0] }
      let replies = try await discriminator.checkedReplies(to: questions, about: scene)
      for (question, reply) in zip(missing, replies) {
        asked[key, question] = reply.orOtherwise(program.questions[question])
      }
    }
    return open.map { ($0, asked[key, $0] ?? Reply(.unknown, source: "nobody")) }
  }
}

extension Reply {
  /// What the author wants to be assumed when nobody could tell.
  fileprivate func orOtherwise(_ question: Question) -> Reply {
    guard answer.truth == .unknown, let otherwise = question.otherwise else { return self }
    return Reply(otherwise, source: "otherwise")
  }
}
