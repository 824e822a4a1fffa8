import Dramatis

/// Finds scenarios that use what none has used so far.
///
/// Exploration says on which way a part can be reached. The way is written as events with answers and then
/// really taken: only what came to the part is suggested.
public struct ScenarioSuggester {
  /// How many ways are tried for one part, and how many seeds for one way.
  private static let mostTries = 400
  private static let mostSeeds = 40
  /// How many turns may pass before something is tried again.
  private static let longestWait = 40

  private let program: Program
  private let explored: SlicedExploration
  private let runner: ScenarioRunner

  /// Prepares to look for scenarios of a program.
  public init(for program: Program, explored: SlicedExploration) {
    self.program = program
    self.explored = explored
    runner = ScenarioRunner(program)
  }

  /// Scenarios that together come to all that can be found of some parts.
  ///
  /// - Parameters:
  ///   - parts: What is to be used.
  ///   - coverage: What is used already.
  ///   - profile: The path of the profile, seen from where the scenarios will be.
  /// - Returns: The file of scenarios as text, nil where there are none, and the parts for which nothing was found.
  public func suggestions(
    for parts: [CoverageReport.Part], coverage: Coverage, profile: String
  ) async throws -> (text: String?, missing: [CoverageReport.Part]) {
    var coverage = coverage
    var found: [(name: String, draft: ScenarioDraft)] = []
    var missing: [CoverageReport.Part] = []
    // What lies deep comes last in the program and first here, since its way covers much of the rest.
    for part in parts.reversed() where !coverage.covers(part.target) {
      guard let (draft, used) = try await draft(for: part.target) else {
        missing.append(part)
        continue
      }
      coverage.formUnion(used)
      found.append((part.name, draft))
    }
    guard !found.isEmpty else { return (nil, missing.reversed()) }
    return (try await text(of: found.reversed(), for: profile), missing.reversed())
  }

  private func draft(for target: ExplorationTarget) async throws -> (ScenarioDraft, Coverage)? {
    var tries = 0
    for draft in candidates(for: target) {
      for seed in 0..<(draft.needsLuck ? Self.mostSeeds : 1) {
        tries += 1
        guard tries <= Self.mostTries else { return nil }
        var seeded = draft
        seeded.seed = seed
        let coverage = try await runner.run(seeded.scenario).coverage
        if coverage.covers(target) { return (seeded, coverage) }
      }
    }
    return nil
  }

  /// The scenarios with what happens in their last turns as what they expect.
  private func text(
    of found: [(name: String, draft: ScenarioDraft)], for profile: String
  ) async throws -> String {
    let text = YAMLWriter.text(of: [
      ("scenarios", "1"), ("profile", .scalar(profile)),
      ("tests", .mapping(found.map { (.quoted("reaches \($0.name)"), $0.draft.yaml) })),
    ])
    let reading = ScenarioFile(of: Array(text.utf8), name: "suggestions").reading(for: program)
    var edits: [TextEdit] = []
    for scenario in reading.scenarios { edits += try await runner.run(scenario).edits }
    return String(decoding: reading.file.applying(edits), as: UTF8.self)
  }
}

extension ScenarioSuggester {
  private func candidates(for target: ExplorationTarget) -> [ScenarioDraft] {
    switch target {
    case .state(let machine, let state):
      let exploration = explored.exploration(ofMachine: machine)
      return exploration.firstInState[machine][state].map { [draft(to: $0, in: exploration)] } ?? []
    case .transition(let machine, let transition):
      let exploration = explored.exploration(ofMachine: machine)
      let known =
        exploration.firstFired[machine][transition].map { [draft(through: $0, in: exploration)] } ?? []
      return known + guesses(transition, of: machine, in: exploration)
    case .node(let topic, let node): return candidates(toNode: node, of: topic)
    case .status(let commitment, let status):
      guard let exploration = explored.ofCommitments,
        let position = exploration.first(status, of: commitment)
      else { return [] }
      return [draft(to: position, in: exploration)]
    }
  }

  /// From a state that the transition leaves, an event that makes its guard yes, at once or after some time.
  private func guesses(
    _ index: Int, of machine: Int, in exploration: Exploration
  ) -> [ScenarioDraft] {
    let transition = program.machines[machine].transitions[index]
    let path = [TreeBranch.Passage(condition: transition.guardCondition, truth: .yes)]
    let actor = transition.role == .active ? program.character : nil
    let events = EventFinder(for: program).events(along: path, partner: actor)
    return transition.from.compactMap { exploration.firstInState[machine][$0] }.flatMap { position in
      let before = draft(to: position, in: exploration)
      return events.flatMap { [before.appending($0), before.waiting(Self.longestWait).appending($0)] }
    }
  }

  /// Ways to a branch: the turn that exploration found, then one more turn after each position.
  private func candidates(toNode node: Int, of topic: Int) -> [ScenarioDraft] {
    let exploration = explored.exploration(ofTopic: topic)
    guard let turn = exploration.firstOpened[node] else { return [] }
    let path = program.branches(of: topic).first { $0.node == node }?.path ?? []
    let events = EventFinder(for: program)
      .events(along: path, partner: program.topics[topic].partner)
    let first = draft(through: turn, in: exploration)
    var candidates = events.compactMap { first.addingToLast($0) }
    for position in exploration.positions.indices.prefix(Self.mostTries)
    where program.openableNodes(at: exploration.positions[position].snapshot).contains(node) {
      let before = draft(to: position, in: exploration)
      candidates += events.map { before.appending($0) }
      if candidates.count >= Self.mostTries { break }
    }
    return candidates
  }

  private func draft(to position: Int, in exploration: Exploration) -> ScenarioDraft {
    ScenarioDraft(
      of: exploration.path(to: position).dropFirst().map(\.steps), in: exploration, of: program)
  }

  private func draft(through turn: Exploration.Turn, in exploration: Exploration) -> ScenarioDraft {
    let turns = exploration.path(to: turn.position).dropFirst().map(\.steps)
    return ScenarioDraft(of: turns + [turn.steps], in: exploration, of: program)
  }
}
