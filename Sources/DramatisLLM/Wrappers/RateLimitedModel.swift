/// Asks no more often, and no more at the same time, than a service allows.
public struct RateLimitedModel: LanguageModel {
  /// The name of the model that is wrapped.
  public var name: String { base.name }
  private let base: any LanguageModel
  private let gate: RequestGate
  private let learn: (@Sendable () async -> Int?)?

  /// Wraps a model.
  ///
  /// - Parameters:
  ///   - atOnce: The most requests under way at the same time, at least 1.
  ///   - perMinute: The most requests a minute, evenly apart; nil for no limit.
  ///   - learn: Finds out how many requests the service serves at once; asked where two requests meet for the first time.
  public init(
    _ base: any LanguageModel, atOnce: Int, perMinute: Int? = nil, learn: (@Sendable () async -> Int?)? = nil
  ) {
    self.base = base
    self.learn = learn
    gate = RequestGate(atOnce: max(atOnce, 1), interval: perMinute.map { .seconds(60) / max($0, 1) } ?? .zero)
  }

  /// Waits for its turn, then asks the wrapped model.
  public func complete(
    _ request: ModelRequest, onText: @Sendable (String) async -> Void
  ) async throws(ModelError) -> Completion {
    let isAlone = await gate.arrive()
    if !isAlone, let learn { await gate.narrow(learn) }
    try await gate.enter()
    do {
      let completion = try await base.complete(request, onText: onText)
      await gate.leave()
      return completion
    } catch {
      await gate.leave()
      throw error
    }
  }
}

/// Lets so many in at once, first come first served, and each a little after the one before.
actor RequestGate {
  private let interval: Duration
  private var limit: Int
  private var underWay = 0
  /// How many have come and are not gone, waiting ones included.
  private var arrived = 0
  private var hasAsked = false
  /// Whether somebody finds out how many may be in.
  private var isAsking = false
  private var nextStart = ContinuousClock.now
  private var waiting: [(number: Int, continuation: CheckedContinuation<Bool, Never>)] = []
  private var lastNumber = 0

  init(atOnce: Int, interval: Duration) {
    limit = atOnce
    self.interval = interval
  }

  /// Notes that somebody has come; whether all who came before are gone.
  func arrive() -> Bool {
    arrived += 1
    return arrived == 1
  }

  /// Lets no more in than somebody finds out, who is asked once; nil changes nothing.
  ///
  /// Whoever comes while that is found out waits for a place.
  func narrow(_ ask: @Sendable () async -> Int?) async {
    guard !hasAsked else { return }
    (hasAsked, isAsking) = (true, true)
    let most = await ask()
    isAsking = false
    if let most { limit = min(limit, max(most, 1)) }
    admit()
  }

  /// Waits for a place; whoever got in has to ``leave()``.
  func enter() async throws(ModelError) {
    if underWay < limit, !isAsking {
      underWay += 1
    } else {
      lastNumber += 1
      let number = lastNumber
      let isIn = await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
          if Task.isCancelled { return continuation.resume(returning: false) }
          waiting.append((number, continuation))
        }
      } onCancel: {
        Task { await self.giveUp(number) }
      }
      guard isIn else {
        arrived = max(arrived - 1, 0)
        throw .cancelled
      }
    }
    try await space()
  }

  /// Gives the place to whoever waits longest.
  func leave() {
    arrived = max(arrived - 1, 0)
    underWay -= 1
    admit()
  }

  /// Gives places to those who wait longest, as far as there are any.
  private func admit() {
    guard !isAsking else { return }
    while underWay < limit, !waiting.isEmpty {
      underWay += 1
      waiting.removeFirst().continuation.resume(returning: true)
    }
  }

  private func giveUp(_ number: Int) {
    guard let index = waiting.firstIndex(where: { $0.number == number }) else { return }
    waiting.remove(at: index).continuation.resume(returning: false)
  }

  private func space() async throws(ModelError) {
    let start = max(nextStart, .now)
    nextStart = start + interval
    do {
      try await Task.sleep(until: start, clock: .continuous)
    } catch {
      leave()
      throw .cancelled
    }
  }
}
