import Dramatis
import DramatisLLM

/// Why a message was not answered with a result: the `error` of a response.
struct RPCError: Error, Hashable, Sendable {
  /// What kind of error it is, by the number that stands in the message.
  enum Kind: Int, CaseIterable, Sendable {
    /// The line is no JSON, or no text at all.
    case parse = -32700
    /// It is JSON, but no message.
    case invalid = -32600
    /// There is no such method.
    case unknownMethod = -32601
    /// A parameter is missing, unknown or of another type.
    case badParameters = -32602
    /// Something that should not have happened; the instance is as it was.
    case `internal` = -32603
    /// There is no program or instance of this identity.
    case unknownHandle = -32001
    /// The profile has mistakes; `data.diagnostics` has them.
    case badProfile = -32002
    /// The event, the value or the save was refused; the instance is as it was.
    case refused = -32003
    /// A file cannot be read.
    case unreadable = -32004
    /// The request was cancelled.
    case cancelled = -32005
    /// Too much is waiting; ask again when something was answered.
    case busy = -32006

    /// A stable word, which `data.code` has where nothing closer is known.
    var code: String {
      switch self {
      case .parse: "parse-error"
      case .invalid: "invalid-request"
      case .unknownMethod: "unknown-method"
      case .badParameters: "bad-parameters"
      case .internal: "internal-error"
      case .unknownHandle: "unknown-handle"
      case .badProfile: "bad-profile"
      case .refused: "refused"
      case .unreadable: "unreadable"
      case .cancelled: "cancelled"
      case .busy: "busy"
      }
    }

    /// What it means, for the schema.
    var meaning: String {
      switch self {
      case .parse: "the line is no JSON, is too long, too deep or no UTF-8"
      case .invalid: "it is JSON, but no message of JSON-RPC 2.0"
      case .unknownMethod: "there is no such method"
      case .badParameters: "a parameter is missing, unknown or of another type"
      case .internal: "something that should not have happened; the instance is as it was"
      case .unknownHandle: "there is no program or instance of this identity"
      case .badProfile: "the profile has mistakes; data.diagnostics has them"
      case .refused: "an event, a value or a save was refused; the instance is as it was"
      case .unreadable: "a file cannot be read"
      case .cancelled: "the request was cancelled; the instance is as it was"
      case .busy: "too much is waiting; ask again when something was answered"
      }
    }
  }

  let kind: Kind
  /// A stable word.
  let code: String
  /// What is wrong and what to do, on one line.
  let message: String
  /// Further members of `data`.
  let details: [JSONValue.Member]

  init(_ kind: Kind, _ message: String, code: String? = nil, details: [JSONValue.Member] = []) {
    self.kind = kind
    self.code = code ?? kind.code
    self.message = message.oneLine
    self.details = details
  }

  static func invalid(_ message: String) -> RPCError { RPCError(.invalid, message) }

  /// As it stands in a message.
  var value: JSONValue {
    [
      "code": .number(Double(kind.rawValue)),
      "data": .object([JSONValue.Member("code", .string(code))] + details),
      "message": .string(message),
    ]
  }
}
