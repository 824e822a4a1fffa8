import Testing

@testable import Dramatis

@Suite struct OutcomesTests {
  /// All but the empty set: a condition comes to something.
  private static let sets = (UInt8(1)...7).map { Outcomes(rawValue: $0) }

  @Test(arguments: sets, sets)
  func `what two conditions can come to together is what each pair of values comes to`(
    left: Outcomes, right: Outcomes
  ) {
    #expect(left.joined(by: .and, with: right) == pairs(left, right) { min($0, $1) })
    #expect(left.joined(by: .or, with: right) == pairs(left, right) { max($0, $1) })
  }

  @Test(arguments: sets)
  func `not exchanges yes and no, and one value alone is decided`(set: Outcomes) {
    let truths = truths(set)
    #expect(set.inverted == truths.reduce(into: []) { $0.formUnion(Outcomes(Answer($1).inverted.truth)) })
    #expect(set.decided == (truths.count == 1 ? truths.first : nil))
  }

  @Test(arguments: sets, [Demand.yes, .no, [.yes, .no], []])
  func `a demand distinguishes outcomes that differ in what is demanded`(set: Outcomes, demand: Demand) {
    let classes = truths(set).map { truth in
      (truth == .yes && demand.contains(.yes)) ? 1 : (truth == .no && demand.contains(.no)) ? 2 : 0
    }
    #expect(demand.distinguishes(set) == (Set(classes).count > 1))
  }

  private func pairs(_ left: Outcomes, _ right: Outcomes, _ combine: (Double, Double) -> Double) -> Outcomes {
    var result: Outcomes = []
    for one in truths(left) {
      for other in truths(right) {
        let probability = combine(Answer(one).probability, Answer(other).probability)
        result.formUnion(Outcomes(Answer(probability: probability)?.truth ?? .unknown))
      }
    }
    return result
  }

  private func truths(_ set: Outcomes) -> [Truth] {
    Truth.allCases.filter { set.contains(Outcomes($0)) }
  }
}
