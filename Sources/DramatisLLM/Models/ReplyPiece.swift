/// What one message of a service adds to a reply.
struct ReplyPiece: Hashable, Sendable {
  var text = ""
  /// Whether the model was at work, if only at its reasoning.
  var isProgress = false
  var finish: FinishReason?
  var promptTokens: Int?
  var replyTokens: Int?
  var cachedTokens: Int?
  var model: String?
  var alternatives: [TokenAlternative] = []
  /// What the service says went wrong.
  var error: String?
  /// Whether the service says that nothing follows.
  var isLast = false

  /// Adds what a later piece says, except for its text: the last word counts, but of errors and alternatives the first.
  mutating func add(_ later: ReplyPiece) {
    isProgress = isProgress || later.isProgress
    finish = later.finish ?? finish
    promptTokens = later.promptTokens ?? promptTokens
    replyTokens = later.replyTokens ?? replyTokens
    cachedTokens = later.cachedTokens ?? cachedTokens
    model = later.model ?? model
    if alternatives.isEmpty { alternatives = later.alternatives }
    error = error ?? later.error
    isLast = isLast || later.isLast
  }
}
