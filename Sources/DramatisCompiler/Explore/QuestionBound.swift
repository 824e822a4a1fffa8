import Dramatis

/// The most questions and rounds that a turn can need, by the logic alone.
///
/// *Questions* are counted where they can be open together: of a machine those of the guards that leave one state,
/// of a gate its own and those of its greatest branch; a question is asked once a step, however often it is named, so
/// no step can ask more than it names at all. *Rounds* follow the depth: relevance, then all guards together, then
/// gate below gate; a gate that reads states or variables opens after the guards, and lines come last. The
/// character's own line is a step of its own, with rounds of its own.
///
/// Both are upper bounds: answers that exclude each other are counted together.
public struct QuestionBound: Hashable, Sendable {
  /// The most questions about the event.
  public let eventQuestions: Int
  /// The most questions that choose among authored lines, asked after those about the event.
  public let lineQuestions: Int
  /// The most questions about the character's own line.
  public let ownQuestions: Int
  /// The most rounds about the event.
  public let eventRounds: Int
  /// The rounds that choose among authored lines, 0 or 1.
  public let lineRounds: Int
  /// The most rounds about the character's own line.
  public let ownRounds: Int

  /// The most questions of a turn.
  public var questions: Int { eventQuestions + lineQuestions + ownQuestions }
  /// The most rounds of a turn.
  public var rounds: Int { eventRounds + lineRounds + ownRounds }

  /// Bounds what a turn of a program can ask.
  ///
  /// - Parameter partners: How many partners an event may name; nil for all that the program has.
  public init(of program: Program, partners: Int? = 1) {
    let passive = QuestionCounter(program: program, role: .passive)
    let own = QuestionCounter(program: program, role: .active)
    let topics = passive.topics(partners: partners)
    let first = Set(program.relevance?.questions ?? []).count
    let trees = passive.count(ofTrees: topics)
    let ofCommitments = passive.commitmentQuestions
    let ofLore = Set(program.loreConditions.flatMap(\.questions))
    let remembered = Set(program.rememberedQuestions)
    let named = remembered.union(
      (program.relevance?.questions ?? []) + passive.guardQuestions + ofCommitments
        + passive.questions(inTrees: topics) + ofLore)
    let lines = Set(program.lines.compactMap(\.condition).flatMap(\.questions))
    eventQuestions = min(
      first + remembered.count + passive.guards + Set(ofCommitments).count + trees + ofLore.count, named.count
    )
    lineQuestions = lines.count
    ownQuestions = min(
      own.guards + own.checks.count + Set(ofCommitments).count,
      Set(own.guardQuestions + own.checks + ofCommitments).count)
    let start = first > 0 ? 1 : 0
    let moved = passive.rounds(ofCommitmentsAfter: start + (passive.guardQuestions.isEmpty ? 0 : 1))
    eventRounds = max(passive.rounds(afterRelevance: start, topics), ofLore.isEmpty ? 0 : moved + 1)
    lineRounds = lines.isEmpty ? 0 : 1
    ownRounds = max(
      own.checks.isEmpty ? 0 : 1, own.rounds(ofCommitmentsAfter: own.guardQuestions.isEmpty ? 0 : 1))
  }
}

/// Counts what can be open in one step on one side.
private struct QuestionCounter {
  let program: Program
  let role: Role

  private func takesPart(_ transition: Transition) -> Bool {
    transition.role == .any || (transition.role == .passive) == (role == .passive)
  }

  /// Every question of a guard that can be tried on this side.
  var guardQuestions: [Int] {
    program.machines.flatMap(\.transitions).filter(takesPart).flatMap(\.guardCondition.questions)
  }

  /// Every question of the commitments that the character pays.
  var commitmentQuestions: [Int] {
    program.commitments.filter(program.owns).flatMap(\.conditions).flatMap(\.questions)
  }

  /// What can be asked about one line: of each commitment whether it was planted and early, or paid.
  var checks: [Int] {
    program.commitments.filter(program.owns).flatMap { commitment -> [Int] in
      let checks = commitment.checks
      let before = [checks?.planted, checks?.early].compactMap(\.self)
      return before.isEmpty ? [checks?.paid].compactMap(\.self) : before
    }
  }

  /// The most questions of guards that can be open at once.
  var guards: Int {
    let machines = program.machines.map { machine in
      // A belief may give a probability to every state, so that all of them are left at once.
      let groups =
        machine.kind == .belief
        ? [machine.transitions]
        : machine.states.indices.map { state in machine.transitions.filter { $0.from.contains(state) } }
      return groups.map { Set($0.filter(takesPart).flatMap(\.guardCondition.questions)).count }.max() ?? 0
    }
    return min(machines.reduce(0, +), Set(guardQuestions).count)
  }

  /// The topics that one event can have read: those of nobody, and the largest of as many partners.
  func topics(partners: Int?) -> [[Int]] {
    let general = program.topics.indices.filter { program.topics[$0].partner == nil }
    var groups: [(name: FoldedName, topics: [Int])] = []
    for (index, topic) in program.topics.enumerated() {
      guard let name = topic.partner.map(FoldedName.init) else { continue }
      if let known = groups.firstIndex(where: { $0.name == name }) {
        groups[known].topics.append(index)
      } else {
        groups.append((name, [index]))
      }
    }
    guard let partners else { return [general + groups.flatMap(\.topics)] }
    return partners == 0 || groups.isEmpty ? [general] : groups.map { general + $0.topics }
  }

  /// Every question of the trees of one of the sets of topics, whichever it is.
  func questions(inTrees topics: [[Int]]) -> [Int] {
    topics.flatMap(\.self).flatMap { program.nodes(below: program.topics[$0].root) }
      .flatMap { program.treeNodes[$0].gates.flatMap(\.condition.questions) }
  }

  func count(ofTrees topics: [[Int]]) -> Int {
    topics.map { set in
      let counted = set.reduce(0) { $0 + count(below: program.topics[$1].root) }
      return min(counted, Set(questions(inTrees: [set])).count)
    }.max() ?? 0
  }

  /// The depth of a program's trees is bounded, so the recursion is.
  private func count(below node: Int) -> Int {
    program.treeNodes[node].gates.reduce(0) { sum, gate in
      let branches = [gate.then, gate.else, gate.unknown].compactMap(\.self)
      let largest = branches.map { count(below: $0) }.max() ?? 0
      return sum + Set(gate.condition.questions).count + largest
    }
  }

  func rounds(afterRelevance first: Int, _ topics: [[Int]]) -> Int {
    let isAsked = !guardQuestions.isEmpty || !program.rememberedQuestions.isEmpty
    let guards = rounds(ofCommitmentsAfter: first + (isAsked ? 1 : 0))
    return topics.flatMap(\.self).reduce(guards) { deepest, topic in
      max(deepest, rounds(below: program.topics[topic].root, from: first, guards))
    }
  }

  /// A trigger may have to wait for the guards whose states it reads, and for the plant of its own commitment.
  func rounds(ofCommitmentsAfter guards: Int) -> Int {
    let own = program.commitments.filter(program.owns)
    guard own.contains(where: { !$0.conditions.flatMap(\.questions).isEmpty }) else { return guards }
    return guards + (own.contains { $0.plant?.questions.isEmpty == false } ? 2 : 1)
  }

  private func rounds(below node: Int, from start: Int, _ guards: Int) -> Int {
    program.treeNodes[node].gates.reduce(start) { deepest, gate in
      let asked = start + (gate.condition.questions.isEmpty ? 0 : 1)
      let decided = gate.condition.readsPosition ? max(asked, guards) : asked
      let branches = [gate.then, gate.else, gate.unknown].compactMap(\.self)
      return branches.reduce(max(deepest, asked)) { max($0, rounds(below: $1, from: decided, guards)) }
    }
  }
}

extension Condition {
  /// Whether it reads what a step changes.
  fileprivate var readsPosition: Bool {
    leaves.flatMap(\.reads).contains { operand in
      switch operand {
      case .variable, .machine, .probability, .commitment, .previous: true
      default: false
      }
    }
  }
}
