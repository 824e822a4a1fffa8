extension LineText {
  /// The text with its slots filled from a position.
  ///
  /// - Parameter user: Who stands for `{user}`.
  package func filled(for program: Program, at snapshot: Snapshot, user: String) -> String {
    pieces.map { piece in
      switch piece {
      case .words(let words): words
      case .user: user
      case .character: program.character
      case .variable(let index): program.variables[index].text(snapshot.variables[index])
      case .machine(let index): program.machines[index].states[snapshot.states[index]].name
      }
    }.joined()
  }
}
