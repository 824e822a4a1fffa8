import Dramatis

/// What an exploration of everything that can happen says about a property.
enum PropertyVerdict {
  case holds
  /// It does not hold, by a way that is told turn by turn.
  case broken([String])
  /// It is to be reachable, and is none of all positions.
  case unreachable(positions: Int)
  /// Not all positions were explored; the last were come to in so many turns.
  case undecided(positions: Int, turns: Int)
}

/// Checks what a profile says must hold, by walking through everything that can happen.
struct PropertyCheck {
  private let properties: [Property]
  private let program: Program
  private let questions: [Question]

  /// - Parameter questions: Those of the program, and those that only properties ask.
  init(_ properties: [Property], of program: Program, asking questions: [Question]) {
    (self.properties, self.program, self.questions) = (properties, program, questions)
  }

  /// What is known of each property.
  ///
  /// - Parameter positions: How far the search for one property goes; the work is that of all.
  func verdicts(atMost positions: Int) -> [(property: Property, verdict: PropertyVerdict)] {
    var limits = ExplorationLimits(positions: positions, usual: LintSettings().positionsBudget)
    return properties.map { ($0, verdict($0, &limits)) }
  }

  /// - Parameter limits: The work is that of all properties together, so that it goes down.
  private func verdict(_ property: Property, _ limits: inout ExplorationLimits) -> PropertyVerdict {
    let monitor = PropertyMonitor(property, of: program, questions: questions)
    let exploration = Explorer.explore(monitor.program, limits: limits)
    limits.work = max(exploration.workLeft, 0)
    let found = exploration.positions.firstIndex { monitor.isSought($0.snapshot) }
    let undecided = PropertyVerdict.undecided(
      positions: exploration.positions.count, turns: exploration.positions.last?.turns ?? 0)
    if case .reachable = property.demand {
      guard found == nil else { return .holds }
      return exploration.isComplete ? .unreachable(positions: exploration.positions.count) : undecided
    }
    guard let found else { return exploration.isComplete ? .holds : undecided }
    return .broken(way(to: found, in: exploration, monitor))
  }

  private func way(to position: Int, in exploration: Exploration, _ monitor: PropertyMonitor) -> [String] {
    let path = NeededAnswers.path(exploration.path(to: position), in: monitor.program, to: monitor.isSought)
    let turns = PathText(program: monitor.program, visible: program, exploration: exploration).text(of: path)
    return turns + exploration.notes.map { "the search allows more than can happen: \($0)" }
  }
}
