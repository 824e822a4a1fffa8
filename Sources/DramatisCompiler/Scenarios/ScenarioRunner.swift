import Dramatis

/// Runs scenarios of one program or of a story, with no model and no network.
public struct ScenarioRunner: Sendable {
  private let first: Program
  private let others: [Program]
  private let opening: String
  private let cues: CueDiscriminator

  /// Prepares the program's cues.
  public init(_ program: Program) {
    (first, others, opening) = (program, [], "")
    cues = CueDiscriminator(for: [program])
  }

  /// Prepares the cues of a story's cast, which hears its opening before each scenario; nil for a story without anybody.
  public init?(_ story: Story) {
    guard let first = story.cast.first else { return nil }
    (self.first, others, opening) = (first, Array(story.cast.dropFirst()), story.opening)
    cues = CueDiscriminator(for: story.cast)
  }

  private var cast: [Program] { [first] + others }

  /// Takes every turn of a scenario, also those after one that is not as expected.
  ///
  /// - Throws: What a session throws, which a sound scenario gives no reason for.
  public func run(_ scenario: Scenario) async throws -> ScenarioOutcome {
    let session = try Session(
      cast: cast, seed: scenario.settings.seed, isRecorded: false, discriminator: cues)
    try await session.narrate(opening: opening)
    var outcome = ScenarioOutcome(of: first, and: others)
    for (index, turn) in scenario.turns.enumerated() {
      for program in cast {
        try await session.set(turn.set.filter { program.hasVariable($0.key) }, of: program.character)
      }
      for time in 1...turn.times {
        let taken = try await session.respond(
          to: turn.event, given: turn.answers, speaker: scenario.settings.speaks ? .addressed : .nobody)
        outcome.add(taken)
        guard time == turn.times, let check = CastCheck(taken, number: index + 1) else { continue }
        outcome.add(
          check.failures(of: turn), suggesting: check.edits(of: turn, speaks: scenario.settings.speaks))
      }
    }
    if scenario.settings.isKnownToFail { outcome.expectFailure(of: scenario) }
    return outcome
  }
}

/// Compares what a turn did to a cast with what a scenario expects of it.
private struct CastCheck {
  /// By member.
  private let members: [TurnCheck]
  /// With the line of whoever spoke.
  private let anybody: TurnCheck

  /// Nil for a turn that nobody took part in.
  init?(_ turn: Turn, number: Int) {
    guard let first = turn.records.first else { return nil }
    members = turn.records.map { record in
      let isSpeaker = turn.line?.character == record.program.character
      return TurnCheck(record, line: isSpeaker ? turn.line?.text : nil, number: number)
    }
    anybody = TurnCheck(first, line: turn.line?.text, number: number)
  }

  private func check(for expectation: ScenarioExpectation) -> TurnCheck {
    expectation.member.map { members[$0] } ?? anybody
  }

  /// A diagnostic for everything that is not as expected.
  func failures(of turn: ScenarioTurn) -> [Diagnostic] {
    if let node = turn.unrecorded { return [anybody.missingExpectation(at: node, of: turn)] }
    return turn.expectations.flatMap { expectation -> [Diagnostic] in
      let check = check(for: expectation)
      return check.holds(expectation) ? [] : check.failures(of: expectation, in: turn)
    }
  }

  /// What makes a turn expect what happened; only values that are wrong are touched.
  func edits(of turn: ScenarioTurn, speaks: Bool) -> [TextEdit] {
    if let node = turn.unrecorded { return [TextEdit(replacing: node, with: recorded(speaks: speaks).text)] }
    return turn.expectations.compactMap { expectation in
      let check = check(for: expectation)
      return check.holds(expectation) ? nil : check.edit(of: expectation)
    }
  }

  /// All that the turn left; of a cast by name.
  private func recorded(speaks: Bool) -> YAMLValue {
    guard members.count > 1 else { return anybody.recorded(speaks: speaks) }
    let ofMembers = members.map { member -> YAMLValue.KeyValue in
      (.scalar(member.program.character), member.recorded(speaks: false))
    }
    let line: [YAMLValue.KeyValue] = speaks ? [(.plain("line"), anybody.spoken)] : []
    return .flowMapping(ofMembers + line)
  }
}

extension Coverage {
  fileprivate mutating func add(_ record: TurnRecord, saying line: Line?) {
    add(record)
    if let line { add(line) }
  }
}

/// What came of running a scenario.
public struct ScenarioOutcome: Sendable {
  /// What is not as expected in the first turn that is not; empty where all is.
  public private(set) var failures: [Diagnostic] = []
  /// What would make the scenario expect what happened.
  public private(set) var edits: [TextEdit] = []
  /// What the turns have used of the program, or of the first member of a cast.
  public private(set) var coverage: Coverage
  /// What they have used of the others of a cast, in its order.
  public private(set) var coverageOfOthers: [Coverage]

  fileprivate init(of first: Program, and others: [Program]) {
    coverage = Coverage(of: first)
    coverageOfOthers = others.map { Coverage(of: $0) }
  }

  /// Adds what a turn has used of everyone, and what was said in it.
  fileprivate mutating func add(_ turn: Turn) {
    for (member, record) in turn.records.enumerated() {
      let line = turn.line.flatMap { $0.character == record.program.character ? $0 : nil }
      if member == 0 {
        coverage.add(record, saying: line)
      } else {
        coverageOfOthers[member - 1].add(record, saying: line)
      }
    }
  }

  /// Turns round what counts: what is not as expected is known, and nothing of it is to be written.
  fileprivate mutating func expectFailure(of scenario: Scenario) {
    edits = []
    failures =
      failures.isEmpty
      ? [
        Diagnostic(
          .passesAfterAll, message: "'\(scenario.name)' is said to fail and passes", at: scenario.span,
          help: ["remove 'fails', so that it is noticed when it fails again"])
      ] : []
  }

  fileprivate mutating func add(_ failures: [Diagnostic], suggesting edits: [TextEdit]) {
    if self.failures.isEmpty { self.failures = failures }
    self.edits += edits
  }
}
