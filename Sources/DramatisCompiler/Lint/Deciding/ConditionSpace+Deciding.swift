import Dramatis

/// The values that atoms may have, by index into their domains; everything unless narrowed.
struct Worlds {
  /// By atom; nil for every value.
  var allowed: [[Int]?]

  init(of space: ConditionSpace) {
    allowed = space.atoms.map { _ in nil }
  }

  /// Those in which a machine is in one state.
  func with(_ state: Int, of machine: Int, in space: ConditionSpace) -> Worlds {
    guard let atom = space.index(of: .state(machine: machine)) else { return self }
    var worlds = self
    worlds.allowed[atom] = [state]
    return worlds
  }
}

extension ConditionSpace {
  /// How many combinations of values are looked at before nothing is claimed.
  private static let maximumCombinations = 4096

  /// Whether some demands can be met together in one of some worlds.
  ///
  /// Atoms that stand in one place only are independent of all else, so that their values need not be combined; the
  /// others are enumerated.
  func verdict(_ constraints: [Constraint], in worlds: Worlds) -> Verdict {
    var search = Search(space: self, worlds: worlds, constraints: constraints)
    guard search.combinations <= Self.maximumCombinations else { return .undecided }
    guard search.run(from: 0) else { return .impossible }
    return search.isExact ? .possible : .undecided
  }

  /// What a formula comes to where some atoms have values; the others are free.
  fileprivate func outcomes(_ formula: Formula, _ search: Search) -> Outcomes {
    switch formula {
    case .constant(let value): value ? .yes : .no
    case .leaf(let index): outcomes(ofLeaf: leaves[index], search)
    case .not(let formula): outcomes(formula, search).inverted
    case .all(let formulas): formulas.reduce(.yes) { $0.and(outcomes($1, search)) }
    case .any(let formulas): formulas.reduce(.no) { $0.or(outcomes($1, search)) }
    }
  }

  private func outcomes(ofLeaf leaf: Leaf, _ search: Search) -> Outcomes {
    guard !leaf.truths.isEmpty else { return .all }
    if leaf.atoms.count == 1, search.values[leaf.atoms[0]] < 0 {
      return search.allowed(leaf.atoms[0]).reduce(into: []) { $0.formUnion(Outcomes(leaf.truths[$1])) }
    }
    let index = leaf.atoms.reduce(0) { $0 * domains[$1].values.count + search.values[$1] }
    return Outcomes(leaf.truths[index])
  }
}

/// One enumeration of the values of atoms that stand in several places.
private struct Search {
  let space: ConditionSpace
  let worlds: Worlds
  let constraints: [Constraint]
  /// The atoms to enumerate.
  private var shared: [Int] = []
  /// For each atom the index of its value; less than 0 for one that is not enumerated.
  private(set) var values: [Int]
  /// Whether every comparison is followed.
  private(set) var isExact = true

  init(space: ConditionSpace, worlds: Worlds, constraints: [Constraint]) {
    self.space = space
    self.worlds = worlds
    self.constraints = constraints
    values = space.atoms.map { _ in -1 }
    var isSeen = [Bool](repeating: false, count: space.atoms.count)
    var isShared = isSeen
    var isExact = true
    for constraint in constraints {
      constraint.formula.forEachLeaf { index in
        let leaf = space.leaves[index]
        if leaf.truths.isEmpty {
          isExact = false
          return
        }
        for atom in leaf.atoms {
          if isSeen[atom] || leaf.atoms.count > 1 { isShared[atom] = true }
          isSeen[atom] = true
        }
      }
    }
    self.isExact = isExact
    shared = isShared.indices.filter { isShared[$0] }
  }

  /// How many combinations there are, or more than anybody looks at.
  var combinations: Int {
    shared.reduce(1) { $0 > 1_000_000 ? $0 : $0 * allowed($1).count }
  }

  func allowed(_ atom: Int) -> [Int] {
    worlds.allowed[atom] ?? Array(space.domains[atom].values.indices)
  }

  /// Whether some values of the atoms from one on meet every demand; as deep as there are atoms to enumerate.
  mutating func run(from position: Int) -> Bool {
    guard position < shared.count else {
      return constraints.allSatisfy {
        !space.outcomes($0.formula, self).isDisjoint(with: $0.wanted)
      }
    }
    for value in allowed(shared[position]) {
      values[shared[position]] = value
      if run(from: position + 1) { return true }
    }
    values[shared[position]] = -1
    return false
  }
}
