import Dramatis

/// Going back and forth.
extension Conversation {
  mutating func undo(_ argument: String) async throws {
    let count = argument.isEmpty ? 1 : try number(argument, of: .undo)
    guard count > 0 else {
      throw ChatProblem("Nothing is undone: /undo takes the number of turns to go back, 1 or more.")
    }
    let last = await session.lastTurn
    let undone = try await session.undo(count)
    await keep()
    let forward = try await wayForward(to: last)
    screen.note("Back before the last \(undone == 1 ? "turn" : "\(undone) turns").\(forward)")
    await recallLast()
  }

  /// How to come back to a turn that was undone; empty where a number leads to another turn than this one.
  private func wayForward(to turn: Turn?) async throws -> String {
    guard let turn, try await entry(ofTurn: turn.number) == turn.id else { return "" }
    return " /goto \(turn.number) goes forward again."
  }

  mutating func showAlternatives(_ argument: String) async throws {
    let transcript = await session.transcript
    guard let last = await session.lastTurn else { throw SessionError.noEarlierTurn }
    let alternatives = transcript.alternatives(to: last.id)
    guard !argument.isEmpty else {
      for (index, entry) in alternatives.enumerated() {
        let mark = entry.id == last.id ? "*" : " "
        screen.note("\(mark) \(index + 1). \(entry.lineText?.oneLine ?? "(nothing)")")
      }
      return
    }
    let number = try number(argument, of: .alternatives)
    guard alternatives.indices.contains(number - 1) else {
      throw ChatProblem(
        alternatives.count == 1
          ? "There is one line and no other to choose; /retry makes one."
          : "There are \(alternatives.count) lines to choose from; /alternatives lists them.")
    }
    try await session.move(toEntry: alternatives[number - 1].id)
    await keep()
    await recallLast()
  }

  mutating func edit(_ text: String) async throws {
    guard !text.isEmpty else { throw ChatProblem(usageOf: .edit) }
    let transcript = await session.transcript
    let path = transcript.path(to: transcript.head)
    guard let mine = path.last(where: { $0.event?.actor == user }) else {
      throw ChatProblem("You have not said anything yet.")
    }
    try await session.move(toEntry: mine.parent)
    try await say(text, as: user)
  }

  mutating func branch(_ argument: String) async throws {
    let (name, rest) = argument.firstWordAndRest
    guard !name.isEmpty else { throw ChatProblem(usageOf: .branch) }
    let start = rest.isEmpty ? nil : try await entry(ofTurn: try number(rest, of: .branch))
    try await session.createBranch(name, at: start)
    await keep()
    screen.note("On branch '\(name)' from turn \(await session.turn).")
  }

  func showBranches() async throws {
    let transcript = await session.transcript
    for (name, head) in transcript.heads.sorted(by: { $0.key < $1.key }) {
      let turns = transcript.path(to: head).count(where: \.isTurn)
      let mark = name == transcript.branch ? "*" : " "
      screen.note("\(mark) \(name): \(turns) \(turns == 1 ? "turn" : "turns")")
    }
  }

  mutating func goTo(_ argument: String) async throws {
    guard !argument.isEmpty else { throw ChatProblem(usageOf: .goto) }
    if argument.allSatisfy(\.isNumber) {
      try await session.move(toEntry: try await entry(ofTurn: try number(argument, of: .goto)))
    } else {
      try await session.move(toBranch: argument)
    }
    await keep()
    screen.note("At turn \(await session.turn) of branch '\(await session.transcript.branch)'.")
    await recallLast()
  }

  private func entry(ofTurn number: Int) async throws -> Int {
    guard let entry = await session.transcript.entry(ofTurn: number) else {
      throw ChatProblem("There is no turn \(number).")
    }
    return entry
  }
}
