import Synchronization

/// What passes between the loop's thread and the one task that reads a response.
///
/// The buffer is bounded: once it holds what was made of ``capacity`` bytes the transfer is paused until that was
/// taken. Besides it there is no more than what one turn of the loop may receive, ``mostInTurn``, and what libcurl reads
/// at a time.
final class TransferChannel: Sendable {
  static let capacity = 64 << 10
  static let mostInTurn = 256 << 10

  /// What a reader finds.
  enum Found {
    case something(wasPaused: Bool)
    case end
    case failure(ModelError)
    case nothing
  }

  private struct Waiter {
    let continuation: CheckedContinuation<Void, Never>
    let deadline: ContinuousClock.Instant
    let limit: TimeLimit
  }

  enum End {
    case whole
    case failed(ModelError)
  }

  private struct State {
    var head: HTTPHead?
    var buffer = Received()
    /// How many bytes have come in all.
    var size = 0
    var isPaused = false
    var end: End?
    var waiter: Waiter?
    /// Until when the rest is received and thrown away; nil while somebody reads.
    var drainEnd: ContinuousClock.Instant?

    /// Whether there is something for the reader.
    var isReady: Bool { !buffer.isEmpty || end != nil }

    /// Whether no more should come before the reader has taken what is there.
    var isFull: Bool { !buffer.isEmpty && buffer.size >= capacity }

    mutating func take(_ received: inout Received, most: Int) {
      size += received.size
      if size > most {
        buffer = Received()
        end = .failed(.tooLong(bytes: most))
      } else {
        buffer.add(&received)
      }
    }

    mutating func wake() -> CheckedContinuation<Void, Never>? {
      defer { waiter = nil }
      return waiter?.continuation
    }
  }

  private let state = Mutex(State())
  private let maximum: Int
  private let deadline: ContinuousClock.Instant

  init(_ limits: TransferLimits) {
    maximum = limits.bytes
    deadline = .now + limits.total
  }

  var head: HTTPHead? { state.withLock { $0.head } }
}

/// The side of the loop's thread.
extension TransferChannel {
  /// What becomes of a transfer once its reader knows of what has come.
  enum Reception {
    case taken, pause, over
  }

  /// Takes what has come, which is empty afterwards, and perhaps the end; whoever waits for it is to be woken.
  func receive(
    _ received: inout Received, end: End?, head: HTTPHead?
  ) -> (reception: Reception, waiter: Waiters.Waiter?) {
    defer { received.removeAll() }
    return state.withLock { state in
      guard state.end == nil else { return (.over, nil) }
      state.head = head
      state.end = end
      if state.drainEnd == nil { state.take(&received, most: maximum) }
      state.isPaused = state.end == nil && state.isFull
      // A keep-alive or half an event wakes nobody.
      let waiter = state.isReady ? state.wake() : nil
      return (state.end != nil ? .over : state.isPaused ? .pause : .taken, waiter)
    }
  }

  /// Fails the response at once; what is buffered is dropped.
  func fail(_ error: ModelError) {
    let waiter = state.withLock { state in
      if case .failed = state.end {} else { state.end = .failed(error) }
      state.buffer = Received()
      return state.wake()
    }
    waiter?.resume()
  }

  /// Fails a response that is late; true where the transfer has to be removed.
  func expire(at now: ContinuousClock.Instant) -> Bool {
    let late = state.withLock { state -> TimeLimit? in
      guard state.end == nil else { return nil }
      if now >= deadline || state.drainEnd.map({ now >= $0 }) == true { return .total }
      guard let waiter = state.waiter, now >= waiter.deadline else { return nil }
      return waiter.limit
    }
    guard let late else { return false }
    fail(.timedOut(late))
    return true
  }
}

/// The side of the reader.
extension TransferChannel {
  /// Exchanges a buffer, which is emptied, for one with all that has come; its room is used again.
  func take(_ buffer: inout Received) -> Found {
    buffer.removeAll()
    return state.withLock { state in
      if !state.buffer.isEmpty {
        swap(&state.buffer, &buffer)
        defer { state.isPaused = false }
        return .something(wasPaused: state.isPaused)
      }
      switch state.end {
      case .failed(let error): return .failure(error)
      case .whole: return .end
      case nil: return .nothing
      }
    }
  }

  /// Receives what is left and throws it away, so that the connection can be used again.
  func drain() {
    state.withLock { state in
      if state.end == nil { state.drainEnd = .now + .seconds(2) }
    }
  }

  /// Whether the loop removes the transfer without being asked: it has ended, or the rest is thrown away.
  var isLeftToLoop: Bool { state.withLock { $0.end != nil || $0.drainEnd != nil } }

  /// Suspends until there is something to take, or the response has failed.
  func wait(until deadline: ContinuousClock.Instant, for limit: TimeLimit) async {
    await withCheckedContinuation { continuation in
      let isReady = state.withLock { state in
        guard !state.isReady else { return true }
        state.waiter = Waiter(continuation: continuation, deadline: deadline, limit: limit)
        return false
      }
      if isReady { continuation.resume() }
    }
  }
}
