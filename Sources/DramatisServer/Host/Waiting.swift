import Synchronization

/// A value that comes once, from whoever is first, and that one task waits for.
final class OneShot<Value: Sendable>: Sendable {
  private enum State {
    case empty
    case waiting(CheckedContinuation<Value, Never>)
    case filled(Value)
    case taken
  }

  private let state = Mutex(State.empty)

  /// Gives the value; later ones are ignored.
  func fill(_ value: Value) {
    let waiting = state.withLock { state -> CheckedContinuation<Value, Never>? in
      switch state {
      case .empty:
        state = .filled(value)
        return nil
      case .waiting(let continuation):
        state = .taken
        return continuation
      case .filled, .taken: return nil
      }
    }
    waiting?.resume(returning: value)
  }

  /// The value, once it is there; to be asked for once.
  var value: Value {
    get async {
      await withCheckedContinuation { continuation in
        let filled = state.withLock { state -> Value? in
          if case .filled(let value) = state {
            state = .taken
            return value
          }
          state = .waiting(continuation)
          return nil
        }
        if let filled { continuation.resume(returning: filled) }
      }
    }
  }
}

/// Whether a request was cancelled, and what is to be done when it is.
final class Cancellation: Sendable {
  private struct State {
    var isCancelled = false
    var actions: [@Sendable () -> Void] = []
  }

  private let state = Mutex(State())

  var isCancelled: Bool { state.withLock(\.isCancelled) }

  /// Does something when the request is cancelled, or at once where it is already.
  func onCancel(_ action: @escaping @Sendable () -> Void) {
    let isLate = state.withLock { state in
      if !state.isCancelled { state.actions.append(action) }
      return state.isCancelled
    }
    if isLate { action() }
  }

  func cancel() {
    let actions = state.withLock { state in
      defer { state = State(isCancelled: true) }
      return state.actions
    }
    for action in actions { action() }
  }
}

/// Until when something may take, and whether somebody has called it off.
struct Patience: Sendable {
  let deadline: ContinuousClock.Instant?
  let cancellation: Cancellation

  /// How a wait ended.
  enum End<Value: Sendable>: Sendable {
    case value(Value)
    case late
    case cancelled
  }

  var isOver: Bool { deadline.map { $0 <= .now } ?? false }

  /// Waits for work no longer than there is time; work that goes on nevertheless is waited for no more.
  func result<Value: Sendable>(of work: @escaping @Sendable () async -> Value) async -> End<Value> {
    if cancellation.isCancelled { return .cancelled }
    if isOver { return .late }
    let end = OneShot<End<Value>>()
    let task = Task { end.fill(.value(await work())) }
    return await ending(end) { task.cancel() }
  }

  /// Waits for a value that comes from elsewhere.
  func ending<Value>(_ end: OneShot<End<Value>>, else stop: () -> Void) async -> End<Value> {
    cancellation.onCancel { end.fill(.cancelled) }
    let timer = deadline.map { deadline in
      Task {
        try? await Task.sleep(until: deadline, clock: .continuous)
        if !Task.isCancelled { end.fill(.late) }
      }
    }
    let value = await end.value
    timer?.cancel()
    if case .value = value { return value }
    stop()
    return value
  }
}

/// Bounds what is waiting, so that a game that sends faster than it reads fills no memory.
final class Intake: Sendable {
  /// So many messages, or so many bytes, are let in before a reader has to wait.
  static let mostMessages = 256
  static let mostBytes = 32 << 20
  /// Where the game is asked something its answer has to be read, so that nothing can wait; beyond this it is refused.
  static let hardFactor = 16

  private struct State {
    var messages = 0
    var bytes = 0
    /// Requests of ours that the game has not answered.
    var asks = 0
    var reader: CheckedContinuation<Void, Never>?
    var idle: [CheckedContinuation<Void, Never>] = []

    var mustWait: Bool { asks == 0 && isFull(by: 1) }

    func isFull(by factor: Int) -> Bool { messages >= mostMessages * factor || bytes >= mostBytes * factor }

    /// Whoever may go on now.
    mutating func released() -> [CheckedContinuation<Void, Never>] {
      var released: [CheckedContinuation<Void, Never>] = []
      if !mustWait, let waiting = reader {
        released.append(waiting)
        reader = nil
      }
      if messages == 0 {
        released += idle
        idle = []
      }
      return released
    }
  }

  private let state = Mutex(State())

  /// Waits until there is room for another message; false where the game has to be told that there is none.
  func waitForRoom() async -> Bool {
    await withCheckedContinuation { continuation in
      let mayGo = state.withLock { state in
        if state.mustWait { state.reader = continuation }
        return !state.mustWait
      }
      if mayGo { continuation.resume() }
    }
    return state.withLock { !$0.isFull(by: Self.hardFactor) }
  }

  func enter(bytes: Int) {
    state.withLock { state in
      state.messages += 1
      state.bytes += bytes
    }
  }

  func leave(bytes: Int) {
    update { state in
      state.messages -= 1
      state.bytes -= bytes
    }
  }

  func beginAsking() { update { $0.asks += 1 } }

  func endAsking() { update { $0.asks -= 1 } }

  /// Waits until everything that came in was answered.
  func waitUntilIdle() async {
    await withCheckedContinuation { continuation in
      let isIdle = state.withLock { state in
        if state.messages > 0 { state.idle.append(continuation) }
        return state.messages == 0
      }
      if isIdle { continuation.resume() }
    }
  }

  private func update(_ change: (inout State) -> Void) {
    let released = state.withLock { state in
      change(&state)
      return state.released()
    }
    for continuation in released { continuation.resume() }
  }
}
