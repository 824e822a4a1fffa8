import DramatisLLM

/// A message of JSON-RPC 2.0, as it comes in.
enum RPCMessage {
  /// What a request is known by; a response has the same.
  enum Identifier: Hashable, Sendable {
    case text(String)
    case number(Double)
    case null

    /// Nil for what identifies nothing.
    init?(_ value: JSONValue) {
      switch value {
      case .string(let text): self = .text(text)
      // A larger one would come back as another.
      case .number(let number) where number.magnitude <= 9_007_199_254_740_992: self = .number(number)
      case .null: self = .null
      default: return nil
      }
    }

    var value: JSONValue {
      switch self {
      case .text(let text): .string(text)
      case .number(let number): .number(number)
      case .null: .null
      }
    }
  }

  /// Somebody wants something done; without an identifier nobody wants to know what came of it.
  case request(RPCRequest)
  /// What came of a request of ours; nil for an error.
  case response(to: Identifier, result: JSONValue?)
  /// It is none, and why; the identifier as far as it can be told.
  case invalid(Identifier, RPCError)

  init(_ value: JSONValue) {
    guard case .object(let members) = value else {
      self = .invalid(.null, .invalid("a message is an object"))
      return
    }
    let written = value["id"]
    let identifier = written.flatMap(Identifier.init)
    guard value["jsonrpc"] == "2.0" else {
      self = .invalid(identifier ?? .null, .invalid(#"a message has "jsonrpc":"2.0""#))
      return
    }
    guard written == nil || identifier != nil else {
      self = .invalid(.null, .invalid("an id is a text, a number of no more than 2^53, or null"))
      return
    }
    if value["method"] == nil, let identifier,
      members.contains(where: { ["result", "error"].contains($0.name) })
    {
      self = .response(to: identifier, result: value["result"])
      return
    }
    guard let method = value["method"]?.text else {
      self = .invalid(identifier ?? .null, .invalid("a request has a 'method', which is a text"))
      return
    }
    let parameters = value["params"] ?? .object([])
    switch parameters {
    case .object, .array: break
    default:
      self = .invalid(identifier ?? .null, .invalid("'params' is an object; the parameters have names"))
      return
    }
    self = .request(RPCRequest(identifier: identifier, method: method, parameters: parameters))
  }
}

/// What somebody wants done.
struct RPCRequest: Sendable {
  /// Nil for a notification, which is never answered.
  let identifier: RPCMessage.Identifier?
  let method: String
  let parameters: JSONValue
}

extension JSONValue {
  /// A message that answers a request.
  static func response(to identifier: RPCMessage.Identifier, _ result: Result<JSONValue, RPCError>)
    -> JSONValue
  {
    switch result {
    case .success(let value): ["id": identifier.value, "jsonrpc": "2.0", "result": value]
    case .failure(let error): ["error": error.value, "id": identifier.value, "jsonrpc": "2.0"]
    }
  }

  /// A message that asks the other side, or tells it something where there is no identifier.
  static func request(_ identifier: RPCMessage.Identifier?, method: String, with parameters: JSONValue)
    -> JSONValue
  {
    var members = [
      Member("jsonrpc", "2.0"), Member("method", .string(method)), Member("params", parameters),
    ]
    if let identifier { members.insert(Member("id", identifier.value), at: 0) }
    return .object(members)
  }
}
