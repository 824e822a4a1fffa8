import Dramatis

/// A program explored slice by slice: what each machine and each tree can come to.
///
/// A slice whose every state, transition and statement was found is not explored any further. A machine is explored with all that it depends on and without the rest, and so is a tree. That makes complete
/// what the whole program would have too many positions for.
package struct SlicedExploration: Sendable {
  /// One exploration a slice, the same for all machines and trees that depend on the same.
  package private(set) var explorations: [Exploration] = []
  /// For each machine the index of its exploration.
  package private(set) var ofMachine: [Int] = []
  /// For each topic the index of its exploration.
  package private(set) var ofTopic: [Int] = []
  /// What commitments can come to; nil where there are none.
  private(set) var ofCommitments: Exploration?

  /// Whether a bound was reached, so that something may be missing.
  package var wasBounded: Bool { explorations.contains { $0.wasBounded || $0.workLeft <= 0 } }

  /// Why it went no further: of all slices, what leaves the most open.
  package var end: ExplorationEnd { explorations.map(\.end).max() ?? .explored }

  /// Explores every slice of a program.
  ///
  /// - Parameters:
  ///   - program: What to explore.
  ///   - limits: The positions are those of one slice, the work is that of all together.
  ///   - wanted: What is looked for; slices in which nothing of it lies are not explored; nil for everything.
  ///   - isStopped: Asked again and again; once it says yes, what was found so far is kept.
  package init(
    of program: Program, limits: ExplorationLimits = ExplorationLimits(),
    wanted: [CoverageReport.Part]? = nil, isStopped: () -> Bool = { false }
  ) {
    let targets = wanted.map { Set($0.map(\.target)) }
    let machines = program.machines.indices.map { Slice(of: $0, in: program) }
    let topics = program.topics.map { Slice(of: $0, in: program) }
    var slices: [Slice] = []
    let commitments = program.commitments.isEmpty ? nil : Slice(ofCommitmentsIn: program)
    for slice in machines + topics + [commitments].compactMap(\.self) where !slices.contains(slice) {
      slices.append(slice)
    }
    var limits = limits
    for slice in slices {
      let goal = ExplorationGoal(
        machines: machines.indices.filter { machines[$0] == slice },
        topics: topics.indices.filter { topics[$0] == slice }, commitments: slice == commitments,
        wanted: targets, of: program)
      let part = slice.program(from: program, topics: goal.topics)
      let exploration = Explorer.explore(part, limits: limits, goal: goal, isStopped: isStopped)
      limits.work = max(exploration.workLeft, 0)
      if slice == commitments { ofCommitments = exploration }
      explorations.append(exploration)
    }
    ofMachine = machines.compactMap { slices.firstIndex(of: $0) }
    ofTopic = topics.compactMap { slices.firstIndex(of: $0) }
  }

  /// The exploration of a machine's slice.
  package func exploration(ofMachine machine: Int) -> Exploration { explorations[ofMachine[machine]] }

  /// The exploration of a topic's slice.
  package func exploration(ofTopic topic: Int) -> Exploration { explorations[ofTopic[topic]] }
}
