/// Asks no more often, and no more at the same time, than a service allows.
public struct RateLimitedModel: LanguageModel {
  /// The name of the model that is wrapped.
  public var name: String { base.name }
  private let base: any LanguageModel
  private let gate: RequestGate

  /// Wraps a model.
  ///
  /// - Parameters:
  ///   - atOnce: The most requests under way at the same time, at least 1.
  ///   - perMinute: The most requests a minute, evenly apart; nil for no limit.
  public init(_ base: any LanguageModel, atOnce: Int, perMinute: Int? = nil) {
    self.base = base
    gate = RequestGate(atOnce: max(atOnce, 1), interval: perMinute.map { .seconds(60) / max($0, 1) } ?? .zero)
  }

  /// Waits for its turn, then asks the wrapped model.
  public func complete(
    _ request: ModelRequest, onText: @Sendable (String) async -> Void
  ) async throws(ModelError) -> Completion {
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
