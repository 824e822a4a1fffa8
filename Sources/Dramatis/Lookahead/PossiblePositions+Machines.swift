extension PossiblePositions {
  /// The possible positions after the machines have moved, as far as the answers decide it.
  ///
  /// - Parameter open: Receives the unanswered questions of live guards, in the order of machines.
  func afterMachines(of program: Program, role: Role, open: inout [Int]) -> PossiblePositions {
    var after = self
    for (index, machine) in program.machines.enumerated() {
      guard machine.kind == .deterministic else {
        after.moveProbabilistically(index, of: program, before: self, open: &open)
        continue
      }
      let live = liveTransitions(of: index, in: machine, role: role, open: &open)
      after.states[index] = live.states(from: facts.states[index], in: machine)
      after.run(live.indices.map { machine.transitions[$0] }, canStay: live.canStay, program: program)
    }
    return after
  }

  /// The transitions that can still fire: those up to the first whose guard is surely yes.
  private func liveTransitions(
    of place: Int, in machine: Machine, role: Role, open: inout [Int]
  ) -> LiveTransitions {
    var live = LiveTransitions()
    for (index, transition) in machine.transitions.enumerated()
    where transition.leaves(facts.states[place], in: role)
      && !facts.spent.contains(TransitionPlace(machine: place, transition: index))
    {
      collect(from: transition.guardCondition, demand: .yes, into: &open)
      let outcomes = outcomes(of: transition.guardCondition)
      if outcomes.contains(.yes) { live.indices.append(index) }
      if outcomes == .yes {
        live.canStay = false
        break
      }
    }
    return live
  }

  /// Follows the effects of every transition that can still fire.
  mutating func run(_ transitions: [Transition], canStay: Bool, program: Program) {
    let ends = transitions.map { variables(after: $0, in: program) } + (canStay ? [variables] : [])
    for index in Set(transitions.flatMap(\.effects).map(\.variable)) {
      let values = ends.map { $0[index] }
      variables[index] = values.contains(nil) ? nil : Set(values.compactMap(\.self).joined()).sorted()
    }
  }

  /// What the variables can be after the effects of a transition, each of which reads running values.
  private func variables(after transition: Transition, in program: Program) -> [[Int]?] {
    var running = self
    for effect in transition.effects {
      running.variables[effect.variable] = running.values(of: effect, in: program)
    }
    return running.variables
  }

  /// What an effect can assign; where it can assign nothing the variable keeps what it had.
  private func values(of effect: Effect, in program: Program) -> [Int]? {
    guard let worlds = worlds(over: [effect.value]) else { return nil }
    var values: Set<Int> = []
    for world in worlds {
      if let value = effect.value.value(world).stored {
        values.insert(program.variables[effect.variable].clamped(value))
      } else {
        guard let kept = variables[effect.variable] else { return nil }
        values.formUnion(kept)
      }
    }
    return values.sorted()
  }
}

/// The transitions of one machine that can still fire in a step.
private struct LiveTransitions {
  var indices: [Int] = []
  var canStay = true

  func states(from current: Int, in machine: Machine) -> [Int] {
    let targets = indices.map { machine.transitions[$0].to }
    return Set(canStay ? targets + [current] : targets).sorted()
  }
}
