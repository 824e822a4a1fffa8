/// Moving machines by what guards read at the start of the step, and applying what fired afterwards.
extension Stepper {
  @inline(__always)
  mutating func moveMachines(at position: Position, on event: PreparedEvent, given answers: Answers) {
    for index in 0..<flat.machines.count {
      switch flat.machines[index].kind {
      case .deterministic: fireFirst(of: index, at: position, on: event, given: answers)
      case .belief: believe(index, at: position, on: event, given: answers)
      case .sample: sample(index, at: position, on: event, given: answers)
      }
    }
  }

  /// Fires the first transition out of the current state whose guard is yes.
  @inline(__always)
  private mutating func fireFirst(
    of index: Int, at position: Position, on event: PreparedEvent, given answers: Answers
  ) {
    let state = position.cells[index]
    for place in event.candidates(leaving: flat.machines[index].firstState + state) {
      let candidate = event.candidate(place)
      if flat.follow(candidate.way, at: position, on: event, given: answers) == 1 {
        return fire(Int(candidate.transition), of: index, from: state)
      }
    }
  }

  /// Carries the distribution on; the most probable state grounds the turn.
  @inline(never)
  private mutating func believe(
    _ index: Int, at position: Position, on event: PreparedEvent, given answers: Answers
  ) {
    updateBelief(of: index, at: position, on: event, given: answers)
    let states = flat.states(of: index)
    let state = distributions[states].mostProbable - states.lowerBound
    let before = position.cells[index]
    guard state != before else { return }
    note(FiredTransition(machine: index, transition: nil, from: before, to: state, effects: 0..<0))
  }

  /// Draws the next state from the row of the current one.
  @inline(never)
  private mutating func sample(
    _ index: Int, at position: Position, on event: PreparedEvent, given answers: Answers
  ) {
    if let transition = draw(index, at: position, on: event, given: answers) {
      fire(transition, of: index, from: position.cells[index])
    }
  }

  @inline(__always)
  private mutating func fire(_ transition: Int, of machine: Int, from state: Int) {
    let taken = flat.transitions[transition]
    note(
      FiredTransition(
        machine: machine, transition: taken.number, from: state, to: taken.to, effects: taken.effects))
  }

  @inline(__always)
  private mutating func note(_ firing: FiredTransition) {
    firings[firingCount] = firing
    firingCount += 1
  }
}

extension Stepper {
  /// Runs the effects in order on running values, then lets the machines enter their states.
  ///
  /// Effects come first because they read the states before the step. Whether the cells are somebody else's too is
  /// looked at once where no effect needs the whole position.
  @inline(__always)
  func applyFirings(to position: inout Position, on event: PreparedEvent) {
    guard flat.hasOnlySums else { return applyEach(to: &position, on: event) }
    var cells = position.cells.mutableSpan
    for place in 0..<firingCount {
      for effect in firings[place].effects {
        if case .sum(let cell, let addend) = flat.effects[effect].value {
          cells[flat.effects[effect].cell] = flat.effects[effect].held(Arithmetic.plus(cells[cell], addend))
        }
      }
    }
    for place in 0..<firingCount { cells[firings[place].machine] = firings[place].to }
  }

  @inline(never)
  private func applyEach(to position: inout Position, on event: PreparedEvent) {
    for place in 0..<firingCount {
      for effect in firings[place].effects {
        apply(flat.effects[effect], to: &position, on: event)
      }
    }
    for place in 0..<firingCount { position.cells[firings[place].machine] = firings[place].to }
  }

  private func apply(_ effect: FlatEffect, to position: inout Position, on event: PreparedEvent) {
    switch effect.value {
    case .sum(let cell, let addend):
      position.cells[effect.cell] = effect.held(Arithmetic.plus(position.cells[cell], addend))
    case .operand(let operand):
      guard let stored = flat.value(of: operand, at: position, on: event).stored else { return }
      position.cells[effect.cell] = effect.held(stored)
    }
  }

  /// Lets the position have what the distributions say.
  func storeBeliefs(in position: inout Position) {
    for index in 0..<flat.machines.count where flat.machines[index].kind == .belief {
      let machine = flat.machines[index]
      for state in 0..<machine.stateCount {
        position.beliefs[machine.firstBelief + state] = distributions[machine.firstState + state]
      }
    }
  }
}
