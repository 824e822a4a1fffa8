import Synchronization

/// Does one thing after the other, in the order in which they came, while other mailboxes do theirs.
final class Mailbox: Sendable {
  private struct State {
    var waiting: [@Sendable () async -> Void] = []
    /// Where in `waiting` the next one stands.
    var next = 0
    var isRunning = false
  }

  private let state = Mutex(State())

  /// Puts work behind what is there.
  func post(_ work: @escaping @Sendable () async -> Void) {
    let wakes = state.withLock { state in
      state.waiting.append(work)
      defer { state.isRunning = true }
      return !state.isRunning
    }
    if wakes { Task { await run() } }
  }

  private func run() async {
    while let work = take() { await work() }
  }

  private func take() -> (@Sendable () async -> Void)? {
    state.withLock { state in
      guard state.next < state.waiting.count else {
        state = State()
        return nil
      }
      let work = state.waiting[state.next]
      state.next += 1
      // What was done is given up now and then, not one by one.
      if state.next >= 64 {
        state.waiting.removeFirst(state.next)
        state.next = 0
      }
      return work
    }
  }
}
