import Dramatis
import Testing

/// Probabilistic machines against what SEMANTICS says in "CPFSM".
@Suite struct ChainTests {
  private func disagreements(
    seed: Int, kinds: [String], turns: Int, isReadOnce: Bool = false
  ) throws -> [String] {
    var generator = ChainGenerator(
      seed: seed, questionCount: 1 + seed % 5, isReadOnce: isReadOnce)
    var run = try ChainRun(generator.program(kinds: kinds), seed: UInt64(seed))
    for _ in 0..<turns {
      let role = generator.random.pick(["passive", "passive", "passive", "active", nil])
      let datum = generator.random.pick([nil, 0, 1, 2])
      let answers = (0..<run.plan.questionCount).map { _ in generator.answer() }
      let others = (0..<run.plan.questionCount).map { _ in generator.answer() }
      run.step(role: role, datum: datum, answers: answers, others: others)
      if !run.disagreements.isEmpty { break }
    }
    return run.disagreements
  }

  @Test(arguments: 0..<8)
  func `a belief over 20 steps is the naive one`(batch: Int) throws {
    for number in 0..<15 {
      #expect(try disagreements(seed: batch * 100 + number, kinds: ["belief"], turns: 20) == [])
    }
  }

  @Test(arguments: 0..<8)
  func `a walk of 20 steps keeps to the naive rows`(batch: Int) throws {
    for number in 0..<15 {
      #expect(try disagreements(seed: 2000 + batch * 100 + number, kinds: ["sample"], turns: 20) == [])
    }
  }

  @Test(arguments: [
    ["belief", "false"], ["false", "belief"], ["true", "sample", "false"], ["false", "sample", "belief"],
    ["belief", "belief"], ["sample", "sample"], ["sample", "belief", "false", "sample"],
  ])
  func `machines of all kinds read each other as they were, and trees as they are`(kinds: [String]) throws {
    for number in 0..<20 {
      #expect(try disagreements(seed: 5000 + number, kinds: kinds, turns: 12) == [])
    }
  }
}
