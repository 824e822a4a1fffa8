import Dramatis
import DramatisCompiler

/// What was not reached in an exploration: a state, a transition or a statement.
struct Unreached: Encodable {
  enum Kind: String, Encodable {
    case state, transition, statement
  }

  let kind: Kind
  /// `mood.stormy`, `mood.3` counted from 1, or the statement's text.
  let name: String
  /// Whether it is certain that nothing leads there, because the exploration was complete.
  let isImpossible: Bool

  enum CodingKeys: String, CodingKey {
    case kind, name
    case isImpossible = "impossible"
  }
}

/// What an exploration says of a program.
struct ExplorationReport: Encodable {
  /// The positions of all slices together.
  let positions: Int
  /// Why it went no further.
  let end: ExplorationEnd
  /// Whether nothing that can come about is missing, as everything was explored or everything was found.
  let isComplete: Bool
  /// In what more was allowed than can happen.
  let notes: [String]
  let unreached: [Unreached]

  init(_ explored: SlicedExploration, of program: Program) {
    positions = explored.explorations.reduce(0) { $0 + $1.positions.count }
    end = explored.end
    isComplete = end <= .found
    var notes: [String] = []
    for note in explored.explorations.flatMap(\.notes) where !notes.contains(note) { notes.append(note) }
    self.notes = notes
    unreached =
      program.machines.indices.flatMap { Self.unreached(machine: $0, explored, program) }
      + program.topics.indices.flatMap { Self.unreached(topic: $0, explored, program) }
  }

  private static func unreached(
    machine index: Int, _ explored: SlicedExploration, _ program: Program
  ) -> [Unreached] {
    let (machine, exploration) = (program.machines[index], explored.exploration(ofMachine: index))
    let states = machine.states.indices.filter { exploration.firstInState[index][$0] == nil }
    // A belief takes no single transition.
    let transitions =
      machine.kind == .belief
      ? []
      : machine.transitions.indices.filter {
        !exploration.hasFired[index][$0]
      }
    let names =
      states.map { (Unreached.Kind.state, "\(machine.name).\(machine.states[$0].name)") }
      + transitions.map { (.transition, "\(machine.name).\($0 + 1)") }
    return names.map { Unreached(kind: $0, name: $1, isImpossible: exploration.isComplete) }
  }

  private static func unreached(
    topic index: Int, _ explored: SlicedExploration, _ program: Program
  ) -> [Unreached] {
    let exploration = explored.exploration(ofTopic: index)
    let closed = program.nodes(below: program.topics[index].root).filter { !exploration.isOpened[$0] }
    return closed.flatMap { program.treeNodes[$0].statements }.map {
      Unreached(kind: .statement, name: program.statements[$0], isImpossible: exploration.isComplete)
    }
  }

  /// Whether nothing leads to something for certain.
  func isImpossible(_ kind: Unreached.Kind, _ name: String) -> Bool {
    unreached.contains { $0.kind == kind && $0.isImpossible && $0.name == name }
  }

  /// What was explored, in a sentence, and its notes.
  func writeHead(to report: inout TextReport) {
    report.line("Explored \(positions.of("position")), \(endText)")
    for note in notes { report.entry("note", note) }
  }

  private var endText: String {
    switch end {
    case .explored: "all that there are"
    case .found: "stopped: everything that can come about was found"
    case .positions: "not all that there are (see --positions)"
    case .work: "not all that there are: the bound on the work was hit, which --positions raises"
    case .stopped: "not all that there are: interrupted"
    }
  }

  func write(to report: inout TextReport) {
    writeHead(to: &report)
    if unreached.isEmpty { report.entry("reached", "every state, transition and statement") }
    for found in unreached {
      report.entry(found.kind.rawValue, found.name + (found.isImpossible ? ": impossible" : ": not reached"))
    }
  }

  enum CodingKeys: String, CodingKey {
    case positions, end, notes, unreached
    case isComplete = "complete"
  }
}
