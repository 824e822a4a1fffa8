import BenchmarkPeers
import Dramatis

/// Allocations per step in the steady state, by a counter in place of the C library's `malloc`.
struct AllocationFigure {
  private let steps = 10_000

  func run() throws {
    Report.title("allocations per step, once the first steps have found room")
    guard peer_counts_allocations() else { return Report.line("SKIPPED: this build counts no allocations") }
    let (sentry, belief, tree) = (try Sentry(), try BeliefCase(), try TreeCase())
    let control = allocations { pureSteps(sentry) }
    Report.line("control, the pure form: \(control / UInt64(steps))")
    guard control >= steps else { throw WrongResult(description: "the counter does not count") }
    let kinds = Sentry.randomKinds(steps)
    try show("a machine with variables", sentry.program) { stepper, position, step in
      try stepper.step(&position, on: sentry.events[Int(kinds[step])], given: sentry.answers)
    }
    try show("a tree", tree.program) { stepper, position, step in
      try stepper.step(&position, on: tree.event, given: tree.answers[step % tree.answers.count])
    }
    guard Self.isOptimized else { return Report.line("SKIPPED: a belief: only in an optimised build") }
    try show("a belief", belief.program) { stepper, position, step in
      try stepper.step(&position, on: belief.event, given: belief.answers[step % belief.answers.count])
    }
  }

  /// Without optimisation the compiler itself allocates for in-place changes of arrays.
  private static var isOptimized: Bool {
    var isOptimized = true
    assert(
      {
        isOptimized = false
        return true
      }())
    return isOptimized
  }

  private func show(
    _ name: String, _ program: Program, _ step: (inout Stepper, inout Position, Int) throws -> Void
  ) throws {
    var stepper = Stepper(for: program)
    var position = program.position(seed: 7)
    for number in 0..<100 { try step(&stepper, &position, number) }
    let count = try allocations {
      for number in 0..<steps { try step(&stepper, &position, number) }
    }
    Report.figure("\(name), in all \(steps) steps", Double(count), "", aim: .atMost(0))
    guard count == 0 else { throw WrongResult(description: "\(name): a step allocates") }
  }

  private func pureSteps(_ sentry: Sentry) {
    let event = Event(text: "noise", kind: "noise")
    let scene = Scene("noise")
    var snapshot = sentry.program.initialSnapshot()
    for _ in 0..<steps {
      snapshot =
        sentry.program.uncheckedStep(from: snapshot, event: event, scene: scene, given: sentry.answers)
        .snapshot
    }
  }

  private func allocations(_ work: () throws -> Void) rethrows -> UInt64 {
    let before = peer_allocation_count()
    try work()
    return peer_allocation_count() - before
  }
}
