import Dramatis

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
      questions: questions, machines: source.machines + [Self.monitor(property, source)], topics: [],
      treeNodes: [], statements: [], commitments: source.commitments, lines: [])
    let slice = Slice(of: machine, property.conditions, in: watched)
    program = slice.program(from: watched, topics: [])
  }

  private static func monitor(_ property: Property, _ source: Program) -> Machine {
    let watchesActions = source.machines.flatMap(\.transitions).contains { $0.role != .passive }
    func move(_ from: [Int], _ to: Int, _ condition: Condition) -> Transition {
      Transition(
        from: from, to: to, guardCondition: condition, role: watchesActions ? .any : .passive, effects: [])
    }
    let transitions: [Transition] =
      switch property.demand {
      case .never(let condition), .always(let condition), .reachable(let condition):
        [move([calm], calm, condition)]
      case .path(let from, let to, let without):
        (without.map { [move([calm, armed], calm, $0)] } ?? [])
          + [move([calm, armed], armed, from), move([armed], armed, to)]
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
