/// Puts the pieces of a reply together.
struct ReplyAssembly {
  private let start = ContinuousClock.now
  private let key: APIKey?
  private var filter = TemplateFilter()
  private var keyFilter: KeyFilter
  private var firstText: Duration?
  /// Everything but the text.
  private var notes = ReplyPiece()

  /// - Parameter key: What is taken out of the reply wherever the service repeats it.
  init(without key: APIKey?) {
    self.key = key
    keyFilter = KeyFilter(key)
  }

  /// Appends a text and returns what of it may be shown.
  mutating func append(_ text: String) -> String { shown(keyFilter.push(filter.push(text))) }

  /// Appends what else the service says.
  mutating func append(_ piece: ReplyPiece) {
    notes.add(piece)
  }

  /// Whether the service has said that nothing follows.
  var isLast: Bool { notes.isLast }

  /// Whether the service has said why the reply ends, though more about it may follow.
  var isFinished: Bool { notes.finish != nil }

  /// What was held back because it might have become a mark or the key.
  mutating func rest() -> String { shown(keyFilter.push(filter.finish()) + keyFilter.finish()) }

  /// The reply, if the service has said in some way that it is complete.
  ///
  /// - Throws: ``ModelError/cutOff``: an end that nobody has announced is one that came too early; and
  ///   ``ModelError/failed(_:)`` where the service gives a failure as the reason.
  func completion() throws(ModelError) -> Completion {
    guard isLast || isFinished else { throw .cutOff }
    guard notes.finish != .failed else { throw .failed("it says only that the reply ended in an error") }
    if filter.text.isEmpty, !notes.refusal.isEmpty { throw .declined(notes.refusal.quotable(without: key)) }
    let usage = notes.promptTokens.map {
      Usage(prompt: $0, reply: notes.replyTokens ?? 0, cached: notes.cachedTokens ?? 0)
    }
    return Completion(
      text: filter.text.without(key), finish: notes.finish ?? .unstated, usage: usage,
      latency: Latency(firstText: firstText, total: start.duration(to: .now)),
      model: notes.model?.without(key),
      alternatives: notes.alternatives.map {
        TokenAlternative($0.text.without(key), logProbability: $0.logProbability)
      }, removed: filter.removed.runs.map { $0.without(key) }, thought: notes.thought.without(key))
  }

  private mutating func shown(_ text: String) -> String {
    if firstText == nil, !text.isEmpty { firstText = start.duration(to: .now) }
    return text
  }
}
