import Dramatis

/// Taking parts out of a draft, and with them whatever names them.
extension Draft {
  /// Takes a part out; what leans on it goes with the next ``settle()``.
  mutating func remove(_ item: DraftItem) {
    switch item {
    case .head(let key):
      if key == "voice" { voice = "" }
      if key == "setting" { setting = "" }
      if key == "aliases" { aliases = [] }
      if key == "summary" { facts.removeAll { $0.kind == .constant } }
    case .greeting(let text): greetings.removeAll { $0 == text }
    case .example(let number): if examples.indices.contains(number) { examples.remove(at: number) }
    case .variable(let name): variables.removeAll { $0.name == name }
    case .question(let name): questions.removeAll { $0.name == name }
    case .cue(let question, let text):
      change(question) { question in
        question.cues.removeAll { $0 == text }
        question.counterCues.removeAll { $0 == text }
      }
    case .machine(let name): machines.removeAll { $0.name == name }
    case .state(let machine, let name):
      for index in machines.indices where machines[index].name == machine {
        machines[index].states.removeAll { $0.name == name }
      }
    case .transition(let number):
      for index in machines.indices { machines[index].transitions.removeAll { $0.number == number } }
    case .gate(let topic, let condition):
      statements.removeAll { $0.topic == topic && $0.condition == condition }
    case .statement(let id): statements.removeAll { $0.id == id }
    case .commitment(let name): commitments.removeAll { $0.name == name }
    case .line(let number): if lines.indices.contains(number) { lines.remove(at: number) }
    case .say(let number, let text):
      if lines.indices.contains(number) { lines[number].say.removeAll { $0 == text } }
    }
  }

  /// Changes the question of a name.
  mutating func change(_ question: String, by change: (inout Question) -> Void) {
    for index in questions.indices where questions[index].name == question { change(&questions[index]) }
  }

  /// Takes out whatever names something that is not there, until nothing does.
  ///
  /// - Returns: What went.
  mutating func settle() -> [DraftItem] {
    var gone: [DraftItem] = []
    while let item = dangling {
      remove(item)
      gone.append(item)
    }
    for index in machines.indices {
      for number in machines[index].transitions.indices {
        machines[index].transitions[number].effects.removeAll { effect in
          !variables.contains { $0.name == effect.variable }
        }
      }
    }
    for index in commitments.indices {
      let known = commitments.map(\.name)
      commitments[index].after.removeAll { !known.contains($0) }
    }
    return gone
  }

  /// A part that names what is not there, or says nothing.
  private var dangling: DraftItem? {
    for machine in machines {
      if machine.states.isEmpty { return .machine(machine.name) }
      for transition in machine.transitions {
        let states = transition.from.filter { $0 != "any" } + [transition.to]
        if !states.allSatisfy(machine.hasState) || !knows(transition.condition) {
          return .transition(transition.number)
        }
      }
    }
    if let statement = statements.first(where: { $0.condition.map { !knows($0) } ?? false }) {
      return .statement(statement.id)
    }
    let broken = commitments.first { !knows($0.trigger) || ($0.plant.map { !knows($0) } ?? false) }
    if let broken { return .commitment(broken.name) }
    return lines.indices.first { lines[$0].say.isEmpty || !knows(lines[$0].target) }.map { .line($0) }
  }

  private func knows(_ target: Line.Target) -> Bool {
    switch target {
    case .always: true
    case .statement(let id): statements.contains { $0.id == id }
    case .state(let machine, let state):
      machines.contains { $0.name == machine && $0.hasState(state) }
    }
  }

  /// Takes out questions that nothing asks and variables that nothing reads or sets.
  mutating func removeUnused() -> [DraftItem] {
    var gone: [DraftItem] = []
    while true {
      let conditions =
        machines.flatMap(\.transitions).map(\.condition) + statements.compactMap(\.condition)
        + commitments.flatMap { [$0.trigger] + [$0.plant].compactMap(\.self) }
      let leaves = Set(conditions.flatMap(\.leaves))
      let asked = Set(leaves.compactMap { if case .ask(let name, _) = $0 { name } else { nil } })
      let read = Set(leaves.compactMap { if case .variable(let name, _, _) = $0 { name } else { nil } })
      let set = Set(machines.flatMap(\.transitions).flatMap(\.effects).map(\.variable))
      let unused =
        questions.filter { !asked.contains($0.name) }.map { DraftItem.question($0.name) }
        + variables.filter { !read.contains($0.name) || !set.contains($0.name) }.map { .variable($0.name) }
      guard !unused.isEmpty else { return gone }
      for item in unused { remove(item) }
      gone += unused + settle()
    }
  }
}
