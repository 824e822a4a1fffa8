import Synchronization

/// What a session may spend on models; shared by all that spend from it.
public final class Budget: Sendable {
  /// What a million tokens cost, in any currency.
  public struct Price: Hashable, Sendable {
    /// A million tokens of prompts.
    public let prompt: Double
    /// A million tokens of replies.
    public let reply: Double

    /// Makes a price.
    public init(prompt: Double, reply: Double) {
      self.prompt = prompt
      self.reply = reply
    }
  }

  /// One request as it went.
  public struct Call: Hashable, Sendable {
    /// Its tokens; estimated where the service does not count.
    public let usage: Usage
    /// How long it took; the first text is nil where none came.
    public let latency: Latency
    /// The code of what went wrong; nil where nothing did.
    public let failure: String?
  }

  /// What has been spent.
  public struct Spending: Hashable, Sendable {
    /// Requests, failed ones included.
    public internal(set) var calls = 0
    /// Requests that failed.
    public internal(set) var failures = 0
    /// Tokens of prompts; estimated where a service does not count.
    public internal(set) var promptTokens = 0
    /// Tokens of replies; estimated where a service does not count.
    public internal(set) var replyTokens = 0
    /// Tokens of prompts that services had in their caches.
    public internal(set) var cachedTokens = 0
    /// What it cost by the price; caches are not taken into account.
    public internal(set) var cost = 0.0
    /// How long all requests took, one after another.
    public internal(set) var time = Duration.zero

    /// Tokens of both kinds.
    public var tokens: Int { promptTokens + replyTokens }
  }

  /// The most requests; nil for no limit.
  public let calls: Int?
  /// The most tokens; nil for no limit.
  public let tokens: Int?
  /// The most that it may cost; nil for no limit.
  public let cost: Double?
  private let price: Price
  private let state = Mutex(Spending())
  private let record = Mutex([Call]())
  /// How many calls are remembered one by one.
  private static let remembered = 1000

  /// Makes a budget.
  public init(
    calls: Int? = nil, tokens: Int? = nil, cost: Double? = nil, price: Price = Price(prompt: 0, reply: 0)
  ) {
    self.calls = calls
    self.tokens = tokens
    self.cost = cost
    self.price = price
  }

  /// What has been spent so far.
  public var spent: Spending { state.withLock { $0 } }

  /// The last thousand requests, oldest first.
  public var history: [Call] { record.withLock { $0 } }

  /// What some tokens cost by the price.
  public func cost(prompt: Int, reply: Int) -> Double {
    (Double(prompt) * price.prompt + Double(reply) * price.reply) / 1_000_000
  }

  /// Counts a request before it is sent.
  func spendCall() throws(ModelError) {
    let refusal = state.withLock { spent -> String? in
      if let calls, spent.calls >= calls { return "\(spent.calls) of \(calls) requests" }
      if let tokens, spent.tokens >= tokens { return "\(spent.tokens) of \(tokens) tokens" }
      if let cost, spent.cost >= cost { return "\(spent.cost) of \(cost) in costs" }
      spent.calls += 1
      return nil
    }
    if let refusal { throw .overBudget(refusal) }
  }

  func add(_ call: Call) {
    record.withLock { record in
      record.append(call)
      if record.count > Self.remembered { record.removeFirst() }
    }
    let usage = call.usage
    state.withLock { spent in
      if call.failure != nil { spent.failures += 1 }
      spent.promptTokens += usage.prompt
      spent.replyTokens += usage.reply
      spent.cachedTokens += usage.cached
      spent.cost += cost(prompt: usage.prompt, reply: usage.reply)
      spent.time += call.latency.total
    }
  }
}

/// Spends from a budget, and asks nothing more once it is used up.
public struct BudgetedModel: LanguageModel {
  /// The name of the model that is wrapped.
  public var name: String { base.name }
  private let base: any LanguageModel
  private let budget: Budget

  /// Wraps a model; put it inside of a ``RetryingModel``, so that every attempt counts.
  public init(_ base: any LanguageModel, budget: Budget) {
    self.base = base
    self.budget = budget
  }

  /// Asks the wrapped model.
  ///
  /// A request that is under way when the budget is used up is not broken off.
  public func complete(
    _ request: ModelRequest, onText: @Sendable (String) async -> Void
  ) async throws(ModelError) -> Completion {
    try budget.spendCall()
    let start = ContinuousClock.now
    let shown = Atomic(0)
    do {
      let completion = try await base.complete(request) { text in
        shown.add(text.utf8.count, ordering: .relaxed)
        await onText(text)
      }
      let usage = completion.usage ?? estimated(request, reply: completion.text.utf8.count)
      let latency = Latency(firstText: completion.latency.firstText, total: start.duration(to: .now))
      budget.add(Budget.Call(usage: usage, latency: latency, failure: nil))
      return completion
    } catch {
      // What was never accepted costs nothing; what broke off was paid for.
      let bytes = shown.load(ordering: .relaxed)
      let usage = bytes > 0 ? estimated(request, reply: bytes) : Usage(prompt: 0, reply: 0)
      let latency = Latency(total: start.duration(to: .now))
      budget.add(Budget.Call(usage: usage, latency: latency, failure: error.code))
      throw error
    }
  }

  private func estimated(_ request: ModelRequest, reply bytes: Int) -> Usage {
    let counter = TokenCounter()
    return Usage(prompt: counter.tokens(in: request.messages), reply: counter.tokens(bytes: bytes))
  }
}
