import Dramatis

/// What `/state`, `/why` and the notes between lines say.
struct ChatReport {
  let program: Program

  /// Every machine and variable, one a line.
  func state(_ snapshot: Snapshot) -> String {
    let machines = program.machines.indices.flatMap { index in
      let (machine, state) = (program.machines[index], snapshot.states[index])
      let described = machine.states[state].description
      let heading =
        "\(machine.name): \(machine.states[state].name)" + (described.isEmpty ? "" : " — \(described)")
      return [heading] + bars(snapshot.beliefs[index], machine)
    }
    let variables = zip(program.variables, snapshot.variables).map { "\($0.name): \($0.text($1))" }
    return (["turn: \(snapshot.turn)"] + machines + variables).joined(separator: "\n")
  }

  /// A belief as small bars, the states that are possible at all.
  private func bars(_ belief: [Double], _ machine: Machine) -> [String] {
    let possible = zip(machine.states, belief).filter { $0.1 > 0 }
    let width = possible.map(\.0.name.count).max() ?? 0
    return possible.map { state, probability in
      let name = state.name + String(repeating: " ", count: width - state.name.count)
      let bar = String(repeating: "█", count: Int(probability * 20 + 0.5))
      return "  \(name) \(Int(probability * 100 + 0.5)) % \(bar)"
    }
  }

  /// What the turn moved, one change a line.
  ///
  /// A transition back to the same state is told where it has effects, so that no variable moves unexplained.
  func changes(_ record: TurnRecord) -> [String] {
    let states = record.steps.flatMap(\.step.grounding.fired).compactMap { fired -> String? in
      let machine = program.machines[fired.machine]
      let name = "\(machine.name): \(stateName(fired, fired.from))"
      if fired.from != fired.to { return "\(name) → \(stateName(fired, fired.to)) because \(because(fired))" }
      let hasEffects = fired.transition.map { !machine.transitions[$0].effects.isEmpty } ?? false
      return hasEffects ? "\(name) again because \(because(fired))" : nil
    }
    let variables = program.variables.indices.compactMap { index -> String? in
      let (before, after) = (record.before.variables[index], record.after.variables[index])
      guard before != after else { return nil }
      let variable = program.variables[index]
      return "\(variable.name): \(variable.text(before)) → \(variable.text(after))"
    }
    return states + variables
  }

  /// Why the turn went as it did: questions, transitions and statements of both steps.
  func why(_ record: TurnRecord) -> String {
    record.steps.map { step in
      let grounding = step.step.grounding
      let heading = step.event.actor.map { "\($0): " } ?? ""
      let lines =
        ["\(heading)\(step.event.text ?? "(a scene)")"]
        + answers(step) + transitions(step) + statements(grounding)
      return lines.joined(separator: "\n  ")
    }.joined(separator: "\n")
  }

  /// The questions by what was answered and by whom, those that were answered for sure first.
  private func answers(_ step: StepRecord) -> [String] {
    guard step.step.grounding.isRelevant else {
      return ["not relevant to \(program.character): nothing moved"]
    }
    guard !step.replies.isEmpty else { return ["no question was open"] }
    let replies = step.replies.sorted { $0.key < $1.key }
    let sources = Set(replies.map(\.value.source)).sorted()
    let known = [Truth.yes, .no].flatMap { truth in
      sources.compactMap { source in
        group(
          replies.filter { $0.value.answer.truth == truth && $0.value.source == source },
          "\(truth.rawValue) (\(source))")
      }
    }
    let unknown = group(replies.filter { $0.value.answer.truth == .unknown }, "unknown")
    return ["asked in \(step.rounds.count) \(step.rounds.count == 1 ? "round" : "rounds")"] + known
      + [unknown].compactMap(\.self)
  }

  private func group(_ replies: [(key: Int, value: Reply)], _ heading: String) -> String? {
    guard !replies.isEmpty else { return nil }
    return "\(heading): "
      + replies.map { program.questions[$0.key].key + probability($0.value.answer) }.joined(separator: ", ")
  }

  private func probability(_ answer: Answer) -> String {
    answer == Answer(answer.truth) ? "" : " p = \(answer.probability)"
  }

  private func transitions(_ step: StepRecord) -> [String] {
    let grounding = step.step.grounding
    guard grounding.isRelevant else { return [] }
    return program.machines.indices.map { index in
      let machine = program.machines[index]
      guard let fired = grounding.fired.first(where: { $0.machine == index }) else {
        let reason = machine.kind == .deterministic ? "no guard was yes" : "it was weighed so"
        return "\(machine.name): stays \(machine.states[step.step.snapshot.states[index]].name), \(reason)"
      }
      return
        "\(machine.name): \(stateName(fired, fired.from)) → \(stateName(fired, fired.to)) because \(because(fired))"
    }
  }

  private func statements(_ grounding: Grounding) -> [String] {
    grounding.statements.map { "\(program.topics[$0.topic].name): \(program.statements[$0.statement])" }
  }

  private func stateName(_ fired: FiredTransition, _ state: Int) -> String {
    program.machines[fired.machine].states[state].name
  }

  private func because(_ fired: FiredTransition) -> String {
    program.reason(for: fired)
  }
}
