extension Program {
  /// Where the machines go in a step, before any effect.
  struct Movement {
    var fired: [FiredTransition] = []
    var states: [Int]
    var beliefs: [[Double]]
    var distributions: [[Double]]
  }

  /// Moves every machine by what guards read at the start of the step.
  func movement(_ facts: Facts, _ role: Role) -> Movement {
    var movement = Movement(
      states: facts.states, beliefs: facts.beliefs, distributions: machines.map { _ in [] })
    for (index, machine) in machines.enumerated() {
      switch machine.kind {
      case .deterministic: move(index, facts, role, &movement)
      case .belief: believe(index, facts, role, &movement)
      case .sample: sample(index, facts, role, &movement)
      }
    }
    return movement
  }

  /// Takes the first transition out of the current state whose guard is yes.
  private func move(_ index: Int, _ facts: Facts, _ role: Role, _ movement: inout Movement) {
    let state = facts.states[index]
    let first = machines[index].transitions.firstIndex {
      $0.leaves(state, in: role) && $0.guardCondition.truth(facts) == .yes
    }
    if let first { movement.fire(first, machines[index].transitions[first].to, in: index, from: state) }
  }

  /// Carries the distribution on; the most probable state grounds the turn.
  private func believe(_ index: Int, _ facts: Facts, _ role: Role, _ movement: inout Movement) {
    let next = machines[index].belief(after: facts.beliefs[index], facts, role)
    movement.beliefs[index] = next
    movement.distributions[index] = next
    let state = next.mostProbable
    if state != facts.states[index] { movement.fire(nil, state, in: index, from: facts.states[index]) }
  }

  /// Draws the next state from the row of the current one.
  private func sample(_ index: Int, _ facts: Facts, _ role: Role, _ movement: inout Movement) {
    let state = facts.states[index]
    let row = machines[index].row(from: state, facts, role)
    movement.distributions[index] = row.distribution(over: machines[index].states.count)
    if let entry = row.entry(at: facts.drawForMachine(index)), let transition = entry.transition {
      movement.fire(transition, entry.target, in: index, from: state)
    }
  }
}

extension Program.Movement {
  mutating func fire(_ transition: Int?, _ target: Int, in machine: Int, from state: Int) {
    states[machine] = target
    fired.append(FiredTransition(machine: machine, transition: transition, from: state, to: target))
  }
}

extension Transition {
  /// Whether it leads out of a state and is tried in a role.
  func leaves(_ state: Int, in role: Role) -> Bool {
    from.contains(state) && self.role.admits(role)
  }
}

extension Machine {
  /// The belief before the first turn: certainty of `unactivated`; empty unless it carries one.
  var initialBelief: [Double] {
    kind == .belief ? states.indices.map { $0 == 0 ? 1 : 0 } : []
  }

  /// The transitions that are present in the row of a state.
  ///
  /// One is absent when its role does not fit, or when states, variables and constants alone make it no.
  func present(from state: Int, _ facts: Facts, _ role: Role) -> [Int] {
    transitions.indices.filter { index in
      transitions[index].leaves(state, in: role) && !transitions[index].guardCondition.isRuledOut(facts)
    }
  }

  /// The distribution after a step: every state's probability goes where its row says (CPFSM).
  func belief(after belief: [Double], _ facts: Facts, _ role: Role) -> [Double] {
    var next = [Double](repeating: 0, count: belief.count)
    for (state, probability) in belief.enumerated() where probability > 0 {
      for entry in row(from: state, facts, role).entries {
        next[entry.target] += probability * entry.probability
      }
    }
    let sum = next.reduce(0, +)
    return next.map { $0 / sum }
  }

  func row(from state: Int, _ facts: Facts, _ role: Role) -> TransitionRow {
    var weighing = facts
    weighing.weighsChance = true
    let present = present(from: state, facts, role).map {
      (transition: $0, probability: transitions[$0].guardCondition.answer(weighing).probability)
    }
    return TransitionRow(from: state, of: self, present: present)
  }
}
