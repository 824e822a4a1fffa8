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

  /// Asks for a completion that has to be there in time; the request is closed where it is not.
  ///
  /// - Throws: ``ModelError/timedOut(_:)`` with ``TimeLimit/total``, and whatever the model throws.
  func complete(
    _ request: ModelRequest, within deadline: Duration?, onText: @escaping @Sendable (String) async -> Void
  ) async throws(ModelError) -> Completion {
    guard let deadline else { return try await complete(request, onText: onText) }
    let first = await withTaskGroup(of: Result<Completion, ModelError>?.self) { group in
      group.addTask {
        do throws(ModelError) {
          return .success(try await complete(request, onText: onText))
        } catch {
          return .failure(error)
        }
      }
      group.addTask {
        try? await Task.sleep(for: deadline)
        return nil
      }
      defer { group.cancelAll() }
      return await group.next() ?? nil
    }
    guard let first else { throw Task.isCancelled ? .cancelled : .timedOut(.total) }
    return try first.get()
  }
}
