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
    /// How much the model may think before a line.
    public var reasoning: Reasoning?
    /// Further parameters of a line, such as samplers, by the names of the service.
    public var parameters: [JSONValue.Member] = []
    /// Texts that end a line, besides the name of whoever is spoken to.
    public var stop: [String] = []
    /// How many tokens the service has room for, as far as it is known; the service may be asked where a prompt is long enough
    /// for it to matter.
    public var window: @Sendable (_ mayAsk: Bool) async -> Int? = { _ in nil }
    /// Whether the model is asked of each line whether it contradicts what holds, speaks for others or gives too much away.
    public var checksLines = false
    /// The most tokens of a prompt with its reply, however many there is room for; nil for those of the renderer.
    public var mostTokens: Int?

    /// Notes with what lines begin, for a discriminator that shares it.
    public var lines: AwaitedLines?

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
  /// Whether the model said the same once more when it was asked for another line.
  private let repeatsItself = Mutex(false)

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
  /// Where lines are checked, or the profile forbids something, the line is judged whole before it is shown; one that has a flaw
  /// is asked for once more, with the reason, and what cannot be mended is told of the line (``SpokenLine/flaws``).
  ///
  /// The line is shown while it comes, free of control sequences, of anybody's name before it, and of what others say or
  /// was told for the character only. One that the character has said before, or that is somebody else's from its
  /// beginning, is asked for once more. Where the line is stopped, what was shown is the line. What is returned counts: it
  /// differs where reasoning was found too late, or where the model failed in the middle and an authored line stands in.
  ///
  /// - Throws: ``ModelError``, unless authored lines stand in; a cancellation is always thrown.
  public func line(for request: LineRequest) async throws -> SpokenLine? {
    let beginning = request.beginning.map { LineBeginning($0.text, isCut: $0.cut != nil) }
    let shown = ShownLine(
      settings.renderer.frame(for: request), earlier: request.recentLines.map(\.text), beginning: beginning,
      isWithheld: settings.checksLines || request.program.telling?.forbidden != nil, show: request.show)
    do {
      let (line, completion) = try await spoken(for: request, shown)
      onReport(Report(completion: completion, failure: nil))
      return line
    } catch .cancelled {
      guard !shown.text.isEmpty else { throw ModelError.cancelled }
      onReport(Report(completion: nil, failure: .cancelled))
      return SpokenLine(shown.text, cut: .stopped)
    } catch {
      guard choosesAuthoredLines else { throw error }
      onReport(Report(completion: nil, failure: error))
      return AuthoredPerformer(user: settings.renderer.user).line(for: request)
    }
  }

  /// A line that is to be another one, with what is wrong with it.
  private typealias Mending = (line: String, flaws: [LineFlaw])

  /// How often a prompt is cut for one line.
  private static let mostCuts = 4

  /// Asks with as much of the history as there is room for; where the service has less, with less.
  private func answer(
    to request: LineRequest, isAgain: Bool, mending: Mending?, _ shown: ShownLine
  ) async throws(ModelError) -> Answered {
    var renderer = settings.renderer
    renderer.mending = mending
    var cuts = 0
    // No more than this, whatever the service says that it has room for.
    var most = Int.max
    while true {
      let fitting = try await fitted(request, isAgain: isAgain, by: &renderer, atMost: most)
      do {
        let completion = try await model.complete(fitting, within: settings.deadline) { shown.push($0) }
        return Answered(completion: completion, asked: fitting, renderer: renderer)
      } catch .tooLongPrompt(let tokens, let limit) {
        cuts += 1
        let estimate = counter.withLock { counter in
          if let tokens { counter.trust(tokens, for: fitting.messages) }
          return counter.tokens(in: fitting.messages)
        }
        // The service may say no numbers, or others than it holds to.
        most = min(limit ?? .max, estimate + renderer.replyTokens - estimate / 8 - 1)
        renderer.contextTokens = most
        let shorter = renderer.messages(for: request, counter: counter.withLock { $0 }, isAgain: isAgain)
        guard cuts <= Self.mostCuts, shorter != fitting.messages else {
          throw .tooLongPrompt(tokens: tokens ?? estimate, limit: limit)
        }
      }
    }
  }

  /// The request for a line, cut to what is known of the room.
  ///
  /// - Throws: ``ModelError/tooLongPrompt(tokens:limit:)`` where not even the newest words have room.
  private func fitted(
    _ request: LineRequest, isAgain: Bool, by renderer: inout PromptRenderer, atMost most: Int
  ) async throws(ModelError) -> ModelRequest {
    let counter = counter.withLock { $0 }
    var messages = renderer.messages(for: request, counter: counter, isAgain: isAgain)
    let matters = counter.tokens(in: messages) > min(renderer.contextTokens, 4096) / 2
    if let window = await settings.window(matters) {
      renderer.contextTokens = min(window, settings.mostTokens ?? renderer.contextTokens, most)
      messages = renderer.messages(for: request, counter: counter, isAgain: isAgain)
      let tokens = counter.tokens(in: messages)
      if tokens >= window { throw .tooLongPrompt(tokens: tokens, limit: window) }
      renderer.replyTokens = min(renderer.replyTokens, max(window - tokens, 16))
    }
    // What is far from filling the room was not cut.
    if counter.tokens(in: messages) + settings.renderer.replyTokens > renderer.contextTokens / 2 {
      request.noteUntold(renderer.untold(of: request, counter: counter, isAgain: isAgain))
    }
    var asked = ModelRequest(
      messages, maxTokens: renderer.replyTokens, temperature: settings.temperature,
      stop: ["\n\(renderer.user):"] + settings.stop, reasoning: settings.reasoning)
    asked.parameters = settings.parameters
    asked.purpose = .line(of: request.program.character)
    return asked
  }

  private func spoken(
    for request: LineRequest, _ shown: ShownLine
  ) async throws(ModelError) -> (SpokenLine, Completion) {
    var leftOut: [String] = []
    var isAgain = false
    var mending: Mending?
    while true {
      let answered = try await completion(for: request, isAgain: isAgain, mending: mending, shown)
      let completion = answered.completion
      let (line, isOver, others) = shown.line(of: completion.text)
      leftOut += completion.removed + others
      let isNobodys = line.isEmpty && isOver
      let isRepeated = shown.isRepeated(line)
      // A model that cannot but repeat itself is not asked twice for every line.
      let mayChange = !repeatsItself.withLock { repeats in
        defer { repeats = isRepeated && (isAgain || repeats) }
        return repeats
      }
      if !isAgain, isNobodys || isRepeated && mayChange, shown.restart() {
        if !line.isEmpty { leftOut.append(line) }
        isAgain = true
        continue
      }
      let flaws = line.isEmpty ? [] : try await flaws(of: line, isRepeated: isRepeated, for: request)
      if mending == nil, flaws.contains(where: { $0.kind != .repeated }), shown.restart() {
        leftOut.append(line)
        mending = (line, flaws)
        continue
      }
      shown.release()
      if isNobodys {
        throw .failed("the model speaks for somebody else instead; try again, or another model")
      }
      guard !line.isEmpty else {
        throw .malformed("the line is empty (finish reason: \(completion.finish.rawValue))")
      }
      note(line, for: request, by: answered.renderer)
      // What ends before somebody else's words is whole.
      let cut = isOver ? nil : completion.finish.cut
      return (SpokenLine(line, cut: cut, leftOut: leftOut, flaws: flaws), completion)
    }
  }

  /// What is wrong with a line: what is plain first, and where it is wanted what the model says.
  private func flaws(
    of line: String, isRepeated: Bool, for request: LineRequest
  ) async throws(ModelError) -> [LineFlaw] {
    let user = settings.renderer.user
    let plain = (isRepeated ? [LineFlaw(.repeated)] : []) + request.flaws(of: line, user: user)
    guard let judge = LineJudge(of: line, for: request, user: user, isWhole: settings.checksLines) else {
      return plain
    }
    let awaited = settings.lines?.beginning(of: [request.program], in: request.scene)
    let placed = PlacedModel(base: model, purpose: .questions(part: 1), awaited: awaited)
    return plain + (try await judge.flaws(by: placed))
  }

  private func completion(
    for request: LineRequest, isAgain: Bool, mending: Mending?, _ shown: ShownLine
  ) async throws(ModelError) -> Answered {
    let answered = try await answer(to: request, isAgain: isAgain, mending: mending, shown)
    shown.finish()
    if let usage = answered.completion.usage {
      counter.withLock { $0.learn(from: answered.asked.messages, counted: usage.prompt) }
    }
    return answered
  }

  /// Notes what will stand before the next line.
  private func note(_ line: String, for request: LineRequest, by renderer: PromptRenderer) {
    guard let lines = settings.lines else { return }
    var renderer = renderer
    renderer.mending = nil
    let before = renderer.lastingMessages(for: request, counter: counter.withLock { $0 })
    lines.note(before, then: line, by: request.program.character)
  }

  /// What came of a request, with what wrote it.
  private struct Answered {
    let completion: Completion
    let asked: ModelRequest
    let renderer: PromptRenderer
  }
}

extension FinishReason {
  /// What the reason of a reply means for a line; nil where it is whole.
  fileprivate var cut: LineCut? {
    switch self {
    case .length: .length
    case .filtered: .filtered
    case .stop, .failed, .unstated: nil
    }
  }
}
