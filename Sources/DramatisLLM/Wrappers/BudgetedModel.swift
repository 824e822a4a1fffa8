import Synchronization

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
    try budget.take()
    let start = ContinuousClock.now
    let shown = Atomic(0)
    do {
      let completion = try await base.complete(request) { text in
        shown.add(text.utf8.count, ordering: .relaxed)
        await onText(text)
      }
      let usage = completion.usage ?? estimate(request, reply: completion.text.utf8.count)
      let latency = Latency(firstText: completion.latency.firstText, total: start.duration(to: .now))
      budget.add(Budget.Call(usage: usage, latency: latency, failure: nil))
      return completion
    } catch {
      // What was never accepted costs nothing; what broke off was paid for.
      let bytes = shown.load(ordering: .relaxed)
      let usage = bytes > 0 ? estimate(request, reply: bytes) : Usage(prompt: 0, reply: 0)
      let latency = Latency(total: start.duration(to: .now))
      budget.add(Budget.Call(usage: usage, latency: latency, failure: error.code))
      throw error
    }
  }

  private func estimate(_ request: ModelRequest, reply bytes: Int) -> Usage {
    let estimate = TokenEstimate()
    return Usage(prompt: estimate.tokens(in: request.messages), reply: estimate.tokens(bytes: bytes))
  }
}
