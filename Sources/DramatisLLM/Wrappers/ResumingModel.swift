/// Answers from a cassette what was asked before, and asks a model for the rest, which is recorded.
///
/// So long work that was broken off is begun again, and costs only what was not done yet.
public struct ResumingModel: LanguageModel {
  /// The name of the model that is wrapped.
  public var name: String { base.name }
  private let base: any LanguageModel
  private let cassette: Cassette
  private let recorded: RecordingModel

  /// Wraps a model.
  public init(_ base: any LanguageModel, on cassette: Cassette) {
    self.base = base
    self.cassette = cassette
    recorded = RecordingModel(base, on: cassette)
  }

  /// Plays the recorded reply, or asks the wrapped model.
  public func complete(
    _ request: ModelRequest, onText: @Sendable (String) async -> Void
  ) async throws(ModelError) -> Completion {
    do {
      return try await ReplayingModel(cassette, name: name).complete(request, onText: onText)
    } catch {
      guard case .notRecorded = error else { throw error }
    }
    return try await recorded.complete(request, onText: onText)
  }
}
