/// The tasks for which something has come in one turn of the loop.
///
/// To wake a thread costs more than what most of them do, so that only one is woken for all; it enqueues them.
struct Waiters: Sendable {
  typealias Waiter = CheckedContinuation<Void, Never>

  private var waiters: [Waiter] = []

  mutating func add(_ waiter: Waiter) {
    waiters.append(waiter)
  }

  /// Lets every task go on.
  func wake() {
    if waiters.count > 1 {
      Task.detached { resume() }
    } else {
      resume()
    }
  }

  private func resume() {
    for waiter in waiters { waiter.resume() }
  }
}
