import BenchmarkPeers
import Dramatis

/// A step of a machine that carries a belief over twelve states, against the same arithmetic in C++.
struct BeliefFigure {
  let rounds: Int
  private let steps = 4_000

  func run() throws {
    Report.title("a distribution update: 12 states, 132 transitions")
    let belief = try BeliefCase()
    try compareEnds(belief)
    let medians = try Race(
      rounds: rounds,
      contestants: [
        { try walk(belief, steps).time }, { walkPeer(belief, steps).time },
      ]
    ).medians()
    Report.line(
      "ours: \(rounded(medians[0], 0)) ns; scalar C++: \(rounded(medians[1], 0)) ns; "
        + "probabilities compared within 1e-12")
    Report.figure("ours against C++", medians[0] / medians[1], " times", aim: .atMost(2))
  }

  private func compareEnds(_ belief: BeliefCase) throws {
    for steps in 1...100 {
      let (ours, theirs) = (try walk(belief, steps).end, walkPeer(belief, steps).end)
      guard zip(ours, theirs).allSatisfy({ abs($0 - $1) <= 1e-12 }) else {
        throw WrongResult(description: "after \(steps) steps the engine believes \(ours) and C++ \(theirs)")
      }
    }
  }

  private func walk(_ belief: BeliefCase, _ steps: Int) throws -> (time: Double, end: [Double]) {
    var stepper = Stepper(for: belief.program)
    var position = belief.program.position()
    let time = try nanoseconds(per: steps) {
      for step in 0..<steps {
        try stepper.step(&position, on: belief.event, given: belief.answers[step % belief.answers.count])
      }
    }
    return (time, Array(try stepper.distribution(of: 0)))
  }

  private func walkPeer(_ belief: BeliefCase, _ steps: Int) -> (time: Double, end: [Double]) {
    var believed = (0..<BeliefCase.stateCount).map { $0 == 0 ? 1.0 : 0 }
    var work = [Double](repeating: 0, count: 2 * BeliefCase.stateCount)
    let time = nanoseconds(per: steps) {
      for step in 0..<steps {
        peer_belief_update(
          &believed, belief.probabilities[step % belief.probabilities.count], BeliefCase.stateCount, &work)
      }
    }
    return (time, believed)
  }
}
