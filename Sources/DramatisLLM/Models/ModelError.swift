import Dramatis

/// Why a language model gave no reply.
///
/// No case ever holds a key. What a service said is stripped of control sequences and cut to 300 characters.
public enum ModelError: Error, Hashable, Sendable {
  /// The address is not one of a service that can be called.
  case badAddress(String)
  /// The key cannot be used.
  case badKey(String)
  /// No connection to the service could be made.
  case unreachable(String)
  /// The service could not prove who it is.
  case untrusted(String)
  /// The service took longer than a limit allows.
  case timedOut(TimeLimit)
  /// The service answered with an error status.
  case refused(status: Int, message: String, retryAfter: Duration?)
  /// The prompt has more tokens than there is room for; both numbers as far as they are known.
  case tooLongPrompt(tokens: Int?, limit: Int?)
  /// The model has thought until its tokens were used up, and said nothing.
  case thoughtOnly(tokens: Int?)
  /// The model declined, in its own words.
  case declined(String)
  /// The service reported an error after it had accepted the request.
  case failed(String)
  /// The reply ended before it was complete.
  case cutOff
  /// The reply is not what the protocol says.
  case malformed(String)
  /// The reply is longer than allowed.
  case tooLong(bytes: Int)
  /// The reply is not what the schema asks for, even after a repair was asked for.
  case invalidOutput(String)
  /// A budget is used up.
  case overBudget(String)
  /// The cassette holds no reply to this request.
  case notRecorded(String)
  /// Whoever asked does not want to know any more.
  case cancelled
}

extension ModelError: CustomStringConvertible {
  /// A stable code for logs and tests.
  public var code: String {
    switch self {
    case .badAddress: "bad-address"
    case .badKey: "bad-key"
    case .unreachable: "unreachable"
    case .untrusted: "untrusted"
    case .timedOut: "timed-out"
    case .refused: "refused"
    case .tooLongPrompt: "too-long-prompt"
    case .thoughtOnly: "thought-only"
    case .declined: "declined"
    case .failed: "failed"
    case .cutOff: "cut-off"
    case .malformed: "malformed"
    case .tooLong: "too-long"
    case .invalidOutput: "invalid-output"
    case .overBudget: "over-budget"
    case .notRecorded: "not-recorded"
    case .cancelled: "cancelled"
    }
  }

  /// What went wrong and what to do, in a sentence without a full stop.
  public var description: String {
    switch self {
    case .badAddress(let why): "this address cannot be called: \(why)"
    case .badKey(let why): "the key cannot be used: \(why)"
    case .unreachable(let why): "the service cannot be reached: \(why); check the address and that it runs"
    case .untrusted(let why): "the service is not trusted: \(why)"
    case .timedOut(let limit):
      "the service took too long (limit: \(limit.rawValue)); raise the limit or try again"
    case .refused(let status, let message, _): Self.refusal(status, saying: message)
    case .tooLongPrompt(let tokens, let limit): Self.overflow(tokens, limit: limit)
    case .thoughtOnly(let tokens):
      "the model thought \(tokens.map { "for \($0) tokens" } ?? "until its tokens were used up") and said nothing; "
        + "give --reasoning off, or allow more with --max-tokens"
    case .declined(let words): "the model declined: \(words)"
    case .failed(let message): "the service failed: \(message)"
    case .cutOff: "the reply broke off; try again"
    case .malformed(let why): "the reply is not what the protocol says: \(why)"
    case .tooLong(let bytes): "the reply is longer than the \(bytes) bytes that are allowed"
    case .invalidOutput(let why): "the reply does not fit its schema: \(why)"
    case .overBudget(let what): "the budget is used up: \(what)"
    case .notRecorded(let what): "the cassette holds no reply to this request: \(what); record it again"
    case .cancelled: "the request was cancelled"
    }
  }

  private static func overflow(_ tokens: Int?, limit: Int?) -> String {
    let length = tokens.map { "has \($0) tokens" } ?? "is too long"
    let room = limit.map { ", and the service has room for \($0)" } ?? " for the service"
    return "the prompt \(length)\(room); say it in fewer words, or serve the model with a longer context"
  }

  private static func refusal(_ status: Int, saying message: String) -> String {
    let hint =
      switch status {
      case 300..<400: "; use the address that it redirects to"
      case 401, 403: "; check the key"
      case 404: "; check the address and the model's name"
      case 429: "; wait, or ask less often"
      default: ""
      }
    let said = message.isEmpty ? "" : ": \(message)"
    return "the service refused with status \(status)\(said)\(hint)"
  }
}

extension ModelError {
  /// What an error of the transport means to whoever asked a model.
  init(_ error: TransportError) {
    switch error {
    case .badAddress(let why): self = .badAddress(why)
    case .unreachable(let why): self = .unreachable(why)
    case .untrusted(let why): self = .untrusted(why)
    case .timedOut(let limit): self = .timedOut(limit)
    case .cutOff: self = .cutOff
    case .malformed(let why): self = .malformed(why)
    case .tooLong(let bytes): self = .tooLong(bytes: bytes)
    case .cancelled: self = .cancelled
    }
  }
}

extension String {
  /// What somebody said, fit for a message: no control sequence, one line, no more than 300 characters.
  var quotable: String {
    let line = oneLine
    return line.count > 300 ? line.prefix(300) + "…" : line
  }
}
