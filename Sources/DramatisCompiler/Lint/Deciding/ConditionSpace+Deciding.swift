import Dramatis

/// The values that atoms may have, by index into their domains; everything unless narrowed.
struct Worlds {
  /// By atom; nil for every value.
  var allowed: [[Int]?]
  /// One atom whose value is given.
  private var given: (atom: Int, values: [Int])?

  init(of space: ConditionSpace) {
    allowed = space.atoms.map { _ in nil }
  }

  /// The values of an atom; nil for every one.
  func values(of atom: Int) -> [Int]? {
    if let given, given.atom == atom { given.values } else { allowed[atom] }
  }

  /// Those in which an atom has one value, and none is given besides.
  func with(_ atom: Int, at value: Int) -> Worlds {
    var worlds = self
    worlds.given = (atom, [value])
    return worlds
  }

  /// Those in which a machine is in one state, and nothing is given besides.
  func with(_ state: Int, of machine: Int, in space: ConditionSpace) -> Worlds {
    space.index(of: .state(machine: machine)).map { with($0, at: state) } ?? self
  }
}

extension ConditionSpace {
  /// How many combinations of values are looked at before nothing is claimed.
  private static let maximumCombinations = 4096

  /// Whether some demands can be met together in one of some worlds.
  ///
  /// Atoms that stand in one place only are independent of all else, so that their values need not be combined; the
  /// others are enumerated. Takes time in proportion to the length of the demands and the number of combinations.
  func verdict(_ constraints: [Constraint], in worlds: Worlds) -> Verdict {
    var work = Int.max
    return verdict(constraints, in: worlds, &work)
  }

  /// The same for whoever asks very often.
  ///
  /// - Parameter work: How many combinations may still be looked at, one for each demand; at none, nothing is claimed.
  func verdict(_ constraints: [Constraint], in worlds: Worlds, _ work: inout Int) -> Verdict {
    guard work > 0 else { return .undecided }
    var search = Search(space: self, worlds: worlds, constraints: constraints)
    let combinations = search.combinations
    guard combinations <= Self.maximumCombinations else { return .undecided }
    work -= combinations * constraints.count
    guard search.run(from: 0) else { return .impossible }
    return search.isExact ? .possible : .undecided
  }

  /// What a formula comes to where some atoms have values; the others are free.
  fileprivate func outcomes(_ formula: Formula, _ search: Search) -> Outcomes {
    switch formula {
    case .constant(let value): return value ? .yes : .no
    case .leaf(let index): return outcomes(ofLeaf: leaves[index], search)
    case .not(let formula): return outcomes(formula, search).inverted
    case .all(let formulas):
      var result = Outcomes.yes
      for formula in formulas { result = result.and(outcomes(formula, search)) }
      return result
    case .any(let formulas):
      var result = Outcomes.no
      for formula in formulas { result = result.or(outcomes(formula, search)) }
      return result
    }
  }

  private func outcomes(ofLeaf leaf: Leaf, _ search: Search) -> Outcomes {
    guard !leaf.truths.isEmpty else { return .all }
    var index = 0
    for atom in leaf.atoms {
      guard let value = search.value(of: atom) else {
        // Only an atom that stands alone in its comparison is left free.
        return search.allowed(atom).reduce(into: []) { $0.formUnion(Outcomes(leaf.truths[$1])) }
      }
      index = index * domains[atom].values.count + value
    }
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
  /// The indices of their values.
  private var values: [Int] = []
  /// Whether every comparison is followed.
  private(set) var isExact = true

  init(space: ConditionSpace, worlds: Worlds, constraints: [Constraint]) {
    self.space = space
    self.worlds = worlds
    self.constraints = constraints
    var seen: Set<Int> = []
    var several: Set<Int> = []
    var isExact = true
    for constraint in constraints {
      constraint.formula.forEachLeaf { index in
        let leaf = space.leaves[index]
        if leaf.truths.isEmpty {
          isExact = false
          return
        }
        for atom in leaf.atoms where !seen.insert(atom).inserted || leaf.atoms.count > 1 {
          several.insert(atom)
        }
      }
    }
    self.isExact = isExact
    shared = several.sorted()
    values = shared.map { _ in 0 }
  }

  /// How many combinations there are, or more than anybody looks at.
  var combinations: Int {
    shared.reduce(1) { $0 > 1_000_000 ? $0 : $0 * allowed($1).count }
  }

  func allowed(_ atom: Int) -> [Int] {
    worlds.values(of: atom) ?? space.domains[atom].all
  }

  /// The value that an enumerated atom has; few are, so that looking through them is quick.
  func value(of atom: Int) -> Int? {
    shared.firstIndex(of: atom).map { values[$0] }
  }

  /// Whether some values of the atoms from one on meet every demand; as deep as there are atoms to enumerate.
  mutating func run(from position: Int) -> Bool {
    guard position < shared.count else {
      return constraints.allSatisfy {
        !space.outcomes($0.formula, self).isDisjoint(with: $0.wanted)
      }
    }
    for value in allowed(shared[position]) {
      values[position] = value
      if run(from: position + 1) { return true }
    }
    return false
  }
}
