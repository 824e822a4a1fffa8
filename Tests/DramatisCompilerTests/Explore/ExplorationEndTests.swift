import Dramatis
import DramatisCompiler
import TestSupport
import Testing

/// Why an exploration goes no further.
@Suite struct ExplorationEndTests {
  private static func explore(
    _ first: String, _ second: String, limits: ExplorationLimits = ExplorationLimits(),
    isStopped: Bool = false
  ) throws -> ExplorationEnd {
    let program = try compileMara(
      """
      variables:
        n: { initial: 0, min: 0, max: 50 }
      machines:
        m:
          states: { a: }
          transitions:
            - { from: any, to: a, when: '\(first)', set: { n: n + 1 } }
            - { from: any, to: other, when: '\(second)', set: { n: n - 1 } }
      """)
    return SlicedExploration(of: program, limits: limits, isStopped: { isStopped }).end
  }

  @Test func `ends where everything was found, although there are more positions`() throws {
    #expect(try Self.explore("ask(\"q\")", "ask(\"p\") and n < 50") == .found)
  }

  @Test func `ends where nothing is left`() throws {
    #expect(try Self.explore("ask(\"q\")", "ask(\"p\") and n > 50") == .explored)
  }

  @Test func `ends at the bound on positions`() throws {
    let limits = ExplorationLimits(positions: 5)
    #expect(try Self.explore("ask(\"q\")", "ask(\"p\") and n > 40", limits: limits) == .positions)
  }

  @Test func `ends at the bound on the work, which grows with the positions`() throws {
    var limits = ExplorationLimits()
    #expect(ExplorationLimits(positions: 20_000).work == 10 * limits.work)
    limits.work = 20
    #expect(try Self.explore("ask(\"q\")", "ask(\"p\") and n > 40", limits: limits) == .work)
  }

  @Test func `ends when it is stopped`() throws {
    #expect(try Self.explore("ask(\"q\")", "n > 40", isStopped: true) == .stopped)
  }
}
