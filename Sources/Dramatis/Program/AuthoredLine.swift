/// Texts that the character may say when no language model speaks for them.
public struct AuthoredLine: Hashable, Sendable, Codable {
  /// The condition under which it fits; nil for always.
  public let condition: Condition?
  /// The statement that must have fired, an index into `program.statements`.
  public let statement: Int?
  /// The texts to choose from, with slots.
  public let texts: [LineText]
  /// How many turns in a row nothing must have been understood; nil where that does not matter.
  public let unheard: Int?

  /// How many such turns a line may wait for: as far back as lines are remembered.
  package static let unheardTurns = 1...8

  package init(condition: Condition?, statement: Int?, texts: [LineText], unheard: Int? = nil) {
    self.condition = condition
    self.statement = statement
    self.texts = texts
    self.unheard = unheard
  }
}

/// A text with slots such as `{user}`, filled when it is spoken.
public struct LineText: Hashable, Sendable, Codable {
  /// A stretch of a text: words as they are, or a slot.
  public enum Piece: Hashable, Sendable, Codable {
    /// Words as written.
    case words(String)
    /// The name of whoever acts in the event.
    case user
    /// The character's own name.
    case character
    /// The value of `program.variables[i]`.
    case variable(Int)
    /// The name of the current state of `program.machines[i]`.
    case machine(Int)
  }

  /// The pieces in order.
  public let pieces: [Piece]

  package init(pieces: [Piece]) {
    self.pieces = pieces
  }

  /// The text as it is written, with its slots; what stands for the two names may be written in another form's way.
  package func written(
    in program: Program, user: String = "{user}", character: String = "{character}"
  ) -> String {
    pieces.map { piece in
      switch piece {
      case .words(let words): words
      case .user: user
      case .character: character
      case .variable(let index): "{\(program.variables[index].name)}"
      case .machine(let index): "{\(program.machines[index].name)}"
      }
    }.joined()
  }
}

/// A sample exchange that shows a performer how the character talks.
public struct Example: Hashable, Sendable, Codable {
  /// What was said to the character.
  public let event: String
  /// What the character answered.
  public let line: String

  package init(event: String, line: String) {
    self.event = event
    self.line = line
  }
}
