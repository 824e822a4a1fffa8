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
    return properties.map { ($0, verdict(on: $0, within: &limits)) }
  }

  /// - Parameter limits: The work is that of all properties together, so that it goes down.
  private func verdict(on property: Property, within limits: inout ExplorationLimits) -> PropertyVerdict {
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

/// A program with one machine more, which watches for a property while the others move.
///
/// The machine reads what the property reads, so that the exploration tells apart what the property does. For a way from
/// one position to another it is *armed* from the first one on, until a turn in which `without` holds.
struct PropertyMonitor {
  private static let (calm, armed) = (0, 1)

  let property: Property
  /// What is explored.
  let program: Program
  private let machine: Int

  init(_ property: Property, of source: Program, questions: [Question]) {
    self.property = property
    machine = source.machines.count
    let watched = Program(
      character: source.character, aliases: source.aliases, summary: "", voice: "", setting: "",
      greetings: [],
      examples: [], window: 1, statementBudget: nil, relevance: source.relevance, variables: source.variables,
      questions: questions, machines: source.machines + [Self.monitor(for: property, of: source)], topics: [],
      treeNodes: [], statements: [], commitments: source.commitments, lines: [])
    let slice = Slice(of: machine, and: property.conditions, in: watched)
    program = slice.program(from: watched, topics: [])
  }

  private static func monitor(for property: Property, of source: Program) -> Machine {
    let watchesActions = source.machines.flatMap(\.transitions).contains { $0.role != .passive }
    func move(from: [Int], to: Int, when condition: Condition) -> Transition {
      Transition(
        from: from, to: to, guardCondition: condition, role: watchesActions ? .any : .passive, effects: [])
    }
    let transitions: [Transition] =
      switch property.demand {
      case .never(let condition), .always(let condition), .reachable(let condition):
        [move(from: [calm], to: calm, when: condition)]
      case .path(let from, let to, let without):
        (without.map { [move(from: [calm, armed], to: calm, when: $0)] } ?? [])
          + [move(from: [calm, armed], to: armed, when: from), move(from: [armed], to: armed, when: to)]
      }
    let states = ["calm", "armed", "other"].map { Machine.State(name: $0, description: "") }
    return Machine(name: "", states: states, transitions: transitions)
  }

  /// Whether a position is the one that the search is for: what must not be, or what must be found.
  func isSought(_ snapshot: Snapshot) -> Bool {
    switch property.demand {
    case .never(let condition), .reachable(let condition): holds(condition, at: snapshot)
    case .always(let condition): !holds(condition, at: snapshot)
    case .path(_, let to, _): snapshot.states[machine] == Self.armed && holds(to, at: snapshot)
    }
  }

  private func holds(_ condition: Condition, at snapshot: Snapshot) -> Bool {
    Circumstances(of: program, at: snapshot).truth(of: condition) == .yes
  }
}
