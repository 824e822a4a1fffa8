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
  /// What something was before the step.
  case previous(Past)
  /// Minus a whole number.
  case negated(Operand)
  /// The opposite of a boolean.
  case inverted(Operand)
  /// Two whole numbers combined; results beyond Int's range stop at its ends.
  case arithmetic(Operand, Arithmetic, Operand)
}

extension Operand {
  /// What it reads or is, without arithmetic, in order.
  package var atoms: [Operand] { atoms(where: \.self) }

  /// Calls for every one of its ``atoms``.
  package func forEachAtom(_ body: (Operand) -> Void) {
    switch self {
    case .negated(let operand), .inverted(let operand): operand.forEachAtom(body)
    case .arithmetic(let left, _, let right):
      left.forEachAtom(body)
      right.forEachAtom(body)
    default: body(self)
    }
  }

  private func atoms<Found>(where find: (Operand) -> Found?) -> [Found] {
    var found: [Found] = []
    forEachAtom { atom in if let one = find(atom) { found.append(one) } }
    return found
  }

  /// Whether it calculates.
  package var isCalculated: Bool {
    switch self {
    case .negated, .inverted, .arithmetic: true
    default: false
    }
  }

  /// Whether its value comes from the event or from time rather than from the character.
  var readsEvent: Bool {
    var reads = false
    forEachAtom { atom in
      switch atom {
      case .actor, .kind, .data, .turn: reads = true
      default: break
      }
    }
    return reads
  }

  /// The machines whose current state it reads.
  package var machines: [Int] {
    atoms { atom in
      switch atom {
      case .machine(let index), .probability(let index, _), .previous(.machine(let index)): index
      default: nil
      }
    }
  }

  /// The machines whose probabilities it reads.
  var believed: [Int] {
    if case .probability(let machine, _) = self { [machine] } else { [] }
  }

  /// The commitments whose status it reads.
  package var commitments: [Int] {
    atoms { if case .commitment(let index) = $0 { index } else { nil } }
  }

  /// The variables that it reads.
  var variables: [Int] {
    atoms { atom in
      switch atom {
      case .variable(let index), .previous(.variable(let index)): index
      default: nil
      }
    }
  }

  /// Whether it reads what was before the step.
  package var readsPast: Bool {
    var reads = false
    forEachAtom { if case .previous = $0 { reads = true } }
    return reads
  }
}
