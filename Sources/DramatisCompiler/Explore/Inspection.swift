import Dramatis

/// What the compiler made of a profile, and what nothing in it can lead to.
///
/// ```swift
/// let inspection = Inspection(of: program)
/// for missing in inspection.exploration.unreached { print(missing.name) }
/// ```
public struct Inspection: Encodable, Sendable {
  /// A state of a machine.
  public struct State: Encodable, Sendable {
    /// Its name.
    public let name: String
    /// The least number of turns that lead to it; nil where none was found.
    public let turns: Int?
    /// Whether a transition leads to another state.
    public let canBeLeft: Bool
  }

  /// A machine.
  public struct MachineEntry: Encodable, Sendable {
    /// Its name.
    public let name: String
    /// How it moves.
    public let kind: Machine.Kind
    /// Its states, the initial one first.
    public let states: [State]
    /// The guards of its transitions, in the order tried.
    public let transitions: [String]
  }

  /// A topic's tree.
  public struct Tree: Encodable, Sendable {
    /// The topic.
    public let name: String
    /// With whom it is active; nil for everybody.
    public let partner: String?
    /// How many gates and statements it has, and how deep it is: 1 with a root alone.
    public let gates, statements, depth: Int
  }

  /// A variable.
  public struct VariableEntry: Encodable, Sendable {
    /// Its name, and the value that it starts with.
    public let name, initial: String
    /// `-4 to 6`, `true or false`, or the values.
    public let values: String
  }

  /// A place that asks a question.
  public struct Use: Encodable, Sendable {
    /// See ``QuestionUse``.
    public let kind, place: String
  }

  /// A question.
  public struct QuestionEntry: Encodable, Sendable {
    /// Its name; nil for one that stands in a condition.
    public let name: String?
    /// What is asked.
    public let text: String
    /// The phrases that answer it yes and no.
    public let cues, counterCues: [String]
    /// The answer where nobody gives one.
    public let otherwise: Answer?
    /// Every place that asks it.
    public let uses: [Use]
  }

  /// The most that one turn can ask, in questions or in rounds.
  public struct Bound: Encodable, Sendable {
    /// About the event, for the choice of a line, about the line, and all together.
    public let event, lines, ownLine, total: Int
  }

  /// Whose profile it is.
  public let character: String
  /// The size of the compiled program.
  public let bytes: Int
  /// Its content hash in hexadecimal digits.
  public let sha256: String
  /// The machines, in the order of the profile.
  public let machines: [MachineEntry]
  /// The trees, in the order of the profile.
  public let trees: [Tree]
  /// How many statements all trees have.
  public let statements: Int
  /// The variables, in the order of the profile.
  public let variables: [VariableEntry]
  /// The questions, those that conditions hold included.
  public let questions: [QuestionEntry]
  /// The commitments that the character pays.
  public let commitments: [CommitmentEntry]
  /// The bound for an event that names one partner at most.
  public let mostQuestions, mostRounds: Bound
  /// The bound for an event that names all partners at once.
  public let mostQuestionsWithAllPartners, mostRoundsWithAllPartners: Bound
  /// What can come about.
  public let exploration: ExplorationReport
  /// Where parts of the profile come from; nil where nobody said.
  public let provenance: [Provenance]?
}

extension Inspection {
  /// Explores a program and says what there is.
  ///
  /// - Parameters:
  ///   - program: What to look at.
  ///   - limits: How far it is explored.
  ///   - isStopped: Asked before every position; once it says yes, the exploration ends.
  public init(
    of program: Program, limits: ExplorationLimits = ExplorationLimits(), isStopped: () -> Bool = { false }
  ) {
    let explored = SlicedExploration(of: program, limits: limits, isStopped: isStopped)
    character = program.character
    bytes = program.fileBytes().count
    sha256 = program.contentHash
    machines = program.machines.indices.map {
      MachineEntry(program.machines[$0], at: $0, in: explored.exploration(ofMachine: $0), of: program)
    }
    trees = program.topics.map { topic in
      let size = program.size(of: topic)
      return Tree(
        name: topic.name, partner: topic.partner, gates: size.gates, statements: size.statements,
        depth: size.depth)
    }
    statements = program.statements.count
    variables = program.variables.map(VariableEntry.init)
    questions = zip(program.questions, program.questionUses).map { question, uses in
      QuestionEntry(
        name: question.name, text: question.text, cues: question.cues, counterCues: question.counterCues,
        otherwise: question.otherwise, uses: uses.map { Use(kind: $0.kind.rawValue, place: $0.place) })
    }
    commitments = CommitmentEntry.all(of: program)
    let (one, all) = (QuestionBound(of: program), QuestionBound(of: program, partners: nil))
    (mostQuestions, mostRounds) = (Bound(questionsOf: one), Bound(roundsOf: one))
    (mostQuestionsWithAllPartners, mostRoundsWithAllPartners) = (
      Bound(questionsOf: all), Bound(roundsOf: all)
    )
    exploration = ExplorationReport(explored, of: program)
    provenance = program.provenance.isEmpty ? nil : program.provenance
  }
}

extension Inspection.MachineEntry {
  fileprivate init(
    _ machine: Machine, at index: Int, in exploration: Exploration, of program: Program
  ) {
    name = machine.name
    kind = machine.kind
    states = machine.states.indices.map { state in
      Inspection.State(
        name: machine.states[state].name,
        turns: exploration.firstInState[index][state].map { exploration.positions[$0].turns },
        canBeLeft: machine.canBeLeft(state))
    }
    transitions = machine.transitions.map { program.text(of: $0.guardCondition) }
  }
}

extension Machine {
  /// Whether a transition leads from a state to another, whatever its guard.
  func canBeLeft(_ state: Int) -> Bool {
    transitions.contains { $0.from.contains(state) && $0.to != state }
  }
}

extension Inspection.VariableEntry {
  fileprivate init(_ variable: Variable) {
    name = variable.name
    initial = variable.text(variable.initial)
    values =
      switch variable.kind {
      case .boolean: "true or false"
      case .integer(let min, let max): "\(min) to \(max)"
      case .choice(let values): values.joined(separator: ", ")
      }
  }
}

extension Inspection.Bound {
  fileprivate init(questionsOf bound: QuestionBound) {
    self.init(
      event: bound.eventQuestions, lines: bound.lineQuestions, ownLine: bound.ownQuestions,
      total: bound.questions)
  }

  fileprivate init(roundsOf bound: QuestionBound) {
    self.init(
      event: bound.eventRounds, lines: bound.lineRounds, ownLine: bound.ownRounds, total: bound.rounds)
  }
}
