import Dramatis

/// What a rule looks at: a program, where its parts stand, and what can be decided about its conditions.
///
/// It never changes; a class, because rules hand it on for every part of a profile.
final class LintContext {
  let program: Program
  /// Those who may use what the file declares: the program, as a story extends it, or all of a story's cast.
  let users: [Program]
  /// The index of the first question that the file declares.
  let firstQuestion: Int
  /// The index of the first commitment that the file declares.
  let firstCommitment: Int
  let file: SourceFile
  let layout: ProfileLayout
  let formulas: ProgramFormulas
  let reach: Reach
  let settings: LintSettings
  /// All that a condition may be in, whether it can come about or not.
  let anything: Worlds
  /// What can come about.
  let reachable: Worlds
  /// The variables of the program that somebody reads; whoever extends it counts them alike.
  let readVariables: Set<Int>
  /// Every condition as written: guards, gates, lines, commitments and relevance.
  let places: [ConditionPlace]

  /// Nil for a story, which has no properties.
  private let propertyCheck: PropertyCheck?

  /// What is known of each property of the profile; explored when it is first asked for.
  private(set) lazy var propertyVerdicts =
    propertyCheck?.verdicts(atMost: settings.positionsBudget) ?? []

  /// Answers from the cues of the program.
  private(set) lazy var cues = CueDiscriminator(for: [program])

  var space: ConditionSpace { formulas.space }

  /// - Parameter user: The program as a story extends it; nil for one that no story shares.
  /// - Returns: Nil for a profile that has errors.
  convenience init?(of compilation: Compilation, usedBy user: Program?, _ settings: LintSettings) {
    guard let program = compilation.program, let root = compilation.root else { return nil }
    self.init(
      of: program, usedBy: [user ?? program], declaring: (0, 0), in: compilation.file, root: root,
      checking: PropertyCheck(compilation.properties, of: program, asking: compilation.questions), settings)
  }

  /// - Parameter program: A member of the cast, with whose eyes the file of the story is looked at.
  convenience init(
    of program: Program, sharing story: Story, in file: SourceFile, root: Node, _ settings: LintSettings
  ) {
    let name = root.questions.first?.key.text
    let question = program.questions.firstIndex { $0.name != nil && $0.name == name }
    let commitment = program.commitments.firstIndex { $0.story != nil }
    self.init(
      of: program, usedBy: story.cast,
      declaring: (question ?? program.questions.count, commitment ?? program.commitments.count),
      in: file, root: root, checking: nil, settings)
  }

  private init(
    of program: Program, usedBy users: [Program], declaring first: (question: Int, commitment: Int),
    in file: SourceFile, root: Node, checking properties: PropertyCheck?, _ settings: LintSettings
  ) {
    self.program = program
    propertyCheck = properties
    self.users = users
    firstQuestion = first.question
    firstCommitment = first.commitment
    self.file = file
    self.settings = settings
    layout = ProfileLayout(of: program, in: root)
    formulas = ProgramFormulas(of: program)
    reach = Reach(of: formulas)
    anything = Worlds(of: formulas.space)
    reachable = reach.worlds(of: formulas.space)
    readVariables = Set(users.flatMap(\.readVariables))
    places =
      ConditionPlaces(
        program: program, layout: layout, formulas: formulas, firstCommitment: first.commitment
      ).all
  }

  /// Whether a profile speaks at all, rather than only keep states for a game that reads them.
  var speaks: Bool { !program.topics.isEmpty || !program.lines.isEmpty }
}

/// Finds where the conditions of a program stand.
private struct ConditionPlaces {
  let program: Program
  let layout: ProfileLayout
  let formulas: ProgramFormulas
  /// The index of the first commitment that the file declares.
  let firstCommitment: Int

  var all: [ConditionPlace] { guardPlaces + gatePlaces + otherPlaces }

  private var guardPlaces: [ConditionPlace] {
    program.machines.enumerated().flatMap { index, machine in
      machine.transitions.indices.compactMap { number in
        layout.guardNode(of: number, in: index).map { node in
          ConditionPlace(
            node: node, formula: formulas.guards[index][number],
            condition: machine.transitions[number].guardCondition, wanted: formulas.firing(index),
            sources: machine.transitions[number].from.map { (index, $0) },
            readsOwnState: formulas.readsOwnState(number, of: index),
            sides: machine.transitions[number].role.sides)
        }
      }
    }
  }

  private var gatePlaces: [ConditionPlace] {
    program.treeNodes.enumerated().flatMap { index, node in
      node.gates.indices.compactMap { number in
        layout.gateNode(number, below: index).map { place in
          ConditionPlace(
            node: place, formula: formulas.gates[index][number], condition: node.gates[number].condition,
            path: formulas.paths[index],
            else: node.gates[number].else.flatMap { _ in layout.branches[index].gates[number][\GateKeys.else]
            },
            sides: [.passive])
        }
      }
    }
  }

  private var otherPlaces: [ConditionPlace] {
    let lines = zip(program.lines, layout.lines).map {
      ($0.condition, $1[\LineKeys.when], [EventSide.passive])
    }
    let declared = zip(program.commitments.dropFirst(firstCommitment), layout.commitments)
    let commitments = declared.filter { program.owns($0.0) }.flatMap { commitment, entry in
      [
        (commitment.trigger, entry.value[\CommitmentKeys.trigger], EventSide.allCases),
        (commitment.plant, entry.value[\CommitmentKeys.plant], EventSide.allCases),
        (commitment.abandonWhen, entry.value[\CommitmentKeys.abandonWhen], EventSide.allCases),
      ]
    }
    let relevance = [(program.relevance, layout.root[\ProfileKeys.relevant], EventSide.allCases)]
    return (relevance + commitments + lines).compactMap { condition, node, sides in
      guard let condition, let node else { return nil }
      return ConditionPlace(
        node: node, formula: formulas.space.formula(condition), condition: condition, sides: sides)
    }
  }
}

/// A condition as it was written, and in what it stands.
struct ConditionPlace {
  let node: Node
  let formula: Formula
  let condition: Condition
  /// The values with which it has its effect.
  var wanted = Outcomes.yes
  /// The machine and the states that it leaves, for a guard.
  var sources: [(machine: Int, state: Int)] = []
  /// Whether a guard reads the state of its own machine.
  var readsOwnState = false
  /// What holds already where it stands, for a gate.
  var path: [Constraint] = []
  /// What is read where a gate is no, as it is written.
  var `else`: Node?
  /// Whose events it is looked at on.
  var sides = EventSide.allCases

  /// The same, whoever's event it is looked at on.
  var onAnySide: ConditionPlace {
    var place = self
    place.sides = EventSide.allCases
    return place
  }

  /// Whether it can have one of some values, where it stands and in some worlds.
  func possibility(of wanted: Outcomes, in worlds: Worlds, over space: ConditionSpace) -> Possibility {
    let constraints = path + [Constraint(formula, is: wanted)]
    let worlds = space.worlds(worlds, on: sides)
    guard let first = sources.first else { return space.possibility(of: constraints, in: worlds) }
    var possibility = Possibility.impossible
    for source in readsOwnState ? sources : [first] {
      let here = worlds.with(source.state, of: source.machine, in: space)
      switch space.possibility(of: constraints, in: here) {
      case .possible: return .possible
      case .undecided: possibility = .undecided
      case .impossible: break
      }
    }
    return possibility
  }
}
