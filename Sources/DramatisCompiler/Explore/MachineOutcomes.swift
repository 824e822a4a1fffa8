import Dramatis

/// What one machine alone can do at a position, each with the picks that it takes.
///
/// What a machine can do depends only on what its guards read, so what was found is kept for every position
/// that agrees in that.
struct MachineOutcomes {
  /// A transition that fires, or none, and what has to be picked for it.
  struct Outcome: Hashable {
    let transition: Int?
    let picks: [Pick]
    /// Those of the picks that others look at too, by choice.
    let shared: [Pick]

    /// Whether it leads to the same and asks for no more.
    func covers(_ other: Outcome) -> Bool {
      transition == other.transition && shared.allSatisfy(other.shared.contains)
    }
  }

  private struct Reading: Hashable {
    let side: EventSide
    let states: [Int]
    let variables: [Int]
    let commitments: [CommitmentStatus]
    let turn: Int
    let spent: [TransitionPlace]
  }

  /// Index of the machine; nil for whether the event is relevant, where transition 0 stands for yes.
  let machine: Int?
  /// The choices that others look at too.
  var sharedChoices: Set<Int> = []
  private let program: Program
  private let choices: ChoiceProgram
  private let machinesRead: [Int]
  private let variablesRead: [Int]
  private let readsTurn: Bool
  private let readsCommitments: Bool
  private var found: [Reading: [Outcome]] = [:]

  init(of machine: Int?, _ choices: ChoiceProgram) {
    self.machine = machine
    self.choices = choices
    program = machine.map { choices.alone($0) } ?? choices.relevanceAlone
    let reads = program.steppedConditions.flatMap(\.leaves).flatMap(\.reads)
    machinesRead = Set(reads.flatMap(\.machines) + [machine].compactMap(\.self)).sorted()
    variablesRead = Set(reads.compactMap { if case .variable(let index) = $0 { index } else { nil } })
      .sorted()
    readsTurn = reads.contains(.turn)
    readsCommitments = !program.commitments.isEmpty
  }

  /// The choices that its conditions leave open.
  var choicesRead: Set<Int> {
    let guards = program.machines.flatMap(\.transitions).map(\.guardCondition)
    let conditions = machine == nil ? [program.relevance].compactMap(\.self) : guards
    return Set(conditions.flatMap(\.questions).map { choices.choiceOfQuestion[$0] })
  }

  /// All outcomes at a position that differ for others, in a fixed order.
  ///
  /// - Parameter work: Counts what was looked at.
  mutating func outcomes(
    at snapshot: Snapshot, on side: EventSide, within work: inout WorkBudget
  ) -> [Outcome] {
    let key = Reading(
      side: side, states: machinesRead.map { snapshot.states[$0] },
      variables: variablesRead.map { snapshot.variables[$0] },
      commitments: readsCommitments ? snapshot.commitments.map(\.status) : [],
      turn: readsTurn ? snapshot.turn : 0,
      spent: side == .line ? snapshot.spent.filter { $0.machine == machine } : [])
    if let known = found[key] { return known }
    let outcomes = distinct(search(at: snapshot, on: side, within: &work))
    found[key] = outcomes
    return outcomes
  }

  /// Decides one open choice after another; an explicit stack, since a machine may have many questions.
  private func search(
    at snapshot: Snapshot, on side: EventSide, within work: inout WorkBudget
  ) -> [Outcome] {
    let event = side.event(for: program)
    let scene = Scene(event.text ?? "")
    var outcomes: [Outcome] = []
    var waiting: [(picks: [Pick], answers: Answers)] = [([], Answers(for: program))]
    while let (picks, answers) = waiting.popLast() {
      guard work.spend(program.machines.count + (machine.map { program.machines[$0].transitions.count } ?? 1))
      else { break }
      let open = program.uncheckedQuestions(
        at: snapshot, event: event, scene: scene, given: answers, isLine: side == .line)
      guard let question = open.first else {
        let step = program.uncheckedStep(
          from: snapshot, event: event, scene: scene, given: answers, isLine: side == .line)
        let shared = picks.filter { sharedChoices.contains($0.choice) }.sorted { $0.choice < $1.choice }
        outcomes.append(Outcome(transition: transition(step), picks: picks, shared: shared))
        continue
      }
      let choice = choices.choiceOfQuestion[question]
      for option in choices.choices[choice].options(on: side).indices.reversed() {
        let pick = Pick(choice: choice, option: option)
        var next = answers
        choices.give(pick, on: side, to: &next)
        waiting.append((picks + [pick], next))
      }
    }
    return outcomes
  }

  /// What another outcome covers is left out; where there are very many only what is the same.
  private func distinct(_ outcomes: [Outcome]) -> [Outcome] {
    struct Effect: Hashable {
      let transition: Int?
      let shared: [Pick]
    }
    var seen: Set<Effect> = []
    let different = outcomes.filter {
      seen.insert(Effect(transition: $0.transition, shared: $0.shared)).inserted
    }
    guard different.count <= 256 else { return different }
    return different.indices.filter { index in
      !different.indices.contains { $0 != index && different[$0].covers(different[index]) }
    }.map { different[$0] }
  }

  private func transition(_ step: Step) -> Int? {
    machine == nil ? (step.grounding.isRelevant ? 0 : nil) : step.grounding.fired.first?.transition
  }
}

extension EventSide {
  /// An event of this side; what conditions read of it are choices.
  func event(for program: Program) -> Event {
    self == .passive ? Event(text: "") : Event(actor: program.character, text: "")
  }
}

/// How much an exploration may still look at, counted rather than timed, so that it ends the same everywhere.
struct WorkBudget {
  private(set) var left: Int

  init(_ amount: Int) { left = amount }

  /// Whether everything that was wanted could be paid for.
  var isSpent: Bool { left <= 0 }

  mutating func spend(_ amount: Int) -> Bool {
    left -= amount
    return left > 0
  }
}
