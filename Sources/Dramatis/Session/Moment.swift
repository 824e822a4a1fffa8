/// Where a session stands: what undo and branches go back to.
struct Moment: Sendable {
  var turn = 0
  var members: [Member]
  var lastLine: Line?

  init(cast: [Program], seed: UInt64, statementBudget: Int? = nil) {
    members = cast.enumerated().map { index, program in
      // Each member draws for itself; the first by the session's own seed.
      let own = seed &+ UInt64(index) &* 0x9E37_79B9_7F4A_7C15
      return Member(
        program: program, snapshot: program.initialSnapshot(seed: own), statementBudget: statementBudget)
    }
  }

  /// The member who is called so.
  func index(of name: String) -> Int? {
    members.firstIndex { $0.program.isCalled(name) }
  }

  /// Lets everyone hear a greeting.
  mutating func greet(_ index: Int, _ spoken: SpokenLine) -> Line {
    let character = members[index].program.character
    let line = Line(
      turn: turn, character: character, text: spoken.text,
      event: Event(actor: character, text: spoken.text), authored: nil)
    for other in members.indices where other != index { members[other].hearLater(line.event) }
    members[index].hear(line.event)
    members[index].say(spoken, in: turn)
    lastLine = line
    return line
  }

  mutating func take(_ draft: Draft, _ line: Line?) {
    members = draft.members
    turn = draft.number
    if let line { lastLine = line }
  }
}
