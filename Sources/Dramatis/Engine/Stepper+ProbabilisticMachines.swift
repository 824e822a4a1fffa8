/// The probabilities with which a probabilistic machine leaves one state (CPFSM, arXiv 2602.05905).
///
/// A softmax over the transitions that are present and over staying. The logit of a transition is
/// `log p + bias`, that of staying `sum log (1 - p) + bias`; p is held within 1e-6 of 0 and 1. A transition is
/// absent when its role does not fit, when states, variables and constants alone make its guard no, or when nothing
/// but missing answers keeps its probability from being more than 0.
extension Stepper {
  private static let margin = 1e-6

  /// Computes the row of a state: the transitions in the order written, then staying; it sums to 1.
  ///
  /// - Returns: How many transitions are present.
  mutating func computeRow(
    of index: Int, from state: Int, at position: Position, on event: PreparedEvent, given answers: Answers
  ) -> Int {
    let machine = flat.machines[index]
    let end = rules.end
    var count = 0
    var stay = flat.stayBiases[machine.firstState + state]
    for place in event.candidates(leaving: machine.firstState + state) {
      let candidate = event.candidate(place)
      guard flat.follow(candidate.way, at: position, on: event, given: answers) == 1 else { continue }
      let transition = flat.transitions[Int(candidate.transition)]
      let probability = flat.probability(
        of: transition.probability, counting: end, at: position, on: event, given: answers)
      if probability == 0, end == .lower,
        flat.probability(
          of: transition.probability, counting: .possible, at: position, on: event, given: answers) > 0
      {
        continue
      }
      let held = min(max(probability, Self.margin), 1 - Self.margin)
      present[count] = Int(candidate.transition)
      row[count] = held.naturalLogarithm + transition.bias
      stay += (1 - held).naturalLogarithm
      count += 1
    }
    row[count] = stay
    normalizeRow(of: count)
    return count
  }

  /// Logits become probabilities; the greatest is subtracted, so that no exponential overflows.
  private mutating func normalizeRow(of count: Int) {
    var top = row[0]
    for place in 1..<count + 1 { top = max(top, row[place]) }
    var sum = 0.0
    for place in 0...count {
      row[place] = (row[place] - top).exponential
      sum += row[place]
    }
    for place in 0...count { row[place] /= sum }
  }

  /// The distribution after a step: every state's probability goes where its row says.
  mutating func updateBelief(
    of index: Int, at position: Position, on event: PreparedEvent, given answers: Answers
  ) {
    let machine = flat.machines[index]
    let states = flat.states(of: index)
    for place in states { distributions[place] = 0 }
    for state in 0..<machine.stateCount {
      let probability = position.beliefs[machine.firstBelief + state]
      guard probability > 0 else { continue }
      let count = computeRow(of: index, from: state, at: position, on: event, given: answers)
      spread(probability, from: state, of: index, over: count)
    }
    var sum = 0.0
    for place in states { sum += distributions[place] }
    for place in states { distributions[place] /= sum }
  }

  /// Draws from the row of the current state, which becomes the distribution of the turn.
  ///
  /// - Returns: The place of the transition; nil for staying.
  mutating func draw(
    _ index: Int, at position: Position, on event: PreparedEvent, given answers: Answers
  ) -> Int? {
    let state = position.cells[index]
    let count = computeRow(of: index, from: state, at: position, on: event, given: answers)
    for place in flat.states(of: index) { distributions[place] = 0 }
    spread(1, from: state, of: index, over: count)
    let site = Draw.Site.machine(index, in: event.side)
    let number = Draw.number(seed: position.seed, turn: position.turn, site: site)
    return transition(at: number, among: count)
  }

  /// Adds a probability to the distribution, to each state as much as the row says.
  private mutating func spread(_ probability: Double, from state: Int, of index: Int, over count: Int) {
    let first = flat.machines[index].firstState
    for place in 0..<count {
      distributions[first + flat.transitions[present[place]].to] += probability * row[place]
    }
    distributions[first + state] += probability * row[count]
  }

  /// The transition that a number from 0 to 1 falls on; nil for staying.
  private func transition(at number: Double, among count: Int) -> Int? {
    var sum = 0.0
    for place in 0...count {
      sum += row[place]
      if number < sum { return place < count ? present[place] : nil }
    }
    for place in (0...count).reversed() where row[place] > 0 {
      return place < count ? present[place] : nil
    }
    return nil
  }
}

extension RandomAccessCollection<Double> where Index == Int {
  /// The index of the greatest; ties go to the first.
  var mostProbable: Int {
    var best = startIndex
    for index in indices where self[index] > self[best] { best = index }
    return best
  }
}
