import Dramatis

/// What an exploration says of a program: what nothing can lead to.
public struct ExplorationReport: Encodable, Sendable {
  /// What was not reached: a state, a transition or a statement.
  public struct Unreached: Encodable, Sendable {
    /// What can be reached.
    public enum Kind: String, Encodable, Sendable {
      case state, transition, statement
    }

    /// What it is.
    public let kind: Kind
    /// `mood.stormy`, `mood.3` counted from 1, or the statement's text.
    public let name: String
    /// Whether it is certain that nothing leads there, because the exploration was complete.
    public let isImpossible: Bool

    private enum CodingKeys: String, CodingKey {
      case kind, name
      case isImpossible = "impossible"
    }
  }

  /// The positions of all slices together.
  public let positions: Int
  /// Why it went no further.
  public let end: ExplorationEnd
  /// Whether nothing that can come about is missing, as everything was explored or everything was found.
  public let isComplete: Bool
  /// In what more was allowed than can happen.
  public let notes: [String]
  /// What was not reached, in the order of the program.
  public let unreached: [Unreached]

  private enum CodingKeys: String, CodingKey {
    case positions, end, notes, unreached
    case isComplete = "complete"
  }

  /// Whether nothing leads to something for certain.
  public func isImpossible(_ kind: Unreached.Kind, named name: String) -> Bool {
    unreached.contains { $0.kind == kind && $0.isImpossible && $0.name == name }
  }
}

extension ExplorationReport {
  /// Sums an exploration up.
  ///
  /// - Parameters:
  ///   - explored: What a search of the program has come to.
  ///   - program: The program that was explored.
  public init(_ explored: SlicedExploration, of program: Program) {
    positions = explored.explorations.reduce(0) { $0 + $1.positions.count }
    end = explored.end
    isComplete = end <= .found
    var notes: [String] = []
    for note in explored.explorations.flatMap(\.notes) where !notes.contains(note) { notes.append(note) }
    self.notes = notes
    unreached =
      program.machines.indices.flatMap { Self.unreached(machine: $0, in: explored, of: program) }
      + program.topics.indices.flatMap { Self.unreached(topic: $0, in: explored, of: program) }
  }

  private static func unreached(
    machine index: Int, in explored: SlicedExploration, of program: Program
  ) -> [Unreached] {
    let (machine, exploration) = (program.machines[index], explored.exploration(ofMachine: index))
    let states = machine.states.indices.filter { exploration.firstInState[index][$0] == nil }
    // A belief takes no single transition.
    let transitions =
      machine.kind == .belief ? [] : machine.transitions.indices.filter { !exploration.hasFired[index][$0] }
    let names =
      states.map { (Unreached.Kind.state, "\(machine.name).\(machine.states[$0].name)") }
      + transitions.map { (.transition, "\(machine.name).\($0 + 1)") }
    return names.map { Unreached(kind: $0, name: $1, isImpossible: exploration.isComplete) }
  }

  private static func unreached(
    topic index: Int, in explored: SlicedExploration, of program: Program
  ) -> [Unreached] {
    let exploration = explored.exploration(ofTopic: index)
    let closed = program.nodes(below: program.topics[index].root).filter { !exploration.isOpened[$0] }
    return closed.flatMap { program.treeNodes[$0].statements }.map {
      Unreached(kind: .statement, name: program.statements[$0], isImpossible: exploration.isComplete)
    }
  }
}
