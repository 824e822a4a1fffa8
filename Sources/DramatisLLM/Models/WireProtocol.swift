/// How a dialect writes requests and what its replies mean; pure.
protocol WireProtocol: Sendable {
  /// Where completions are asked for, below the address.
  var path: String { get }
  func headers(key: APIKey?) -> [String]
  func body(for request: ModelRequest) -> JSONValue
  /// What an event of a stream says, the type of which may be empty.
  func piece(of data: Span<UInt8>, named name: String) throws(JSONError) -> ReplyPiece
  /// What a reply says that came in one piece.
  func whole(_ body: [UInt8]) throws(JSONError) -> ReplyPiece
}

extension WireProtocol {
  /// The key as most services want it.
  func headers(key: APIKey?) -> [String] {
    key.map { ["Authorization: Bearer \($0.secret)"] } ?? []
  }
}

extension JSONValue {
  /// Messages as every service takes them.
  static func messages(_ messages: [ModelRequest.Message]) -> JSONValue {
    .array(messages.map { ["role": .string($0.role.rawValue), "content": .string($0.text)] })
  }
}
