import Dramatis
import Synchronization

/// Lets a language model speak as the character, and an authored line stand in where it cannot.
public final class LLMPerformer: Performer {
  /// How a line came to be.
  public struct Report: Sendable {
    /// What the model answered; nil where it failed.
    public let completion: Completion?
    /// Why an authored line was spoken instead; nil where the model spoke.
    public let failure: ModelError?
    /// Whether the line was cut at the limit of tokens.
    public var isCut: Bool { completion?.finish == .length }
  }

  /// How a model is asked for lines.
  public struct Settings: Sendable {
    /// How freely tokens are drawn; nil for the service's own value.
    public var temperature: Double?
    /// How long a line may take; after it an authored line is spoken.
    public var deadline: Duration?
    /// Writes the prompt.
    public var renderer: PromptRenderer

    /// Makes settings.
    public init(
      temperature: Double? = nil, deadline: Duration? = nil, renderer: PromptRenderer = PromptRenderer()
    ) {
      self.temperature = temperature
      self.deadline = deadline
      self.renderer = renderer
    }
  }

  /// Whether authored lines stand in.
  public let choosesAuthoredLines: Bool
  private let model: any LanguageModel
  private let settings: Settings
  private let onText: @Sendable (String) async -> Void
  private let onReport: @Sendable (Report) -> Void
  private let estimate = Mutex(TokenEstimate())

  /// Makes a performer.
  ///
  /// - Parameters:
  ///   - standIn: Whether an authored line is spoken where the model fails; else the failure is thrown.
  ///   - onText: Is given the line piece by piece, free of control sequences; what is returned in the end counts.
  ///   - onReport: Is told how each line came to be.
  public init(
    _ model: any LanguageModel, settings: Settings = Settings(), standIn: Bool = false,
    onText: @escaping @Sendable (String) async -> Void = { _ in },
    onReport: @escaping @Sendable (Report) -> Void = { _ in }
  ) {
    self.model = model
    self.settings = settings
    choosesAuthoredLines = standIn
    self.onText = onText
    self.onReport = onReport
  }

  /// Asks the model for a line; an empty one counts as a failure.
  ///
  /// - Throws: ``ModelError``, unless authored lines stand in; a cancellation is always thrown.
  public func line(for request: LineRequest) async throws -> SpokenLine? {
    do {
      let (line, completion) = try await spoken(for: request)
      onReport(Report(completion: completion, failure: nil))
      return SpokenLine(line)
    } catch {
      guard choosesAuthoredLines, error != .cancelled else { throw error }
      onReport(Report(completion: nil, failure: error))
      return AuthoredPerformer(user: settings.renderer.user).line(for: request)
    }
  }

  private func spoken(for request: LineRequest) async throws(ModelError) -> (String, Completion) {
    let messages = settings.renderer.messages(for: request, estimate: estimate.withLock { $0 })
    let asked = ModelRequest(
      messages, maxTokens: settings.renderer.replyTokens, temperature: settings.temperature)
    let completion = try await complete(asked)
    if let usage = completion.usage { estimate.withLock { $0.learn(from: messages, counted: usage.prompt) } }
    let line = completion.text.asLine(of: request.program)
    guard !line.isEmpty else {
      throw .malformed("the line is empty (finish reason: \(completion.finish.rawValue))")
    }
    return (line, completion)
  }

  private func complete(_ request: ModelRequest) async throws(ModelError) -> Completion {
    let cleaner = Mutex(ControlStripper())
    let show = onText
    return try await model.complete(request, within: settings.deadline) { text in
      let clean = cleaner.withLock { $0.strip(text) }
      if !clean.isEmpty { await show(clean) }
    }
  }
}
