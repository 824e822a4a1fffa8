/// How a dialect writes requests and what its replies mean; pure.
protocol WireProtocol: Sendable {
  /// Where completions are asked for, below the address.
  var path: String { get }
  func headers(key: APIKey?) -> [String]
  func body(for request: ModelRequest) -> JSONValue
  /// What an event of a stream says.
  func piece(of event: SSEEvent) throws(JSONError) -> ReplyPiece
  /// What a reply says that came in one piece.
  func whole(_ body: [UInt8]) throws(JSONError) -> ReplyPiece
}

/// What one message of a service adds to a reply.
struct ReplyPiece: Hashable {
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
}
