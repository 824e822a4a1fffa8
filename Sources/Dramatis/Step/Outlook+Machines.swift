extension Outlook {
  /// The outlook after the machines have moved, as far as the answers decide it.
  ///
  /// - Parameter open: Receives the unanswered questions of live guards, in the order of machines.
  func afterMachines(_ machines: [Machine], program: Program, role: Role, open: inout [Int]) -> Outlook {
    var after = self
    for (index, machine) in machines.enumerated() {
      guard machine.kind == .deterministic else {
        after.weigh(index, machine, from: self, program: program, role: role, open: &open)
        continue
      }
      let live = liveTransitions(of: machine, from: facts.states[index], role: role, open: &open)
      after.states[index] = live.states(from: facts.states[index], in: machine)
      after.apply(live, of: machine, program: program)
    }
    return after
  }

  /// The transitions that can still fire: those up to the first whose guard is surely yes.
  private func liveTransitions(
    of machine: Machine, from state: Int, role: Role, open: inout [Int]
  ) -> LiveTransitions {
    var live = LiveTransitions()
    for (index, transition) in machine.transitions.enumerated()
    where transition.leaves(state, in: role) {
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

  /// Runs the effects where it is decided which transition fires; else leaves what they may write open.
  private mutating func apply(_ live: LiveTransitions, of machine: Machine, program: Program) {
    let decided = live.decided
    for index in live.indices {
      for effect in machine.transitions[index].effects {
        variables[effect.variable] = decided ? value(of: effect, program) : nil
      }
    }
  }

  func value(of effect: Effect, _ program: Program) -> Int? {
    let read = effect.value.variables
    guard read.allSatisfy({ variables[$0] != nil }) else { return nil }
    var running = facts
    for index in read { running.variables[index] = variables[index] ?? 0 }
    return effect.value.value(running).stored(in: program.variables[effect.variable])
      ?? variables[effect.variable]
  }
}

/// The transitions of one machine that can still fire in a step.
private struct LiveTransitions {
  var indices: [Int] = []
  var canStay = true

  /// Whether it is settled which one fires, or that none does.
  var decided: Bool { indices.isEmpty || (indices.count == 1 && !canStay) }

  func states(from current: Int, in machine: Machine) -> [Int] {
    let targets = indices.map { machine.transitions[$0].to }
    return Set(canStay ? targets + [current] : targets).sorted()
  }
}

extension Value {
  /// The value as a variable stores it, clamped to its bounds; nil where nothing can be assigned.
  func stored(in variable: Variable) -> Int? {
    switch self {
    case .integer(let value): variable.clamped(value)
    case .boolean(let value): variable.clamped(value ? 1 : 0)
    default: nil
    }
  }
}
