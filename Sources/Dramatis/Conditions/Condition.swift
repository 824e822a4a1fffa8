/// What guards, gates and triggers are made of: a closed, total, three-valued language.
///
/// All names are resolved: questions, variables, machines, states and commitments stand as indices into
/// the ``Program`` that the condition belongs to. ``Program/text(of:)`` prints it the way an author writes it.
public indirect enum Condition: Hashable, Sendable, Codable {
  /// Always yes or always no.
  case constant(Bool)
  /// The answer to `program.questions[i]`.
  case question(Int)
  /// Yes with this probability; the site tells one draw from another.
  case chance(Double, site: Int)
  /// A boolean variable, or a datum of the event that is true.
  case holds(Operand)
  /// Two values compared; unknown where the event does not give one of them.
  case compare(Operand, Comparison, Operand)
  /// The value is one of those listed.
  case isMember(Operand, of: [Operand])
  /// Kleene's not.
  case not(Condition)
  /// Kleene's and: the least of its operands.
  case all([Condition])
  /// Kleene's or: the greatest of its operands.
  case any([Condition])
}

extension Condition {
  /// The questions that it names, in order, as often as it names them.
  package var questions: [Int] {
    switch self {
    case .question(let index): [index]
    case .not(let condition): condition.questions
    case .all(let conditions), .any(let conditions): conditions.flatMap(\.questions)
    case .constant, .chance, .holds, .compare, .isMember: []
    }
  }
}

extension Condition {
  /// The operands that its parts compare and look at, in order.
  var operands: [Operand] {
    switch self {
    case .not(let condition): condition.operands
    case .all(let conditions), .any(let conditions): conditions.flatMap(\.operands)
    case .holds(let operand): [operand]
    case .compare(let left, _, let right): [left, right]
    case .isMember(let operand, let list): [operand] + list
    case .constant, .question, .chance: []
    }
  }
}
