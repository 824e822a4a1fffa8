import Dramatis

/// Checks what a profile says must hold, by walking through everything that can happen.
struct PropertyCheck {
  let program: Program
  /// Those of the program, and those that only properties ask.
  let questions: [Question]
  /// How far the search for one property goes; the work is that of all.
  static func limits(_ positions: Int) -> ExplorationLimits {
    ExplorationLimits(positions: positions, usual: LintSettings().positionsBudget)
  }

  /// What is to be said about a property; nil where it holds.
  ///
  /// - Parameter limits: The work is that of all properties together, so that it goes down.
  func finding(_ property: Property, _ limits: inout ExplorationLimits) -> Diagnostic? {
    let monitor = PropertyMonitor(property, of: program, questions: questions)
    let exploration = Explorer.explore(monitor.program, limits: limits)
    limits.work = max(exploration.workLeft, 0)
    let found = exploration.positions.firstIndex { monitor.isSought($0.snapshot) }
    if case .reachable = property.demand {
      guard found == nil else { return nil }
      return exploration.isComplete ? unreachable(property, exploration) : undecided(property, exploration)
    }
    guard let found else { return exploration.isComplete ? nil : undecided(property, exploration) }
    let path = NeededAnswers.path(exploration.path(to: found), in: monitor.program, to: monitor.isSought)
    return violated(property, exploration, path, monitor.program)
  }

  private func violated(
    _ property: Property, _ exploration: Exploration, _ path: [Exploration.Position], _ watched: Program
  ) -> Diagnostic {
    let turns = PathText(program: watched, visible: program, exploration: exploration).text(of: path)
    return Diagnostic(
      .propertyFails, message: "this property does not hold", at: property.span, label: label(property),
      help: turns + caution(exploration))
  }

  private func label(_ property: Property) -> String {
    switch property.demand {
    case .never, .reachable: "it can come about"
    case .always: "it can fail"
    case .path: "there is such a way"
    }
  }

  private func unreachable(_ property: Property, _ exploration: Exploration) -> Diagnostic {
    Diagnostic(
      .propertyFails, message: "this property does not hold", at: property.span, label: "nothing leads there",
      help: ["all \(exploration.positions.count) positions that it depends on were explored"])
  }

  private func undecided(_ property: Property, _ exploration: Exploration) -> Diagnostic {
    let turns = exploration.positions.last?.turns ?? 0
    return Diagnostic(
      .propertyUndecided, message: "this property was not decided", at: property.span,
      label: "it was not \(isSearch(property) ? "reached" : "broken") within the bounds",
      help: [
        "\(exploration.positions.count) positions were explored, which are not all; the last take \(turns) turns",
        "narrow the variables on which it depends, or raise 'positions-budget' in .dramatis.yaml",
      ])
  }

  private func isSearch(_ property: Property) -> Bool {
    if case .reachable = property.demand { true } else { false }
  }

  private func caution(_ exploration: Exploration) -> [String] {
    exploration.notes.map { "the search allows more than can happen: \($0)" }
  }
}
