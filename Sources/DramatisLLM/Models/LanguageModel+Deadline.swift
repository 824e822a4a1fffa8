extension LanguageModel {
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
