extension Program {
  /// What a condition can come to in a turn, wherever the character stands and whatever is answered.
  ///
  /// More than can happen: what no event leads to is not seen. That parts of a condition exclude each other is, as far as
  /// what they read in common has few values.
  ///
  /// - Parameters:
  ///   - turn: The number of the turn.
  ///   - statuses: The statuses that each commitment may have.
  /// - Returns: Whether it can be yes, and whether it can be anything else.
  package func possibilities(
    of condition: Condition, turn: Int, statuses: [[CommitmentStatus]]
  ) -> (yes: Bool, other: Bool) {
    let facts = Facts(
      initialSnapshot(), turn: turn, event: Event(), role: .passive, answers: Answers(for: self))
    var possible = PossiblePositions(facts)
    possible.states = machines.map { Array($0.states.indices) }
    possible.variables = variables.map { $0.range.count <= 64 ? Array($0.range) : nil }
    possible.beliefs = machines.map { $0.kind == .belief ? nil : [] }
    possible.statuses = statuses
    let outcomes = possible.separated(by: condition).reduce(into: Outcomes()) { all, one in
      all.formUnion(one.possibilities(of: condition))
    }
    return (outcomes.contains(.yes), outcomes != .yes)
  }
}

extension PossiblePositions {
  /// How many combinations of what several parts of a condition read are looked at one by one.
  private static let mostSeparated = 1024

  /// The same positions one by one in all that several parts of a condition read, so that `mood == calm and mood == angry`
  /// is seen to be never yes; what has too many values stays together.
  fileprivate func separated(by condition: Condition) -> [PossiblePositions] {
    let leaves = condition.leaves
    var all = [self]
    func separate<Value>(over values: [Value], by set: (inout PossiblePositions, Value) -> Void) {
      guard !values.isEmpty, all.count * values.count <= Self.mostSeparated else { return }
      all = all.flatMap { positions in
        values.map { value in
          var one = positions
          set(&one, value)
          return one
        }
      }
    }
    for machine in Self.repeated(leaves.map { $0.ownOperands.flatMap(\.machines) }) {
      separate(over: states[machine]) { $0.states[machine] = [$1] }
    }
    for variable in Self.repeated(leaves.map { $0.ownOperands.flatMap(\.variables) }) {
      separate(over: variables[variable] ?? []) { $0.variables[variable] = [$1] }
    }
    for commitment in Self.repeated(leaves.map { $0.ownOperands.flatMap(\.commitments) }) {
      separate(over: statuses[commitment]) { $0.statuses[commitment] = [$1] }
    }
    for question in Self.repeated(leaves.map(\.questions)) {
      separate(over: [Truth.yes, .no, .unknown]) { $0.facts.answers[question] = Answer($1) }
    }
    return all
  }

  /// What stands in more than one of some lists, ascending.
  private static func repeated(_ lists: [[Int]]) -> [Int] {
    var (seen, repeated): (Set<Int>, Set<Int>) = ([], [])
    for index in lists.flatMap({ Set($0) }) where !seen.insert(index).inserted { repeated.insert(index) }
    return repeated.sorted()
  }
}

extension PossiblePositions {
  /// The outcomes where the event is free too.
  fileprivate func possibilities(of condition: Condition) -> Outcomes {
    switch condition {
    case .not(let condition): return possibilities(of: condition).inverted
    case .joined(let connective, let conditions):
      return conditions.reduce(Outcomes(connective.neutral)) {
        $0.joined(by: connective, with: possibilities(of: $1))
      }
    case .chance(let probability, _):
      return probability <= 0 ? .no : probability >= 1 ? .yes : [.yes, .no]
    case .constant, .question, .holds, .compare, .isMember:
      let isFree = condition.ownOperands.contains { $0.readsEvent && $0 != .turn || $0.readsPast }
      return isFree ? .all : outcomes(of: condition)
    }
  }
}

extension Condition {
  /// The turns around which what it says of the turn can change.
  package var turnsNamed: [Int] {
    leaves.map(\.ownOperands).filter { $0.contains(.turn) }.joined().compactMap {
      if case .integer(let turn) = $0 { turn } else { nil }
    }
  }

  /// Whether it reads the turn in another way than by comparing it with numbers.
  package var computesTurn: Bool {
    leaves.map(\.ownOperands).contains { operands in
      let readsTurn = operands.contains { $0.atoms.contains(.turn) }
      return readsTurn
        && !operands.allSatisfy { if case .integer = $0 { true } else { $0 == .turn } }
    }
  }
}

extension Program {
  /// The nodes of trees that some answers open once the machines have moved to a position.
  ///
  /// The position alone decides; two gates that can each be opened count as opened even where no answers open
  /// both.
  package func openableNodes(at snapshot: Snapshot) -> [Int] {
    let facts = Facts(
      snapshot, turn: snapshot.turn, event: Event(), role: .passive, answers: Answers(for: self))
    let possible = PossiblePositions(facts)
    return nodes(below: topics.map(\.root)) { gate in
      let outcomes = possible.outcomes(of: gate.condition)
      return [
        outcomes.contains(.yes) ? gate.then : nil, outcomes.contains(.no) ? gate.else : nil,
        outcomes.contains(.unknown) ? gate.unknown : nil,
      ]
    }
  }

  /// The nodes of trees that a step has read, in no promised order.
  ///
  /// - Parameters:
  ///   - step: What came of the event.
  ///   - event: What happened.
  ///   - answers: What the step was given.
  package func openedNodes(in step: Step, event: Event, given answers: Answers) -> [Int] {
    guard step.grounding.role == .passive else { return [] }
    let facts = Facts(
      step.snapshot, turn: step.snapshot.turn, event: event, role: .passive, answers: answers,
      isStepped: true)
    return nodes(below: activeTopics(event).map { topics[$0].root }) { gate in
      [gate.node(for: gate.condition.truth(facts))]
    }
  }

  private func nodes(below roots: [Int], opening: (Gate) -> [Int?]) -> [Int] {
    var opened: [Int] = []
    var waiting = roots
    while let node = waiting.popLast() {
      opened.append(node)
      for gate in treeNodes[node].gates { waiting += opening(gate).compactMap(\.self) }
    }
    return opened
  }
}
