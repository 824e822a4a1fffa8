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
  let base: Moment
  var attempt = 0
  /// For each member what was answered about the same event before.
  var known: [[Int: Reply]]?
  /// The lines of earlier attempts.
  var earlier: [SpokenLine] = []
  /// Takes the line bit by bit.
  var show: @Sendable (String) -> Void = { _ in }

  /// The replies to use instead of asking about the event, for one member.
  func offered(_ index: Int) -> [Int: Reply] {
    if let known { return known[index] }
    return given(index)
  }

  /// The answers that came with the event, for one member.
  func given(_ index: Int) -> [Int: Reply] {
    let answers = base.members[index].program.answers(from: given).answers
    return Dictionary(
      uniqueKeysWithValues: answers.answered.map { ($0, Reply(answers[$0] ?? .unknown, source: "given")) })
  }
}
