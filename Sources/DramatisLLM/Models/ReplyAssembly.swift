/// Puts the pieces of a reply together.
struct ReplyAssembly {
  private let start = ContinuousClock.now
  private let key: APIKey?
  private var filter = ReasoningFilter()
  private var keyFilter: KeyFilter
  private var firstText: Duration?
  private var finish: FinishReason?
  private var isEnded = false
  private var prompt: Int?
  private var reply: Int?
  private var cached: Int?
  private var model: String?
  private var alternatives: [TokenAlternative] = []

  /// - Parameter key: What is taken out of the reply wherever the service repeats it.
  init(without key: APIKey?) {
    self.key = key
    keyFilter = KeyFilter(key)
  }

  /// Takes a piece and returns what of it may be shown.
  mutating func take(_ piece: ReplyPiece) -> String {
    finish = piece.finish ?? finish
    isEnded = isEnded || piece.isLast
    prompt = piece.promptTokens ?? prompt
    reply = piece.replyTokens ?? reply
    cached = piece.cachedTokens ?? cached
    model = piece.model ?? model
    if alternatives.isEmpty { alternatives = piece.alternatives }
    return shown(piece.text.isEmpty ? "" : keyFilter.take(filter.take(piece.text)))
  }

  /// Whether the service has said that nothing follows.
  var isLast: Bool { isEnded }

  /// Whether the service has said why the reply ends, though more about it may follow.
  var isFinished: Bool { finish != nil }

  /// What was held back because it might have become reasoning or the key.
  mutating func rest() -> String { shown(keyFilter.take(filter.finish()) + keyFilter.finish()) }

  /// The reply, if the service has said in some way that it is complete.
  ///
  /// - Throws: ``ModelError/cutOff``: an end that nobody has announced is one that came too early.
  func completion() throws(ModelError) -> Completion {
    guard isEnded || finish != nil else { throw .cutOff }
    var usage: Usage?
    if let prompt { usage = Usage(prompt: prompt, reply: reply ?? 0, cached: cached ?? 0) }
    return Completion(
      text: filter.text.without(key), finish: finish ?? .unstated, usage: usage,
      latency: Latency(firstText: firstText, total: start.duration(to: .now)), model: model?.without(key),
      alternatives: alternatives.map {
        TokenAlternative($0.text.without(key), logProbability: $0.logProbability)
      })
  }

  private mutating func shown(_ text: String) -> String {
    if firstText == nil, !text.isEmpty { firstText = start.duration(to: .now) }
    return text
  }
}
