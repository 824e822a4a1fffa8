import Dramatis
import DramatisCompiler

/// What the compiler made of a profile.
struct Inspection: Encodable {
  struct State: Encodable {
    let name: String
    /// The least number of turns that lead to it; nil where none was found.
    let turns: Int?
    /// Whether a transition leads to another state.
    let canBeLeft: Bool
  }

  struct MachineEntry: Encodable {
    let name: String
    let kind: Machine.Kind
    let states: [State]
    let transitions: [String]
  }

  struct Tree: Encodable {
    let name: String
    let partner: String?
    let gates, statements, depth: Int
  }

  struct VariableEntry: Encodable {
    let name, initial: String
    /// `-4 to 6`, `true or false`, or the values.
    let values: String
  }

  struct Use: Encodable {
    let kind, place: String
  }

  struct QuestionEntry: Encodable {
    let name: String?
    let text: String
    let cues, counterCues: [String]
    let otherwise: Answer?
    let uses: [Use]
  }

  struct Bound: Encodable {
    let event, lines, ownLine, total: Int
  }

  let character: String
  let bytes: Int
  let sha256: String
  let machines: [MachineEntry]
  let trees: [Tree]
  let statements: Int
  let variables: [VariableEntry]
  let questions: [QuestionEntry]
  let commitments: [CommitmentEntry]
  let mostQuestions, mostRounds: Bound
  /// The bound for an event that names all partners at once.
  let mostQuestionsWithAllPartners, mostRoundsWithAllPartners: Bound
  let exploration: ExplorationReport
}

extension Inspection {
  init(of program: Program, _ explored: SlicedExploration) {
    character = program.character
    bytes = program.fileBytes().count
    sha256 = program.contentHash
    machines = program.machines.indices.map { MachineEntry($0, program, explored.exploration(ofMachine: $0)) }
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
    (mostQuestions, mostRounds) = (one.questionBound, one.roundBound)
    (mostQuestionsWithAllPartners, mostRoundsWithAllPartners) = (all.questionBound, all.roundBound)
    exploration = ExplorationReport(explored, of: program)
  }
}

extension Inspection.MachineEntry {
  fileprivate init(_ index: Int, _ program: Program, _ exploration: Exploration) {
    let machine = program.machines[index]
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

extension QuestionBound {
  fileprivate var questionBound: Inspection.Bound {
    .init(event: eventQuestions, lines: lineQuestions, ownLine: ownQuestions, total: questions)
  }

  fileprivate var roundBound: Inspection.Bound {
    .init(event: eventRounds, lines: lineRounds, ownLine: ownRounds, total: rounds)
  }
}
