import Dramatis
import Synchronization

/// How often and how long apart a request is tried again.
public struct RetryPolicy: Hashable, Sendable {
  /// How often it is tried at most, the first time included.
  public var attempts: Int
  /// The wait before the second attempt; it doubles before each further one.
  public var firstWait: Duration
  /// The longest wait; where a service asks for more, the error is passed on at once.
  public var longestWait: Duration
  /// Decides the jitter.
  public var seed: UInt64
  /// How long all attempts may take, of which any number is made while the service loads its model or is busy; nil for
  /// no such patience.
  public var patience: Duration?

  /// Makes a policy.
  public init(
    attempts: Int = 4, firstWait: Duration = .milliseconds(500), longestWait: Duration = .seconds(30),
    seed: UInt64 = 0, patience: Duration? = nil
  ) {
    self.patience = patience
    self.attempts = attempts
    self.firstWait = firstWait
    self.longestWait = longestWait
    self.seed = seed
  }

  /// The wait after a failed attempt, from half to all of what the exponent says; nil to give up.
  ///
  /// - Parameters:
  ///   - attempt: How many attempts have failed, from 1.
  ///   - call: Tells calls apart, so that those which failed together do not come again together.
  ///   - spent: How long the attempts took by now.
  func wait(after error: ModelError, attempt: Int, call: Int, spent: Duration = .zero) -> Duration? {
    guard let wait = wait(after: error, attempt: attempt, call: call) else { return nil }
    return patience.map { spent + wait < $0 } ?? true ? wait : nil
  }

  /// The longest wait for a service that will be there in a while.
  private static let whileBusy = Duration.seconds(3)

  private func wait(after error: ModelError, attempt: Int, call: Int) -> Duration? {
    let isBusy = patience != nil && error.isBusy
    guard attempt < attempts || isBusy, error.mayPass else { return nil }
    let longestWait = isBusy ? max(patience ?? longestWait, longestWait) : longestWait
    let doubled = firstWait * (1 << min(attempt - 1, 20))
    let jittered =
      min(doubled, isBusy ? Self.whileBusy : longestWait)
      * (0.5 + 0.5 * Draw.number(seed: seed, turn: call, site: 0, attempt: attempt))
    guard case .refused(_, _, let asked?) = error else { return jittered }
    return asked <= longestWait ? max(asked, jittered) : nil
  }
}

extension ModelError {
  /// Whether the service says that it will be there in a while: it loads its model, or serves others first.
  var isBusy: Bool {
    let said: String
    switch self {
    case .refused(let status, let message, let retryAfter):
      guard [429, 503, 529].contains(status) else { return false }
      if status != 429, retryAfter != nil { return true }
      said = message
    case .failed(let message): said = message
    default: return false
    }
    let words = [
      "load", "busy", "queue", "capacity", "overload", "warming", "warm up", "starting", "not ready",
      "initializ",
      "try again", "pending", "no slot", "slot unavailable", "in progress",
    ]
    return words.contains(where: said.lowercased().contains)
  }

  /// Whether the same request may go well a little later.
  var mayPass: Bool {
    if isForGood { return false }
    return switch self {
    case .unreachable, .timedOut(.connect), .timedOut(.firstText), .failed, .cutOff: true
    case .refused(let status, _, _): Self.passing.contains(status)
    default: false
    }
  }

  /// Those of proxies, which stand between 520 and 524, included.
  private static let passing: Set = [408, 409, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529]

  /// Whether the service says that waiting helps nothing: what was paid for is used up, or the machine is too small.
  private var isForGood: Bool {
    let said: String
    switch self {
    case .refused(_, let message, _), .failed(let message): said = message.lowercased()
    default: return false
    }
    let words = [
      "exceeded your current quota", "insufficient_quota", "insufficient quota", "billing", "credit balance",
      "insufficient credit", "insufficient balance", "more system memory", "out of memory", "out of vram",
      "cuda error", "deactivated",
    ]
    return words.contains(where: said.contains)
  }
}

/// Tries again what may go well a little later, as long as nothing was shown yet.
public final class RetryingModel: LanguageModel {
  /// The name of the model that is wrapped.
  public var name: String { base.name }
  private let base: any LanguageModel
  private let policy: RetryPolicy
  private let sleep: @Sendable (Duration) async throws -> Void
  private let onWait: @Sendable (ModelError, Duration) -> Void
  private let calls = Mutex(0)

  /// Wraps a model.
  ///
  /// - Parameter onWait: Is told before each wait what happened, and how long the wait is.
  public convenience init(
    _ base: any LanguageModel, policy: RetryPolicy = RetryPolicy(),
    onWait: @escaping @Sendable (ModelError, Duration) -> Void = { _, _ in }
  ) {
    self.init(base, policy: policy, onWait: onWait) { try await Task.sleep(for: $0) }
  }

  init(
    _ base: any LanguageModel, policy: RetryPolicy,
    onWait: @escaping @Sendable (ModelError, Duration) -> Void = { _, _ in },
    sleep: @escaping @Sendable (Duration) async throws -> Void
  ) {
    self.onWait = onWait
    self.base = base
    self.policy = policy
    self.sleep = sleep
  }

  /// Asks the wrapped model until it answers, or trying again makes no sense.
  public func complete(
    _ request: ModelRequest, onText: @Sendable (String) async -> Void
  ) async throws(ModelError) -> Completion {
    let call = calls.withLock { calls in
      calls += 1
      return calls
    }
    let start = ContinuousClock.now
    var attempt = 1
    while true {
      let hasShown = Atomic(false)
      do {
        return try await base.complete(request) { text in
          hasShown.store(true, ordering: .relaxed)
          await onText(text)
        }
      } catch {
        guard !hasShown.load(ordering: .relaxed),
          let wait = policy.wait(
            after: error, attempt: attempt, call: call, spent: start.duration(to: .now))
        else { throw error }
        onWait(error, wait)
        try await pause(wait)
      }
      attempt += 1
    }
  }

  private func pause(_ wait: Duration) async throws(ModelError) {
    do {
      try await sleep(wait)
    } catch {
      throw .cancelled
    }
  }
}
