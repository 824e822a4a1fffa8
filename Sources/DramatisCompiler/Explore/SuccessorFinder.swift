import Dramatis

/// One step that is possible at a position.
struct Successor {
  let picks: [Pick]
  let step: Step
}

/// Finds every step that is possible at a position on one side.
///
/// Each machine is looked at alone; what they do together is what their picks allow together. A pick that no later
/// machine looks at is forgotten, so that answers which lead to the same do not multiply.
struct SuccessorFinder {
  private struct Branch {
    /// The picks that later machines look at, by choice.
    var held: [Pick] = []
    var fired: [Int?] = []
    var picks: [Pick] = []
  }

  private struct BranchKey: Hashable {
    let held: [Pick]
    let fired: [Int?]
  }

  let choices: ChoiceProgram
  private var relevance: MachineOutcomes
  private var machines: [MachineOutcomes]
  /// For each choice the last machine that looks at it; commitments look at theirs in the end.
  private let lastReader: [Int]
  private let branchBound: Int
  /// What a step of all machines is counted as.
  private let stepWork: Int
  /// Whether a position had more branches than the bound.
  private(set) var wasCut = false
  var work: WorkBudget

  init(_ choices: ChoiceProgram, branches: Int, work: WorkBudget) {
    self.choices = choices
    self.work = work
    branchBound = branches
    stepWork =
      choices.program.machines.reduce(1) { $0 + 1 + $1.transitions.count } + choices.program.commitments.count
    relevance = MachineOutcomes(of: nil, choices)
    machines = choices.program.machines.indices.map { MachineOutcomes(of: $0, choices) }
    var lastReader = choices.choices.map { _ in -1 }
    var readers = choices.choices.map { _ in 0 }
    for choice in relevance.choicesRead { readers[choice] += 1 }
    for (index, machine) in machines.enumerated() {
      for choice in machine.choicesRead {
        lastReader[choice] = index
        readers[choice] += 1
      }
    }
    let ofCommitments = choices.program.commitments.flatMap { $0.conditions + $0.paidCheck }
    for question in ofCommitments.flatMap(\.questions) {
      lastReader[choices.choiceOfQuestion[question]] = machines.count
      readers[choices.choiceOfQuestion[question]] = 2
    }
    let shared = Set(readers.indices.filter { readers[$0] > 1 })
    relevance.sharedChoices = shared
    for index in machines.indices { machines[index].sharedChoices = shared }
    self.lastReader = lastReader
  }

  /// Whether the bounds left something out.
  var isExhaustive: Bool { !wasCut && !work.isSpent }

  /// Whether a side can move anything at all.
  func matters(_ side: EventSide) -> Bool {
    side == .passive || choices.program.commitments.contains(where: choices.program.owns)
      || choices.program.machines.flatMap(\.transitions).contains { $0.role != .passive }
  }

  /// Every possible step, each set of fired transitions once for every way in which it matters.
  mutating func successors(of snapshot: Snapshot, on side: EventSide) -> [Successor] {
    var branches = start(at: snapshot, on: side)
    for index in machines.indices where moves(index, at: snapshot, on: side) {
      branches = join(
        branches, with: machines[index].outcomes(at: snapshot, on: side, within: &work), of: index)
    }
    return branches.flatMap { finish($0.picks, at: snapshot, on: side) }
  }

  private func moves(_ machine: Int, at snapshot: Snapshot, on side: EventSide) -> Bool {
    choices.program.machines[machine].transitions.contains {
      $0.from.contains(snapshot.states[machine])
        && ($0.role == .any || ($0.role == .passive) == (side == .passive))
    }
  }

  private mutating func start(at snapshot: Snapshot, on side: EventSide) -> [Branch] {
    guard side == .passive, choices.program.relevance != nil else { return [Branch()] }
    let relevant = relevance.outcomes(at: snapshot, on: side, within: &work).filter { $0.transition != nil }
    return join([Branch()], with: relevant, of: -1)
  }

  private mutating func join(
    _ branches: [Branch], with outcomes: [MachineOutcomes.Outcome], of machine: Int
  ) -> [Branch] {
    var joined: [Branch] = []
    var seen: Set<BranchKey> = []
    for branch in branches {
      for outcome in outcomes {
        guard work.spend(1) else { return joined }
        guard let held = held(by: branch, and: outcome, after: machine) else { continue }
        let fired = branch.fired + [outcome.transition]
        guard seen.insert(BranchKey(held: held, fired: fired)).inserted else { continue }
        if joined.count == branchBound {
          wasCut = true
          return joined
        }
        let picks = outcome.picks.filter { !branch.held.contains($0) }
        joined.append(Branch(held: held, fired: fired, picks: branch.picks + picks))
      }
    }
    return joined
  }

  /// Nil where the two contradict each other.
  private func held(
    by branch: Branch, and outcome: MachineOutcomes.Outcome, after machine: Int
  ) -> [Pick]? {
    var held = branch.held
    for pick in outcome.shared {
      if let known = branch.held.first(where: { $0.choice == pick.choice }) {
        guard known == pick else { return nil }
      } else {
        held.append(pick)
      }
    }
    return held.filter { lastReader[$0.choice] > machine }.sorted { $0.choice < $1.choice }
  }

  /// The step of a branch; what commitments still ask is answered in every way.
  private mutating func finish(
    _ picks: [Pick], at snapshot: Snapshot, on side: EventSide
  ) -> [Successor] {
    let (program, isLine) = (choices.program, side == .line)
    let event = side.event(for: program)
    let scene = Scene(event.text ?? "")
    var successors: [Successor] = []
    var waiting = [picks]
    while let picks = waiting.popLast(), work.spend(stepWork) {
      let answers = choices.answers(picks, on: side)
      let open =
        program.commitments.isEmpty
        ? []
        : program.uncheckedQuestions(at: snapshot, event: event, scene: scene, given: answers, isLine: isLine)
      guard let question = open.first else {
        let step = program.uncheckedStep(
          from: snapshot, event: event, scene: scene, given: answers, isLine: isLine)
        successors.append(Successor(picks: picks, step: step))
        continue
      }
      let choice = choices.choiceOfQuestion[question]
      for option in choices.choices[choice].options(on: side).indices.reversed() {
        waiting.append(picks + [Pick(choice: choice, option: option)])
      }
    }
    return successors
  }
}
