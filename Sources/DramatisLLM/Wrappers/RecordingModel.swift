import Synchronization

/// Asks a model and records what it answers; errors are not recorded.
public struct RecordingModel: LanguageModel {
  /// The name of the model that is wrapped.
  public var name: String { base.name }
  private let base: any LanguageModel
  private let cassette: Cassette

  /// Wraps a model.
  public init(_ base: any LanguageModel, on cassette: Cassette) {
    self.base = base
    self.cassette = cassette
  }

  /// Asks the wrapped model.
  public func complete(
    _ request: ModelRequest, onText: @Sendable (String) async -> Void
  ) async throws(ModelError) -> Completion {
    let pieces = Mutex([String]())
    let completion = try await base.complete(request) { text in
      pieces.withLock { $0.append(text) }
      await onText(text)
    }
    cassette.record(
      Cassette.Entry(
        request: request.json(for: name), pieces: pieces.withLock { $0 }, completion: completion))
    return completion
  }
}

/// Answers from a cassette, with no service.
public struct ReplayingModel: LanguageModel {
  /// The name of the model that was recorded.
  public let name: String
  private let cassette: Cassette

  /// Makes a model that answers as the recorded one of this name did.
  public init(_ cassette: Cassette, name: String) {
    self.cassette = cassette
    self.name = name
  }

  /// Gives the recorded replies to a request, one after another.
  ///
  /// - Throws: ``ModelError/notRecorded(_:)`` where none is left.
  public func complete(
    _ request: ModelRequest, onText: @Sendable (String) async -> Void
  ) async throws(ModelError) -> Completion {
    guard let entry = cassette.play(request.json(for: name)) else {
      throw .notRecorded((request.messages.last?.text ?? "").quotable)
    }
    for piece in entry.pieces { await onText(piece) }
    return entry.completion
  }
}

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
