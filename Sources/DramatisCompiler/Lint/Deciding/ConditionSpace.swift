import Dramatis

/// All conditions of a program over the atoms that they read, so that questions about them can be decided exactly.
///
/// Answers, draws and events are free. States, variables and statuses take every value, or one for every stretch that
/// no condition can tell apart. A comparison whose value cannot be followed in this way counts as free, too, and then
/// nothing is claimed to be possible.
///
/// It never changes; a class, because it is handed to every rule for every condition, and a program is dear to copy.
final class ConditionSpace {
  /// A comparison, a question or a draw.
  struct Leaf {
    let atoms: [Int]
    /// What it comes to for each combination of the atoms' values, the last atom's fastest; empty for a free one.
    let outcomes: [Outcomes]
    /// What it comes to for any of them.
    let union: Outcomes

    /// - Parameter truths: By combination of the atoms' values; none where they cannot be followed.
    init(atoms: [Int], truths: [Truth]) {
      self.atoms = atoms
      outcomes = truths.map { Outcomes($0) }
      union = truths.isEmpty ? .all : outcomes.reduce(into: .none) { $0.formUnion($1) }
    }

    /// Whether its value follows from those of its atoms.
    var isFollowed: Bool { !outcomes.isEmpty }
  }

  let program: Program
  let atoms: [Atom]
  let domains: [AtomDomain]
  let leaves: [Leaf]
  private let leafIndices: [Condition: Int]
  private let atomIndices: [Atom: Int]
  /// For each side of an event the values that its parts can have there, by atom.
  private let valuesOnSide: [EventSide: [Int: [Int]]]

  init(of program: Program) {
    let (conditions, leafIndices) = Self.distinctLeaves(of: program)
    var atoms: [Atom] = []
    var atomIndices: [Atom: Int] = [:]
    var numbers: [Atom: [Double]] = [:]
    let reads = conditions.map { Self.reads(of: $0, in: program) }
    for (condition, read) in zip(conditions, reads) {
      for atom in read where atomIndices[atom] == nil {
        atomIndices[atom] = atoms.count
        atoms.append(atom)
      }
      let values = condition.numbers
      if !values.isEmpty { for atom in read { numbers[atom, default: []] += values } }
    }
    let events = EventValues(of: program)
    let domains = atoms.map { AtomDomain(of: $0, in: program, comparedWith: numbers[$0] ?? [], events) }
    var tables = LeafTables(program: program, atoms: atoms, domains: domains)
    leaves = zip(conditions, reads).map { tables.leaf(for: $0, over: $1.compactMap { atomIndices[$0] }) }
    (self.program, self.atoms, self.domains) = (program, atoms, domains)
    (self.leafIndices, self.atomIndices) = (leafIndices, atomIndices)
    valuesOnSide = Self.values(of: atoms, in: domains, events)
  }

  private static func values(
    of atoms: [Atom], in domains: [AtomDomain], _ events: EventValues
  ) -> [EventSide: [Int: [Int]]] {
    var known: [EventSide: [Int: [Int]]] = [:]
    for (index, atom) in atoms.enumerated() {
      guard case .field(let field) = atom else { continue }
      for side in EventSide.allCases {
        let values = events.values(of: field, on: side).map { AtomValue.datum($0) }
        known[side, default: [:]][index] = domains[index].all.filter {
          values.contains(domains[index].values[$0])
        }
      }
    }
    return known
  }

  /// Those of some worlds in which the event comes from one of some sides.
  func worlds(_ worlds: Worlds, on sides: [EventSide]) -> Worlds {
    guard sides.count < EventSide.allCases.count, let fields = valuesOnSide.values.first?.keys else {
      return worlds
    }
    var narrowed = worlds
    for atom in fields {
      let values = Set(sides.flatMap { valuesOnSide[$0]?[atom] ?? [] })
      narrowed.allowed[atom] = values.sorted()
    }
    return narrowed
  }

  /// The leaves of the program's conditions, each once, and the number of each.
  private static func distinctLeaves(of program: Program) -> ([Condition], [Condition: Int]) {
    var distinct: [Condition] = []
    var indices: [Condition: Int] = [:]
    for condition in program.conditions {
      condition.forEachLeaf { leaf in
        guard indices[leaf] == nil else { return }
        indices[leaf] = distinct.count
        distinct.append(leaf)
      }
    }
    return (distinct, indices)
  }

  private static func reads(of leaf: Condition, in program: Program) -> [Atom] {
    switch leaf {
    case .question(let index): return [.question(index)]
    case .chance(let probability, let site):
      return probability <= 0 || probability >= 1 ? [] : [.chance(site: site)]
    default:
      var atoms: [Atom] = []
      for atom in leaf.reads.compactMap({ Atom($0, of: program) }) where !atoms.contains(atom) {
        atoms.append(atom)
      }
      return atoms
    }
  }

  /// The index of an atom; nil for one that no condition reads.
  func index(of atom: Atom) -> Int? { atomIndices[atom] }

  /// A condition of the program over its leaves.
  func formula(_ condition: Condition) -> Formula {
    switch condition {
    case .constant(let value): .constant(value)
    case .not(let condition): .not(formula(condition))
    case .joined(let connective, let conditions): .joined(connective, conditions.map(formula))
    case .chance(let probability, _) where probability <= 0 || probability >= 1:
      .constant(probability >= 1)
    case .question, .chance, .holds, .compare, .isMember:
      leafIndices[condition].map { .leaf($0) } ?? .constant(false)
    }
  }

  /// The atoms that a formula reads, ascending.
  func atoms(of formula: Formula) -> [Int] {
    var found: [Int] = []
    formula.forEachLeaf { found += leaves[$0].atoms }
    found.sort()
    return found.indices.filter { $0 == 0 || found[$0] != found[$0 - 1] }.map { found[$0] }
  }
}

/// Works out what comparisons come to.
private struct LeafTables {
  /// How many combinations one comparison is worked out for.
  private static let tableSize = 4096

  private let atoms: [Atom]
  private let domains: [AtomDomain]
  private var circumstances: Circumstances

  init(program: Program, atoms: [Atom], domains: [AtomDomain]) {
    self.atoms = atoms
    self.domains = domains
    circumstances = Circumstances(of: program)
  }

  mutating func leaf(for condition: Condition, over atoms: [Int]) -> ConditionSpace.Leaf {
    typealias Leaf = ConditionSpace.Leaf
    switch condition {
    case .question: return Leaf(atoms: atoms, truths: [.yes, .no, .unknown])
    case .chance: return Leaf(atoms: atoms, truths: [.yes, .no])
    default: break
    }
    // What was before is free, and it is not followed.
    if condition.ownOperands.contains(where: \.readsPast) { return Leaf(atoms: atoms, truths: []) }
    let size = atoms.reduce(1) { $0 > Self.tableSize ? $0 : $0 * domains[$1].values.count }
    let isFollowed = atoms.allSatisfy { domains[$0].isFull } || atoms.count == 1 && condition.isPlain
    guard isFollowed, size <= Self.tableSize else { return Leaf(atoms: atoms, truths: []) }
    var truths: [Truth] = []
    truths.reserveCapacity(size)
    tabulate(condition, over: atoms[...], into: &truths)
    return Leaf(atoms: atoms, truths: truths)
  }

  /// As deep as a comparison has atoms, which its table bounds.
  private mutating func tabulate(
    _ condition: Condition, over atoms: ArraySlice<Int>, into truths: inout [Truth]
  ) {
    guard let atom = atoms.first else {
      truths.append(circumstances.truth(of: condition))
      return
    }
    let before = circumstances
    for value in domains[atom].values {
      circumstances.set(self.atoms[atom], to: value)
      tabulate(condition, over: atoms.dropFirst(), into: &truths)
    }
    circumstances = before
  }
}

extension Condition {
  /// The numbers that a comparison names.
  fileprivate var numbers: [Double] {
    reads.compactMap { operand in
      switch operand {
      case .integer(let value): Double(value)
      case .number(let value): value
      default: nil
      }
    }
  }

  /// Whether it compares without calculating.
  fileprivate var isPlain: Bool { !operands.contains(where: \.isCalculated) }
}
