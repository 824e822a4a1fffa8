/// One request to a service.
///
/// It has no description of its own making, and none should be printed: a header may hold a key.
package struct HTTPRequest: Sendable {
  let address: String
  let host: String
  /// Sent with POST; nil for GET.
  let body: [UInt8]?
  /// Whole header lines, such as `Content-Type: application/json`.
  let headers: [String]
  let limits: TransferLimits
  /// Makes what takes the stream apart that a head announces; nil for any other body.
  var decoder: @Sendable (HTTPHead) -> (any StreamDecoder)? = { _ in nil }
}

/// What is known of a response before its body.
package struct HTTPHead: Hashable, Sendable {
  let status: Int
  /// In lower case, without parameters.
  let contentType: String
  let retryAfter: Duration?

  /// Whether the service does what was asked.
  var isAccepted: Bool { (200..<300).contains(status) }
}
