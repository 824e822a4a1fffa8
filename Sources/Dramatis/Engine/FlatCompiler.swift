/// Makes the tables of a sound program.
struct FlatCompiler {
  let program: Program
  /// The character's name and aliases; the program finds them only once its flat form is there.
  let names: Set<FoldedName>
  private(set) var firstBeliefs: [Int] = []
  var flat = FlatParts()
  var slots = SlotTable()

  init(_ program: Program) {
    self.program = program
    names = Set(([program.character] + program.aliases).map(FoldedName.init))
  }

  mutating func compile() {
    layOut()
    flat.relevance = program.relevance.map { compile($0, wanting: .yes, then: .end(1), else: .end(0)) }
    for (index, machine) in program.machines.enumerated() { compile(machine, index) }
    flat.payoffLimit = program.payoffLimit ?? Program.standardPayoffLimit
    for commitment in program.commitments { compile(commitment) }
    compileTrees()
    flat.slotCount = slots.count
  }

  private mutating func layOut() {
    flat.statuses = CommitmentStatus.allCases.map { slots.texts.number(of: $0.rawValue) }
    flat.firstVariable = program.machines.count
    flat.firstCommitment = flat.firstVariable + program.variables.count
    flat.cellCount = flat.firstCommitment + program.commitments.count
    for machine in program.machines {
      firstBeliefs.append(flat.beliefCount)
      flat.beliefCount += machine.initialBelief.count
    }
  }

  /// Adds a decision and gives the way to it.
  mutating func decide(_ test: Decision.Test, then yes: Int32, else no: Int32) -> Int32 {
    flat.decisions.append(Decision(test: test, yes: yes, no: no))
    return Int32(flat.decisions.count - 1)
  }
}

extension Int32 {
  /// The way that is an end.
  static func end(_ number: Int) -> Int32 { ~Int32(number) }
}

extension FlatCompiler {
  /// Adds a machine with the candidates that leave each of its states.
  mutating func compile(_ machine: Machine, _ index: Int) {
    flat.machines.append(
      FlatMachine(
        kind: machine.kind, firstState: flat.stayBiases.count, stateCount: machine.states.count,
        firstBelief: firstBeliefs[index]))
    flat.stayBiases += machine.states.map(\.stayBias)
    var lists = [[FlatCandidate]](repeating: [], count: 2 * machine.states.count)
    for (number, transition) in machine.transitions.enumerated() {
      let candidate = compile(transition, number, machine.kind)
      for state in Set(transition.from) {
        for role in Role.allCases where transition.role.admits(role) {
          lists[FlatMachine.list(from: state, role)].append(candidate)
        }
      }
    }
    if machine.kind != .deterministic {
      flat.longestRow = max(flat.longestRow, 1 + (lists.map(\.count).max() ?? 0))
    }
    for list in lists {
      flat.candidates += list
      flat.listStarts.append(flat.candidates.count)
    }
  }

  private mutating func compile(
    _ transition: Transition, _ number: Int, _ kind: Machine.Kind
  ) -> FlatCandidate {
    let isWeighed = kind != .deterministic
    let condition = transition.guardCondition
    let way =
      isWeighed
      ? compile(condition, wanting: .no, surely: true, then: .end(0), else: .end(1))
      : compile(condition, wanting: .yes, then: .end(1), else: .end(0))
    let firstEffect = flat.effects.count
    for effect in transition.effects { compile(effect) }
    let weight = isWeighed ? weigh(condition) : -1
    flat.transitions.append(
      FlatTransition(
        number: number, to: transition.to, effects: firstEffect..<flat.effects.count, weight: weight,
        bias: transition.bias))
    return FlatCandidate(way: way, transition: Int32(flat.transitions.count - 1))
  }

  private mutating func compile(_ effect: Effect) {
    let cell = flat.firstVariable + effect.variable
    let bounds = program.variables[effect.variable].range
    if let constant = integer(effect.value) {
      let only = min(max(constant, bounds.lowerBound), bounds.upperBound)
      flat.effects.append(FlatEffect(cell: cell, value: .sum(cell: cell, 0), bounds: only...only))
    } else {
      flat.effects.append(FlatEffect(cell: cell, value: assigned(effect.value), bounds: bounds))
    }
  }

  private mutating func assigned(_ operand: Operand) -> FlatEffect.Value {
    if case .arithmetic(let left, let operation, let right) = operand, let cell = cell(left),
      let value = integer(right), let addend = operation.addend(value)
    {
      return .sum(cell: Int(cell), addend)
    }
    return .operand(place(of: operand))
  }

  /// Adds a condition to the table of weights.
  mutating func weigh(_ condition: Condition) -> Int32 {
    let weight = weight(condition)
    flat.weights.append(weight)
    return Int32(flat.weights.count - 1)
  }

  private mutating func weight(_ condition: Condition) -> FlatWeight {
    switch condition {
    case .constant(let value): .constant(value ? 1 : 0)
    case .question(let index): .question(Int32(index))
    case .chance(let probability, _): .constant(probability)
    case .holds(let operand): .holds(place(of: operand))
    case .compare(let left, let comparison, let right):
      .compares(add(place(of: left), comparison, place(of: right)))
    case .isMember(let operand, let list): weight(operand, of: list)
    case .not(let inner): .inverted(weigh(inner))
    case .all(let parts): list(parts.map { weigh($0) }) { .least(first: $0, count: $1) }
    case .any(let parts): list(parts.map { weigh($0) }) { .greatest(first: $0, count: $1) }
    }
  }

  private mutating func weight(_ operand: Operand, of list: [Operand]) -> FlatWeight {
    let left = place(of: operand)
    var parts: [Int32] = []
    for right in list {
      flat.weights.append(.compares(add(left, .equal, place(of: right))))
      parts.append(Int32(flat.weights.count - 1))
    }
    return self.list(parts) { .greatest(first: $0, count: $1) }
  }

  private mutating func list(_ parts: [Int32], _ make: (Int32, Int32) -> FlatWeight) -> FlatWeight {
    flat.weightLists += parts
    return make(Int32(flat.weightLists.count - parts.count), Int32(parts.count))
  }
}

extension Arithmetic {
  /// What adding comes to the same as combining with a value, at the ends of Int's range too.
  fileprivate func addend(_ value: Int) -> Int? {
    switch self {
    case .plus: value
    case .minus: value == .min ? nil : -value
    case .times, .dividedBy: nil
    }
  }
}

extension FlatCompiler {
  /// Adds a commitment with its conditions.
  mutating func compile(_ commitment: Commitment) {
    flat.commitments.append(
      FlatCommitment(
        isOwned: commitment.owner.map { names.contains(FoldedName($0)) } ?? true,
        rules: CommitmentRules(commitment),
        plant: way(commitment.plant ?? .constant(true)), trigger: way(commitment.trigger),
        abandon: way(commitment.abandonWhen ?? .constant(false)),
        weight: commitment.certainty == nil ? -1 : weigh(commitment.trigger),
        certainty: commitment.certainty ?? 0, after: commitment.after.map { flat.firstCommitment + $0 },
        priority: commitment.priority, checks: commitment.checks))
  }

  private mutating func way(_ condition: Condition) -> Int32 {
    compile(condition, wanting: .yes, then: .end(1), else: .end(0))
  }
}

extension FlatCompiler {
  /// Lays every tree out as one graph: after a node's statements come its gates, and what a gate opens leads
  /// on to the next gate, so that a traversal needs no way back.
  mutating func compileTrees() {
    for topic in program.topics {
      let before = flat.statements.count
      flat.topics.append(compile(node: topic.root, next: .end(0)))
      flat.statementCounts.append(flat.statements.count - before)
    }
  }

  private mutating func compile(node index: Int, next: Int32) -> Int32 {
    let node = program.treeNodes[index]
    let way = node.gates.reversed().reduce(next) { compile($1, next: $0) }
    guard !node.statements.isEmpty else { return way }
    let first = flat.statements.count
    flat.statements += node.statements
    flat.stops.append(FlatStop(statements: first..<flat.statements.count, way: way))
    return .end(flat.stops.count)
  }

  private mutating func compile(_ gate: Gate, next: Int32) -> Int32 {
    let unknown = branch(gate.unknown, next)
    let otherwise = branch(gate.else, next)
    let then = branch(gate.then, next)
    let rest = compile(gate.condition, wanting: .no, then: otherwise, else: unknown)
    return compile(gate.condition, wanting: .yes, then: then, else: rest)
  }

  private mutating func branch(_ node: Int?, _ next: Int32) -> Int32 {
    node.map { compile(node: $0, next: next) } ?? next
  }
}
