import Dramatis

/// Runs scenarios of one program, with no model and no network.
public struct ScenarioRunner: Sendable {
  private let program: Program
  private let cues: CueDiscriminator

  /// Prepares the program's cues.
  public init(_ program: Program) {
    self.program = program
    cues = CueDiscriminator(for: [program])
  }

  /// Takes every turn of a scenario, also those after one that is not as expected.
  ///
  /// - Throws: What a session throws, which a sound scenario gives no reason for.
  public func run(_ scenario: Scenario) async throws -> ScenarioOutcome {
    let session = try Session(
      cast: [program], seed: scenario.settings.seed, isRecorded: false, discriminator: cues)
    var outcome = ScenarioOutcome(coverage: Coverage(of: program))
    for (index, turn) in scenario.turns.enumerated() {
      try await session.set(turn.set, of: program.character)
      for time in 1...turn.times {
        let taken = try await session.respond(
          to: turn.event, given: turn.answers, speaker: scenario.settings.speaks ? .addressed : .nobody)
        guard let record = taken.records.first else { continue }
        outcome.coverage.add(record)
        guard time == turn.times else { continue }
        let check = TurnCheck(record, line: taken.line?.text, number: index + 1)
        outcome.add(
          check.failures(of: turn), suggesting: check.edits(of: turn, speaks: scenario.settings.speaks))
      }
    }
    return outcome
  }
}

/// What came of running a scenario.
public struct ScenarioOutcome: Sendable {
  /// What is not as expected in the first turn that is not; empty where all is.
  public private(set) var failures: [Diagnostic] = []
  /// What would make the scenario expect what happened.
  public private(set) var edits: [TextEdit] = []
  /// What the turns have used of the program.
  public internal(set) var coverage: Coverage

  init(coverage: Coverage) {
    self.coverage = coverage
  }

  mutating func add(_ failures: [Diagnostic], suggesting edits: [TextEdit]) {
    if self.failures.isEmpty { self.failures = failures }
    self.edits += edits
  }
}
