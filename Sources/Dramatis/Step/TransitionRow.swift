#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The probabilities with which a probabilistic machine leaves one state (CPFSM, arXiv 2602.05905).
///
/// A softmax over the transitions that are present and over staying. The logit of a transition is
/// `log p + bias`, that of staying `sum log (1 - p) + bias`; p is held within 1e-6 of 0 and 1.
struct TransitionRow {
  /// An entry: a transition by its index, or nil for staying.
  struct Entry {
    let transition: Int?
    let target: Int
    var probability: Double
  }

  /// The transitions in the order written, then staying; the probabilities sum to 1.
  private(set) var entries: [Entry]

  private static let margin = 1e-6

  /// - Parameter present: The transitions that are present, each with the probability of its guard.
  init(from state: Int, of machine: Machine, present: [(transition: Int, probability: Double)]) {
    let held = present.map { min(max($0.probability, Self.margin), 1 - Self.margin) }
    var logits = zip(present, held).map { log($1) + machine.transitions[$0.transition].bias }
    logits.append(held.reduce(machine.states[state].stayBias) { $0 + log(1 - $1) })
    let top = logits.max() ?? 0
    let weights = logits.map { exp($0 - top) }
    let sum = weights.reduce(0, +)
    entries = zip(present, weights).map { entry, weight in
      Entry(
        transition: entry.transition, target: machine.transitions[entry.transition].to,
        probability: weight / sum)
    }
    entries.append(Entry(transition: nil, target: state, probability: (weights.last ?? 1) / sum))
  }

  /// The probability of each state; entries with one target add up.
  func distribution(over count: Int) -> [Double] {
    var distribution = [Double](repeating: 0, count: count)
    for entry in entries { distribution[entry.target] += entry.probability }
    return distribution
  }

  /// The entry that a number from 0 to 1 falls on.
  func entry(at draw: Double) -> Entry? {
    var sum = 0.0
    return entries.first { entry in
      sum += entry.probability
      return draw < sum
    } ?? entries.last { $0.probability > 0 }
  }
}

extension [Double] {
  /// The index of the greatest; ties go to the first.
  var mostProbable: Int {
    var best = 0
    for index in indices where self[index] > self[best] { best = index }
    return best
  }
}
