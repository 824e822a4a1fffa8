import Dramatis

/// Finds scenarios that use what none has used so far.
///
/// Exploration says on which way a part can be reached. The way is written as events with answers and then
/// really taken: only what came to the part is suggested.
package struct ScenarioSuggester {
  /// How many ways are tried for one part, and how many seeds for one way.
  private static let mostTries = 400
  private static let mostSeeds = 40
  /// How many turns may pass before something is tried again.
  private static let longestWait = 40

  private let program: Program
  private let explored: SlicedExploration
  private let runner: ScenarioRunner

  /// Prepares to look for scenarios of a program.
  package init(for program: Program, explored: SlicedExploration) {
    self.program = program
    self.explored = explored
    runner = ScenarioRunner(program)
  }

  /// Scenarios that together come to all that can be found of some parts.
  ///
  /// - Returns: The file of scenarios as text, nil where there are none, and the parts for which nothing was found.
  package func suggestions(
    for parts: [CoverageReport.Part], coverage: Coverage, profile: String
  ) async throws -> (text: String?, missing: [CoverageReport.Part]) {
    var coverage = coverage
    var found: [(name: String, sketch: ScenarioSketch)] = []
    var missing: [CoverageReport.Part] = []
    // What lies deep comes last in the program and first here, since its way covers much of the rest.
    for part in parts.reversed() where !coverage.covers(part.target) {
      guard let (sketch, used) = try await sketch(for: part.target) else {
        missing.append(part)
        continue
      }
      coverage.formUnion(used)
      found.append((part.name, sketch))
    }
    guard !found.isEmpty else { return (nil, missing.reversed()) }
    return (try await text(of: found.reversed(), profile), missing.reversed())
  }

  private func sketch(for target: CoverageTarget) async throws -> (ScenarioSketch, Coverage)? {
    var tries = 0
    for sketch in candidates(for: target) {
      for seed in 0..<(sketch.needsLuck ? Self.mostSeeds : 1) {
        tries += 1
        guard tries <= Self.mostTries else { return nil }
        var seeded = sketch
        seeded.seed = seed
        let coverage = try await runner.run(seeded.scenario).coverage
        if coverage.covers(target) { return (seeded, coverage) }
      }
    }
    return nil
  }

  /// The scenarios with what happens in their last turns as what they expect.
  private func text(of found: [(name: String, sketch: ScenarioSketch)], _ profile: String) async throws
    -> String
  {
    let text = YAMLWriter.text(of: [
      ("scenarios", "1"), ("profile", .scalar(profile)),
      ("tests", .mapping(found.map { (.quoted("reaches \($0.name)"), $0.sketch.yaml) })),
    ])
    let reading = ScenarioFile(of: Array(text.utf8), name: "suggestions").reading(for: program)
    var edits: [TextEdit] = []
    for scenario in reading.scenarios { edits += try await runner.run(scenario).edits }
    return String(decoding: reading.file.applying(edits), as: UTF8.self)
  }
}

extension ScenarioSuggester {
  private func candidates(for target: CoverageTarget) -> [ScenarioSketch] {
    switch target {
    case .state(let machine, let state):
      let exploration = explored.exploration(ofMachine: machine)
      return exploration.firstInState[machine][state].map { [sketch(to: $0, in: exploration)] } ?? []
    case .transition(let machine, let transition):
      let exploration = explored.exploration(ofMachine: machine)
      let known =
        exploration.firstFired[machine][transition].map { [sketch(along: $0, in: exploration)] } ?? []
      return known + guesses(transition, of: machine, exploration)
    case .node(let topic, let node): return candidates(toNode: node, of: topic)
    case .status(let commitment, let status):
      guard let exploration = explored.ofCommitments,
        let position = exploration.first(status, of: commitment)
      else { return [] }
      return [sketch(to: position, in: exploration)]
    }
  }

  /// From a state that the transition leaves, an event that makes its guard yes, at once or after some time.
  private func guesses(
    _ index: Int, of machine: Int, _ exploration: Exploration
  ) -> [ScenarioSketch] {
    let transition = program.machines[machine].transitions[index]
    let path = [TreeBranch.Passage(condition: transition.guardCondition, truth: .yes)]
    let actor = transition.role == .active ? program.character : nil
    let events = ScenarioWishes(path, partner: actor, in: program).events
    return transition.from.compactMap { exploration.firstInState[machine][$0] }.flatMap { position in
      let before = sketch(to: position, in: exploration)
      return events.flatMap { [before.appending($0), before.waiting(Self.longestWait).appending($0)] }
    }
  }

  /// Ways to a branch: the turn that exploration found, then one more turn after each position.
  private func candidates(toNode node: Int, of topic: Int) -> [ScenarioSketch] {
    let exploration = explored.exploration(ofTopic: topic)
    guard let way = exploration.firstOpened[node] else { return [] }
    let path = program.branches(of: topic).first { $0.node == node }?.path ?? []
    let events = ScenarioWishes(path, partner: program.topics[topic].partner, in: program).events
    let first = sketch(along: way, in: exploration)
    var candidates = events.compactMap { first.addingToLast($0) }
    for position in exploration.positions.indices.prefix(Self.mostTries)
    where program.openableNodes(at: exploration.positions[position].snapshot).contains(node) {
      let before = sketch(to: position, in: exploration)
      candidates += events.map { before.appending($0) }
      if candidates.count >= Self.mostTries { break }
    }
    return candidates
  }

  private func sketch(to position: Int, in exploration: Exploration) -> ScenarioSketch {
    ScenarioSketch(exploration.path(to: position).dropFirst().map(\.steps), exploration, program)
  }

  private func sketch(along way: Exploration.Way, in exploration: Exploration) -> ScenarioSketch {
    let turns = exploration.path(to: way.position).dropFirst().map(\.steps)
    return ScenarioSketch(turns + [way.steps], exploration, program)
  }
}

extension Coverage {
  func covers(_ target: CoverageTarget) -> Bool {
    switch target {
    case .state(let machine, let state): states[machine][state]
    case .transition(let machine, let transition): transitions[machine][transition]
    case .node(_, let node): nodes[node]
    case .status(let commitment, let status): commitments[commitment].contains(status)
    }
  }
}
