import BenchmarkPeers
import Dramatis

/// A step with variable guards: ours, a C++ switch, Python's `transitions`.
struct StepFigure {
  let rounds: Int
  private let steps = 1_000_000
  private let pythonSteps = 20_000

  func run() throws {
    Report.title("a step whose guards read variables: 1 machine, 22 transitions, random events")
    let sentry = try Sentry()
    let kinds = Sentry.randomKinds(steps)
    let medians = try Race(
      rounds: rounds,
      contestants: [
        { try walk(sentry, kinds).time }, { walkSwitch(kinds).time },
        { walkPure(sentry, Array(kinds.prefix(pythonSteps))) },
      ]
    ).medians()
    guard try walk(sentry, kinds).end == walkSwitch(kinds).end else {
      throw WrongResult(description: "the engine and the switch end differently")
    }
    Report.line("ours: \(rounded(medians[0])) ns; C++ switch: \(rounded(medians[1])) ns; end states compared")
    Report.line("ours, the pure form that allocates: \(rounded(medians[2])) ns")
    Report.figure("ours against the switch", medians[0] / medians[1], " times", aim: .atMost(5))
    try compareWithTransitions(sentry, kinds, ours: medians[0])
  }

  private func compareWithTransitions(_ sentry: Sentry, _ kinds: [UInt8], ours: Double) throws {
    let some = Array(kinds.prefix(pythonSteps))
    let script = Sentry.transitionsScript(some)
    var times: [Double] = []
    for _ in 0..<min(rounds, 5) {
      guard let numbers = Python.output(of: script, for: "the Python package 'transitions'") else { return }
      guard numbers.dropFirst().elementsEqual(try walk(sentry, some).end.map(Double.init)) else {
        throw WrongResult(description: "the engine and 'transitions' end differently: \(numbers)")
      }
      times.append(numbers[0])
    }
    let median = times.sorted()[times.count / 2]
    Report.line("Python transitions: \(rounded(median, 0)) ns; end states compared")
    Report.figure("'transitions' against ours", median / ours, " times", aim: .atLeast(200))
  }

  private func walk(_ sentry: Sentry, _ kinds: [UInt8]) throws -> (time: Double, end: [Int]) {
    var stepper = Stepper(for: sentry.program)
    var position = sentry.program.position()
    // Elements of an array are retained for each call; those of a constant inline array need not be.
    let events = InlineArray<6, PreparedEvent> { sentry.events[$0] }
    let start = ProcessorTime.now
    for kind in kinds { try stepper.step(&position, on: events[Int(kind)], given: sentry.answers) }
    return (Double(ProcessorTime.now - start) / Double(kinds.count), try sentry.place(position))
  }

  private func walkSwitch(_ kinds: [UInt8]) -> (time: Double, end: [Int]) {
    var sentry = peer_sentry(state: 0, health: 10, ammo: 6, alarm: 0)
    let time = nanoseconds(per: kinds.count) { peer_sentry_run(&sentry, kinds, kinds.count) }
    return (time, [sentry.state, sentry.health, sentry.ammo, sentry.alarm].map(Int.init))
  }

  private func walkPure(_ sentry: Sentry, _ kinds: [UInt8]) -> Double {
    let events = Sentry.kinds.map { Event(text: $0, kind: $0) }
    let scene = Scene("")
    var snapshot = sentry.program.initialSnapshot()
    return nanoseconds(per: kinds.count) {
      for kind in kinds {
        snapshot =
          sentry.program.uncheckedStep(
            from: snapshot, event: events[Int(kind)], scene: scene, given: sentry.answers
          )
          .snapshot
      }
    }
  }
}
