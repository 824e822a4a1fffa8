import Dramatis

/// All conditions of a program over the atoms that they read, so that questions about them can be decided exactly.
///
/// Answers, draws and events are free. States, variables and statuses take every value, or one for every stretch that
/// no condition can tell apart. A comparison whose value cannot be followed in this way counts as free, too, and then
/// nothing is claimed to be possible.
struct ConditionSpace {
  /// A comparison, a question or a draw.
  struct Leaf {
    let atoms: [Int]
    /// What it comes to for each combination of the atoms' values, the last atom's fastest; empty for a free one.
    let truths: [Truth]
  }

  let program: Program
  private(set) var atoms: [Atom] = []
  private(set) var domains: [AtomDomain] = []
  private(set) var leaves: [Leaf] = []
  private var leafIndices: [Condition: Int] = [:]
  private var atomIndices: [Atom: Int] = [:]

  init(of program: Program) {
    self.program = program
    let conditions = Self.distinctLeaves(of: program)
    var numbers: [Atom: [Double]] = [:]
    let reads = conditions.map { Self.reads(of: $0, program) }
    for (condition, read) in zip(conditions, reads) {
      for atom in read where atomIndices[atom] == nil {
        atomIndices[atom] = atoms.count
        atoms.append(atom)
      }
      let values = condition.numbers
      if !values.isEmpty { for atom in read { numbers[atom, default: []] += values } }
    }
    let events = EventValues(of: program)
    domains = atoms.map { AtomDomain(of: $0, in: program, comparedWith: numbers[$0] ?? [], events) }
    var circumstances = Circumstances(of: program)
    for (index, (condition, read)) in zip(conditions, reads).enumerated() {
      leafIndices[condition] = index
      leaves.append(leaf(condition, read.compactMap { atomIndices[$0] }, &circumstances))
    }
  }

  private static func distinctLeaves(of program: Program) -> [Condition] {
    var seen: Set<Condition> = []
    return program.conditions.flatMap(\.leaves).filter { seen.insert($0).inserted }
  }

  private static func reads(of leaf: Condition, _ program: Program) -> [Atom] {
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
    case .all(let conditions): .all(conditions.map(formula))
    case .any(let conditions): .any(conditions.map(formula))
    case .chance(let probability, _) where probability <= 0 || probability >= 1:
      .constant(probability >= 1)
    case .question, .chance, .holds, .compare, .isMember:
      leafIndices[condition].map { .leaf($0) } ?? .constant(false)
    }
  }

  /// The atoms that a formula reads, ascending.
  func atoms(of formula: Formula) -> [Int] {
    var found: Set<Int> = []
    formula.forEachLeaf { found.formUnion(leaves[$0].atoms) }
    return found.sorted()
  }
}

extension ConditionSpace {
  /// How many combinations one comparison is worked out for.
  private static let tableSize = 4096

  private func leaf(_ condition: Condition, _ atoms: [Int], _ circumstances: inout Circumstances) -> Leaf {
    switch condition {
    case .question: return Leaf(atoms: atoms, truths: [.yes, .no, .unknown])
    case .chance: return Leaf(atoms: atoms, truths: [.yes, .no])
    default: break
    }
    let size = atoms.reduce(1) { $0 > Self.tableSize ? $0 : $0 * domains[$1].values.count }
    let isFollowed = atoms.allSatisfy { domains[$0].isFull } || atoms.count == 1 && condition.isPlain
    guard isFollowed, size <= Self.tableSize else { return Leaf(atoms: atoms, truths: []) }
    var truths: [Truth] = []
    truths.reserveCapacity(size)
    tabulate(condition, atoms[...], &circumstances, &truths)
    return Leaf(atoms: atoms, truths: truths)
  }

  /// As deep as a comparison has atoms, which its table bounds.
  private func tabulate(
    _ condition: Condition, _ atoms: ArraySlice<Int>, _ circumstances: inout Circumstances,
    _ truths: inout [Truth]
  ) {
    guard let atom = atoms.first else {
      truths.append(program.truth(of: condition, in: circumstances))
      return
    }
    let before = circumstances
    for value in domains[atom].values {
      circumstances.set(self.atoms[atom], to: value)
      tabulate(condition, atoms.dropFirst(), &circumstances, &truths)
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
  fileprivate var isPlain: Bool {
    switch self {
    case .compare(let left, _, let right): left.isPlain && right.isPlain
    case .isMember(let operand, let list): operand.isPlain && list.allSatisfy(\.isPlain)
    case .holds(let operand): operand.isPlain
    case .constant, .question, .chance, .not, .all, .any: true
    }
  }
}

extension Operand {
  fileprivate var isPlain: Bool {
    switch self {
    case .negated, .inverted, .arithmetic: false
    default: true
    }
  }
}
