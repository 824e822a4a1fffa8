import Dramatis
import DramatisCompiler
import FoundationEssentials

/// One line of `dramatis run`'s output: what an event did.
struct RunOutput: Encodable {
  struct Change: Encodable {
    let machine, from, to, because: String
  }

  struct Statement: Encodable {
    let id, topic, text: String
    /// Why it is left out; nil for one that is handed over.
    var reason: LeftOutStatement.Reason?
  }

  struct Due: Encodable {
    let id, payoff: String
    let overdue: Bool
    /// The turn in which its trigger held.
    let triggered: Int
  }

  /// The number of the line of input, so that a caller who sends bad lines stays in step.
  let input: Int
  let character: String
  let turn: Int
  let role: Role?
  let states: [String: String]
  let changes: [Change]
  let variables: [String: Datum]
  let distributions: [String: [String: Double]]
  let mixed: [String: [String]]
  let statements: [Statement]
  let leftOut: [Statement]
  let asked: [[String]]
  let answers: [String: Answer]
  /// The answers about the character's own line.
  let lineAnswers: [String: Answer]
  let line: String?
  let commitments: [String: CommitmentStatus]
  let due: [Due]

  /// - Parameter identifiers: Those of the program's statements.
  init(_ turn: Turn, _ record: TurnRecord, input: Int, _ identifiers: [String]) {
    self.input = input
    let program = record.program
    character = program.character
    self.turn = turn.number
    role = record.event?.step.grounding.role
    states = Dictionary(
      uniqueKeysWithValues: program.machines.indices.map {
        (program.machines[$0].name, program.stateName(machine: $0, state: record.after.states[$0]))
      })
    variables = Dictionary(
      uniqueKeysWithValues: zip(program.variables, record.after.variables).map { ($0.name, $0.datum($1)) })
    distributions = record.distributions
    changes = record.steps.flatMap(\.step.grounding.changes).map { Change($0, program) }
    mixed = record.mixtures
    let selection = record.event?.selection
    statements = (selection?.statements ?? []).map { Statement($0, program, identifiers) }
    leftOut = (selection?.leftOut ?? []).map { Statement($0.statement, program, identifiers, $0.reason) }
    asked = record.steps.flatMap(\.rounds).map { $0.map { program.questions[$0].key } }
    answers = Self.answers(record.event, program)
    lineAnswers = Self.answers(record.line, program)
    line = record.line == nil ? nil : turn.line?.text
    commitments = Dictionary(
      uniqueKeysWithValues: zip(program.commitments, record.after.commitments).map { ($0.name, $1.status) })
    due = record.event.map { Self.due($0.step, program) } ?? []
  }

  private static func due(_ step: Step, _ program: Program) -> [Due] {
    step.grounding.due.map { index in
      let commitment = program.commitments[index]
      return Due(
        id: commitment.name, payoff: commitment.payoff, overdue: program.isOverdue(index, at: step.snapshot),
        triggered: step.snapshot.commitments[index].triggered ?? step.snapshot.turn)
    }
  }

  private static func answers(_ step: StepRecord?, _ program: Program) -> [String: Answer] {
    let replies = (step?.replies ?? [:]).sorted { $0.key < $1.key }
    return Dictionary(
      replies.map { (program.questions[$0.key].key, $0.value.answer) },
      uniquingKeysWith: { first, _ in first })
  }

  private enum Key: String, CodingKey {
    case input, character, turn, relevant, role, states, changes, variables, distributions, mixed, statements
    case leftOut, asked, answers, lineAnswers, line, commitments, due
  }

  /// Writes `role` and `line` as null where there is none, so that every line has the same keys.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(input, forKey: .input)
    try container.encode(character, forKey: .character)
    try container.encode(turn, forKey: .turn)
    try container.encode(role != nil, forKey: .relevant)
    try container.encode(role, forKey: .role)
    try container.encode(states, forKey: .states)
    try container.encode(changes, forKey: .changes)
    try container.encode(variables, forKey: .variables)
    try container.encode(distributions, forKey: .distributions)
    try container.encode(mixed, forKey: .mixed)
    try container.encode(statements, forKey: .statements)
    try container.encode(leftOut, forKey: .leftOut)
    try container.encode(asked, forKey: .asked)
    try container.encode(answers, forKey: .answers)
    try container.encode(lineAnswers, forKey: .lineAnswers)
    try container.encode(line, forKey: .line)
    try container.encode(commitments, forKey: .commitments)
    try container.encode(due, forKey: .due)
  }
}

extension RunOutput.Statement {
  init(
    _ fired: FiredStatement, _ program: Program, _ identifiers: [String],
    _ reason: LeftOutStatement.Reason? = nil
  ) {
    self.init(
      id: identifiers[fired.statement], topic: program.topics[fired.topic].name,
      text: program.statements[fired.statement], reason: reason)
  }
}

extension RunOutput.Change {
  init(_ fired: FiredTransition, _ program: Program) {
    let machine = program.machines[fired.machine]
    self.init(
      machine: machine.name, from: machine.states[fired.from].name, to: machine.states[fired.to].name,
      because: program.reason(for: fired))
  }
}
