import Dramatis

/// A demand on a condition.
struct Constraint {
  let formula: Formula
  /// The values of which it must have one.
  let wanted: Outcomes

  init(_ formula: Formula, is wanted: Outcomes) {
    self.formula = formula
    self.wanted = wanted
  }
}

/// Whether some demands can be met together.
enum Possibility {
  case possible
  case impossible
  /// There are too many combinations to tell, or the values are not followed.
  case undecided
}

/// Sets that are asked about for every condition, made once.
extension Outcomes {
  static let none: Outcomes = []
  static let notYes: Outcomes = [.no, .unknown]
  static let notNo: Outcomes = [.yes, .unknown]
}

/// The values that atoms may have, by index into their domains; everything unless narrowed.
struct Worlds {
  /// By atom; nil for every value.
  var allowed: [[Int]?]
  /// One atom whose value is given.
  private var given: (atom: Int, value: Int)?

  init(of space: ConditionSpace) {
    allowed = space.atoms.map { _ in nil }
  }

  /// The values of an atom; nil for every one.
  func values(of atom: Int) -> [Int]? {
    if let given, given.atom == atom { [given.value] } else { allowed[atom] }
  }

  /// Those in which an atom has one value, and none is given besides.
  func with(_ atom: Int, at value: Int) -> Worlds {
    var worlds = self
    worlds.given = (atom, value)
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
  func possibility(of constraints: [Constraint], in worlds: Worlds) -> Possibility {
    var work = Int.max
    return possibility(of: constraints, in: worlds, work: &work)
  }

  /// The same for whoever asks very often.
  ///
  /// - Parameter work: How many combinations may still be looked at, one for each demand; at none, nothing is claimed.
  func possibility(of constraints: [Constraint], in worlds: Worlds, work: inout Int) -> Possibility {
    guard work > 0 else { return .undecided }
    var search = Search(constraints, in: self)
    let combinations = self.combinations(of: search.shared, in: worlds)
    guard combinations <= Self.maximumCombinations else { return .undecided }
    work -= combinations * constraints.count
    guard canMeet(constraints, in: worlds, during: &search, from: 0) else { return .impossible }
    return search.isExact ? .possible : .undecided
  }

  /// How many combinations some atoms have, or more than anybody looks at.
  private func combinations(of atoms: [Int], in worlds: Worlds) -> Int {
    atoms.reduce(1) { $0 > 1_000_000 ? $0 : $0 * allowed($1, in: worlds).count }
  }

  private func allowed(_ atom: Int, in worlds: Worlds) -> [Int] {
    worlds.values(of: atom) ?? domains[atom].all
  }

  /// Whether some values of the shared atoms from one on meet every demand; as deep as there are atoms to enumerate.
  private func canMeet(
    _ constraints: [Constraint], in worlds: Worlds, during search: inout Search, from position: Int
  ) -> Bool {
    guard position < search.shared.count else {
      return constraints.allSatisfy {
        !outcomes(of: $0.formula, in: worlds, during: search).isDisjoint(with: $0.wanted)
      }
    }
    for value in allowed(search.shared[position], in: worlds) {
      search.values[position] = value
      if canMeet(constraints, in: worlds, during: &search, from: position + 1) { return true }
    }
    return false
  }

  /// What a formula comes to where some atoms have values; the others are free.
  private func outcomes(of formula: Formula, in worlds: Worlds, during search: Search) -> Outcomes {
    switch formula {
    case .constant(let value): return value ? .yes : .no
    case .leaf(let index): return outcomes(ofLeaf: index, in: worlds, during: search)
    case .not(let formula): return outcomes(of: formula, in: worlds, during: search).inverted
    case .joined(let connective, let formulas):
      var result = Outcomes(connective.neutral)
      for formula in formulas {
        result = result.joined(by: connective, with: outcomes(of: formula, in: worlds, during: search))
      }
      return result
    }
  }

  private func outcomes(ofLeaf index: Int, in worlds: Worlds, during search: Search) -> Outcomes {
    let leaf = leaves[index]
    guard leaf.isFollowed else { return leaf.union }
    var combination = 0
    for atom in leaf.atoms {
      guard let value = search.value(of: atom) else {
        // Only an atom that stands alone in its comparison is left free.
        guard let allowed = worlds.values(of: atom) else { return leaf.union }
        return allowed.reduce(into: .none) { $0.formUnion(leaf.outcomes[$1]) }
      }
      combination = combination * domains[atom].values.count + value
    }
    return leaf.outcomes[combination]
  }
}

/// One enumeration of the values of atoms that stand in several places.
private struct Search {
  /// The atoms to enumerate.
  private(set) var shared: [Int] = []
  /// The indices of their values.
  var values: [Int]
  /// Whether every comparison is followed.
  private(set) var isExact = true

  private enum Mark { case unseen, once, shared }

  init(_ constraints: [Constraint], in space: ConditionSpace) {
    var marks = [Mark](repeating: .unseen, count: space.atoms.count)
    var shared: [Int] = []
    var isExact = true
    for constraint in constraints {
      constraint.formula.forEachLeaf { index in
        let leaf = space.leaves[index]
        if !leaf.isFollowed { isExact = false }
        for atom in leaf.isFollowed ? leaf.atoms : [] where marks[atom] != .shared {
          let isShared = marks[atom] == .once || leaf.atoms.count > 1
          marks[atom] = isShared ? .shared : .once
          if isShared { shared.append(atom) }
        }
      }
    }
    (self.shared, self.isExact) = (shared, isExact)
    values = shared.map { _ in 0 }
  }

  /// The value that an enumerated atom has; few are, so that looking through them is quick.
  func value(of atom: Int) -> Int? {
    shared.firstIndex(of: atom).map { values[$0] }
  }
}
