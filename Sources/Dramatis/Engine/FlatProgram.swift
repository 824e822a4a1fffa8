/// The part of a program that a step runs, as tables of plain values; see ``FlatParts`` for what they hold.
///
/// Derived from a sound program, shared by all copies of it and never written. Whatever refers to something
/// else does so by its place in a table. Equal programs have equal flat forms, so it takes no part in comparing
/// and hashing them.
final class FlatProgram: Hashable, Sendable {
  let decisions: Table<Decision>
  let operands: Table<FlatOperand>
  let comparisons: Table<FlatComparison>
  let chances: Table<FlatChance>
  let probabilities: Table<FlatProbability>
  let probabilityLists: Table<Int32>
  let machines: Table<FlatMachine>
  let transitions: Table<FlatTransition>
  let effects: Table<FlatEffect>
  /// Whether every effect is a sum.
  let hasOnlySums: Bool
  let candidates: Table<FlatCandidate>
  let listStarts: Table<Int>
  let stayBiases: Table<Double>
  let topics: Table<Int32>
  let statementCounts: Table<Int>
  let stops: Table<FlatStop>
  let statements: Table<Int>
  let relevance: Int32?
  let commitments: Table<FlatCommitment>
  let payoffLimit: Int
  let statuses: Table<FlatText>
  let firstVariable: Int
  let firstCommitment: Int
  let firstPast: Int
  let firstOnce: Int
  /// What conditions read of the step before: each has a cell for what it was and one for whether a question is yes now.
  let pasts: [Past]
  /// The transitions of role `any`, each with a cell of its own.
  let once: [TransitionPlace]
  let cellCount: Int
  let beliefCount: Int
  let slotCount: Int
  let longestRow: Int
  let slots: SlotTable
  /// What everything carries that the program makes.
  let identity: ProgramIdentity
  /// What others work out of the program.
  private let derivedValues = DerivedValues()

  /// The form of a program that is not known to be sound yet, which steps nothing.
  static let none = FlatProgram(FlatParts(), slots: SlotTable(), identity: .none)

  /// Takes time and space in proportion to the program, which must be sound.
  convenience init(_ program: Program) {
    var compiler = FlatCompiler(program)
    compiler.compile()
    self.init(compiler.flat, slots: compiler.slots, identity: ProgramIdentity(of: program))
  }

  private init(_ parts: FlatParts, slots: SlotTable, identity: ProgramIdentity) {
    decisions = Table(parts.decisions)
    operands = Table(parts.operands)
    comparisons = Table(parts.comparisons)
    chances = Table(parts.chances)
    probabilities = Table(parts.probabilities)
    probabilityLists = Table(parts.probabilityLists)
    machines = Table(parts.machines)
    transitions = Table(parts.transitions)
    effects = Table(parts.effects)
    hasOnlySums = parts.effects.allSatisfy(\.isSum)
    candidates = Table(parts.candidates)
    listStarts = Table(parts.listStarts)
    stayBiases = Table(parts.stayBiases)
    topics = Table(parts.topics)
    statementCounts = Table(parts.statementCounts)
    stops = Table(parts.stops)
    statements = Table(parts.statements)
    relevance = parts.relevance
    commitments = Table(parts.commitments)
    payoffLimit = parts.payoffLimit
    statuses = Table(parts.statuses)
    firstVariable = parts.firstVariable
    firstCommitment = parts.firstCommitment
    firstPast = parts.firstPast
    firstOnce = parts.firstOnce
    pasts = parts.pasts
    once = parts.once
    cellCount = parts.cellCount
    beliefCount = parts.beliefCount
    slotCount = parts.slotCount
    longestRow = parts.longestRow
    self.slots = slots
    self.identity = identity
  }

  static func == (left: FlatProgram, right: FlatProgram) -> Bool { true }

  func hash(into hasher: inout Hasher) {}
}

extension FlatProgram {
  /// A value that is worked out of the program, made once and shared by all of its copies.
  func derived<Value: Sendable>(_ make: () -> Value) -> Value { derivedValues.value(make) }

  /// The places of a machine's states among those of all machines.
  func states(of machine: Int) -> Range<Int> {
    let machine = machines[machine]
    return machine.firstState..<machine.firstState + machine.stateCount
  }

  /// The places of a machine's probabilities in a position; none where it carries no belief.
  func beliefs(of machine: Int) -> Range<Int> {
    let machine = machines[machine]
    let count = machine.kind == .belief ? machine.stateCount : 0
    return machine.firstBelief..<machine.firstBelief + count
  }
}

/// The tables of a flat program while they grow.
struct FlatParts {
  var decisions: [Decision] = []
  var operands: [FlatOperand] = []
  var comparisons: [FlatComparison] = []
  var chances: [FlatChance] = []
  var probabilities: [FlatProbability] = []
  var probabilityLists: [Int32] = []
  var machines: [FlatMachine] = []
  var transitions: [FlatTransition] = []
  var effects: [FlatEffect] = []
  /// Those that leave a state in a role, list after list; see ``FlatMachine/list(from:in:)``.
  var candidates: [FlatCandidate] = []
  /// Where each list of candidates begins, and at last where all end.
  var listStarts: [Int] = [0]
  /// The bias of staying, for the states of all machines.
  var stayBiases: [Double] = []
  /// The way into each topic; end 0 is that of the topic, and end `i + 1` is stop `i`.
  var topics: [Int32] = []
  /// How many statements each topic has.
  var statementCounts: [Int] = []
  var stops: [FlatStop] = []
  var statements: [Int] = []
  /// Leads to 1 where an event is relevant; nil for the local rule.
  var relevance: Int32?
  var commitments: [FlatCommitment] = []
  /// How many payoffs a line is asked for at most.
  var payoffLimit = 0
  /// How the statuses of commitments compare, in the order of their cases.
  var statuses: [FlatText] = []
  /// The number of cells before those of the variables, before those of the commitments, before those of what was, and
  /// before those that say what has fired in the turn.
  var firstVariable = 0
  var firstCommitment = 0
  var firstPast = 0
  var firstOnce = 0
  var pasts: [Past] = []
  var once: [TransitionPlace] = []
  var cellCount = 0
  var beliefCount = 0
  /// How many slots a prepared event has.
  var slotCount = 0
  /// The most entries that a row of a probabilistic machine can have, that of staying included.
  var longestRow = 0
}

/// A list of values in memory of its own, which is written once.
///
/// What an array is, without the count of references that a step would pay for on every reading. Every
/// reading is checked against the bounds, in release builds too.
///
/// Sendable although the compiler cannot see it: nothing writes the memory after the initializer, the table
/// cannot be copied, and only its deinitializer frees the memory.
struct Table<Element: Sendable>: ~Copyable, @unchecked Sendable {
  let count: Int
  private let base: UnsafeMutablePointer<Element>

  init(_ elements: [Element]) {
    count = elements.count
    base = .allocate(capacity: elements.count)
    base.initialize(from: elements, count: elements.count)
  }

  subscript(place: Int) -> Element {
    @inline(__always) get {
      // A negative place is a very great one without its sign: one comparison for both ends.
      precondition(
        UInt(bitPattern: place) < UInt(bitPattern: count), "a table was read beyond its end")
      return base[place]
    }
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }
}
