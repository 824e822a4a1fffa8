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
    let relevance = source.relevance.map { builder.freed($0) }
    let commitments = source.commitments.map { builder.freed($0) }
    let nodes = source.treeNodes.map { node in
      TreeNode(statements: node.statements, gates: node.gates.map { builder.freed($0) })
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
      reduced: AnswerDemand(of: stepped, count: builder.questions.count))
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
      statements: [], commitments: program.commitments.map(\.still), lines: [])
  }
}
