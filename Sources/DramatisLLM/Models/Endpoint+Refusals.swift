extension Endpoint {
  /// What comes first of a response whose status is good.
  ///
  /// - Throws: ``ModelError/refused(status:message:retryAfter:)`` with what the service says of it.
  func accepted(_ response: HTTPResponse) async throws(ModelError) -> Received {
    var first = Received()
    _ = try await response.read(into: &first, response.patience())
    guard let head = response.head else { throw .cutOff }
    if head.isAccepted { return first }
    var body = first.bytes
    // What the service says of its refusal is welcome, and not worth another error.
    if let rest = try? await response.wholeBody() { body += rest }
    let message = Self.message(in: body.span).quotable(without: key)
    throw .refused(status: head.status, message: message, retryAfter: head.retryAfter)
  }

  /// What is said in the shapes of errors that services use; else the text itself.
  static func message(in body: Span<UInt8>) -> String {
    guard let value = try? JSONValue(parsing: body) else {
      return body.extracting(first: 2000).text
    }
    return message(in: value) ?? body.extracting(first: 2000).text
  }

  /// The message of an error; nil where the value is no error in any known shape.
  static func message(in value: JSONValue) -> String? {
    let error = value["error"]
    return [error?["message"], error, value["message"], value["detail"]].compactMap { $0?.text }.first
  }
}
