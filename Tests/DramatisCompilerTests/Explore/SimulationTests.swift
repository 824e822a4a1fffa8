import Dramatis
import DramatisCompiler
import TestSupport
import Testing

@Suite struct SimulationTests {
  private static let body = """
    questions: { q: { ask: Does it? } }
    machines:
      m:
        states: { a: "", b: "" }
        transitions:
          - { from: unactivated, to: a, when: q }
          - { from: a, to: b, when: 'event.kind == "payment"' }
    """

  private func tally(
    turns: Int = 10, runs: Int = 20, seed: UInt64 = 1, _ answers: SimulatedAnswers
  ) throws -> SimulationTally {
    var simulation = Simulation(of: try compileMara(Self.body), turns: turns, seed: seed, answers: answers)
    for _ in 0..<runs { simulation.walk() }
    return simulation.tally
  }

  private func drawn(_ yes: Double, unknown: Double = 0) throws -> SimulatedAnswers {
    .drawn([:], default: try #require(AnswerProbabilities(yes: yes, unknown: unknown)))
  }

  @Test func `the same seed gives the same walks, another one others`() throws {
    #expect(try tally(.hash).turnsEnded == tally(.hash).turnsEnded)
    #expect(try tally(.hash).turnsEnded != tally(seed: 2, .hash).turnsEnded)
  }

  @Test func `certain answers leave nothing to chance`() throws {
    #expect(try tally(drawn(0)).turnsEnded == [[200, 0, 0, 0]])
    #expect(try tally(drawn(0, unknown: 1)).turnsEnded == [[200, 0, 0, 0]])
    let always = try tally(drawn(1))
    #expect(always.turnsEnded[0][0] == 0 && always.visits.transitions[0][0] == 20)
  }

  @Test func `answers come as often as they are probable`() throws {
    let tally = try tally(turns: 1, runs: 2000, drawn(0.3))
    #expect(abs(tally.turnsEnded[0][1] - 600) < 100)
    #expect(tally.walks == 2000 && tally.turns == 2000 && tally.walksEnded[0].reduce(0, +) == 2000)
  }

  @Test func `kinds that conditions mention come up`() throws {
    let tally = try tally(turns: 30, drawn(1))
    #expect(tally.turnsEnded[0][2] > 0)
    #expect(tally.turnsBegun[0][2] > 0 && tally.turnsLeft[0][2] == 0)
  }

  @Test func `a walk that is stopped ends where it is`() throws {
    var simulation = Simulation(of: try compileMara(Self.body), turns: 100, seed: 0, answers: .hash)
    var turns = 0
    simulation.walk {
      turns += 1
      return turns > 7
    }
    #expect(simulation.tally.turns == 7 && simulation.tally.walks == 1)
  }
}
