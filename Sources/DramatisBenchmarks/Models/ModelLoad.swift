/// What is asked of a service in one round.
struct ModelLoad {
  enum Reply {
    /// So many tokens, so many a second; 0 for all at once.
    case stream(tokens: Int, rate: Int)
    case answer(milliseconds: Int)

    var path: String {
      switch self {
      case .stream(let tokens, let rate): "stream/\(tokens)/\(rate)"
      case .answer(let milliseconds): "answer/\(milliseconds)"
      }
    }
  }

  let reply: Reply
  /// How many requests run at the same time.
  let streams: Int
  /// How many requests follow each other in each of them.
  let requests: Int

  var isStreamed: Bool {
    if case .stream = reply { true } else { false }
  }

  /// Tokens of the streams, or answers: what a cost is divided by.
  var units: Int {
    switch reply {
    case .stream(let tokens, _): streams * requests * tokens
    case .answer: streams * requests
    }
  }

  /// Events of the protocol: a stream has four besides its tokens.
  var events: Int { isStreamed ? units + 4 * streams * requests : 0 }
}
