import Dramatis

/// What `/state` and the notes between lines say.
struct ChatReport {
  let program: Program
  /// Whether what is owed is told before it is due and paid.
  var showsDebts = false

  /// Every machine and variable, one a line.
  func state(_ snapshot: Snapshot) -> String {
    let machines = program.machines.indices.flatMap { index in
      let (machine, state) = (program.machines[index], snapshot.states[index])
      let described = machine.states[state].description
      let heading =
        "\(machine.name): \(machine.states[state].name)" + (described.isEmpty ? "" : " — \(described)")
      return [heading] + bars(snapshot.beliefs[index], of: machine)
    }
    let variables = zip(program.variables, snapshot.variables).map { "\($0.name): \($0.text($1))" }
    let told = program.commitments.indices.filter { showsDebts || snapshot.commitments[$0].status == .paid }
    let commitments = told.map { commitment($0, at: snapshot) }
    return (["turn: \(snapshot.turn)"] + machines + variables + commitments).joined(separator: "\n")
  }

  /// A commitment with its flags, and what it owes.
  private func commitment(_ index: Int, at snapshot: Snapshot) -> String {
    let (commitment, progress) = (program.commitments[index], snapshot.commitments[index])
    let flags = [
      program.uncheckedOverdue(index, at: snapshot) ? "overdue" : nil, progress.early == nil ? nil : "early",
    ].compactMap(\.self)
    let status = ([progress.status.rawValue] + flags).joined(separator: ", ")
    let text = progress.status == .triggered ? commitment.payoff : commitment.foreshadow
    return "\(commitment.name): \(status)" + (progress.status.isOpen ? " — \(text)" : "")
  }

  /// The states of the machines that have been activated.
  ///
  /// - Parameter isAlone: Whether nobody else is in the cast, so that whose they are need not be said.
  func status(_ snapshot: Snapshot, isAlone: Bool) -> [StatusLine.State] {
    program.machines.indices.filter { snapshot.states[$0] != 0 }.map { index in
      let machine = program.machines[index]
      return StatusLine.State(
        place: StatusLine.Place(character: program.character, machine: index),
        owner: isAlone ? nil : program.character, machine: machine.name,
        state: machine.states[snapshot.states[index]].name)
    }
  }

  /// A belief as small bars, the states that are possible at all.
  private func bars(_ belief: [Double], of machine: Machine) -> [String] {
    let possible = belief.indices.filter { belief[$0] > 0 }
    let width = possible.map { machine.states[$0].name.count }.max() ?? 0
    let mixture = machine.mixture(of: belief)
    return possible.map { index in
      let (state, probability) = (machine.states[index].name, belief[index])
      let name = state + String(repeating: " ", count: width - state.count)
      let bar = String(repeating: "█", count: Int(probability * 20 + 0.5))
      let mark = mixture.contains(index) ? " mixed" : ""
      return "  \(name) \(Int(probability * 100 + 0.5)) % \(bar)\(mark)"
    }
  }

  /// What the turn moved, one change a line.
  ///
  /// A transition back to the same state is told where it has effects, so that no variable moves unexplained.
  func changes(_ record: TurnRecord) -> [String] {
    let states = record.steps.flatMap(\.step.grounding.fired).compactMap { fired -> String? in
      let machine = program.machines[fired.machine]
      let name = "\(machine.name): \(stateName(of: fired.from, in: fired))"
      if fired.from != fired.to {
        return "\(name) → \(stateName(of: fired.to, in: fired)) because \(because(fired))"
      }
      let hasEffects = fired.transition.map { !machine.transitions[$0].effects.isEmpty } ?? false
      return hasEffects ? "\(name) again because \(because(fired))" : nil
    }
    let variables = program.variables.indices.compactMap { index -> String? in
      let (before, after) = (record.before.variables[index], record.after.variables[index])
      guard before != after else { return nil }
      let variable = program.variables[index]
      return "\(variable.name): \(variable.text(before)) → \(variable.text(after))"
    }
    let told = record.steps.flatMap(\.step.grounding.commitments).filter {
      $0.kind != .written && $0.kind != .missed && (showsDebts || $0.kind == .paid)
    }
    return states + variables + told.map(change)
  }

  /// What became of a commitment, in words.
  private func change(_ change: CommitmentChange) -> String {
    let commitment = program.commitments[change.commitment]
    return switch change.kind {
    case .paid, .early: "\(commitment.name): \(change.kind.text) — \(commitment.payoff)"
    default: "\(commitment.name): \(change.kind.text) because \(program.reason(for: change))"
    }
  }

  private func stateName(of state: Int, in fired: FiredTransition) -> String {
    program.machines[fired.machine].states[state].name
  }

  private func because(_ fired: FiredTransition) -> String {
    program.reason(for: fired)
  }
}

extension CommitmentChange.Kind {
  /// What became of a commitment, as a reader sees it.
  var text: String {
    switch self {
    case .planted: "planted"
    case .written: "the foreshadow was written"
    case .triggered: "due"
    case .paid: "paid"
    case .abandoned: "abandoned"
    case .early: "the payoff came early"
    case .missed: "not paid yet"
    }
  }
}
