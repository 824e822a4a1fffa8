import Dramatis

package struct TestFailure: Error, Equatable {
  package init() {}
}

/// Answers by name or text, notes what was asked, and fails in the rounds that it is told to.
package actor RecordingDiscriminator: Discriminator {
  private let answers: [String: Answer]
  package private(set) var rounds: [[String]] = []
  package private(set) var scenes: [Scene] = []
  private var failures: Set<Int> = []

  package init(_ answers: [String: Answer] = [:], failingInRounds failures: Set<Int> = []) {
    self.answers = answers
    self.failures = failures
  }

  package func replies(to questions: [Question], about scene: Scene) throws -> [Reply] {
    rounds.append(questions.map(\.key))
    scenes.append(scene)
    if failures.remove(rounds.count) != nil { throw TestFailure() }
    return questions.map { Reply(answers[$0.key] ?? .unknown, source: "record") }
  }
}

/// Says one thing, after failing as often as it is told to.
package actor FixedPerformer: Performer {
  package nonisolated let choosesAuthoredLines = false
  private let text: String?
  private var failures: Int
  package private(set) var requests: [LineRequest] = []

  package init(_ text: String?, failures: Int = 0) {
    (self.text, self.failures) = (text, failures)
  }

  package func line(for request: LineRequest) throws -> SpokenLine? {
    requests.append(request)
    failures -= 1
    if failures >= 0 { throw TestFailure() }
    return text.map { SpokenLine($0) }
  }
}

/// Waits until it is let go, so that a turn can be caught in progress.
package actor WaitingDiscriminator: Discriminator {
  private var waiting: CheckedContinuation<Void, Never>?
  private var arrival: CheckedContinuation<Void, Never>?

  package init() {}

  package func replies(to questions: [Question], about scene: Scene) async -> [Reply] {
    await withCheckedContinuation { continuation in
      waiting = continuation
      arrival?.resume()
      arrival = nil
    }
    return questions.map { _ in Reply(.yes, source: "late") }
  }

  package func untilAsked() async {
    guard waiting == nil else { return }
    await withCheckedContinuation { arrival = $0 }
  }

  package func letGo() {
    waiting?.resume()
    waiting = nil
  }
}

extension TurnRecord {
  /// The names of the states after the turn, in the order of machines.
  package var states: [String] {
    zip(program.machines, after.states).map { $0.states[$1].name }
  }

  /// The statements of the event's step.
  package var statements: [String] {
    event?.step.grounding.statements.map { program.statements[$0.statement] } ?? []
  }

  package var role: Role? { event?.step.grounding.role }
}

extension Session {
  /// A turn's record of the first member of the cast.
  package func record(
    of event: Event, given: [String: Answer] = [:], speaker: Speaker = .nobody
  ) async throws -> TurnRecord {
    let turn = try await respond(to: event, given: given, speaker: speaker)
    guard let record = turn.records.first else { throw TestFailure() }
    return record
  }
}
