/// A value that conditions compare and effects assign.
public indirect enum Operand: Hashable, Sendable, Codable {
  /// A whole number as written.
  case integer(Int)
  /// A number with a fraction as written.
  case number(Double)
  /// A text as written.
  case text(String)
  /// `true` or `false` as written.
  case boolean(Bool)
  /// The value of `program.variables[i]`.
  case variable(Int)
  /// A value of an enumeration: the variable's index and the value's.
  case choice(variable: Int, value: Int)
  /// The current state of `program.machines[i]`.
  case machine(Int)
  /// A state of a machine as written.
  case state(machine: Int, state: Int)
  /// The probability of a state of a machine: what is believed, or 1 or 0.
  case probability(machine: Int, state: Int)
  /// The current status of `program.commitments[i]`.
  case commitment(Int)
  /// A status of a commitment as written.
  case status(CommitmentStatus)
  /// Who acts in the event.
  case actor
  /// The kind of the event.
  case kind
  /// A datum of the event, by its key.
  case data(String)
  /// The number of the turn, from 1.
  case turn
  /// Minus a whole number.
  case negated(Operand)
  /// The opposite of a boolean.
  case inverted(Operand)
  /// Two whole numbers combined; results beyond Int's range stop at its ends.
  case arithmetic(Operand, Arithmetic, Operand)
}

extension Operand {
  /// Whether its value comes from the event or from time rather than from the character.
  var readsEvent: Bool {
    switch self {
    case .actor, .kind, .data, .turn: true
    case .negated(let operand), .inverted(let operand): operand.readsEvent
    case .arithmetic(let left, _, let right): left.readsEvent || right.readsEvent
    default: false
    }
  }
}

extension Operand {
  /// The machines whose current state it reads.
  package var machines: [Int] {
    switch self {
    case .machine(let index), .probability(let index, _): [index]
    case .negated(let operand), .inverted(let operand): operand.machines
    case .arithmetic(let left, _, let right): left.machines + right.machines
    default: []
    }
  }

  /// The machines whose probabilities it reads.
  var believed: [Int] {
    if case .probability(let machine, _) = self { [machine] } else { [] }
  }

  /// The commitments whose status it reads.
  package var commitments: [Int] {
    switch self {
    case .commitment(let index): [index]
    case .negated(let operand), .inverted(let operand): operand.commitments
    case .arithmetic(let left, _, let right): left.commitments + right.commitments
    default: []
    }
  }

  /// The variables that it reads.
  var variables: [Int] {
    switch self {
    case .variable(let index): [index]
    case .negated(let operand), .inverted(let operand): operand.variables
    case .arithmetic(let left, _, let right): left.variables + right.variables
    default: []
    }
  }
}
