import Dramatis

/// A classic machine with an independent plain table that says where every move leads.
struct Classic {
  /// How a move is told to the engine.
  enum Telling {
    case datum(String)
    case kind
    case answers
  }

  let name: String
  let machine: String
  let telling: Telling
  let moves: [String]
  /// State by state what each move leads to; what is not there stays.
  let table: [String: [String: String]]

  func next(_ state: String, _ move: String) -> String {
    table[state]?[move] ?? state
  }

  func event(_ move: String) -> Event {
    switch telling {
    case .datum(let key): Event(text: move, data: [key: .text(move)])
    case .kind: Event(text: move, kind: move)
    case .answers: Event(text: move)
    }
  }

  /// Yes to the move that happens and no to all others.
  func answers(_ move: String, _ program: Program) -> Answers {
    guard case .answers = telling else { return Answers(for: program) }
    return program.answers(
      from: Dictionary(uniqueKeysWithValues: moves.map { ($0, $0 == move ? .yes : .no) })
    ).answers
  }
}
