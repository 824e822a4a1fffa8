import Dramatis
import Testing

@Suite struct NaiveEvaluatorTests {
  @Test(arguments: 0..<8)
  func `every assignment of answers comes to what a naive evaluator says`(batch: Int) throws {
    for number in 0..<13 {
      let run = try comparison(seed: batch * 100 + number, questionCount: 1 + number % 4, isReadOnce: false)
      #expect(run.disagreements == [])
    }
  }

  @Test(arguments: 0..<8)
  func `a round holds exactly the questions that can still change a live guard or gate`(batch: Int) throws {
    for number in 0..<13 {
      let run = try comparison(
        seed: 5000 + batch * 100 + number, questionCount: 1 + number % 4, isReadOnce: true)
      #expect(run.disagreements == [])
    }
  }

  @Test(arguments: 0..<4)
  func `six questions in all their assignments come to what a naive evaluator says`(number: Int) throws {
    let run = try comparison(seed: 9000 + number, questionCount: 6, isReadOnce: true, turns: 2)
    #expect(run.disagreements == [])
  }

  @Test(arguments: [Asking.eagerly, .separately], 0..<4)
  func `asked otherwise, the answers come to what a naive evaluator says too`(
    asking: Asking, batch: Int
  ) throws {
    for number in 0..<13 {
      let run = try comparison(
        seed: 2000 + batch * 100 + number, questionCount: 1 + number % 4,
        isReadOnce: number.isMultiple(of: 2),
        asking: asking)
      #expect(run.disagreements == [])
    }
  }

  private func comparison(
    seed: Int, questionCount: Int, isReadOnce: Bool, turns: Int = 3, asking: Asking = .inRounds
  ) throws -> NaiveComparisonRun {
    var generator = NaiveGenerator(seed: UInt64(seed), questionCount: questionCount, isReadOnce: isReadOnce)
    var run = try NaiveComparisonRun(
      generator.program(), checksOpenness: isReadOnce && asking == .inRounds, asking: asking)
    let events = (0..<turns).map { _ in generator.event() }
    run.run(events, using: &generator.random)
    return run
  }
}
