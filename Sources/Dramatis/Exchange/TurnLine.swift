/// One line of JSON that goes out: what an event did to one member of the cast.
///
/// ```swift
/// for record in turn.records { print(try TurnLine(record, of: turn).json()) }
/// ```
public struct TurnLine: Encodable, Sendable {
  /// A machine that went to another state, and the guard that let it.
  public struct Change: Encodable, Hashable, Sendable {
    /// The machine, its states before and after, and the guard.
    public let machine, from, to, because: String
  }

  /// A statement that applies.
  public struct Statement: Encodable, Hashable, Sendable {
    /// A name that outlives changes of other parts of the profile, the topic, and the words.
    public let id, topic, text: String
    /// Why it is left out; nil for one that is handed over.
    public let reason: LeftOutStatement.Reason?
  }

  /// A commitment that the line has to pay.
  public struct Due: Encodable, Hashable, Sendable {
    /// Its name, and what has to happen.
    public let id, payoff: String
    /// Whether it is too late.
    public let overdue: Bool
    /// The turn in which its trigger held.
    public let triggered: Int
  }

  /// An entry of lore, whether it is told, and why.
  public struct Lore: Encodable, Hashable, Sendable {
    /// What it is called, and in which book it stands.
    public let entry, book: String
    /// Whether it is told.
    public let told: Bool
    /// The kind of reason, such as `key` or `budget`, and the reason in words.
    public let reason, because: String
    /// Where it is put; nil for what is not told.
    public let position: String?
  }

  /// The number of the line of input, so that a caller who sends bad lines stays in step.
  public let input: Int
  /// Whom it is about.
  public let character: String
  /// The number of the turn, from 1.
  public let turn: Int
  /// How the event was taken; nil where it was not relevant.
  public let role: Role?
  /// The state of each machine after the turn.
  public let states: [String: String]
  /// The machines that went to another state, in order.
  public let changes: [Change]
  /// The value of each variable after the turn.
  public let variables: [String: Datum]
  /// For each probabilistic machine the probability of each state.
  public let distributions: [String: [String: Double]]
  /// For each machine of a mixed mood the states to tell of, the most probable first.
  public let mixed: [String: [String]]
  /// What applies and there is room for.
  public let statements: [Statement]
  /// What applies but is more than the budget of tokens has room for.
  public let leftOut: [Statement]
  /// The rounds put to the discriminator, those about the character's own line last.
  public let asked: [[String]]
  /// What was answered about the event, by question.
  public let answers: [String: Answer]
  /// The answers about the line of the turn, the character's own or one that it heard.
  public let lineAnswers: [String: Answer]
  /// What the character said; nil where it was silent.
  public let line: String?
  /// The status of each commitment after the turn.
  public let commitments: [String: CommitmentStatus]
  /// What the line has to pay, the most urgent first.
  public let due: [Due]
  /// How each step of the turn came about; nil where nobody asked.
  public let trace: [StepTrace]?
  /// Every entry of lore, those that are told first; nil for a character that has none.
  public let lore: [Lore]?
  /// What is wrong with the line and could not be mended; nil for nothing.
  public let flaws: [LineFlaw]?
  /// What the character keeps in answer to its standing questions, and on what it rests; nil for nothing.
  public let memory: [KeptAnswer]?

  /// What a turn did to one member of the cast.
  ///
  /// - Parameters:
  ///   - record: The member's own record of the turn.
  ///   - turn: The turn.
  ///   - input: The number of the line that brought it; the number of the turn unless given.
  ///   - identifiers: Those of the program's statements where they are at hand; making them takes a while.
  ///   - isTraced: Whether it says how each step came about.
  public init(
    _ record: TurnRecord, of turn: Turn, input: Int? = nil, identifiers: [String]? = nil,
    isTraced: Bool = false
  ) {
    let program = record.program
    let identifiers = identifiers ?? program.statementIdentifiers()
    self.input = input ?? turn.number
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
    changes = record.steps.flatMap(\.step.grounding.changes).map { Change($0, of: program) }
    mixed = record.mixtures
    let selection = record.event?.selection
    statements = (selection?.statements ?? []).map { Statement($0, of: program, identifiers: identifiers) }
    leftOut = (selection?.leftOut ?? []).map {
      Statement($0.statement, of: program, identifiers: identifiers, reason: $0.reason)
    }
    asked = record.steps.flatMap(\.rounds).map { $0.map { program.questions[$0].key } }
    answers = Self.answers(of: record.event, program: program)
    lineAnswers = Self.answers(of: record.line ?? record.heard, program: program)
    line = record.line == nil ? nil : turn.line?.text
    flaws = record.line == nil || turn.line?.flaws.isEmpty != false ? nil : turn.line?.flaws
    commitments = Dictionary(
      uniqueKeysWithValues: zip(program.commitments, record.after.commitments).map { ($0.name, $1.status) })
    lore = program.lore.isEmpty ? nil : record.event?.lore?.lines(of: program) ?? []
    memory = record.memory.isEmpty ? nil : record.memory
    due = record.event.map { Self.due(after: $0.step, of: program) } ?? []
    trace = isTraced ? record.explanations.map { StepTrace($0, of: program) } : nil
  }

  private static func due(after step: Step, of program: Program) -> [Due] {
    step.grounding.due.map { index in
      let commitment = program.commitments[index]
      return Due(
        id: commitment.name, payoff: commitment.payoff,
        overdue: program.uncheckedOverdue(index, at: step.snapshot),
        triggered: step.snapshot.commitments[index].triggered ?? step.snapshot.turn)
    }
  }

  private static func answers(of step: StepRecord?, program: Program) -> [String: Answer] {
    let replies = (step?.replies ?? [:]).sorted { $0.key < $1.key }
    return Dictionary(
      replies.map { (program.questions[$0.key].key, $0.value.answer) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The line, without a break at its end; nothing in it can steer a terminal.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func json() throws -> String { try jsonLine() }

  private enum Key: String, CodingKey {
    case input, character, turn, relevant, role, states, changes, variables, distributions, mixed, statements
    case leftOut, asked, answers, lineAnswers, line, commitments, due, trace, lore, flaws, memory
  }

  /// Writes `role` and `line` as null where there is none, so that every line has the same keys.
  public func encode(to encoder: any Encoder) throws {
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
    try container.encodeIfPresent(trace, forKey: .trace)
    try container.encodeIfPresent(lore, forKey: .lore)
    try container.encodeIfPresent(flaws, forKey: .flaws)
    try container.encodeIfPresent(memory, forKey: .memory)
  }
}

extension TurnLine.Statement {
  fileprivate init(
    _ fired: FiredStatement, of program: Program, identifiers: [String],
    reason: LeftOutStatement.Reason? = nil
  ) {
    self.init(
      id: identifiers[fired.statement], topic: program.topics[fired.topic].name,
      text: program.statements[fired.statement], reason: reason)
  }
}

extension TurnLine.Change {
  fileprivate init(_ fired: FiredTransition, of program: Program) {
    let machine = program.machines[fired.machine]
    self.init(
      machine: machine.name, from: machine.states[fired.from].name, to: machine.states[fired.to].name,
      because: program.reason(for: fired))
  }
}

extension LoreReport {
  /// Every entry, those that are told first.
  fileprivate func lines(of program: Program) -> [TurnLine.Lore] {
    told.map {
      TurnLine.Lore(
        entry: $0.entry.title, book: $0.entry.book, told: true, reason: $0.reason.code,
        because: program.words(for: $0), position: $0.entry.place)
    }
      + silent.map {
        TurnLine.Lore(
          entry: $0.entry.title, book: $0.entry.book, told: false, reason: $0.silence.code,
          because: program.words(for: $0), position: nil)
      }
  }
}
