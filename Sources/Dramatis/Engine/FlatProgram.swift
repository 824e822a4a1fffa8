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
  let weights: Table<FlatWeight>
  let weightLists: Table<Int32>
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
  let cellCount: Int
  let beliefCount: Int
  let slotCount: Int
  let longestRow: Int
  let slots: SlotTable
  /// The character's name and aliases.
  let names: Set<FoldedName>

  /// The form of a program that is not known to be sound yet, which steps nothing.
  static let none = FlatProgram(FlatParts(), SlotTable(), [])

  /// Takes time and space in proportion to the program, which must be sound.
  convenience init(_ program: Program) {
    var compiler = FlatCompiler(program)
    compiler.compile()
    self.init(compiler.flat, compiler.slots, compiler.names)
  }

  private init(_ parts: FlatParts, _ slots: SlotTable, _ names: Set<FoldedName>) {
    decisions = Table(parts.decisions)
    operands = Table(parts.operands)
    comparisons = Table(parts.comparisons)
    chances = Table(parts.chances)
    weights = Table(parts.weights)
    weightLists = Table(parts.weightLists)
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
    cellCount = parts.cellCount
    beliefCount = parts.beliefCount
    slotCount = parts.slotCount
    longestRow = parts.longestRow
    self.slots = slots
    self.names = names
  }

  static func == (left: FlatProgram, right: FlatProgram) -> Bool { true }

  func hash(into hasher: inout Hasher) {}
}

extension FlatProgram {
  /// Whether a position has the shape of this program.
  func fits(_ position: Position) -> Bool {
    position.cells.count == cellCount && position.beliefs.count == beliefCount
      && position.commitments.count == commitments.count
  }

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
