import Dramatis

/// How far an ``Explorer`` goes.
public struct ExplorationLimits: Hashable, Sendable {
  /// The most positions that are kept.
  public var positions: Int
  /// The most ways in which one event can go that are looked at.
  public var branches = 20_000
  /// The most guards and joins that are looked at, which bounds the time.
  public var work: Int

  /// The most positions that can be asked for, which bounds the memory.
  public static let mostPositions = 1_000_000
  /// The least work that is allowed, and that for as many positions as are allowed unless said.
  private static let leastWork = 3_000_000

  /// Limits with a bound on positions, with which the work grows.
  ///
  /// - Parameters:
  ///   - positions: The most positions that are kept.
  ///   - usual: For how many positions the least work is meant.
  public init(positions: Int = 2_000, usual: Int = 2_000) {
    self.positions = positions
    work = max(Self.leastWork, Self.leastWork / usual * positions)
  }
}

/// Walks through every position that a character can come to, breadth first.
///
/// A position is the state of every machine, the value of every variable, the status of every commitment and the
/// turn, which counts on only as far as conditions can tell turns apart. In every turn somebody else acts, or the
/// character does, or something happens that is not relevant, or the character answers somebody with a line.
/// Answers, chance and events are free; how machines that carry a belief are treated ``Exploration/notes`` say.
/// Variables that a game sets from outside are not followed.
///
/// What a complete exploration has not reached cannot be reached.
public struct Explorer {
  private let source: Program
  private let choices: ChoiceProgram
  private let limits: ExplorationLimits
  private var finder: SuccessorFinder
  private var exploration: Exploration
  private var indices: [Snapshot: Int] = [:]
  private var closedNodes: Int
  /// The positions in the middle of a turn from which lines were already followed.
  private var answered: Set<Snapshot> = []

  /// The positions after events from which it is known which nodes they open.
  private var opened: Set<Snapshot> = []
  private let goal: ExplorationGoal?
  private let (answersMatter, actionsMatter): (Bool, Bool)

  private init(of program: Program, limits: ExplorationLimits, goal: ExplorationGoal?) {
    self.goal = goal
    source = program
    self.limits = limits
    choices = ChoiceProgram(program)
    finder = SuccessorFinder(choices, branches: limits.branches, work: WorkBudget(limits.work))
    (answersMatter, actionsMatter) = (finder.matters(.line), finder.matters(.active))
    exploration = Exploration(of: program, choices)
    closedNodes = program.treeNodes.count
  }

  /// Explores a program from its initial position.
  ///
  /// - Parameters:
  ///   - program: What to explore.
  ///   - limits: Where to stop.
  ///   - isStopped: Asked before every position; once it says yes, what was found so far is returned.
  /// - Complexity: Exponential in what the conditions read; bounded by the limits.
  public static func explore(
    _ program: Program, limits: ExplorationLimits = ExplorationLimits(), isStopped: () -> Bool = { false }
  ) -> Exploration {
    explore(program, limits: limits, goal: nil, isStopped: isStopped)
  }

  /// - Parameter goal: What is looked for: once all of it was found there is no need to go on; nil for everything.
  static func explore(
    _ program: Program, limits: ExplorationLimits, goal: ExplorationGoal?, isStopped: () -> Bool = { false }
  ) -> Exploration {
    var explorer = Explorer(of: program, limits: limits, goal: goal)
    explorer.run(isStopped)
    return explorer.exploration
  }

  private mutating func run(_ isStopped: () -> Bool) {
    reach(choices.program.initialSnapshot(), from: nil, by: [])
    var next = 0
    while next < exploration.positions.count, !finder.work.isSpent, !isStopped(), !hasFoundAll {
      visit(next)
      next += 1
    }
    exploration.workLeft = finder.work.left
    exploration.end = end(isThrough: next == exploration.positions.count)
  }

  /// - Parameter isThrough: Whether every position was visited.
  private func end(isThrough: Bool) -> ExplorationEnd {
    if isThrough, finder.isExhaustive, !exploration.wasBounded { return .explored }
    if hasFoundAll { return .found }
    if !finder.isExhaustive { return .work }
    return isThrough ? .positions : .stopped
  }

  private var hasFoundAll: Bool { goal.map { $0.isMet(by: exploration) } ?? false }

  private mutating func visit(_ index: Int) {
    let snapshot = exploration.positions[index].snapshot
    reach(snapshot.aged, from: index, by: [])
    for successor in finder.successors(of: snapshot, on: .passive) {
      let turn = [ExploredStep(side: .passive, picks: successor.picks)]
      record(successor.step, in: Exploration.Turn(position: index, steps: turn))
      reach(successor.step.snapshot, from: index, by: turn)
      guard answersMatter, answered.insert(successor.step.snapshot).inserted else { continue }
      for line in finder.successors(of: successor.step.snapshot, on: .line) {
        let answered = turn + [ExploredStep(side: .line, picks: line.picks)]
        record(line.step, in: Exploration.Turn(position: index, steps: answered))
        reach(line.step.snapshot, from: index, by: answered)
      }
    }
    guard actionsMatter else { return }
    for successor in finder.successors(of: snapshot, on: .active) {
      let turn = [ExploredStep(side: .active, picks: successor.picks)]
      record(successor.step, in: Exploration.Turn(position: index, steps: turn))
      reach(successor.step.snapshot, from: index, by: turn)
    }
  }

  private mutating func record(_ step: Step, in turn: Exploration.Turn) {
    for fired in step.grounding.fired where source.machines[fired.machine].kind != .belief {
      if let transition = fired.transition { exploration.fire(transition, of: fired.machine, in: turn) }
    }
    guard step.grounding.role == .passive, closedNodes > 0, opened.insert(step.snapshot).inserted else {
      return
    }
    _ = finder.work.spend(source.treeNodes.count)
    closedNodes -= exploration.open(choices.withTrees.openableNodes(at: step.snapshot), in: turn)
  }

  /// Keeps a position that is new, with the way that led to it first.
  private mutating func reach(_ snapshot: Snapshot, from parent: Int?, by steps: [ExploredStep]) {
    let position = snapshot.comparable(in: choices.program, noLaterThan: choices.turnBound)
    guard indices[position] == nil else { return }
    guard exploration.positions.count < limits.positions else {
      exploration.wasBounded = true
      return
    }
    indices[position] = exploration.positions.count
    exploration.add(position, parent: parent, steps: steps)
  }
}
