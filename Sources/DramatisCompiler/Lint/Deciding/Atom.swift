import Dramatis

/// Something that conditions read and that can vary by itself.
enum Atom: Hashable {
  case state(machine: Int)
  case variable(Int)
  case commitment(Int)
  /// The probability of a state of a machine that carries a belief.
  case probability(machine: Int, state: Int)
  case turn
  case field(EventField)
  case question(Int)
  case chance(site: Int)

  /// Whether nothing but the turn decides it: an answer, a draw or the event.
  var isFree: Bool {
    switch self {
    case .question, .chance, .field: true
    case .state, .variable, .commitment, .probability, .turn: false
    }
  }
}

/// One value of an atom, or one that stands for all that no condition can tell from it.
enum AtomValue: Hashable {
  case integer(Int)
  case number(Double)
  case status(CommitmentStatus)
  case datum(Datum?)
  case truth(Truth)
}

extension Atom {
  /// What an operand reads; nil for a value as written.
  init?(_ operand: Operand, of program: Program) {
    switch operand {
    case .machine(let index): self = .state(machine: index)
    case .variable(let index): self = .variable(index)
    case .commitment(let index): self = .commitment(index)
    case .turn: self = .turn
    case .probability(let machine, let state):
      self =
        program.machines[machine].kind == .belief
        ? .probability(machine: machine, state: state) : .state(machine: machine)
    default:
      guard let field = operand.field else { return nil }
      self = .field(field)
    }
  }
}

extension Circumstances {
  /// Gives an atom a value; answers and draws are none of the circumstances.
  mutating func set(_ atom: Atom, to value: AtomValue) {
    switch (atom, value) {
    case (.state(let machine), .integer(let state)): states[machine] = state
    case (.variable(let index), .integer(let value)): variables[index] = value
    case (.commitment(let index), .status(let status)): commitments[index] = status
    case (.probability(let machine, let state), .number(let value)): beliefs[machine][state] = value
    case (.turn, .integer(let value)): turn = value
    case (.field(let field), .datum(let value)): event.set(field, to: value)
    default: break
    }
  }
}
