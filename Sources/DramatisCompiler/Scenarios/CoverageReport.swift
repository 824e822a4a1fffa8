import Dramatis

/// What of a program is covered, part by part; what nothing can lead to does not count.
package struct CoverageReport: Sendable {
  /// What can be covered.
  package enum Kind: String, Sendable, CaseIterable {
    case state, transition, gate, commitment
  }

  /// A part of the program.
  package struct Part: Sendable {
    /// What it is.
    package let kind: Kind
    /// `mood.wary`, `mood.3` counted from 1, `personality.2.then` or `old_key.paid`.
    package let name: String
    /// What it leads to, for a reader.
    package let detail: String
    /// Whether some scenario has used it.
    package let isCovered: Bool
    /// Where it is, for a search.
    let target: CoverageTarget
  }

  /// All parts that something can lead to, in the order of the program.
  package let parts: [Part]

  /// Weighs a coverage against everything that is possible.
  ///
  /// - Parameter explored: What a search has come to; without one, whatever transitions lead to at all counts.
  package init(_ coverage: Coverage, of program: Program, explored: SlicedExploration? = nil) {
    parts =
      program.machines.indices.flatMap { Self.states(of: $0, coverage, program, explored) }
      + program.machines.indices.flatMap { Self.transitions(of: $0, coverage, program, explored) }
      + program.topics.indices.flatMap { Self.gates(of: $0, coverage, program, explored) }
      + program.commitments.indices.flatMap { Self.statuses(of: $0, coverage, program, explored) }
  }

  /// How many parts of a kind are covered, and how many there are.
  package func count(of kind: Kind) -> (covered: Int, all: Int) {
    let parts = parts.filter { $0.kind == kind }
    return (parts.count(where: \.isCovered), parts.count)
  }

  /// The covered parts in percent, rounded down; 100 where there is nothing to cover.
  package var percent: Int {
    parts.isEmpty ? 100 : parts.count(where: \.isCovered) * 100 / parts.count
  }

  /// The parts that no scenario has used.
  package var uncovered: [Part] { parts.filter { !$0.isCovered } }
}

/// A place in a program that a scenario can come to.
enum CoverageTarget: Hashable, Sendable {
  case state(machine: Int, Int)
  case transition(machine: Int, Int)
  case node(topic: Int, Int)
  case status(commitment: Int, CommitmentStatus)
}

extension CoverageReport {
  private static func states(
    of index: Int, _ coverage: Coverage, _ program: Program, _ explored: SlicedExploration?
  ) -> [Part] {
    let machine = program.machines[index]
    let exploration = explored?.exploration(ofMachine: index)
    return machine.statesInReach.compactMap { state in
      let isCovered = coverage.states[index][state]
      let isImpossible = exploration.map { $0.isComplete && $0.firstInState[index][state] == nil } ?? false
      guard isCovered || !isImpossible else { return nil }
      return Part(
        kind: .state, name: "\(machine.name).\(machine.states[state].name)",
        detail: machine.states[state].description, isCovered: isCovered,
        target: .state(machine: index, state))
    }
  }

  /// A machine that carries a belief takes no single transition.
  private static func transitions(
    of index: Int, _ coverage: Coverage, _ program: Program, _ explored: SlicedExploration?
  ) -> [Part] {
    let machine = program.machines[index]
    let exploration = explored?.exploration(ofMachine: index)
    guard machine.kind != .belief else { return [] }
    return machine.transitions.indices.compactMap { place in
      let isCovered = coverage.transitions[index][place]
      let isImpossible = exploration.map { $0.isComplete && !$0.hasFired[index][place] } ?? false
      guard isCovered || !isImpossible else { return nil }
      let transition = machine.transitions[place]
      return Part(
        kind: .transition, name: "\(machine.name).\(place + 1)",
        detail:
          "to \(machine.states[transition.to].name) when \(program.text(of: transition.guardCondition))",
        isCovered: isCovered, target: .transition(machine: index, place))
    }
  }

  /// Each branch of a gate that leads somewhere is a part.
  private static func gates(
    of index: Int, _ coverage: Coverage, _ program: Program, _ explored: SlicedExploration?
  ) -> [Part] {
    let exploration = explored?.exploration(ofTopic: index)
    let topic = program.topics[index]
    let root = Part(
      kind: .gate, name: topic.name, detail: "only when \(topic.partner ?? "") acts",
      isCovered: coverage.nodes[topic.root], target: .node(topic: index, topic.root))
    return (topic.partner == nil ? [] : [root])
      + program.branches(of: index).compactMap { branch in
        let isCovered = coverage.nodes[branch.node]
        let isImpossible = exploration.map { $0.isComplete && !$0.isOpened[branch.node] } ?? false
        guard isCovered || !isImpossible else { return nil }
        return Part(
          kind: .gate, name: branch.place,
          detail: program.text(of: branch.path.last?.condition ?? .constant(true)),
          isCovered: isCovered, target: .node(topic: index, branch.node))
      }
  }
}
