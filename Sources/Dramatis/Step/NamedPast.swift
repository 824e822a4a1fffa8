/// What a character keeps of the step before by names, as a part of a ``NamedSnapshot``.
struct NamedPast: Hashable, Sendable, Codable {
  /// The states that machines were in.
  let states: [String: String]
  /// The values that variables had.
  let variables: [String: Datum]
  /// The questions that were yes before the step, by name or by text.
  let before: [String]
  /// The questions that are yes since it.
  let now: [String]
}

extension NamedPast {
  init(_ memory: Memory, in program: Program) {
    var (states, variables): ([String: String], [String: Datum]) = ([:], [:])
    var before: [String] = []
    for (past, value) in memory.values {
      switch past {
      case .machine(let index):
        states[program.machines[index].name] = program.machines[index].states[value].name
      case .variable(let index):
        variables[program.variables[index].name] = program.variables[index].datum(value)
      case .question(let index): if value != 0 { before.append(program.questions[index].key) }
      }
    }
    self.init(
      states: states, variables: variables, before: before.sorted(),
      now: memory.held.map { program.questions[$0].key }.sorted())
  }

  /// The same in a program that may have changed since; what is gone is as it stands in a snapshot.
  func memory(in program: Program, asOf snapshot: Snapshot) -> Memory {
    var memory = Memory(of: program.flat.pasts, at: snapshot)
    for past in program.flat.pasts {
      switch past {
      case .machine(let index):
        let machine = program.machines[index]
        let state = states[machine.name].flatMap { name in machine.states.firstIndex { $0.name == name } }
        memory.values[past] = state ?? snapshot.states[index]
      case .variable(let index):
        let variable = program.variables[index]
        memory.values[past] = variables[variable.name].flatMap(variable.stored) ?? snapshot.variables[index]
      case .question(let index):
        memory.values[past] = before.contains(program.questions[index].key) ? 1 : 0
        if now.contains(program.questions[index].key) { memory.held.insert(index) }
      }
    }
    return memory
  }
}
