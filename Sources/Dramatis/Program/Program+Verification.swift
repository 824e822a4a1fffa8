/// The rules that a loaded program must keep so that stepping can trust its indices.
extension Program {
  /// The deepest that trees may nest; bounds the recursion of a traversal.
  package static let maximumTreeDepth = 64
  /// The most states that a machine may have, `unactivated` and `other` included.
  package static let maximumStates = 258
  /// The least and the greatest bias, in log-odds.
  package static let biases = -100.0...100.0
  /// The largest file of a compiled program, in bytes.
  package static let maximumFileBytes = 64 << 20
  /// The most events that a scene may hold.
  package static let maximumWindow = 1000
  /// The least and the most tokens of statements that a performer may be handed.
  package static let statementBudgets = 1...1_000_000
  /// The most turns that a commitment may wait.
  package static let latestDelay = 1_000_000_000
  /// The least and the most payoffs that a line may be asked for.
  package static let payoffLimits = 1...100

  /// Checks every index, bound and tree.
  ///
  /// - Throws: ``ProgramError/invalid(_:)`` at the first broken rule.
  func verify() throws(ProgramError) {
    try require((1...Self.maximumWindow).contains(window), or: "its window is out of bounds")
    try require(
      statementBudget.map(Self.statementBudgets.contains) ?? true, or: "its budget is out of bounds")
    try require(
      payoffLimit.map(Self.payoffLimits.contains) ?? true, or: "its limit of payoffs is out of bounds")
    try verifyNames()
    for variable in variables { try verify(variable) }
    for machine in machines { try verify(machine) }
    try verifyTrees()
    if let relevance { try verify(relevance) }
    for commitment in commitments { try verify(commitment) }
    for line in lines { try verify(line) }
    for greeting in greetings { try verify(greeting) }
    if let telling {
      try require(
        telling.shown.isEmpty || telling.shown.count == variables.count,
        or: "it shows variables that it has not")
      try require(telling.stall.map(Telling.stalls.contains) ?? true, or: "its stall is out of bounds")
      try require(telling.eager.map((0...1).contains) ?? true, or: "its eagerness is out of bounds")
      for text in telling.shown.compactMap(\.self) { try verify(text) }
      try verify(telling.remembered)
      try require(
        telling.memoryBudget.map(Self.statementBudgets.contains) ?? true,
        or: "its budget of what is kept is out of bounds")
    }
    for question in questions { try verify(question) }
    for condition in loreConditions { try verify(condition) }
    for book in lore { try verify(book) }
  }

  private func verify(_ standing: [StandingQuestion]) throws(ProgramError) {
    try require(Set(standing.map(\.name)).count == standing.count, or: "two things to keep have one name")
    for standing in standing {
      try verify(standing.question)
      try require(StandingQuestion.keeps.contains(standing.keeps), or: "it keeps too many quotes, or none")
      try require(
        standing.condition.map(loreConditions.indices.contains) ?? true,
        or: "what is to be kept waits for no condition")
    }
  }

  private func verify(_ book: Lorebook) throws(ProgramError) {
    try require(book.isWithinBounds, or: "a number of its lore is out of bounds")
    try require(
      book.entries.allSatisfy { $0.condition.map(loreConditions.indices.contains) ?? true },
      or: "an entry of lore waits for no condition")
    try require(
      lore.count { $0.name == book.name } == 1 && book.entries.allSatisfy { $0.book == book.name },
      or: "two books of lore have one name")
  }

  private func require(_ holds: Bool, or why: @autoclosure () -> String) throws(ProgramError) {
    guard holds else { throw .invalid(why()) }
  }

  /// One namespace, and one for the states of each machine: whatever is reported by name has one of its own.
  private func verifyNames() throws(ProgramError) {
    let shared =
      variables.map(\.name) + questions.compactMap(\.name) + machines.map(\.name) + commitments.map(\.name)
    try require(Set(shared).count == shared.count, or: "two things have one name")
    for machine in machines {
      try require(
        Set(machine.states.map(\.name)).count == machine.states.count, or: "two states have one name")
    }
  }

  private func verify(_ variable: Variable) throws(ProgramError) {
    if case .integer(let min, let max) = variable.kind {
      try require(min <= max, or: "variable '\(variable.name)' has no values")
    }
    if case .choice(let values) = variable.kind {
      try require(!values.isEmpty, or: "variable '\(variable.name)' has no values")
    }
    try require(
      variable.range.contains(variable.initial), or: "variable '\(variable.name)' starts out of bounds")
  }

  private func verify(_ question: Question) throws(ProgramError) {
    for cue in question.cues + question.counterCues {
      try require((try? Phrase(parsing: cue)) != nil, or: "question '\(question.key)' has a malformed cue")
    }
  }

  private func verify(_ machine: Machine) throws(ProgramError) {
    try require(
      (2...Self.maximumStates).contains(machine.states.count), or: "a machine has too few or too many states")
    let biases = machine.states.map(\.stayBias) + machine.transitions.map(\.bias)
    try require(biases.allSatisfy(Self.biases.contains), or: "a bias is out of bounds")
    if let mixed = machine.mixed {
      try require(machine.kind != .deterministic, or: "a machine that is not probabilistic has a mixed mood")
      try require(mixed > 0 && mixed < 1, or: "the threshold of a mixed mood is no probability")
    }
    for transition in machine.transitions {
      let states = transition.from + [transition.to]
      try require(
        states.allSatisfy(machine.states.indices.contains), or: "machine '\(machine.name)' leads to no state")
      try verify(transition.guardCondition)
      for effect in transition.effects {
        try require(variables.indices.contains(effect.variable), or: "an effect writes no variable")
        try verify(effect.value)
      }
    }
  }

  private func verify(_ commitment: Commitment) throws(ProgramError) {
    try require(commitment.after.allSatisfy(commitments.indices.contains), or: "a commitment waits for none")
    for condition in commitment.conditions { try verify(condition) }
    let checks = CommitmentCheck.allCases.compactMap { commitment.checks?[$0] }
    try require(checks.allSatisfy(questions.indices.contains), or: "a commitment is checked by no question")
    try require(
      (0...Self.latestDelay).contains(commitment.notBefore)
        && commitment.dueWithin.map((0...Self.latestDelay).contains) ?? true,
      or: "a commitment is bound to turns that never come")
    try require(
      commitment.certainty.map(Commitment.certainties.contains) ?? true, or: "a certainty is no probability")
    if let hold = commitment.hold {
      try require(
        Commitment.holdWindows.contains(hold.window) && (1...hold.window).contains(hold.count),
        or: "a commitment holds on no turns")
    }
  }

  private func verify(_ line: AuthoredLine) throws(ProgramError) {
    if let condition = line.condition { try verify(condition) }
    if let statement = line.statement {
      try require(statements.indices.contains(statement), or: "a line waits for no statement")
    }
    for text in line.texts { try verify(text) }
    try require(
      line.unheard.map(AuthoredLine.unheardTurns.contains) ?? true, or: "a line waits for too many turns")
  }

  private func verify(_ text: LineText) throws(ProgramError) {
    for piece in text.pieces {
      switch piece {
      case .variable(let index):
        try require(variables.indices.contains(index), or: "a slot names no variable")
      case .machine(let index): try require(machines.indices.contains(index), or: "a slot names no machine")
      case .words, .user, .character: break
      }
    }
  }
}

extension Program {
  /// Every node is led to once at most and from an earlier one, so that a traversal ends.
  private func verifyTrees() throws(ProgramError) {
    var depths = [Int?](repeating: nil, count: treeNodes.count)
    for topic in topics { try lead(to: topic.root, depth: 1, &depths) }
    for (index, node) in treeNodes.enumerated() {
      guard let depth = depths[index] else { throw .invalid("a node that nothing leads to") }
      try require(node.statements.allSatisfy(statements.indices.contains), or: "a node names no statement")
      for gate in node.gates {
        try verify(gate.condition)
        for next in [gate.then, gate.else, gate.unknown] {
          guard let next else { continue }
          try require(next > index, or: "a gate leads back")
          try lead(to: next, depth: depth + 1, &depths)
        }
      }
    }
  }

  private func lead(to node: Int, depth: Int, _ depths: inout [Int?]) throws(ProgramError) {
    try require(depths.indices.contains(node), or: "a gate leads nowhere")
    try require(depths[node] == nil, or: "two gates lead to one node")
    try require(depth <= Self.maximumTreeDepth, or: "its trees are nested too deeply")
    depths[node] = depth
  }

  private func verify(_ condition: Condition) throws(ProgramError) {
    for leaf in condition.leaves {
      switch leaf {
      case .question(let index):
        try require(questions.indices.contains(index), or: "a condition asks no question")
      case .chance(let probability, _):
        try require((0...1).contains(probability), or: "a chance is no probability")
      case .holds(let operand): try verify(operand)
      case .compare(let left, _, let right): try verify(compared: [left, right])
      case .isMember(let operand, let list): try verify(compared: [operand] + list)
      case .constant, .not, .joined: break
      }
    }
  }

  /// One machine at most: what a comparison can come to is worked out over the states of all it reads.
  private func verify(compared operands: [Operand]) throws(ProgramError) {
    for operand in operands { try verify(operand) }
    try require(Set(operands.flatMap(\.machines)).count <= 1, or: "a comparison reads several machines")
  }

  private func verify(_ operand: Operand) throws(ProgramError) {
    switch operand {
    case .variable(let index):
      try require(variables.indices.contains(index), or: "a condition reads no variable")
    case .choice(let variable, let value):
      try require(variables.indices.contains(variable), or: "a condition reads no variable")
      try require(variables[variable].range.contains(value), or: "a condition names no value")
    case .machine(let index):
      try require(machines.indices.contains(index), or: "a condition reads no machine")
    case .state(let machine, let state):
      try require(machines.indices.contains(machine), or: "a condition reads no machine")
      try require(machines[machine].states.indices.contains(state), or: "a condition names no state")
    case .probability(let machine, let state): try verify(.state(machine: machine, state: state))
    case .commitment(let index):
      try require(commitments.indices.contains(index), or: "a condition reads no commitment")
    case .previous(.machine(let index)): try verify(.machine(index))
    case .previous(.variable(let index)): try verify(.variable(index))
    case .previous(.question(let index)):
      try require(questions.indices.contains(index), or: "a condition asks no question")
    case .negated(let operand), .inverted(let operand): try verify(operand)
    case .arithmetic(let left, _, let right):
      try verify(left)
      try verify(right)
    case .integer, .number, .text, .boolean, .status, .actor, .kind, .data, .turn: break
    }
  }
}
