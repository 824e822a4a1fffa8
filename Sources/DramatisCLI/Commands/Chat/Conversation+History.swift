import Dramatis

/// Going back and forth.
extension Conversation {
  mutating func undo(_ argument: String) async throws {
    let count = argument.isEmpty ? 1 : try number(argument, of: .undo)
    let old = await session.transcript.head
    guard count > 0 else {
      throw ChatProblem("Nothing is undone: /undo takes the number of turns to go back, 1 or more.")
    }
    let last = await session.lastTurn
    let undone = try await session.undo(count)
    await keep()
    let transcript = await session.transcript
    let left = transcript.leftBehind(from: old, to: transcript.head)
    let settings = left.settings.isEmpty ? "" : " Left behind: \(list(of: left))."
    let forward = wayForward(to: old, turn: last?.number, in: transcript)
    screen.note("Back before the last \(undone == 1 ? "turn" : "\(undone) turns").\(settings)\(forward)")
    await recallLast()
  }

  /// How to come back to where the undone turns led: by a number, where it leads there and nowhere else.
  private func wayForward(to entry: Int, turn: Int?, in transcript: Transcript) -> String {
    guard let turn else { return "" }
    let isThere = transcript.end(ofTurn: turn) == entry
    return " /goto \(isThere ? "\(turn)" : "#\(entry)") goes forward again."
  }

  /// Takes the last turn again, and says what was set or happened since.
  mutating func retry() async throws {
    let (old, last) = (await session.transcript.head, await session.lastTurn)
    try await takeAgain()
    guard await session.lastTurn?.id != last?.id else { return }
    await tellOfLeftBehind(since: old, but: Set([last?.id].compactMap(\.self)))
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
    let chosen = alternatives[number - 1].id
    try await session.move(toEntry: transcript.end(after: chosen))
    await keep()
    await recallLast()
    if chosen != last.id { await tellOfLeftBehind(since: transcript.head, but: [last.id]) }
  }

  /// Shows what was said so far, from so many turns ago.
  func showHistory(_ argument: String) async throws {
    let count = argument.isEmpty ? 20 : try number(argument, of: .history)
    let (transcript, last) = (await session.transcript, await session.turn)
    let utterances = TranscriptExport(transcript).utterances
    let shown = utterances.filter { $0.turn > last - count }
    var turn = 0
    if shown.count < utterances.count {
      screen.note("Before that: \((last - count).of("turn")); /history \(last + 1) shows all.")
    }
    for utterance in shown {
      if utterance.turn > turn { screen.note("turn \(utterance.turn)") }
      turn = utterance.turn
      show(utterance)
    }
    if utterances.isEmpty { screen.note("Nothing was said yet.") }
  }

  /// Begins anew beside what was said, which stays on the branch that it is on.
  mutating func restart() async throws {
    let transcript = await session.transcript
    let name = transcript.heads["restart"] == nil ? "restart" : transcript.freeBranch(named: "restart")
    try await session.createBranch(name, at: 0)
    screen.note(
      "On branch '\(name)' from the beginning; /goto \(transcript.branch) goes back to what was said.")
    for entry in transcript.path(to: transcript.head) {
      if let opening = entry.opening { try await open(with: opening) }
    }
    try await greet()
    await keep()
  }

  /// Says something else: oneself instead of what one said last, or the character instead of the last line.
  mutating func edit(_ text: String) async throws {
    guard !text.isEmpty else { throw ChatProblem(usageOf: .edit) }
    if let (program, words) = cast.speakerAndWords(in: text) {
      guard let line = await session.lastTurn?.line else {
        throw ChatProblem("There is no line to change yet.")
      }
      guard program.character == line.character else {
        throw ChatProblem("The last line is \(line.character)'s: /edit \(line.character): TEXT changes it.")
      }
      guard !words.isEmpty else { throw ChatProblem(usageOf: .edit) }
      let (session, last) = (session, await session.lastTurn)
      let old = await session.transcript.head
      try await runTurn { _ in try await session.replaceLine(with: words) }
      guard await session.lastTurn?.id != last?.id else { return }
      return await tellOfLeftBehind(since: old, but: Set([last?.id].compactMap(\.self)))
    }
    let transcript = await session.transcript
    let path = transcript.path(to: transcript.head)
    guard let mine = path.last(where: { $0.event?.actor == user }) else {
      throw ChatProblem("You have not said anything yet.")
    }
    try await session.move(toEntry: mine.parent)
    if let event = mine.event, event.present != nil {
      // What was whispered is not said aloud.
      try await respond(to: Event(actor: user, text: text, to: event.to, present: event.present))
    } else {
      try await say(text, as: user)
    }
    guard await session.transcript.head == mine.parent else {
      return await tellOfLeftBehind(since: transcript.head)
    }
    // The turn was not taken, and nothing was said instead.
    try await session.move(toEntry: transcript.head)
    await keep()
  }

  mutating func branch(_ argument: String) async throws {
    let (name, rest) = argument.firstWordAndRest
    guard !name.isEmpty else { throw ChatProblem(usageOf: .branch) }
    let start = rest.isEmpty ? nil : try await end(ofTurn: try number(rest, of: .branch))
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
    let old = await session.transcript.head
    if argument.first == "#" {
      try await goTo(entry: try number(String(argument.dropFirst()), of: .goto))
    } else if argument.allSatisfy(\.isNumber) {
      try await goTo(entry: try await end(ofTurn: try number(argument, of: .goto)))
    } else {
      try await session.move(toBranch: argument)
    }
    await keep()
    screen.note("At turn \(await session.turn) of branch '\(await session.transcript.branch)'.")
    await recallLast()
    let transcript = await session.transcript
    // Another branch still leads to what is left.
    guard !transcript.heads.values.contains(old) else { return }
    let left = transcript.leftBehind(from: old, to: transcript.head)
    if !left.settings.isEmpty { await tellOfLeftBehind(since: old, but: Set(left.turns)) }
  }

  /// Goes to an entry: back and forth on this branch, or on a new one where others have gone on since.
  private func goTo(entry: Int) async throws {
    let transcript = await session.transcript
    let isBack = transcript.path(to: transcript.head).contains { $0.id == entry } || entry == 0
    let isForth = transcript.path(to: entry).contains { $0.id == transcript.head } || transcript.head == 0
    guard transcript.entry(entry) != nil, !isBack, !isForth else {
      return try await session.move(toEntry: entry)
    }
    if let (branch, _) = transcript.heads.sorted(by: { $0.key < $1.key }).first(where: { $0.value == entry })
    {
      return try await session.move(toBranch: branch)
    }
    let name = transcript.freeBranch(named: transcript.branch)
    try await session.createBranch(name, at: entry)
    screen.note(
      "That was left behind: it goes on as branch '\(name)', and '\(transcript.branch)' stays where it is.")
  }

  private func end(ofTurn number: Int) async throws -> Int {
    guard let entry = await session.transcript.end(ofTurn: number) else {
      throw ChatProblem("There is no turn \(number).")
    }
    return entry
  }
}

extension Transcript {
  /// A name for a branch that there is not: `main-2`.
  fileprivate func freeBranch(named base: String) -> String {
    let taken = Set(heads.keys)
    let start = String(base.prefix(90))
    return (2...).lazy.map { "\(start)-\($0)" }.first { !taken.contains($0) } ?? start
  }
}

extension [Program] {
  /// The member whose name stands before a colon at the start, as in a transcript, and the words behind it.
  fileprivate func speakerAndWords(in text: String) -> (Program, words: String)? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let name = String(text[..<colon]).trimmed
    return first { $0.isCalled(name) }.map { ($0, String(text[text.index(after: colon)...]).trimmed) }
  }
}
