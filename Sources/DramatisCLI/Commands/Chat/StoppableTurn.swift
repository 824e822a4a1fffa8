import Dramatis

/// A turn that can be stopped: what was said so far is kept, and where nothing was, the turn is given up.
struct StoppableTurn: Sendable {
  let session: Session
  let stream: StreamedLine?
  let work: @Sendable () async throws -> Turn

  init(session: Session, stream: StreamedLine?, work: @escaping @Sendable () async throws -> Turn) {
    self.session = session
    self.stream = stream
    self.work = work
  }

  /// Takes the turn; Ctrl-C in the terminal stops it.
  func taken(at terminal: Terminal?) async throws -> Turn {
    guard let terminal else { return try await work() }
    return try await terminal.interruptible { try await stoppable() }
  }

  /// The turn runs in a task of its own: a turn whose line has begun must go on to its end when this one is cancelled.
  private func stoppable() async throws -> Turn {
    let turn = Task { try await work() }
    return try await withTaskCancellationHandler {
      try await turn.value
    } onCancel: {
      Task {
        let isSpeaking = await session.stopSpeaking()
        if !isSpeaking, stream?.hasBegun != true { turn.cancel() }
      }
    }
  }
}
