import Dramatis

extension Conversation {
  /// Shows what decided a turn: `TURN`, `all`, or both.
  func showWhy(_ argument: String) async throws {
    let words = argument.split(whereSeparator: \.isWhitespace).map(String.init)
    let numbers = words.filter { $0 != "all" }
    guard numbers.count <= 1, words.count - numbers.count <= 1 else { throw ChatProblem(usageOf: .why) }
    let transcript = await session.transcript
    let turns = try transcript.turns(to: transcript.head)
    guard let last = turns.last else { throw ChatProblem("Nothing has happened yet.") }
    let number =
      try numbers.first.map { text throws(ChatProblem) in try self.number(text, .why) } ?? last.number
    guard let turn = turns.first(where: { $0.number == number }) else {
      throw ChatProblem("There is no turn \(number); the last is turn \(last.number).")
    }
    let isWhole = words.contains("all")
    for record in turn.records {
      if cast.count > 1 { screen.note(record.program.character) }
      screen.note(WhyReport(record: record, isWhole: isWhole).text)
    }
    if !isWhole { screen.note("/why \(number) all says what did not happen, and why.") }
  }
}
