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
    flat.relevance = program.relevance.map { compile($0, for: .yes) }
    for (index, machine) in program.machines.enumerated() { compile(machine, at: index) }
    flat.payoffLimit = program.payoffLimit ?? Program.standardPayoffLimit
    for commitment in program.commitments { compile(commitment) }
    compileTrees()
    flat.slotCount = slots.count
  }

  private mutating func layOut() {
    flat.statuses = CommitmentStatus.allCases.map { slots.texts.number(of: $0.rawValue) }
    flat.firstVariable = program.machines.count
    flat.firstCommitment = flat.firstVariable + program.variables.count
    flat.firstPast = flat.firstCommitment + program.commitments.count
    flat.pasts = program.pasts
    flat.firstOnce = flat.firstPast + 2 * flat.pasts.count
    flat.once = program.placesOfOnce
    flat.cellCount = flat.firstOnce + flat.once.count
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
  private mutating func compile(_ machine: Machine, at index: Int) {
    flat.machines.append(
      FlatMachine(
        kind: machine.kind, firstState: flat.stayBiases.count, stateCount: machine.states.count,
        firstBelief: firstBeliefs[index]))
    flat.stayBiases += machine.states.map(\.stayBias)
    var lists = [[FlatCandidate]](repeating: [], count: 2 * machine.states.count)
    for (number, transition) in machine.transitions.enumerated() {
      let once = flat.once.firstIndex(of: TransitionPlace(machine: index, transition: number))
      let candidate = compile(
        transition, at: number, of: machine.kind, cell: once.map { flat.firstOnce + $0 })
      for state in Set(transition.from) {
        for role in Role.allCases where transition.role.admits(role) {
          lists[FlatMachine.list(from: state, in: role)].append(candidate)
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

  /// - Parameter cell: What says whether it has fired in the turn; nil where it may fire again.
  private mutating func compile(
    _ transition: Transition, at number: Int, of kind: Machine.Kind, cell: Int?
  ) -> FlatCandidate {
    let isProbabilistic = kind != .deterministic
    let condition = transition.guardCondition
    let fires =
      cell.map { decide(.cellIsWithin(FlatRange(0...0), cell: Int32($0)), then: .end(1), else: .end(0)) }
      ?? .end(1)
    // In a probabilistic machine a transition is absent only where nothing could make its guard hold.
    let way =
      isProbabilistic
      ? compile(condition, for: ConditionTest(wanted: .no, then: .end(0), otherwise: fires, isSure: true))
      : compile(condition, for: ConditionTest(wanted: .yes, then: fires, otherwise: .end(0)))
    let firstEffect = flat.effects.count
    for effect in transition.effects { compile(effect) }
    if let cell { flat.effects.append(FlatEffect(cell: cell, value: .sum(cell: cell, 0), bounds: 1...1)) }
    let probability = isProbabilistic ? addProbability(of: condition) : -1
    flat.transitions.append(
      FlatTransition(
        number: number, to: transition.to, effects: firstEffect..<flat.effects.count,
        probability: probability, bias: transition.bias))
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
}

extension Program {
  /// The transitions that may fire once a turn only; none where a belief moves instead.
  var placesOfOnce: [TransitionPlace] {
    machines.enumerated().flatMap { index, machine in
      machine.kind == .belief
        ? []
        : machine.transitions.indices.filter { machine.transitions[$0].isOnce }.map {
          TransitionPlace(machine: index, transition: $0)
        }
    }
  }
}

extension FlatCompiler {
  /// Adds a commitment with its conditions.
  private mutating func compile(_ commitment: Commitment) {
    flat.commitments.append(
      FlatCommitment(
        isOwned: commitment.owner.map { names.contains(FoldedName($0)) } ?? true,
        rules: CommitmentRules(commitment),
        plant: compile(commitment.plant ?? .constant(true), for: .yes),
        trigger: compile(commitment.trigger, for: .yes),
        abandon: compile(commitment.abandonWhen ?? .constant(false), for: .yes),
        probability: commitment.certainty == nil ? -1 : addProbability(of: commitment.trigger),
        certainty: commitment.certainty ?? 0, after: commitment.after.map { flat.firstCommitment + $0 },
        priority: commitment.priority, checks: commitment.checks))
  }
}

extension FlatCompiler {
  /// Lays every tree out as one graph: after a node's statements come its gates, and what a gate opens leads
  /// on to the next gate, so that a traversal needs no way back.
  private mutating func compileTrees() {
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
    let unknown = branch(to: gate.unknown, next: next)
    let otherwise = branch(to: gate.else, next: next)
    let then = branch(to: gate.then, next: next)
    return compile(gate.condition, for: ConditionWays(no: otherwise, unknown: unknown, yes: then))
  }

  private mutating func branch(to node: Int?, next: Int32) -> Int32 {
    node.map { compile(node: $0, next: next) } ?? next
  }
}
