import Dramatis

/// Which states and values can come about, each looked at by itself.
///
/// What is missing here can never come about. What is here may still never do: that two things only come together is not
/// followed; ``Explorer`` does that, and takes longer.
struct Reach {
  /// For each machine and state whether it can be entered.
  private(set) var states: [[Bool]]
  /// For each machine and transition whether it can be taken.
  private(set) var canFire: [[Bool]]
  /// For each variable the values that it can have, each once; nil for all of them.
  private var values: [[Int]?]
  /// For each machine and transition how often values had grown when its effects were last applied.
  private var applied: [[Int]]
  /// How often the values of a variable have grown.
  private var growths = 0

  init(of formulas: ProgramFormulas) {
    let program = formulas.space.program
    states = program.machines.map { machine in machine.states.indices.map { $0 == 0 } }
    canFire = program.machines.map { $0.transitions.map { _ in false } }
    applied = program.machines.map { $0.transitions.map { _ in -1 } }
    let set = Set(program.machines.flatMap(\.transitions).flatMap(\.effects).map(\.variable))
    // A variable that no transition sets is one that a game sets, to whatever it likes.
    values = program.variables.indices.map { index in
      let variable = program.variables[index]
      let isFollowed = set.contains(index) && variable.range.count <= AtomDomain.fullRange
      return isFollowed ? [variable.initial] : nil
    }
    var rounds = 0
    while advance(formulas) {
      rounds += 1
      guard rounds < Self.maximumRounds else {
        everything()
        break
      }
    }
  }

  /// How often all transitions are gone through before everything counts as reached.
  private static let maximumRounds = 200

  private mutating func everything() {
    states = states.map { $0.map { _ in true } }
    canFire = canFire.map { $0.map { _ in true } }
    values = values.map { _ in nil }
  }

  /// Takes every transition that can be taken; false where nothing new came of it.
  private mutating func advance(_ formulas: ProgramFormulas) -> Bool {
    let program = formulas.space.program
    var isNew = false
    let worlds = worlds(of: formulas.space)
    for (index, machine) in program.machines.enumerated() {
      for (number, transition) in machine.transitions.enumerated() {
        if !canFire[index][number] {
          guard formulas.canFire(number, of: index, from: states[index], in: worlds) else { continue }
          canFire[index][number] = true
          states[index][transition.to] = true
          isNew = true
        }
        // What was applied to these values before adds nothing.
        guard applied[index][number] != growths else { continue }
        applied[index][number] = growths
        for effect in transition.effects where apply(effect, of: program) { isNew = true }
      }
    }
    return isNew
  }

  private mutating func apply(_ effect: Effect, of program: Program) -> Bool {
    guard let known = values[effect.variable] else { return false }
    let results = effect.value.results(in: program) { values[$0] ?? program.variables[$0].smallRange }
    let range = program.variables[effect.variable].range
    let new = results.map { results in
      results.reduce(into: known) { all, result in
        let value = min(max(result, range.lowerBound), range.upperBound)
        if !all.contains(value) { all.append(value) }
      }
    }
    guard new != known else { return false }
    values[effect.variable] = new
    growths += 1
    return true
  }

  /// The worlds of what can come about.
  func worlds(of space: ConditionSpace) -> Worlds {
    worlds(of: space, besides: states.map { $0.map { _ in false } })
  }

  /// The worlds of what can come about, and of some states besides.
  func worlds(of space: ConditionSpace, besides others: [[Bool]]) -> Worlds {
    var worlds = Worlds(of: space)
    for (index, atom) in space.atoms.enumerated() {
      switch atom {
      case .state(let machine):
        worlds.allowed[index] = states[machine].indices.filter { states[machine][$0] || others[machine][$0] }
      case .variable(let variable):
        guard let known = values[variable] else { continue }
        worlds.allowed[index] = space.domains[index].values.indices.filter {
          if case .integer(let value) = space.domains[index].values[$0] {
            known.contains(value)
          } else {
            true
          }
        }
      case .probability(let machine, let state) where !states[machine][state] && !others[machine][state]:
        worlds.allowed[index] = space.domains[index].values.indices.filter {
          space.domains[index].values[$0] == .number(0)
        }
      case .commitment, .probability, .turn, .field, .question, .chance: break
      }
    }
    return worlds
  }
}

extension Operand {
  /// How many combinations of variables an effect is worked out for.
  private static let maximumResults = 4096

  /// What an effect can assign, before bounds, perhaps repeatedly; nil where that cannot be followed.
  func results(in program: Program, values: (Int) -> [Int]?) -> [Int]? {
    guard let read = variablesRead else { return nil }
    var choices: [(variable: Int, values: [Int])] = []
    var count = 1
    for index in read {
      guard let known = values(index), count * known.count <= Self.maximumResults else { return nil }
      choices.append((index, known))
      count *= known.count
    }
    return (0..<count).map { combination in
      assigned { variable in
        var rest = combination
        for choice in choices {
          if choice.variable == variable { return choice.values[rest % choice.values.count] }
          rest /= choice.values.count
        }
        return 0
      }
    }
  }

  /// The variables of an expression, each once; nil where it reads anything else.
  private var variablesRead: [Int]? {
    var read: [Int] = []
    var isFollowed = true
    forEachAtom { atom in
      switch atom {
      case .variable(let index): if !read.contains(index) { read.append(index) }
      case .integer, .boolean, .choice: break
      default: isFollowed = false
      }
    }
    return isFollowed ? read : nil
  }

  /// The value of an expression over variables and written values.
  func assigned(_ variable: (Int) -> Int) -> Int {
    switch self {
    case .integer(let value): value
    case .boolean(let value): value ? 1 : 0
    case .choice(_, let value): value
    case .variable(let index): variable(index)
    case .negated(let operand): Arithmetic.minus(0, operand.assigned(variable))
    case .inverted(let operand): operand.assigned(variable) == 0 ? 1 : 0
    case .arithmetic(let left, let operation, let right):
      operation(left.assigned(variable), right.assigned(variable))
    default: 0
    }
  }
}
