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

  /// Makes a policy.
  public init(
    attempts: Int = 4, firstWait: Duration = .milliseconds(500), longestWait: Duration = .seconds(30),
    seed: UInt64 = 0
  ) {
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
  func wait(after error: ModelError, attempt: Int, call: Int) -> Duration? {
    guard attempt < attempts, error.mayPass else { return nil }
    let doubled = firstWait * (1 << min(attempt - 1, 20))
    let jittered =
      min(doubled, longestWait) * (0.5 + 0.5 * Draw.number(seed: seed, turn: call, site: 0, attempt: attempt))
    guard case .refused(_, _, let asked?) = error else { return jittered }
    return asked <= longestWait ? max(asked, jittered) : nil
  }
}

extension ModelError {
  /// Whether the same request may go well a little later.
  var mayPass: Bool {
    switch self {
    case .unreachable, .timedOut(.connect), .timedOut(.firstText), .failed, .cutOff: true
    case .refused(let status, _, _): [408, 409, 425, 429, 500, 502, 503, 504, 529].contains(status)
    default: false
    }
  }
}

/// Tries again what may go well a little later, as long as nothing was shown yet.
public final class RetryingModel: LanguageModel {
  /// The name of the model that is wrapped.
  public var name: String { base.name }
  private let base: any LanguageModel
  private let policy: RetryPolicy
  private let sleep: @Sendable (Duration) async throws -> Void
  private let calls = Mutex(0)

  /// Wraps a model.
  public convenience init(_ base: any LanguageModel, policy: RetryPolicy = RetryPolicy()) {
    self.init(base, policy: policy) { try await Task.sleep(for: $0) }
  }

  init(
    _ base: any LanguageModel, policy: RetryPolicy, sleep: @escaping @Sendable (Duration) async throws -> Void
  ) {
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
          let wait = policy.wait(after: error, attempt: attempt, call: call)
        else { throw error }
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
