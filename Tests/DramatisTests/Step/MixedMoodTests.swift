import Dramatis
import TestSupport
import Testing

/// Several states of a probabilistic machine that are probable enough to be told of.
@Suite struct MixedMoodTests {
  private func program(_ keys: String) throws -> Program {
    try compileMara(
      """
      questions: { a: { ask: A? }, b: { ask: B? } }
      machines:
        mood:
          \(keys)
          states: { wary: "", warm: "" }
          transitions: [{ from: any, to: wary, when: a }, { from: any, to: warm, when: b }]
      """)
  }

  @Test(arguments: [
    ([0.5, 0.3, 0.2, 0], [0, 1]), ([0.2, 0.3, 0.5, 0], [2, 1]), ([0.25, 0.25, 0.25, 0.25], [0, 1, 2, 3]),
    ([0.25, 0.5, 0.25, 0], [1, 0, 2]), ([0.24, 0.52, 0.24, 0], []), ([0, 0, 1, 0], []), ([], []),
  ])
  func `the states that reach the threshold, the most probable first, if there are several`(
    distribution: [Double], mixture: [Int]
  ) throws {
    let mixed = try program("probabilistic: belief\n    mixed: 0.25")
    #expect(mixed.machines[0].mixed == 0.25)
    #expect(mixed.machines[0].mixture(of: distribution) == mixture)
    let pure = try program("probabilistic: belief")
    #expect(pure.machines[0].mixed == nil)
    #expect(pure.machines[0].mixture(of: distribution) == [])
  }

  @Test(arguments: ["belief", "sample"])
  func `a turn names the states of a mixed mood, whoever acts`(kind: String) async throws {
    let program = try program("probabilistic: \(kind)\n    mixed: 0.3")
    #expect(try Program(file: program.fileBytes()) == program)
    let session = try Session(cast: [program])
    let record = try await session.record(of: Event(text: "…"), given: ["a": .yes, "b": .yes])
    #expect(record.mixtures == ["mood": ["wary", "warm"]])
    let sure = try await session.record(of: Event(text: "…"), given: ["a": .yes, "b": .no])
    #expect(sure.mixtures == [:])
  }

  @Test func `what does not concern the character leaves a mixed belief as it was`() async throws {
    let session = try Session(cast: [program("probabilistic: belief\n    mixed: 0.3")])
    _ = try await session.record(of: Event(text: "…"), given: ["a": .yes, "b": .yes])
    let record = try await session.record(of: Event(text: "…", to: ["Ina"]))
    #expect(record.mixtures == ["mood": ["wary", "warm"]])
  }
}
