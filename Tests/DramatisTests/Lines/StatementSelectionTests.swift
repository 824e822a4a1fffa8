import TestSupport
import Testing

@testable import Dramatis

/// What is kept of the statements when there are more than the budget has tokens for.
@Suite struct StatementSelectionTests {
  /// A candidate at a place, whose statement has the index of the place.
  private func candidate(
    _ place: Int, tokens: Int = 1, depth: Int = 1, pause: Int = .max, count: Int = 0, isTold: Bool = false,
    isNew: Bool = true
  ) -> StatementCandidate {
    StatementCandidate(
      statement: FiredStatement(topic: 0, statement: place), place: place, tokens: tokens, depth: depth,
      pause: pause, count: count, isTold: isTold, isNew: isNew)
  }

  private func kept(_ candidates: [StatementCandidate], _ budget: Int) -> [Int] {
    StatementSelection(of: candidates, within: budget).statements.map(\.statement)
  }

  private func reasons(_ candidates: [StatementCandidate], _ budget: Int) -> [LeftOutStatement.Reason] {
    StatementSelection(of: candidates, within: budget).leftOut.map(\.reason)
  }

  @Test
  func
    `what was not told, then what is new goes first, then the deeper, then what paused longer, then the rarer, then the earlier`()
  {
    let pairs: [(StatementCandidate, StatementCandidate, LeftOutStatement.Reason)] = [
      (candidate(0, isTold: true), candidate(1, isNew: false), .toldLately),
      (candidate(0, depth: 3, isNew: false), candidate(1, depth: 1), .heldBefore),
      (candidate(0, depth: 1), candidate(1, depth: 2, pause: 1, count: 9), .lessSpecific),
      (candidate(0, pause: 1, count: 1), candidate(1, pause: 5, count: 9), .firedLately),
      (candidate(0, pause: 5, count: 1), candidate(1), .firedLately),
      (candidate(0, pause: 2, count: 9), candidate(1, pause: 2, count: 3), .firesOften),
    ]
    for (worse, better, reason) in pairs {
      #expect(kept([worse, better], 1) == [1])
      #expect(reasons([worse, better], 1) == [reason])
    }
    #expect(kept([candidate(0), candidate(1)], 1) == [0])
    #expect(reasons([candidate(0), candidate(1)], 1) == [.comesLater])
  }

  @Test func `what is too long makes room for what is not`() {
    let candidates = [candidate(0), candidate(1, tokens: 9, depth: 3), candidate(2, tokens: 2, depth: 2)]
    #expect(kept(candidates, 3) == [0, 2])
    #expect(reasons(candidates, 3) == [.tooLong])
    #expect(kept(candidates, 11) == [1, 2])
    #expect(reasons(candidates, 11) == [.lessSpecific])
    #expect(kept(candidates, 0) == [])
    #expect(reasons(candidates, 0) == [.tooLong, .tooLong, .tooLong])
  }

  @Test func `tokens are bytes divided by four, rounded up`() {
    let counts = ["", "a", "abcd", "abcde", "äöü", "👩‍🚀"].map(\.estimatedTokens)
    #expect(counts == [0, 1, 1, 2, 2, 3])
  }

  @Test(arguments: 0..<200)
  func `never above the budget, in order, whole where it fits, and nothing that had room is left out`(
    seed: Int
  ) {
    var random = SeededGenerator(seed: UInt64(seed))
    let candidates = (0..<random.int(0...11)).map { place in
      candidate(
        place, tokens: random.int(0...5), depth: 1 + random.int(0...2),
        pause: random.pick([1, 2, .max]), count: random.int(0...2))
    }
    let total = candidates.map(\.tokens).reduce(0, +)
    for budget in 0...total + 1 {
      let selection = StatementSelection(of: candidates, within: budget)
      let (kept, out) = (selection.statements.map(\.statement), selection.leftOut.map(\.statement.statement))
      let used = kept.map { candidates[$0].tokens }.reduce(0, +)
      #expect(used <= budget)
      #expect(kept == kept.sorted() && out == out.sorted())
      #expect((kept + out).sorted() == Array(candidates.indices))
      #expect(budget < total || out.isEmpty)
      #expect(out.allSatisfy { used + candidates[$0].tokens > budget })
      for (left, reason) in zip(out, selection.leftOut.map(\.reason)) {
        let better = kept.filter { candidates[$0].goesBefore(candidates[left]) }
        #expect((reason == .tooLong) == (better.count < kept.count || kept.isEmpty))
        // What stays out is outdone by others alone: by itself with those before it, it did not fit.
        #expect(better.map { candidates[$0].tokens }.reduce(candidates[left].tokens, +) > budget)
      }
      #expect(StatementSelection(of: candidates, within: budget) == selection)
    }
  }
}
