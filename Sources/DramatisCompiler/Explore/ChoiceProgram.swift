import Dramatis

/// A program in which everything that the position does not decide is a question, so that it can be chosen.
///
/// - Answers stay questions. Where a guard cannot tell two answers apart only one of them is offered.
/// - `chance(q)` is a question answered yes or no, unless q is 0 or 1.
/// - What a comparison reads of the event is a choice among ``EventValues``, one for the whole turn. A comparison of the
///   event with a variable, or of two parts of the event, is free by itself.
/// - A sampled machine may take every transition that states and variables do not rule out, and may always stay:
///   all of these have a probability above 0.
/// - A machine that carries a belief may have as its most probable state, in every turn, any that its
///   transitions lead to at all; its probabilities may be anything. This is more than can happen.
///
/// So what cannot be reached here cannot be reached. Whether everything that is reached here can be, ``notes`` say.
struct ChoiceProgram {
  /// The program that is stepped: without trees and lines.
  let program: Program
  /// The same with its trees.
  let withTrees: Program
  let choices: [Choice]
  /// For each question of ``program`` the choice that answers it.
  let choiceOfQuestion: [Int]
  /// The turn from which on no condition can tell later ones apart; nil if there is none.
  let turnBound: Int?
  /// In what it allows more than can happen, in sentences.
  let notes: [String]
}

extension ChoiceProgram {
  init(_ source: Program) {
    var builder = ChoiceBuilder(source: source)
    let machines = source.machines.indices.map { builder.machine($0) }
    let relevance = source.relevance.map { builder.withChoices($0) }
    let commitments = source.commitments.map { builder.withChoices($0) }
    let nodes = source.treeNodes.map { node in
      TreeNode(statements: node.statements, gates: node.gates.map { builder.withChoices($0) })
    }
    func program(hasTrees: Bool) -> Program {
      Program(
        character: source.character, aliases: source.aliases, summary: "", voice: "", setting: "",
        greetings: [], examples: [], window: 1, statementBudget: nil, relevance: relevance,
        variables: source.variables,
        questions: builder.questions, machines: machines, topics: hasTrees ? source.topics : [],
        treeNodes: hasTrees ? nodes : [], statements: source.statements, commitments: commitments, lines: [])
    }
    self.program = program(hasTrees: false)
    withTrees = program(hasTrees: true)
    let stepped = self.program.steppedConditions
    (choices, choiceOfQuestion) = builder.choices(
      reduced: AnswerPolarity(of: stepped, count: builder.questions.count))
    turnBound = TurnBound(of: withTrees).bound
    notes = builder.notes
  }

  /// The answers that some picks make.
  func answers(_ picks: [Pick], on side: EventSide) -> Answers {
    var answers = Answers(for: program)
    for pick in picks { give(pick, on: side, to: &answers) }
    return answers
  }

  func give(_ pick: Pick, on side: EventSide, to answers: inout Answers) {
    for reply in choices[pick.choice].options(on: side)[pick.option].replies {
      answers[reply.question] = Answer(reply.truth)
    }
  }

  /// The program with the transitions of one machine only, or of none, for which every event is relevant.
  func alone(_ machine: Int?) -> Program { part(machine, relevance: nil) }

  /// The program without machines: what is left is whether an event is relevant.
  var relevanceAlone: Program { part(nil, relevance: program.relevance) }

  private func part(_ kept: Int?, relevance: Condition?) -> Program {
    let machines = program.machines.enumerated().map { index, machine in
      index == kept
        ? machine : Machine(name: machine.name, kind: machine.kind, states: machine.states, transitions: [])
    }
    return Program(
      character: program.character, aliases: program.aliases, summary: "", voice: "", setting: "",
      greetings: [], examples: [], window: 1, statementBudget: nil, relevance: relevance,
      variables: program.variables,
      questions: program.questions, machines: machines, topics: [], treeNodes: [],
      statements: [], commitments: program.commitments.map(\.frozen), lines: [])
  }
}

/// Something in a turn that neither the program nor the position decides.
public struct Choice: Hashable, Sendable {
  /// What is open.
  public enum Source: Hashable, Sendable {
    /// The answer to `program.questions[i]`.
    case question(Int)
    /// A `chance(…)`, by its site.
    case chance(Int)
    /// Whether a transition of a sampled machine is drawn.
    case draw(machine: Int, transition: Int)
    /// Whether a state of a believed machine becomes the most probable one.
    case belief(machine: Int, state: Int)
    /// A part of the event.
    case field(EventField)
    /// A comparison of an event or a belief with something else, taken as free.
    case comparison(Condition)
  }

  /// One way in which it can go, as answers to the questions of a ``ChoiceProgram``.
  public struct Option: Hashable, Sendable {
    /// A question and what is answered.
    struct Reply: Hashable, Sendable {
      let question: Int
      let truth: Truth
    }

    /// How a reader knows it: an answer or a value of the event.
    public let label: String
    /// The value of the event's part; nil for an absent part and for anything else.
    public let value: Datum?
    let replies: [Reply]
  }

  /// What is open.
  public let source: Source
  let options: [EventSide: [Option]]

  func options(on side: EventSide) -> [Option] { options[side] ?? [] }
}

/// An option that was taken, by the choice's index and its own.
public struct Pick: Hashable, Sendable {
  /// Index of the choice.
  public let choice: Int
  /// Index among the choice's options on the side of the event.
  public let option: Int
}

/// Which answers to a question some conditions, all of them asked only whether they are yes, can tell apart.
///
/// Kleene's `and` and `or` are the least and the greatest. So where a question stands under no `not`, unknown
/// opens what no opens; where it stands under one only, unknown opens what yes opens. A connective that is not
/// monotone leaves nothing out.
struct AnswerPolarity {
  private var isPositive: [Bool]
  private var isNegative: [Bool]

  init(of conditions: [Condition], count: Int) {
    isPositive = [Bool](repeating: false, count: count)
    isNegative = [Bool](repeating: false, count: count)
    for condition in conditions { add(condition, positive: true) }
  }

  private mutating func add(_ condition: Condition, positive: Bool) {
    switch condition {
    case .question(let index):
      if positive { isPositive[index] = true } else { isNegative[index] = true }
    case .not(let condition): add(condition, positive: !positive)
    case .joined(let connective, let conditions):
      for condition in conditions {
        add(condition, positive: positive)
        if !connective.isMonotone { add(condition, positive: !positive) }
      }
    case .constant, .chance, .holds, .compare, .isMember: break
    }
  }

  /// The answers that are worth trying.
  func truths(of question: Int) -> [Truth] {
    isPositive[question] && isNegative[question] ? [.yes, .no, .unknown] : [.yes, .no]
  }
}

/// The turn from which on no condition of a program can tell later turns apart.
struct TurnBound {
  /// Nil where `turn` is read in a way that never settles: in arithmetic or by an effect.
  let bound: Int?

  init(of program: Program) {
    let effects = program.machines.flatMap(\.transitions).flatMap(\.effects)
    guard !effects.flatMap(\.value.atoms).contains(.turn) else {
      bound = nil
      return
    }
    var bound: Int? = 0
    for leaf in program.conditions.flatMap(\.leaves) where leaf.reads.contains(.turn) {
      guard let known = bound, let own = Self.bound(of: leaf, in: program) else {
        bound = nil
        break
      }
      bound = max(known, own)
    }
    self.bound = bound
  }

  /// The greatest value with which a leaf compares `turn` standing alone.
  private static func bound(of leaf: Condition, in program: Program) -> Int? {
    switch leaf {
    case .compare(.turn, _, let other), .compare(let other, _, .turn): greatest(other, in: program)
    case .isMember(.turn, let list):
      list.reduce(0) { known, other in
        guard let known, let own = greatest(other, in: program) else { return nil }
        return max(known, own)
      }
    default: nil
    }
  }

  private static func greatest(_ operand: Operand, in program: Program) -> Int? {
    switch operand {
    case .integer(let value): max(value, 0)
    case .number(let value): value < 1e15 ? Int(max(value, 0)) + 1 : nil
    case .variable(let index): max(program.variables[index].range.upperBound, 0)
    default: nil
    }
  }
}
