import Synchronization

/// What passes between the loop's thread and the one task that reads a response.
///
/// The buffer is bounded: once it holds ``capacity`` bytes the transfer is paused until they were taken, and
/// libcurl has read no more than as much again.
final class TransferChannel: Sendable {
  static let capacity = 64 << 10

  /// What a reader finds.
  enum Found {
    case bytes([UInt8], wasPaused: Bool)
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

    var isWhole: Bool {
      if case .whole = self { true } else { false }
    }
  }

  private struct State {
    var head: HTTPHead?
    var buffer: [UInt8] = []
    var received = 0
    var isPaused = false
    var end: End?
    var waiter: Waiter?
    /// Until when the rest is received and thrown away; nil while somebody reads.
    var drainEnd: ContinuousClock.Instant?

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
  /// What becomes of bytes that were received.
  enum Reception {
    case taken, pause, abort
  }

  /// Takes what has come, and perhaps the end.
  func receive(_ bytes: ArraySlice<UInt8>, end: End?, head: @autoclosure () -> HTTPHead) -> Reception {
    let (reception, waiter) = state.withLock { state -> (Reception, CheckedContinuation<Void, Never>?) in
      guard state.end == nil else { return (.abort, nil) }
      if state.head == nil, !bytes.isEmpty || end?.isWhole == true { state.head = head() }
      if state.drainEnd == nil {
        state.received += bytes.count
        guard state.received <= maximum else {
          state.buffer = []
          state.end = .failed(.tooLong(bytes: maximum))
          return (.abort, state.wake())
        }
        state.buffer += bytes
      }
      state.end = end
      state.isPaused = end == nil && state.buffer.count >= Self.capacity
      return (state.isPaused ? .pause : .taken, state.wake())
    }
    waiter?.resume()
    return reception
  }

  /// Fails the response at once; what is buffered is dropped.
  func fail(_ error: ModelError) {
    let waiter = state.withLock { state in
      if case .failed = state.end {} else { state.end = .failed(error) }
      state.buffer = []
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
  func take() -> Found {
    state.withLock { state in
      if !state.buffer.isEmpty {
        defer {
          state.buffer = []
          state.isPaused = false
        }
        return .bytes(state.buffer, wasPaused: state.isPaused)
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

  var isDraining: Bool { state.withLock { $0.drainEnd != nil } }

  /// Suspends until there is something to take, or the response has failed.
  func wait(until deadline: ContinuousClock.Instant, for limit: TimeLimit) async {
    await withCheckedContinuation { continuation in
      let isReady = state.withLock { state in
        guard state.buffer.isEmpty, state.end == nil else { return true }
        state.waiter = Waiter(continuation: continuation, deadline: deadline, limit: limit)
        return false
      }
      if isReady { continuation.resume() }
    }
  }
}
