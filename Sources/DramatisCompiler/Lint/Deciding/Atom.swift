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

/// The values of an atom that the conditions of a program can tell apart.
struct AtomDomain {
  /// The most values of a variable that are all looked at one by one.
  static let fullRange = 64

  let values: [AtomValue]
  /// Whether the values are all that there are, rather than one for each stretch between the numbers compared with.
  let isFull: Bool
  /// The indices of all values.
  let all: [Int]

  /// - Parameter numbers: What conditions compare the atom with.
  init(of atom: Atom, in program: Program, comparedWith numbers: [Double], _ events: EventValues) {
    switch atom {
    case .state(let machine): self.init(program.machines[machine].states.indices.map { .integer($0) })
    case .variable(let index): self.init(of: program.variables[index], numbers)
    case .commitment: self.init(CommitmentStatus.allCases.map { .status($0) })
    case .probability: self.init(probabilities: numbers)
    case .turn:
      self.init(
        Self.integers(around: numbers, in: 1...Int.max, with: [1]).map { .integer($0) }, isFull: false)
    case .field(let field):
      var values: [AtomValue] = []
      for value in EventSide.allCases.flatMap({ events.values(of: field, on: $0) })
      where !values.contains(.datum(value)) {
        values.append(.datum(value))
      }
      self.init(values, isFull: false)
    case .question: self.init([.truth(.yes), .truth(.no), .truth(.unknown)])
    case .chance: self.init([.truth(.yes), .truth(.no)])
    }
  }

  private init(_ values: [AtomValue], isFull: Bool = true) {
    self.values = values
    self.isFull = isFull
    all = Array(values.indices)
  }

  private init(of variable: Variable, _ numbers: [Double]) {
    let range = variable.range
    if range.count <= Self.fullRange {
      self.init(range.map { .integer($0) })
    } else {
      let ends = [range.lowerBound, range.upperBound, variable.initial]
      self.init(
        Self.integers(around: numbers, in: range, with: ends).map { .integer($0) }, isFull: false)
    }
  }

  private init(probabilities numbers: [Double]) {
    let known = Set(numbers.filter { $0 > 0 && $0 < 1 } + [0, 1]).sorted()
    let between = zip(known, known.dropFirst()).map { $0 + ($1 - $0) / 2 }
    self.init((known + between).sorted().map { .number($0) }, isFull: false)
  }

  /// The numbers themselves and those next to them.
  private static func integers(
    around numbers: [Double], in range: ClosedRange<Int>, with others: [Int]
  ) -> [Int] {
    let near = numbers.flatMap { number -> [Int] in
      guard abs(number) < 1e15 else { return [] }
      let whole = Int(number)
      return [whole - 1, whole, whole + 1]
    }
    return Set((near + others).filter(range.contains)).sorted()
  }
}
