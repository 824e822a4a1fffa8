import Synchronization

/// What passes between the loop's thread and the one task that reads a response.
///
/// The buffer is bounded: once there is something to read of ``capacity`` bytes the transfer is paused until it was
/// read. Besides it there is no more than what one turn of the loop may receive, ``mostInTurn``, and what libcurl reads
/// at a time.
final class TransferChannel: Sendable {
  static let capacity = 64 << 10
  static let mostInTurn = 256 << 10

  typealias Continuation = CheckedContinuation<Void, Never>

  /// What a reader finds.
  enum ReadResult {
    case content(wasPaused: Bool)
    case end
    case failure(TransportError)
    case nothing
  }

  enum End {
    case whole
    case failed(TransportError)
  }

  /// A reader that is suspended.
  private struct Waiter {
    let continuation: Continuation
    let deadline: ContinuousClock.Instant
    let limit: TimeLimit
  }

  private struct State {
    var head: HTTPHead?
    /// What was received and no decoder has taken apart.
    var bytes: [UInt8] = []
    /// Whether a decoder has left something for the reader.
    var hasDecoded = false
    /// How many bytes came for what is not read yet.
    var unreadSize = 0
    /// How many bytes have come in all.
    var size = 0
    var isPaused = false
    var end: End?
    var waiter: Waiter?
    /// Until when the rest is received and thrown away; nil while somebody reads.
    var drainEnd: ContinuousClock.Instant?

    /// Whether there is anything to read; bytes of which nothing has become may have come all the same.
    var hasContent: Bool { hasDecoded || !bytes.isEmpty }

    /// Whether there is something for the reader.
    var isReady: Bool { hasContent || end != nil }

    /// Whether no more should come before the reader has read what is there.
    var isFull: Bool { hasContent && unreadSize >= capacity }

    /// Adds what has come, if only by exchange for the room of what was read.
    mutating func append(_ body: inout ResponseBody, most: Int) {
      size += body.size
      guard size <= most else {
        removeContent()
        return end = .failed(.tooLong(bytes: most))
      }
      unreadSize = (hasContent ? unreadSize : 0) + body.size
      if bytes.isEmpty { swap(&bytes, &body.bytes) } else { bytes += body.bytes }
      if body.deliverDecoded() { hasDecoded = true }
    }

    mutating func removeContent() {
      bytes = []
      hasDecoded = false
    }

    mutating func removeWaiter() -> Continuation? {
      defer { waiter = nil }
      return waiter?.continuation
    }
  }

  private let state = Mutex(State())
  private let maximum: Int
  private let deadline: ContinuousClock.Instant

  init(limits: TransferLimits) {
    maximum = limits.bytes
    deadline = .now + limits.total
  }

  var head: HTTPHead? { state.withLock { $0.head } }
}

/// The side of the loop's thread.
extension TransferChannel {
  /// What becomes of a transfer once its reader knows of what has come.
  enum Reception {
    /// More is received.
    case more
    /// The reader has to read first.
    case pause
    /// More is received and thrown away.
    case discard
    /// The transfer is removed.
    case over
  }

  /// Receives what has come, which is empty afterwards, and perhaps the end; whoever waits for it is to be resumed.
  func receive(
    _ body: inout ResponseBody, end: End?
  ) -> (reception: Reception, continuation: Continuation?) {
    defer { body.removeAll() }
    return state.withLock { state in
      guard state.end == nil else { return (.over, nil) }
      state.head = body.head
      state.end = end
      let isDrained = state.drainEnd != nil
      if !isDrained { state.append(&body, most: maximum) }
      state.isPaused = state.end == nil && state.isFull
      // A keep-alive or half an event resumes nobody.
      let continuation = state.isReady ? state.removeWaiter() : nil
      if state.end != nil { return (.over, continuation) }
      return (isDrained ? .discard : state.isPaused ? .pause : .more, continuation)
    }
  }

  /// Fails the response at once; what is buffered is dropped.
  func fail(_ error: TransportError) {
    let continuation = state.withLock { state in
      if case .failed = state.end {} else { state.end = .failed(error) }
      state.removeContent()
      return state.removeWaiter()
    }
    continuation?.resume()
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
  /// Exchanges a buffer, which is emptied, for one with all bytes that have come; its room is used again.
  func read(into buffer: inout [UInt8]) -> ReadResult {
    buffer.removeAll(keepingCapacity: true)
    return state.withLock { state in
      if state.hasContent {
        if !state.bytes.isEmpty { swap(&state.bytes, &buffer) }
        defer { state.isPaused = false }
        state.hasDecoded = false
        return .content(wasPaused: state.isPaused)
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

  /// Suspends until there is something to read, or the response has failed.
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
