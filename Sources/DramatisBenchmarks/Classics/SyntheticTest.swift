import Dramatis

/// The synthetic test of the CFSM paper (arXiv 2602.05905): random paths against a plain table.
struct SyntheticTest {
  struct Outcome {
    var right = 0
    var paths = 0
    var steps = 0
    var nanoseconds: UInt64 = 0

    var nanosecondsPerStep: UInt64 { steps == 0 ? 0 : nanoseconds / UInt64(steps) }
  }

  private let classic: Classic
  private let program: Program
  private let machine: Int
  /// Each move as the engine takes it.
  private let moves: [(event: Event, scene: Scene, answers: Answers)]

  /// Nil if the program has not the machine that the table is about.
  init?(_ classic: Classic, _ program: Program) {
    guard let machine = program.machines.firstIndex(where: { $0.name == classic.machine }) else { return nil }
    self.classic = classic
    self.program = program
    self.machine = machine
    moves = classic.moves.map { move in
      let event = classic.event(move)
      return (event, Scene(of: event, after: [], window: 1), classic.answers(move, program))
    }
  }

  /// Runs paths of a length from 1 to 10, or of one fixed length.
  func run(paths: Int, length fixed: Int? = nil, seed: UInt64) -> Outcome {
    var random = SplitMix64(state: seed)
    var outcome = Outcome()
    for _ in 0..<paths {
      let path = (0..<(fixed ?? Int.random(in: 1...10, using: &random))).map { _ in
        Int.random(in: moves.indices, using: &random)
      }
      outcome.paths += 1
      outcome.steps += path.count
      let start = ProcessorTime.now
      let end = walk(path)
      outcome.nanoseconds += ProcessorTime.now - start
      if end == expected(path) { outcome.right += 1 }
    }
    return outcome
  }

  private func walk(_ path: [Int]) -> String {
    var snapshot = program.initialSnapshot()
    for move in path {
      let (event, scene, answers) = moves[move]
      snapshot = program.uncheckedStep(from: snapshot, event: event, scene: scene, given: answers).snapshot
    }
    return program.machines[machine].states[snapshot.states[machine]].name
  }

  private func expected(_ path: [Int]) -> String {
    path.reduce("unactivated") { classic.next($0, classic.moves[$1]) }
  }
}
