import Dramatis
import Synchronization

/// Lets a language model speak as the character, and an authored line stand in where it cannot.
public final class LLMPerformer: Performer {
  /// How a line came to be.
  public struct Report: Sendable {
    /// What the model answered; nil where it failed.
    public let completion: Completion?
    /// Why an authored line was spoken instead, or the line ends early; nil where the model spoke to the end.
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
  private let onReport: @Sendable (Report) -> Void
  private let counter = Mutex(TokenCounter())

  /// Makes a performer.
  ///
  /// - Parameters:
  ///   - standIn: Whether an authored line is spoken where the model fails; else the failure is thrown.
  ///   - onReport: Is told how each line came to be.
  public init(
    _ model: any LanguageModel, settings: Settings = Settings(), standIn: Bool = false,
    onReport: @escaping @Sendable (Report) -> Void = { _ in }
  ) {
    self.model = model
    self.settings = settings
    choosesAuthoredLines = standIn
    self.onReport = onReport
  }

  /// Asks the model for a line; an empty one counts as a failure.
  ///
  /// The line is shown while it comes, free of control sequences and of the speaker's name. Where it is stopped, what was
  /// shown is the line. What is returned counts: it differs where reasoning was found too late, or where the model
  /// failed in the middle and an authored line stands in.
  ///
  /// - Throws: ``ModelError``, unless authored lines stand in; a cancellation is always thrown.
  public func line(for request: LineRequest) async throws -> SpokenLine? {
    let shown = ShownLine(request)
    do {
      let (line, completion) = try await spoken(for: request, shown)
      onReport(Report(completion: completion, failure: nil))
      return SpokenLine(line)
    } catch .cancelled {
      guard !shown.text.isEmpty else { throw ModelError.cancelled }
      onReport(Report(completion: nil, failure: .cancelled))
      return SpokenLine(shown.text)
    } catch {
      guard choosesAuthoredLines else { throw error }
      onReport(Report(completion: nil, failure: error))
      return AuthoredPerformer(user: settings.renderer.user).line(for: request)
    }
  }

  private func spoken(
    for request: LineRequest, _ shown: ShownLine
  ) async throws(ModelError) -> (String, Completion) {
    let messages = settings.renderer.messages(for: request, counter: counter.withLock { $0 })
    let asked = ModelRequest(
      messages, maxTokens: settings.renderer.replyTokens, temperature: settings.temperature)
    let completion = try await model.complete(asked, within: settings.deadline) { shown.push($0) }
    shown.finish()
    if let usage = completion.usage { counter.withLock { $0.learn(from: messages, counted: usage.prompt) } }
    let line = completion.text.asLine(of: request.program)
    guard !line.isEmpty else {
      throw .malformed("the line is empty (finish reason: \(completion.finish.rawValue))")
    }
    return (line, completion)
  }
}
