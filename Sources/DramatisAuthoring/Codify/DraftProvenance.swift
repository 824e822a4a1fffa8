import Dramatis
import DramatisCompiler

/// Where the parts of a draft come from, named as profiles name them.
struct DraftProvenance {
  /// One source a part, in the order of the profile.
  private(set) var sources: [Provenance] = []
  /// The parts that rest on each fact.
  private(set) var parts: [String: [String]] = [:]
  private let draft: Draft
  private let program: Program

  /// - Parameter program: The draft, compiled.
  init(_ draft: Draft, compiled program: Program) {
    (self.draft, self.program) = (draft, program)
    for variable in draft.variables { add(.variable, named: variable.name, from: variable.facts) }
    for question in draft.questions where !question.facts.isEmpty {
      add(.question, named: question.name, from: question.facts)
    }
    for (index, machine) in draft.machines.enumerated() {
      for state in machine.states { add(.state, named: "\(machine.name).\(state.name)", from: state.facts) }
      for (transition, compiled) in zip(machine.transitions, program.machines[index].transitions) {
        add(.transition, named: program.name(of: compiled, in: index), from: transition.facts)
      }
    }
    addBehavior()
    for commitment in draft.commitments { add(.commitment, named: commitment.name, from: commitment.facts) }
    for line in draft.lines { if let first = line.say.first { add(.line, named: first, from: line.facts) } }
  }

  private mutating func addBehavior() {
    for (index, topic) in draft.statements.map(\.topic).uniqued.enumerated() {
      let own = draft.statements.filter { $0.topic == topic }
      let gates = program.treeNodes[program.topics[index].root].gates
      for (condition, gate) in zip(own.compactMap(\.condition).uniqued, gates) {
        let facts = own.filter { $0.condition == condition }.flatMap(\.facts).uniqued
        add(.gate, named: program.text(of: gate.condition), from: facts)
      }
      for statement in own { add(.statement, named: statement.text, from: statement.facts) }
    }
  }

  private mutating func add(_ item: Provenance.Item, named name: String, from facts: [String]) {
    let known = draft.facts.filter { facts.contains($0.id) }
    guard !known.isEmpty, !sources.contains(where: { $0.item == item && $0.name == name }) else { return }
    let lines = known.map(\.line).uniqued.sorted().map(String.init)
    sources.append(
      Provenance(
        item, named: name, fact: known.map(\.text).joined(separator: " "), quotes: known.map(\.quote).uniqued,
        place: "line \(lines.joined(separator: ", "))"))
    let short = name.count > 60 ? name.prefix(60) + "…" : name
    for fact in known { parts[fact.id, default: []].append("\(item.rawValue) \(short)") }
  }
}
