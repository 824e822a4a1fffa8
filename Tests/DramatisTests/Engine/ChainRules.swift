import Foundation

/// What a formula is read on.
struct ChainWorld {
  var states: [Int]
  var beliefs: [[Double]]
  var x: Int
  var datum: Int?
  /// Nil where nobody could tell.
  var answers: [Double?]

  init(of program: ChainProgram) {
    states = program.machines.map { _ in 0 }
    beliefs = program.machines.map { machine in
      machine.isBelief ? (0..<machine.stateCount).map { $0 == 0 ? 1 : 0 } : []
    }
    x = 0
    answers = program.machines.isEmpty ? [] : Array(repeating: nil, count: program.questionCount)
  }
}

/// SEMANTICS, "CPFSM", read aloud in plain numbers.
extension ChainFormula {
  /// Between which probabilities it lies; what nobody answered and what is undecided lies anywhere.
  func ends(_ world: ChainWorld) -> (low: Double, high: Double) {
    func both(_ value: Double?) -> (low: Double, high: Double) { value.map { ($0, $0) } ?? (0, 1) }
    switch self {
    case .ask(let index): return both(world.answers[index])
    case .datum(let comparison, let value): return both(world.datum.map { comparison.weight($0, value) })
    case .not(let inner):
      let ends = inner.ends(world)
      return (1 - ends.high, 1 - ends.low)
    case .and(let parts):
      let ends = parts.map { $0.ends(world) }
      return (ends.map(\.low).min() ?? 1, ends.map(\.high).min() ?? 1)
    case .or(let parts):
      let ends = parts.map { $0.ends(world) }
      return (ends.map(\.low).max() ?? 0, ends.map(\.high).max() ?? 0)
    case .constant, .chance, .variable, .state, .likelier: return both(value(world))
    }
  }

  /// What it weighs in a row; nil where it is not in it because nobody answered.
  func weight(_ world: ChainWorld) -> Double? {
    let ends = ends(world)
    return ends.low == 0 && ends.high > 0 ? nil : ends.low
  }

  /// As a truth: `and` is the least, `or` the greatest, `not` the rest to 1; undecided is one half.
  func value(_ world: ChainWorld) -> Double {
    switch self {
    case .constant(let value): value ? 1 : 0
    case .ask(let index): world.answers[index] ?? 0.5
    case .chance(let probability): probability
    case .datum(let comparison, let value): world.datum.map { comparison.weight($0, value) } ?? 0.5
    case .variable(let comparison, let value): comparison.weight(world.x, value)
    case .state(let machine, let state): world.states[machine] == state ? 1 : 0
    case .likelier(let machine, let state, let bound):
      world.probability(of: state, in: machine) > bound ? 1 : 0
    case .not(let inner): 1 - inner.value(world)
    case .and(let parts): parts.map { $0.value(world) }.min() ?? 1
    case .or(let parts): parts.map { $0.value(world) }.max() ?? 0
    }
  }

  /// No even if nothing is known of answers, event and chance: then nothing else can come of it, because
  /// Kleene's logic never takes back what it says of the unknown.
  func isRuledOut(_ world: ChainWorld) -> Bool { blinded.value(world) < 0.5 }

  private var blinded: ChainFormula {
    switch self {
    case .ask, .datum: .chance(0.5)
    case .chance(let probability) where probability > 0 && probability < 1: .chance(0.5)
    case .constant, .chance, .variable, .state, .likelier: self
    case .not(let inner): .not(inner.blinded)
    case .and(let parts): .and(parts.map(\.blinded))
    case .or(let parts): .or(parts.map(\.blinded))
    }
  }
}

extension NaiveComparison {
  fileprivate func weight(_ left: Int, _ right: Int) -> Double { holds(left, right) == .yes ? 1 : 0 }
}

extension ChainWorld {
  fileprivate func probability(of state: Int, in machine: Int) -> Double {
    beliefs[machine].isEmpty ? (states[machine] == state ? 1 : 0) : beliefs[machine][state]
  }
}

extension ChainProgram.Machine {
  /// The transitions out of a state whose role fits and that are not ruled out.
  func tried(from state: Int, _ world: ChainWorld, _ role: String) -> [Int] {
    transitions.indices.filter {
      transitions[$0].from.contains(state) && ["any", role].contains(transitions[$0].role)
        && !transitions[$0].when.isRuledOut(world)
    }
  }

  /// Those of them that are in the row.
  func present(from state: Int, _ world: ChainWorld, _ role: String) -> [Int] {
    tried(from: state, world, role).filter { transitions[$0].when.weight(world) != nil }
  }

  /// The probability of each present transition and of staying, as odds rather than as logits.
  func row(from state: Int, _ world: ChainWorld, _ role: String) -> (moves: [Int: Double], stays: Double) {
    var odds: [Int: Double] = [:]
    var stays = exp(stay[state])
    for index in present(from: state, world, role) {
      let probability = max(1e-6, min(1 - 1e-6, transitions[index].when.weight(world) ?? 0))
      odds[index] = probability * exp(transitions[index].bias)
      stays *= 1 - probability
    }
    let sum = odds.values.reduce(stays, +)
    return (odds.mapValues { $0 / sum }, stays / sum)
  }

  func distribution(from state: Int, _ world: ChainWorld, _ role: String) -> [Double] {
    let row = row(from: state, world, role)
    var result = [Double](repeating: 0, count: stateCount)
    result[state] += row.stays
    for (index, probability) in row.moves { result[transitions[index].to] += probability }
    return result
  }

  func belief(after belief: [Double], _ world: ChainWorld, _ role: String) -> [Double] {
    var result = [Double](repeating: 0, count: stateCount)
    for source in 0..<stateCount where belief[source] > 0 {
      for (target, probability) in distribution(from: source, world, role).enumerated() {
        result[target] += belief[source] * probability
      }
    }
    return result
  }

  /// The first transition whose guard is yes.
  func first(from state: Int, _ world: ChainWorld, _ role: String) -> Int? {
    transitions.indices.first {
      transitions[$0].from.contains(state) && ["any", role].contains(transitions[$0].role)
        && transitions[$0].when.value(world) > 0.5
    }
  }
}
