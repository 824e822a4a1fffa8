/// Answers a request with text, piece by piece and then as a whole.
///
/// Everything that speaks for a service, and everything that is wrapped around it, conforms to this alone:
///
/// ```swift
/// let model: any LanguageModel = RetryingModel(BudgetedModel(ServiceModel(endpoint), budget: budget))
/// let completion = try await model.complete(request) { text in print(text, terminator: "") }
/// ```
///
/// To stop a reply, cancel the task that awaits it.
public protocol LanguageModel: Sendable {
  /// What the model is called, for records and caches.
  var name: String { get }

  /// Asks for a completion.
  ///
  /// - Parameters:
  ///   - request: What is asked.
  ///   - onText: Is given each piece of the text as it comes; while it is busy, no more is read.
  /// - Returns: The whole text, which may differ from the pieces where reasoning was found among them too late.
  func complete(
    _ request: ModelRequest, onText: @Sendable (String) async -> Void
  ) async throws(ModelError) -> Completion
}

extension LanguageModel {
  /// Asks for a completion whose pieces nobody wants to see.
  public func complete(_ request: ModelRequest) async throws(ModelError) -> Completion {
    try await complete(request) { _ in }
  }
}
