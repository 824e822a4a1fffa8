/// What a turn, or a step, did to an instance, by names alone.
public struct InstanceTurn: Hashable, Sendable, Codable {
  /// A machine that went to another state, and why.
  public struct Change: Hashable, Sendable, Codable {
    /// The machine.
    public let machine: String
    /// Its state before and after.
    public let from, to: String
    /// The guard that let it, as an author writes it.
    public let because: String
  }

  /// A variable that has another value.
  public struct VariableChange: Hashable, Sendable, Codable {
    /// The variable.
    public let variable: String
    /// Its value before and after.
    public let from, to: Datum
  }

  /// Something that became of a commitment.
  public struct Moved: Hashable, Sendable, Codable {
    /// The commitment.
    public let commitment: String
    /// What became of it.
    public let kind: CommitmentChange.Kind
    /// Why, as an author writes it.
    public let because: String
  }

  /// A commitment that a line has to pay.
  public struct Due: Hashable, Sendable, Codable {
    /// The commitment.
    public let commitment: String
    /// What has to happen.
    public let payoff: String
    /// Whether it is too late.
    public let isOverdue: Bool
  }

  /// The name of the instance.
  public let instance: String
  /// The number of the turn, from 1.
  public let number: Int
  /// The side on which the character stood; nil where the event did not concern it.
  public let role: Role?
  /// The machines that went to another state, in order, those by the character's own line last.
  public internal(set) var changes: [Change]
  /// The variables that have another value after the turn than before it, in order.
  public internal(set) var variables: [VariableChange]
  /// What was answered about the event, by the question's name, or its text where it has none.
  public internal(set) var answers: [String: Answer]
  /// The statements that apply and that the budget has room for, in traversal order.
  public let statements: [String]
  /// Those that apply and are left out.
  public let leftOut: [String]
  /// What became of commitments.
  public internal(set) var commitments: [Moved]
  /// What a line has to pay, the most urgent first.
  public let due: [Due]
  /// What the character said; nil where it was silent.
  public internal(set) var line: String?

  /// Whether the event concerned the character at all.
  public var isRelevant: Bool { role != nil }
}

extension InstanceTurn {
  /// What a step came to.
  init(
    of step: Step, from before: Snapshot, given answers: Answers, selection: StatementSelection,
    by instance: Instance
  ) {
    let program = instance.program
    let (grounding, after) = (step.grounding, step.snapshot)
    self.instance = program.character
    number = after.turn
    role = grounding.role
    changes = grounding.changes.map { Change($0, of: instance) }
    variables = Self.variables(from: before, to: after, of: program)
    self.answers = [:]
    for question in answers.answered {
      self.answers[program.questions[question].key] = answers[question]
    }
    statements = selection.statements.map { program.statements[$0.statement] }
    leftOut = selection.leftOut.map { program.statements[$0.statement.statement] }
    commitments = grounding.commitments.map { Moved($0, of: program) }
    due = grounding.due.map { index in
      Due(
        commitment: program.commitments[index].name, payoff: program.commitments[index].payoff,
        isOverdue: program.uncheckedOverdue(index, at: after))
    }
  }

  /// What a line by itself came to, as far as nothing is moved by it.
  init(saying line: String, by instance: Instance) {
    self.instance = instance.name
    number = instance.turn
    role = .active
    (changes, variables, answers, statements, leftOut) = ([], [], [:], [], [])
    (commitments, due) = ([], [])
    self.line = line
  }

  /// Adds what the line of the turn came to.
  mutating func add(_ step: Step, since before: Snapshot, by instance: Instance) {
    changes += step.grounding.changes.map { Change($0, of: instance) }
    variables = Self.variables(from: before, to: step.snapshot, of: instance.program)
    commitments += step.grounding.commitments.map { Moved($0, of: instance.program) }
  }

  private static func variables(
    from before: Snapshot, to after: Snapshot, of program: Program
  ) -> [VariableChange] {
    program.variables.indices.filter { before.variables[$0] != after.variables[$0] }.map { index in
      let variable = program.variables[index]
      return VariableChange(
        variable: variable.name, from: variable.datum(before.variables[index]),
        to: variable.datum(after.variables[index]))
    }
  }
}

extension InstanceTurn.Change {
  fileprivate init(_ fired: FiredTransition, of instance: Instance) {
    let moved = instance.program.machines[fired.machine]
    self.init(
      machine: moved.name, from: moved.states[fired.from].name, to: moved.states[fired.to].name,
      because: instance.kit.reason(for: fired))
  }
}

extension InstanceTurn.Moved {
  fileprivate init(_ change: CommitmentChange, of program: Program) {
    self.init(
      commitment: program.commitments[change.commitment].name, kind: change.kind,
      because: program.reason(for: change))
  }
}
